from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard

TABLE, SAYS = "compliance_guardedsharing", "what was asked to be shared stays as it was asked for"
NOT_APPROVED = "nothing reaches a guarded authority without the approval of a second person"
ASKED = (
    "id", "reference", "kind", "scheme", "version", "agency_id", "way", "intelligence_id", "hand_over_id", "inspection_id",
    "basis", "because", "agreed_on", "text", "asked_by_id", "asked_at",
)  # fmt: skip


def of_sharing(vendor):
    ended = "OLD.status IN ('withdrawn', 'shared')"
    turned = f"NOT ({guards.in_order(MOVES)})"
    yield Guard("guarded_sharing_update", TABLE, "UPDATE", f"{ended} OR {turned} OR {guards.changed(*ASKED)}", SAYS)
    yield Guard("guarded_sharing_delete", TABLE, "DELETE", ALWAYS, SAYS)
    yield Guard("guarded_sharing_begins", TABLE, "INSERT", "NEW.status <> 'asked'", NOT_APPROVED)
    clash = "id = NEW.id OR reference = NEW.reference"
    yield from guards.not_replaced(vendor, TABLE, "guarded_sharing", clash, SAYS)


MOVES = {
    "asked": ("asked", "approved", "refused", "withdrawn"),
    "approved": ("approved", "shared", "withdrawn"),
    "refused": ("refused",),
}


def of_authorities(_vendor):
    """What is kept as guarded on the authority itself; what its name or its checks say is for the rules."""
    guarded = "EXISTS (SELECT 1 FROM registry_agency WHERE id = {agency} AND guarded_as <> '')"
    shared = f"(SELECT COUNT(*) FROM {TABLE} WHERE status = 'shared' AND agency_id = {{agency}} AND way = '{{way}}' AND {{of}})"
    before = "(SELECT COUNT(*) FROM {table} WHERE agency_id = NEW.agency_id AND {of})"

    given = "compliance_dissemination"
    approved = shared.format(agency="NEW.agency_id", way="intelligence", of="intelligence_id = NEW.intelligence_id")
    former = before.format(table=given, of="intelligence_id = NEW.intelligence_id")
    when = f"{guarded.format(agency='NEW.agency_id')} AND {approved} <= {former}"
    yield Guard("dissemination_approved_by_two", given, "INSERT", when, NOT_APPROVED)

    plan = "compliance_visitplan_agencies"
    visit = "inspection_id = (SELECT inspection_id FROM compliance_visitplan WHERE id = NEW.visitplan_id)"
    approved = shared.format(agency="NEW.agency_id", way="visit", of=visit)
    yield Guard(
        "joint_visit_approved_by_two",
        plan,
        "INSERT",
        f"{guarded.format(agency='NEW.agency_id')} AND {approved} = 0",
        NOT_APPROVED,
    )

    approved = shared.format(agency="NEW.agency_id", way="report", of="hand_over_id = NEW.id")
    when = f"OLD.passed_on_at IS NULL AND NEW.passed_on_at IS NOT NULL AND {guarded.format(agency='NEW.agency_id')}"
    yield Guard(
        "hand_over_approved_by_two", "compliance_handover", "UPDATE", f"{when} AND {approved} = 0", NOT_APPROVED
    )


class Migration(migrations.Migration):
    dependencies = [("compliance", "0030_guarded_sharing"), ("registry", "0027_guarded_authorities")]
    operations = [guards.CreateGuards("compliance", of_sharing, of_authorities)]
