"""Why an edition cannot be announced, moved, frozen, signed, refused or corrected now."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.editions.models import Edition, EditionVersion
from registry.editions.rules.quarters import days_of
from registry.errors import Reason
from registry.reasons import reason_blockers

#: How long before its date an edition is announced (CPS22, T3).
AHEAD = timedelta(days=28)
#: How long after the end of its quarter an edition is published at the latest: a date is never moved to an earlier one, so that
#: a slip in the year could never be mended.
LATEST = timedelta(days=366)
MOST_READERS = 20
TOO_LATE = _("The date must be within a year.")


def announce_blockers(code: str, publish_at: datetime, *, at: datetime) -> Iterator[Reason]:
    days = days_of(code)
    if days is None:
        yield Reason("no_quarter", _("Choose a quarter."), "code")
    elif Edition.objects.filter(code=code).exists():
        yield Reason("announced_already", _("The date of this quarter is announced already."), "code")
    elif timezone.localdate(publish_at) <= days[1]:
        yield Reason("before_its_end", _("The date must be after the end of the quarter."), "day")
    elif publish_at.date() > days[1] + LATEST:
        yield Reason("too_late", TOO_LATE, "day")
    if publish_at < at + AHEAD:
        yield Reason("too_soon", _("Announce the date at least 28 days ahead."), "day")


def move_blockers(
    edition: Edition, publish_at: datetime | None, because: str | None, *, at: datetime
) -> Iterator[Reason]:
    """A date or a reason of None is not typed yet: may the button be pressed at all?"""
    if is_published(edition, at=at):
        yield Reason("published", _("This edition is published. Its date cannot be moved."))
    if publish_at is not None and publish_at <= at:
        yield Reason("past", _("The new date must be in the future."), "day")
    if publish_at is not None and publish_at <= edition.publish_at:
        yield Reason("earlier", _("An announced date can only be moved to a later one."), "day")
    if publish_at is not None and publish_at.date() > max(edition.last_day, timezone.localdate(at)) + LATEST:
        yield Reason("too_late", TOO_LATE, "day")
    yield from reason_blockers(because)


def late_blockers(edition: Edition, because: str, *, at: datetime) -> Iterator[Reason]:
    if at < edition.publish_at or is_published(edition, at=at):
        yield Reason("not_late", _("This edition is not late."))
    yield from reason_blockers(because)


def freeze_blockers(edition: Edition, *, at: datetime) -> Iterator[Reason]:
    yield from edition.lifecycle.blockers(edition.status, "freeze_tables")
    if not edition.is_over_on(timezone.localdate(at)):
        yield Reason("not_over", _("The quarter is not over yet."))


def asked_blockers(is_asked: bool) -> Iterator[Reason]:
    if is_asked:
        yield Reason("being_made", _("The tables are being counted. Load this page again in a minute."))


def countersign_blockers(edition: Edition, *, by: User) -> Iterator[Reason]:
    yield from edition.lifecycle.blockers(edition.status, "countersign_tables")
    signed_by = edition.signed_by
    if signed_by is not None and signed_by.pk == by.pk:
        yield Reason("same_person", _("You have signed these tables. Someone else must sign them too, or refuse."))


def refuse_blockers(edition: Edition, move: str, because: str | None) -> Iterator[Reason]:
    yield from edition.lifecycle.blockers(edition.status, move)
    version = edition.open_version
    if version is not None and version.is_correction != (move == "refuse_correction"):
        yield Reason("wrong_state", _("This step is not possible now: something else has happened in the meantime."))
    yield from reason_blockers(because)


def correct_blockers(edition: Edition, because: str | None) -> Iterator[Reason]:
    yield from edition.lifecycle.blockers(edition.status, "correct_tables")
    yield from reason_blockers(because)


def nothing_changed_blockers(before: EditionVersion | None, digest: str) -> Iterator[Reason]:
    """A correction changes a figure."""
    if before is not None and before.digest == digest:
        yield Reason("nothing_changes", _("The tables would be the same as before. There is nothing to correct."))


def readers_blockers(edition: Edition, *, at: datetime) -> Iterator[Reason]:
    """Why no one can be put on the list now."""
    yield from remove_reader_blockers(edition, at=at)
    if edition.readers.listed().count() >= MOST_READERS:
        yield Reason("too_many", _("There can be at most 20 people on the list. Keep it as short as possible."))


def reader_blockers(edition: Edition, *, name: str, post: str, because: str, at: datetime) -> Iterator[Reason]:
    yield from readers_blockers(edition, at=at)
    if not name.strip():
        yield Reason("no_name", _("Enter the name."), "name")
    if not post.strip():
        yield Reason("no_post", _("Enter the post."), "post")
    yield from reason_blockers(because)


def remove_reader_blockers(edition: Edition, *, at: datetime) -> Iterator[Reason]:
    if is_published(edition, at=at):
        yield Reason("published", _("This edition is published. Everyone can read it."))


def is_published(edition: Edition, *, at: datetime) -> bool:
    return edition.versions.published(at).exists()
