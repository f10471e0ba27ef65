"""What must be true before a report is taken, or something is added to it: what the reporter is told."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from compliance.reports.models.triage import ReportEnding
from compliance.reports.states import AnswerBy, ConcernKind, ContactChoice
from registry.errors import Reason

PHOTOS_AT_ONCE = 5
PHOTOS_IN_ALL = 20
MOST_PEOPLE = 100_000
#: What a reporter is told at the end: no word of what was found, where or when, so that it endangers no one who reads it.
ENDINGS: Mapping[str, str] = {
    ReportEnding.ACTED: gettext_noop(
        "Thank you for your report. We looked into it, and we have taken action. You can write to us here again."
    ),
    ReportEnding.NOT_ACTED: gettext_noop(
        "Thank you for your report. We looked into it, and we cannot take action now. If you learn more, write to us here."
    ),
    ReportEnding.PASSED_ON: gettext_noop(
        "Thank you for your report. Another authority can act on it. We told them what they need to know, but not who told us."
    ),
    ReportEnding.NOT_ENOUGH: gettext_noop(
        "Thank you for your report. We looked into it, but we do not know enough to act. If you learn more, write to us here."
    ),
}
NO_OBJECTION = _(
    "You cannot object to an application under this number now. Choose what else it is about: we read every report."
)


def receive_blockers(
    *,
    text: str,
    kinds: Sequence[str],
    may_object: bool,
    contact: str,
    details: Mapping[str, str],
    photos: int,
    is_said: bool = False,
) -> Iterator[Reason]:
    """`may_object`: the public may object to the applicant of this number now. What `is_said` need not be written."""
    if not text.strip() and not is_said:
        yield Reason("no_text", _("Write what happened."), "text")
    if ConcernKind.OBJECTION in kinds and not may_object:
        yield Reason("no_objection", NO_OBJECTION, "kinds")
    yield from details_blockers(contact, details)
    yield from _photo_blockers(photos, already=0)


def details_blockers(contact: str, details: Mapping[str, str]) -> Iterator[Reason]:
    if contact != ContactChoice.DIRECT:
        return
    by_email = details.get("answer_by") == AnswerBy.EMAIL
    if not (details.get("telephone") or details.get("email")):
        yield Reason("no_way_to_reach", _("Give a telephone number or an email address."), "telephone")
    elif by_email and not details.get("email"):
        yield Reason("no_email", _("Give an email address, or choose another way."), "email")
    elif details.get("answer_by") and not by_email and not details.get("telephone"):
        yield Reason("no_telephone", _("Give a telephone number, or choose another way."), "telephone")


def reply_blockers(*, text: str, photos: int, already: int) -> Iterator[Reason]:
    if not text.strip() and not photos:
        yield Reason("no_text", _("Write a message, or add a photo."), "text")
    yield from _photo_blockers(photos, already=already)


def _photo_blockers(photos: int, *, already: int) -> Iterator[Reason]:
    if photos > PHOTOS_AT_ONCE:
        yield Reason("too_many_photos", _("Choose at most 5 photos at a time."), "photos")
    elif already + photos > PHOTOS_IN_ALL:
        yield Reason("too_many_photos", _("There is room for 20 photos in all."), "photos")
