"""Whoever has a conflict of interest proposes, notifies, assesses and decides nothing about the organisation.

The rules say so with a reason; these hold for whoever comes by SQL, on both engines. As in 0002: a later migration that
alters one of these tables on SQLite makes it anew, without its triggers.
"""

from django.db import migrations

CONFLICT = "a conflict of interest with this organisation has been declared"
OF = """EXISTS (SELECT 1 FROM registry_conflict WHERE until IS NULL AND officer_id = {officer}
                AND organisation_id = {organisation})"""
SUBJECT = """COALESCE((SELECT organisation_id FROM licensing_application WHERE id = {row}.application_id),
                      (SELECT organisation_id FROM registry_licence WHERE id = {row}.licence_id))"""
OF_NOTICE = """(SELECT COALESCE((SELECT organisation_id FROM licensing_application WHERE id = decision.application_id),
                               (SELECT organisation_id FROM registry_licence WHERE id = decision.licence_id))
               FROM licensing_decision decision WHERE decision.id = NEW.decision_id)"""


def _of(officer, organisation=None):
    return OF.format(officer=officer, organisation=organisation or SUBJECT.format(row="NEW"))


TRIGGERS = {
    "decision_proposed_unconflicted": ("licensing_decision", "INSERT", _of("NEW.proposed_by_id")),
    # Whoever has declared one since has put nothing forward that others could decide.
    "decision_decided_unconflicted": (
        "licensing_decision",
        "UPDATE",
        f"""OLD.status <> 'decided' AND NEW.status = 'decided'
            AND ({_of('NEW.decided_by_id')} OR {_of('NEW.proposed_by_id')})""",
    ),
    "notice_unconflicted": ("licensing_notice", "INSERT", _of("NEW.sent_by_id", OF_NOTICE)),
    "application_unconflicted": (
        "licensing_application",
        "UPDATE OF case_officer_id",
        _of("NEW.case_officer_id", "NEW.organisation_id"),
    ),
}



def statements(vendor):
    for name, (table, event, when) in TRIGGERS.items():
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{CONFLICT}'); END"
            )
        else:
            yield f"""CREATE FUNCTION licensing_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF {when} THEN RAISE EXCEPTION '{CONFLICT}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
                RETURN NEW; END $$"""
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION licensing_{name}()"


def plant(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    for name, (table, _event, _when) in TRIGGERS.items():
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION licensing_{name}")


class Migration(migrations.Migration):

    dependencies = [
        ("registry", "0023_conflicts_of_interest"),
        ("licensing", "0013_grounds_evidence_and_replies"),
    ]

    operations = [migrations.RunPython(plant, pull_up)]
