"""Whoever typed in what came on paper does not decide it. The rule says so with a reason; this holds for whoever comes by SQL.

As in 0002: a later migration that alters licensing_decision on SQLite makes it anew, without its triggers.
"""

from django.db import migrations

HATS = "a decision is taken by somebody who did not type the application in"
TAKEN = "OLD.status <> 'decided' AND NEW.status = 'decided'"
TYPED = """EXISTS (SELECT 1 FROM licensing_paper
                   WHERE application_id = NEW.application_id AND entered_by_id = NEW.decided_by_id)"""

SQLITE = [
    f"""CREATE TRIGGER decision_not_by_typist BEFORE UPDATE ON licensing_decision
        FOR EACH ROW WHEN {TAKEN} AND {TYPED} BEGIN SELECT RAISE(ABORT, '{HATS}'); END"""
]
POSTGRESQL = [
    f"""CREATE FUNCTION licensing_not_by_typist() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {TYPED} THEN RAISE EXCEPTION '{HATS}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
        RETURN NEW; END $$""",
    f"""CREATE TRIGGER decision_not_by_typist BEFORE UPDATE ON licensing_decision
        FOR EACH ROW WHEN ({TAKEN}) EXECUTE FUNCTION licensing_not_by_typist()""",
]


def plant(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER decision_not_by_typist")
    else:
        schema_editor.execute("DROP TRIGGER decision_not_by_typist ON licensing_decision")
        schema_editor.execute("DROP FUNCTION licensing_not_by_typist")


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0011_papers'),
    ]

    operations = [
        migrations.RunPython(plant, pull_up),
    ]
