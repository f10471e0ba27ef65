"""What to say to a business about its inspections, and the reports that are printed."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.follow_ups.models import FollowUp
from compliance.inspections.letters import queue
from registry.documents.models import Document
from registry.documents.rules import rejected
from registry.letters.models import Letter

FOLLOW_UP_SUBJECTS: dict[str, str | Promise] = {
    "asked": _("Corrective action needed"),
    "sent_back": _("More evidence of your corrective action needed"),
    "met": _("Corrective action completed"),
    "not_met": _("Corrective action not completed"),
    "extended": _("You have more time to put it right"),
    "reminder": _("Reminder: corrective action needed"),
    "missed": _("The deadline for corrective action has passed"),
}


def follow_up(one: FollowUp, occasion: str, *, because: str = "", at: datetime) -> Letter:
    """Says what is to be put right and by when, and where that stands now."""
    facts = {
        "occasion": occasion,
        "action": one.action,
        "standard": one.standard,
        "due_on": one.due_on,
        "because": because,
        "reference": one.reference,
    }
    return queue(one.inspection, "follow_up", subject=FOLLOW_UP_SUBJECTS[occasion], facts=facts, at=at)


def file_rejected(one: FollowUp, document: Document, *, at: datetime) -> Letter:
    """Says that a file which shows what was put right was rejected, why, and by when another one is needed."""
    facts = {**rejected(document, language=one.inspection.organisation.language), "due_on": one.due_on}
    subject = _("We could not accept a file that you uploaded")
    return queue(one.inspection, "file_rejected", subject=subject, facts={"place": "follow-up", **facts}, at=at)
