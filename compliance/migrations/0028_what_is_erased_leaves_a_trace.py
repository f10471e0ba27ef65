"""What was taken down on visits, read, referred or put together goes after its time, with a trace that was written before."""

from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, changed, erased, goes_with

STAYS = "what was drawn, signed or sent from a device stays as it was"
LATE = "what was taken down on a visit changes only while the inspection is being carried out"
CUSTODY = "the chain of custody only grows"
READING = "a reading of a sanitised text stays as it was"
FIXED = "a referral stays as it was sent"
WRITTEN = "this stays written down"
FILE, PUT = "compliance_prosecutorfile", "what was served, compared or put together stays as it was"
LOCKED = "EXISTS (SELECT 1 FROM compliance_inspection WHERE id = OLD.inspection_id AND status <> 'commissioned')"

OF_VISIT = "(SELECT reference FROM compliance_inspection WHERE id = OLD.inspection_id)"
OF_EXHIBIT = """(SELECT visit.reference FROM compliance_inspection visit JOIN compliance_evidenceitem item
    ON item.inspection_id = visit.id WHERE item.id = OLD.item_id)"""
OF_READING = "(SELECT reference FROM compliance_intelligence WHERE id = OLD.intelligence_id)"
OF_REFERRAL = "(SELECT reference FROM compliance_referral WHERE id = OLD.referral_id)"
OF_FILE = "(SELECT reference FROM compliance_unlicensedcase WHERE id = OLD.case_id)"

INTERVIEWS = erased("inspection", "interviews", OF_VISIT)
EXHIBITS = erased("inspection", "exhibits", OF_EXHIBIT)
INTELLIGENCE = erased("intelligence", "intelligence", OF_READING)
REFERRAL = erased("referral", "referrals", "OLD.reference")
OF_PERSON = erased("referral", "referrals", OF_REFERRAL)
OF_SOURCE = "(SELECT reference FROM compliance_source WHERE id = OLD.source_id)"
SOURCES = erased("source", "sources", OF_SOURCE)
EXPORTS = erased("unlicensedcase", "exports", OF_FILE)

#: What goes whole, by table and guard.
TAKEN_DOWN = (
    ("compliance_sample", "sample_in_time_delete"),
    ("compliance_signature", "signature_in_time_delete"),
    ("compliance_interviewseed", "interview_seed_delete"),
    ("compliance_fielditem", "field_item_stays"),
)
OF_REFERRALS = (
    ("compliance_support", "support_never_delete"),
    ("compliance_referralfollowup", "referral_follow_up_is_kept"),
)
SENT = "OLD.status IN ('sent', 'answered', 'concluded', 'dropped')"
FACTS = (
    *("gender", "age_band", "nationality", "child_then", "slavery", "trafficking", "country", "region", "sector"),
    *("police_told", "police_force", "police_area", "read_by_id", "read_at"),
)
#: Of a referral what is erased, and what stays even then.
GOES = ("gender", "age_band", "nationality", "region", "police_force", "police_area")
KEPT = tuple(one for one in FACTS if one not in GOES)
OF_TEXT = ("intelligence_id", "number", "outcome", "by_id", "at")
OF_CUSTODY = ("item_id", "number", "act", "seal_number", "happened_at", "recorded_by_id", "recorded_at")
PUT_TOGETHER = ("case_id", "number", "digest", "made_by_id", "made_at")


def former(_vendor):
    yield Guard("interview_in_time_delete", "compliance_interview", "DELETE", LOCKED, LATE)
    for table, name in TAKEN_DOWN:
        yield Guard(name, table, "DELETE", ALWAYS, STAYS)
    for table, name in OF_REFERRALS:
        yield Guard(name, table, "DELETE", ALWAYS, WRITTEN)
    yield Guard("custody_update", "compliance_custody", "UPDATE", ALWAYS, CUSTODY)
    yield Guard("text_reading_update", "compliance_textreading", "UPDATE", ALWAYS, READING)
    yield Guard("referral_stays_as_sent", "compliance_referral", "UPDATE", f"{SENT} AND ({changed(*FACTS)})", FIXED)
    yield Guard("prosecutor_file_stays", FILE, "UPDATE", _file(changed(*PUT_TOGETHER, "content")), PUT)


def now(_vendor):
    yield Guard("interview_in_time_delete", "compliance_interview", "DELETE", f"{LOCKED} AND NOT {INTERVIEWS}", LATE)
    for table, name in TAKEN_DOWN:
        yield goes_with(INTERVIEWS, table, name, STAYS)
    for table, name in OF_REFERRALS:
        yield goes_with(OF_PERSON, table, name, WRITTEN)
    yield goes_with(SOURCES, "compliance_sealedidentity", "identity_goes_with_a_trace", WRITTEN)
    custody = f"{changed(*OF_CUSTODY)} OR NOT {EXHIBITS}"
    yield Guard("custody_update", "compliance_custody", "UPDATE", custody, CUSTODY)
    reading = f"{changed(*OF_TEXT)} OR NOT {INTELLIGENCE}"
    yield Guard("text_reading_update", "compliance_textreading", "UPDATE", reading, READING)
    sent = f"{SENT} AND ({changed(*KEPT)} OR ({changed(*GOES)}) AND NOT {REFERRAL})"
    yield Guard("referral_stays_as_sent", "compliance_referral", "UPDATE", sent, FIXED)
    kept = f"{changed(*PUT_TOGETHER)} OR ({changed('content')}) AND NOT {EXPORTS}"
    yield Guard("prosecutor_file_stays", FILE, "UPDATE", _file(kept), PUT)


def _file(put_together: str) -> str:
    return f"""{put_together}
            OR OLD.read_by_id IS NOT NULL AND ({changed("read_by_id", "read_at")})
            OR OLD.handed_on IS NOT NULL AND ({changed("handed_on", "handed_to")})"""


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0027_who_graded"),
        ("registry", "0024_what_is_erased_leaves_a_trace"),
    ]

    operations = [
        *guards.keeping_triggers(
            migrations.AlterField(
                "personerased",
                "by",
                models.ForeignKey(
                    blank=True,
                    help_text="none: the time was over",
                    null=True,
                    on_delete=models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ),
        migrations.AlterField(
            "personerased",
            "why",
            models.CharField(
                choices=[
                    ("withdrawn", "The person has withdrawn the consent"),
                    ("adult", "Not a child after all, and an adult has not consented"),
                    ("mistake", "Written down by mistake"),
                    ("term", "Held for as long as the scheme says"),
                ],
                max_length=10,
            ),
        ),
        guards.DropGuards("compliance", former),
        guards.CreateGuards("compliance", now),
    ]
