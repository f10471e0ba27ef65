"""What must be true before a report is taken, answered or closed."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from compliance.models import Report
from compliance.states import ContactChoice
from registry.errors import Reason

PHOTOS_AT_ONCE = 5
PHOTOS_IN_ALL = 20


def receive_blockers(*, text: str, contact: str, details: Mapping[str, str], photos: int) -> Iterator[Reason]:
    if not text.strip():
        yield Reason("no_text", _("Write what happened."), "text")
    yield from details_blockers(contact, details)
    yield from _photo_blockers(photos, already=0)


def details_blockers(contact: str, details: Mapping[str, str]) -> Iterator[Reason]:
    if contact == ContactChoice.DIRECT and not (details.get("telephone") or details.get("email")):
        yield Reason("no_way_to_reach", _("Give a telephone number or an email address."), "telephone")


def reply_blockers(*, text: str, photos: int, already: int) -> Iterator[Reason]:
    if not text.strip() and not photos:
        yield Reason("no_text", _("Write a message, or add a photo."), "text")
    yield from _photo_blockers(photos, already=already)


def ask_blockers(report: Report, *, text: str | None = None) -> Iterator[Reason]:
    """A text of None is not asked yet: the question is only whether the button may be pressed."""
    if not report.has_mailbox:
        yield Reason("no_mailbox", _("The reporter did not want to be contacted, so there is no mailbox to write to."))
    if text is not None and not text.strip():
        yield Reason("no_text", _("Write what you want to ask or say."), "text")


def begin_blockers(report: Report) -> Iterator[Reason]:
    yield from report.lifecycle.blockers(report.status, "begin")


def close_blockers(report: Report, *, outcome: str | None = None) -> Iterator[Reason]:
    yield from report.lifecycle.blockers(report.status, "close")
    if outcome is not None and not outcome.strip():
        yield Reason("no_outcome", _("Write what became of it. The reporter reads this."), "outcome")


def reopen_blockers(report: Report, *, because: str | None = None) -> Iterator[Reason]:
    yield from report.lifecycle.blockers(report.status, "reopen")
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Write the reason."), "because")


def reach_blockers(report: Report, *, because: str | None = None) -> Iterator[Reason]:
    """Whoever opens the details of a source says why (trust.md G13)."""
    if report.contact != ContactChoice.DIRECT:
        yield Reason("no_details", _("The reporter gave no telephone number and no email address."))
    if because is not None and len(because.strip()) < 10:
        yield Reason("no_reason", _("Say the reason in 10 characters or more."), "because")


def _photo_blockers(photos: int, *, already: int) -> Iterator[Reason]:
    if photos > PHOTOS_AT_ONCE:
        yield Reason("too_many_photos", _("Choose at most 5 photos at a time."), "photos")
    elif already + photos > PHOTOS_IN_ALL:
        yield Reason("too_many_photos", _("There is room for 20 photos in all."), "photos")
