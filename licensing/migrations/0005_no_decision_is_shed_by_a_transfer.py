"""A licence passes on neither while it is suspended nor while an appeal about it is open. On both engines, as in 0002."""

from importlib import import_module

from django.db import migrations

guards = import_module("registry.migrations._guards")
decisions = import_module("licensing.migrations.0002_guards_of_decisions")
transfers = import_module("licensing.migrations.0003_guards_of_conditions_appeals_and_transfers")

SUSPENDED = "a licence passes on from a day after its suspension"
APPEALED = "a licence passes on when no appeal about it is open"

# Of the licence, on the first day of the other business.
IS_SUSPENDED = """EXISTS (SELECT 1 FROM registry_licence licence WHERE licence.id = NEW.licence_id
                          AND licence.suspended_from IS NOT NULL
                          AND (licence.suspended_until IS NULL OR licence.suspended_until >= {day}))"""
IS_APPEALED = """EXISTS (SELECT 1 FROM licensing_appeal appeal
                         JOIN licensing_decision decided ON decided.id = appeal.decision_id
                         WHERE decided.licence_id = NEW.licence_id
                         AND decided.kind NOT IN ('allow_transfer', 'refuse_transfer')
                         AND appeal.status NOT IN ('closed', 'disregarded'))"""
STARTS = "(SELECT valid_from FROM registry_licence WHERE id = NEW.became_id)"


def settled(_vendor):
    consents = f"{decisions.BECOMES_DECIDED} AND NEW.kind = 'allow_transfer'"
    passes = f"{transfers.MOVED} AND NEW.status = 'consented'"
    for name, table, when, day in (
        ("decision_transfer", "licensing_decision", consents, "NEW.takes_effect"),
        ("transfer", "licensing_transfer", passes, STARTS),
    ):
        yield guards.Guard(
            f"{name}_after_suspension", table, "UPDATE", f"{when} AND {IS_SUSPENDED.format(day=day)}", SUSPENDED
        )
        yield guards.Guard(f"{name}_after_appeals", table, "UPDATE", f"{when} AND {IS_APPEALED}", APPEALED)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0004_marks_of_cases")]
    operations = [guards.CreateGuards("licensing", settled)]
