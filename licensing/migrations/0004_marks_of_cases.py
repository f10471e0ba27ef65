"""What cases are looked for by and that is no column of theirs, kept by triggers in the transaction of what it follows from.

All marks of a case are made again when the case, a payment for it, a demand or one of its checks changes.
"""

from django.db import migrations

MARKS = """
    INSERT INTO licensing_casemark (application_id, mark, is_over, submitted_at, due_on)
    SELECT c.id, 'unanswered', c.is_over, c.submitted_at, MIN(asked.due_on)
    FROM licensing_application c JOIN licensing_check asked ON asked.application_id = c.id
    WHERE c.id = {case} AND c.submitted_at IS NOT NULL AND asked.result = ''
    GROUP BY c.id, c.is_over, c.submitted_at
    UNION ALL
    SELECT c.id, 'sector:' || code.value, c.is_over, c.submitted_at, NULL
    FROM licensing_application c, {each}
    WHERE c.id = {case} AND c.submitted_at IS NOT NULL
    GROUP BY c.id, code.value, c.is_over, c.submitted_at
    UNION ALL
    SELECT c.id, 'unpaid', c.is_over, c.submitted_at, NULL
    FROM licensing_application c
    WHERE c.id = {case} AND c.submitted_at IS NOT NULL
      AND c.fee + (SELECT COALESCE(SUM(more.amount), 0) FROM licensing_demand more
                   WHERE more.application_id = c.id AND more.ended_at IS NULL)
        > (SELECT COALESCE(SUM(paid.amount), 0) FROM licensing_payment paid WHERE paid.application_id = c.id)"""
EACH = {
    "sqlite": "json_each(c.facts, '$.sectors') AS code",
    "postgresql": """jsonb_array_elements_text(
        CASE jsonb_typeof(c.facts -> 'sectors') WHEN 'array' THEN c.facts -> 'sectors' ELSE '[]'::jsonb END) AS code(value)""",
}
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
    "case_marks_of_new_demand": ("INSERT ON licensing_demand", "NEW.application_id"),
    "case_marks_of_demand": ("UPDATE ON licensing_demand", "NEW.application_id"),
    "case_marks_of_no_demand": ("DELETE ON licensing_demand", "OLD.application_id"),
}


def create_triggers(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, (event, case) in TRIGGERS.items():
        marks = MARKS.format(each=EACH[vendor], case=case)
        made_again = f"DELETE FROM licensing_casemark WHERE application_id = {case}; {marks};"
        if vendor == "sqlite":
            statements = [f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW BEGIN {made_again} END"]
        else:
            statements = [
                f"CREATE FUNCTION licensing_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {made_again} RETURN NULL; END $$",
                f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW EXECUTE FUNCTION licensing_{name}()",
            ]
        for statement in statements:
            schema_editor.execute(statement, params=None)


def drop_triggers(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name in TRIGGERS:
        what = f"FUNCTION licensing_{name} CASCADE" if on_postgresql else f"TRIGGER {name}"
        schema_editor.execute(f"DROP {what}", params=None)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0003_guards_of_conditions_appeals_and_transfers")]
    operations = [migrations.RunPython(create_triggers, drop_triggers)]
