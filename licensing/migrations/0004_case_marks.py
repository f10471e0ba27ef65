"""What cases are looked for by and that is no column of theirs, kept by triggers in the transaction of what it follows from.

All marks of a case are made anew whenever the case, a payment for it or one of its checks changes. A later migration that
alters one of these tables on SQLite makes it anew, without its triggers: pull these up before it and plant them after it.
"""

import django.db.models.deletion
from django.db import migrations, models

MARKS = """
    INSERT INTO licensing_casemark (application_id, mark, is_over, submitted_at, due_on)
    SELECT c.id, 'unanswered', c.is_over, c.submitted_at, MIN(asked.due_on)
    FROM licensing_application c JOIN licensing_check asked ON asked.application_id = c.id
    WHERE {case} AND c.submitted_at IS NOT NULL AND asked.result = ''
    GROUP BY c.id, c.is_over, c.submitted_at
    UNION ALL
    SELECT c.id, 'sector:' || code.value, c.is_over, c.submitted_at, NULL
    FROM licensing_application c, {each} AS code
    WHERE {case} AND c.submitted_at IS NOT NULL
    GROUP BY c.id, code.value, c.is_over, c.submitted_at
    UNION ALL
    SELECT c.id, 'unpaid', c.is_over, c.submitted_at, NULL
    FROM licensing_application c
    WHERE {case} AND c.submitted_at IS NOT NULL
      AND c.fee > (SELECT COALESCE(SUM(paid.amount), 0) FROM licensing_payment paid WHERE paid.application_id = c.id)"""
EACH = {
    "sqlite": "json_each(c.facts, '$.sectors')",
    "postgresql": """jsonb_array_elements_text(
        CASE jsonb_typeof(c.facts -> 'sectors') WHEN 'array' THEN c.facts -> 'sectors' ELSE '[]'::jsonb END)""",
}
ALIAS = {"sqlite": "code", "postgresql": "code(value)"}
# When, on which table, and in which row the case is named.
TRIGGERS = {
    "case_marks_of_new_case": ("INSERT ON licensing_application", "NEW.id"),
    "case_marks_of_case": ("UPDATE OF status, submitted_at, facts, fee ON licensing_application", "NEW.id"),
    "case_marks_of_no_case": ("DELETE ON licensing_application", "OLD.id"),
    "case_marks_of_new_payment": ("INSERT ON licensing_payment", "NEW.application_id"),
    "case_marks_of_payment": ("UPDATE ON licensing_payment", "NEW.application_id"),
    "case_marks_of_no_payment": ("DELETE ON licensing_payment", "OLD.application_id"),
    "case_marks_of_new_check": ("INSERT ON licensing_check", "NEW.application_id"),
    "case_marks_of_check": ("UPDATE OF result, due_on ON licensing_check", "NEW.application_id"),
    "case_marks_of_no_check": ("DELETE ON licensing_check", "OLD.application_id"),
}


def insert(vendor, case):
    return MARKS.replace("AS code", f"AS {ALIAS[vendor]}").format(each=EACH[vendor], case=case)


def plant(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, (event, case) in TRIGGERS.items():
        made_anew = f"DELETE FROM licensing_casemark WHERE application_id = {case}; {insert(vendor, f'c.id = {case}')};"
        if vendor == "sqlite":
            statements = [f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW BEGIN {made_anew} END"]
        else:
            statements = [
                f"CREATE FUNCTION licensing_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {made_anew} RETURN NULL; END $$",
                f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW EXECUTE FUNCTION licensing_{name}()",
            ]
        for statement in statements:
            schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, (event, _case) in TRIGGERS.items():
        table = event.rsplit(" ", 1)[1]
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgresql else ""), params=None)
        if on_postgresql:
            schema_editor.execute(f"DROP FUNCTION licensing_{name}", params=None)


def mark(apps, schema_editor):
    """The cases that are there already."""
    schema_editor.execute(insert(schema_editor.connection.vendor, "TRUE"), params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0003_open_cases_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=80)),
                ('is_over', models.BooleanField()),
                ('submitted_at', models.DateTimeField()),
                ('due_on', models.DateField(help_text='unanswered: the day the first of its open checks was due', null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='licensing.application')),
            ],
            options={
                'indexes': [models.Index(fields=['mark', 'is_over', 'submitted_at', 'application', 'due_on'], name='case_mark_in_hand_first')],
                'constraints': [models.UniqueConstraint(fields=('application', 'mark'), name='case_mark_once')],
            },
        ),
        migrations.RunPython(plant, pull_up),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
