"""A report is locked, and what it rests on with it; what was sent, replied and judged stays. On both engines.

Results, exhibits and what is taken down change only while the inspection is carried out; a confirmed inspection never
changes; whoever has a conflict of interest inspects and confirms nothing. The rules say the same with reasons.
"""

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, CONFLICT, Guard, changed, conflicted

RESULTS = "results change only while the inspection is being carried out"
CONFIRMED = "a confirmed inspection does not change"
EVIDENCE = "a report has evidence for every standard that is not met"
REGISTER = "the register of exhibits changes only while the inspection is carried out"
NO_MORE = "an exhibit is struck out, never deleted"
CUSTODY = "the chain of custody only grows"
LATE = "what was taken down on a visit changes only while the inspection is being carried out"
STAYS = "what was drawn, signed or sent from a device stays as it was"
WORDING = "what the business reads changes only while the inspection is carried out"
VERSION = "a version of a report stays as it was handed in"
SENT = "what was sent to the business stays"
REPLY = "what the business replied stays"
JUDGED = "what was judged to be put right, or not, stays"
ANSWERED = "what the business answered stays"
COUNTED = "what was confirmed or turned down stays"

# Whether the inspection that a row belongs to is past being carried out; and past being changed at all.
LOCKED = "EXISTS (SELECT 1 FROM compliance_inspection WHERE id = {row}.inspection_id AND status <> 'commissioned')"
OVER = "EXISTS (SELECT 1 FROM compliance_inspection WHERE id = {row}.inspection_id AND status = 'confirmed')"
UNPROVEN = "EXISTS (SELECT 1 FROM compliance_result WHERE inspection_id = NEW.id AND finding = 'not_met' AND TRIM(evidence) = '')"
LEAVES = "OLD.status = 'commissioned' AND NEW.status IN ('reported', 'confirmed')"
#: What a device sent is settled once, where there were two versions.
ITEM = ("key", "device_id", "inspection_id", "sequence", "part", "of", "base", "written_at", "received_at", "outcome", "content")
OF_VERSION = ("inspection_id", "number", "content", "digest", "reported_by_id", "reported_at")
OF_REMEDY = ("inspection_id", "number", "kind", "workers", "pence", "shown_by", "exhibit_id", "recorded_by_id")


def in_time(table, name, says):
    """Rows of the table change only while their inspection is being carried out."""
    yield Guard(f"{name}_insert", table, "INSERT", LOCKED.format(row="NEW"), says)
    yield Guard(f"{name}_update", table, "UPDATE", f"{LOCKED.format(row='OLD')} OR {LOCKED.format(row='NEW')}", says)
    yield Guard(f"{name}_delete", table, "DELETE", LOCKED.format(row="OLD"), says)


def inspections(_vendor):
    table = "compliance_inspection"
    yield Guard("inspection_confirmed_update", table, "UPDATE", "OLD.status = 'confirmed'", CONFIRMED)
    yield Guard("inspection_confirmed_delete", table, "DELETE", "OLD.status = 'confirmed'", CONFIRMED)
    yield Guard("inspection_report_has_evidence", table, "UPDATE", f"{LEAVES} AND {UNPROVEN}", EVIDENCE)
    inspector, reviewer = conflicted("NEW.inspector_id"), conflicted("NEW.confirmed_by_id")
    yield Guard("inspection_begins_unconflicted", table, "INSERT", inspector, CONFLICT)
    yield Guard(
        "inspection_unconflicted",
        table,
        "UPDATE",
        f"""(NEW.inspector_id <> OLD.inspector_id OR (OLD.status = 'commissioned' AND NEW.status = 'reported'))
            AND {inspector} OR OLD.status <> 'confirmed' AND NEW.status = 'confirmed' AND {reviewer}""",
        CONFLICT,
    )
    yield from in_time("compliance_result", "result_locked", RESULTS)


def taken_down(_vendor):
    yield from in_time("compliance_interview", "interview_in_time", LATE)
    yield from in_time("compliance_seenindicator", "seen_indicator_in_time", LATE)
    for table, name in (("compliance_sample", "sample_in_time"), ("compliance_signature", "signature_in_time")):
        yield Guard(f"{name}_insert", table, "INSERT", LOCKED.format(row="NEW"), LATE)
        yield from guards.stays(table, name, STAYS)
    settled = f"OLD.settled <> '' OR {changed(*ITEM)}"
    yield Guard("field_item_settled_once", "compliance_fielditem", "UPDATE", settled, STAYS)
    yield Guard("field_item_stays", "compliance_fielditem", "DELETE", ALWAYS, STAYS)
    yield from guards.stays("compliance_interviewseed", "interview_seed", STAYS)


def exhibits(_vendor):
    table = "compliance_evidenceitem"
    late = LOCKED.format(row="NEW")
    yield Guard("evidence_locked_insert", table, "INSERT", late, REGISTER)
    yield Guard("evidence_locked_update", table, "UPDATE", f"{LOCKED.format(row='OLD')} OR {late}", REGISTER)
    yield Guard("evidence_stays", table, "DELETE", ALWAYS, NO_MORE)
    yield from guards.stays("compliance_custody", "custody", CUSTODY)


def reports(_vendor):
    yield from in_time("compliance_wording", "wording", WORDING)
    version = "compliance_reportversion"
    returned_once = f"OLD.returned_at IS NOT NULL OR NEW.returned_at IS NULL OR {OVER.format(row='OLD')}"
    yield Guard("version_insert", version, "INSERT", OVER.format(row="NEW"), VERSION)
    yield Guard("version_update", version, "UPDATE", f"{returned_once} OR {changed(*OF_VERSION)}", VERSION)
    yield Guard("version_delete", version, "DELETE", ALWAYS, VERSION)
    yield from guards.stays("compliance_reportsending", "sending", SENT)
    yield from guards.stays("compliance_reportreply", "reportreply", REPLY)


def follow_up(_vendor):
    yield Guard("followup_update", "compliance_followup", "UPDATE", "OLD.status IN ('met', 'not_met')", JUDGED)
    yield Guard("followup_delete", "compliance_followup", "DELETE", ALWAYS, JUDGED)
    yield from guards.stays("compliance_followupanswer", "followupanswer", ANSWERED)
    settled = "OLD.confirmed_at IS NOT NULL OR OLD.turned_down_because <> ''"
    yield Guard("remedy_update", "compliance_remedy", "UPDATE", f"{settled} OR {changed(*OF_REMEDY)}", COUNTED)
    yield Guard("remedy_delete", "compliance_remedy", "DELETE", ALWAYS, COUNTED)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_tables"), ("registry", "0002_guards")]
    operations = [
        guards.DropAllGuards("compliance"),
        guards.CreateGuards("compliance", inspections, taken_down, exhibits, reports, follow_up),
    ]
