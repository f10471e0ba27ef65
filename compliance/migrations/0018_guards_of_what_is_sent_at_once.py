"""What was sent before a second person read it stays as it was sent, and the people who send and read it have no conflict of interest."""

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import CONFLICT, Guard, changed, conflicted

TABLE, FOLLOW_UP = "compliance_referral", "compliance_referralfollowup"
FIXED = "a referral stays as it was sent"
NAMED = "nobody is identified without consent"
STAYS = "this stays written down"
FACTS = (
    *("gender", "age_band", "nationality", "child_then", "slavery", "trafficking", "country", "region", "sector"),
    *("police_told", "police_force", "police_area", "sent_by_id", "sent_at", "at_once_why"),
)


def _moved(sent: str) -> Guard:
    return Guard(
        "referral_moved_unconflicted", TABLE, "UPDATE",
        f"""NEW.status = 'read' AND OLD.status <> 'read' AND {conflicted("NEW.read_by_id")}
                OR NEW.status = 'sent' AND {sent} AND {conflicted("NEW.sent_by_id")}""", CONFLICT,
    )


def former(_vendor):
    yield _moved("OLD.status <> 'sent'")


def now(_vendor):
    # The person who sent it at once may have a conflict of interest later; another person reads it all the same.
    yield _moved("OLD.status NOT IN ('sent', 'sent_unread')")


def at_once(_vendor):
    sent = "NEW.status = 'sent_unread' AND OLD.status <> 'sent_unread'"
    for name, when, says in (
        ("unread_stays_as_sent", f"OLD.status = 'sent_unread' AND ({changed(*FACTS)})", FIXED),
        ("unread_has_leave", f"{sent} AND (NEW.kind <> 'nrm' OR NEW.consent NOT IN ('given', 'child'))", NAMED),
        ("sent_at_once_unconflicted", f"{sent} AND {conflicted('NEW.sent_by_id')}", CONFLICT),
        (
            "read_after_unconflicted",
            f"OLD.status = 'sent_unread' AND NEW.status = 'sent' AND {conflicted('NEW.read_by_id')}", CONFLICT,
        ),
        (
            "read_after_it_was_sent",
            "OLD.status = 'sent_unread' AND NEW.status <> 'sent_unread' AND (NEW.status <> 'sent' OR NEW.read_by_id IS NULL)",
            FIXED,
        ),
    ):
        yield Guard(f"referral_{name}", TABLE, "UPDATE", when, says)


def follow_ups(_vendor):
    fixed = ("referral_id", "number", "code", "made_at", "due_at")
    recorded = ("status", "answer", "recorded_on", "recorded_by_id")
    yield Guard("referral_follow_up_stays", FOLLOW_UP, "UPDATE", changed(*fixed), STAYS)
    yield Guard(
        "referral_follow_up_recorded_once", FOLLOW_UP, "UPDATE", f"OLD.status = 'recorded' AND ({changed(*recorded)})", STAYS
    )
    yield Guard("referral_follow_up_is_kept", FOLLOW_UP, "DELETE", guards.ALWAYS, STAYS)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0017_clocks_of_referrals")]
    operations = [
        guards.DropGuards("compliance", former),
        guards.CreateGuards("compliance", now, at_once, follow_ups),
    ]
