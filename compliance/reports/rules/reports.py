"""What must be true before a report is taken, or something is added to it: what the reporter is told."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from compliance.reports.states import ConcernKind, ContactChoice
from registry.errors import Reason

PHOTOS_AT_ONCE = 5
PHOTOS_IN_ALL = 20
#: What a reporter is told when others have acted on a report, or not: no word of what was found, where or when.
ACTED = gettext_noop(
    "Thank you for your report. We looked into it, and we have taken action. You can write to us here again."
)
NOT_ACTED = gettext_noop(
    "Thank you for your report. We looked into it, and we cannot take action now. If you learn more, write to us here."
)
NO_OBJECTION = _(
    "You cannot object to an application under this number now. Choose what else it is about: we read every report."
)


def receive_blockers(
    *, text: str, kinds: Sequence[str], may_object: bool, contact: str, details: Mapping[str, str], photos: int
) -> Iterator[Reason]:
    """`may_object`: the number is that of an applicant to whom the public may object now."""
    if not text.strip():
        yield Reason("no_text", _("Write what happened."), "text")
    if ConcernKind.OBJECTION in kinds and not may_object:
        yield Reason("no_objection", NO_OBJECTION, "kinds")
    yield from details_blockers(contact, details)
    yield from _photo_blockers(photos, already=0)


def details_blockers(contact: str, details: Mapping[str, str]) -> Iterator[Reason]:
    if contact == ContactChoice.DIRECT and not (details.get("telephone") or details.get("email")):
        yield Reason("no_way_to_reach", _("Give a telephone number or an email address."), "telephone")


def reply_blockers(*, text: str, photos: int, already: int) -> Iterator[Reason]:
    if not text.strip() and not photos:
        yield Reason("no_text", _("Write a message, or add a photo."), "text")
    yield from _photo_blockers(photos, already=already)


def _photo_blockers(photos: int, *, already: int) -> Iterator[Reason]:
    if photos > PHOTOS_AT_ONCE:
        yield Reason("too_many_photos", _("Choose at most 5 photos at a time."), "photos")
    elif already + photos > PHOTOS_IN_ALL:
        yield Reason("too_many_photos", _("There is room for 20 photos in all."), "photos")
