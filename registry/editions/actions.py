"""Announce an edition of the statistics, freeze its tables, sign them as two people, and correct what was published."""

from datetime import datetime

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.editions.models import Edition, EditionDateMove, EditionTable, EditionVersion, PreReleaseReader
from registry.editions.queries.making import ASKS, ASKS_TO_CORRECT, asked_for, counted_now
from registry.editions.rules import acts as rules
from registry.editions.rules.content import digest_of, digest_of_all
from registry.editions.rules.quarters import days_of
from registry.editions.states import PUBLISHES
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def announce_edition(*, code: str, publish_at: datetime, by: User, at: datetime) -> Edition:
    """Announce the minute at which the public may read the statistics of a quarter.

    Raises `Refused` (no_quarter, announced_already, before_its_end, too_soon).
    """
    permissions.require(by, PUBLISHES)
    refuse_for(rules.announce_blockers(code, publish_at, at=at))
    days = days_of(code)
    assert days is not None
    edition = Edition.objects.create(
        code=code, first_day=days[0], last_day=days[1], publish_at=publish_at, announced_by=by, announced_at=at
    )
    trail.record(edition, "announce_edition", by=by, at=at, publish_at=publish_at)
    return edition


@transaction.atomic
def move_date(edition: Edition, *, publish_at: datetime, because: str, by: User, at: datetime) -> Edition:
    """Move an announced date to a later one, for a reason that the public reads.

    Raises `Refused` (published, past, earlier, no_reason).
    """
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    refuse_for(rules.move_blockers(edition, publish_at, because, at=at))
    EditionDateMove.objects.create(
        edition=edition, was=edition.publish_at, now=publish_at, because=because.strip(), by=by, at=at
    )
    edition.publish_at = publish_at
    edition.save(update_fields=["publish_at"])
    trail.record(edition, "move_date", by=by, at=at, because=because, publish_at=publish_at)
    return edition


@transaction.atomic
def explain_lateness(edition: Edition, *, because: str, by: User, at: datetime) -> Edition:
    """Tell the public why nothing was signed at the announced minute. Raises `Refused` (not_late, no_reason)."""
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    refuse_for(rules.late_blockers(edition, because, at=at))
    edition.late_because = because.strip()
    edition.save(update_fields=["late_because"])
    trail.record(edition, "explain_lateness", by=by, at=at, because=because)
    return edition


@transaction.atomic
def ask_for_tables(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Ask the background worker to count and freeze all tables. Raises `Refused` (wrong_state, not_over, being_made)."""
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    is_asked = asked_for(edition) is not None
    refuse_for([*rules.freeze_blockers(edition, at=at), *rules.asked_blockers(is_asked)])
    trail.record(edition, ASKS, by=by, at=at)
    return edition


@transaction.atomic
def ask_for_correction(edition: Edition, *, because: str, by: User, at: datetime) -> Edition:
    """Ask it to count all tables again, for a reason that the public reads. Raises `Refused` (wrong_state, no_reason, being_made)."""
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    is_asked = asked_for(edition) is not None
    refuse_for([*rules.correct_blockers(edition, because), *rules.asked_blockers(is_asked)])
    trail.record(edition, ASKS_TO_CORRECT, by=by, at=at, because=because.strip())
    return edition


@transaction.atomic
def note_not_made(edition: Edition, *, because: str, by: User, at: datetime) -> Edition:
    """Write down why the tables that someone asked for were not made."""
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    trail.record(edition, "note_not_made", by=by, at=at, because=because)
    return edition


@transaction.atomic
def freeze_tables(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Count all tables now and freeze them, so that two people can sign them. Raises `Refused` (wrong_state, not_over)."""
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    refuse_for(rules.freeze_blockers(edition, at=at))
    version = _freeze(edition, because="", by=by, at=at)
    return trail.move(edition, "freeze_tables", by=by, at=at, because=f"digest {version.digest}")


@transaction.atomic
def sign_tables(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Sign the frozen tables as the first person. Raises `Refused` (wrong_state)."""
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    refuse_for(edition.lifecycle.blockers(edition.status, "sign_tables"))
    version = _open_version(edition)
    version.signed_by, version.signed_at = by, at
    version.save(update_fields=["signed_by", "signed_at"])
    return trail.move(edition, "sign_tables", by=by, at=at)


@transaction.atomic
def countersign_tables(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Sign the frozen tables as the second person: the public reads them at the announced minute, a correction at once.

    Raises `Refused` (wrong_state, same_person).
    """
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    refuse_for(rules.countersign_blockers(edition, by=by))
    version = _open_version(edition)
    version.countersigned_by, version.countersigned_at = by, at
    version.save(update_fields=["countersigned_by", "countersigned_at"])
    return trail.move(edition, "countersign_tables", by=by, at=at)


@transaction.atomic
def refuse_tables(edition: Edition, *, because: str, by: User, at: datetime) -> Edition:
    """Refuse to sign the frozen tables: they are made again. Raises `Refused` (wrong_state, no_reason)."""
    return _refuse(edition, "refuse_tables", because=because, by=by, at=at)


@transaction.atomic
def refuse_correction(edition: Edition, *, because: str, by: User, at: datetime) -> Edition:
    """Refuse to sign a correction: what is published stays. Raises `Refused` (wrong_state, no_reason)."""
    return _refuse(edition, "refuse_correction", because=because, by=by, at=at)


@transaction.atomic
def correct_tables(edition: Edition, *, because: str, by: User, at: datetime) -> Edition:
    """Freeze the tables again, for a reason that the public reads. Two people sign it; what was published stays readable.

    Raises `Refused` (wrong_state, no_reason, nothing_changes).
    """
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    refuse_for(rules.correct_blockers(edition, because))
    before = edition.versions.exclude(countersigned_at=None).order_by("-number").first()
    version = _freeze(edition, because=because.strip(), by=by, at=at)
    refuse_for(rules.nothing_changed_blockers(before, version.digest))
    return trail.move(edition, "correct_tables", by=by, at=at, because=because)


@transaction.atomic
def add_reader(edition: Edition, *, name: str, post: str, because: str, by: User, at: datetime) -> PreReleaseReader:
    """Put someone on the list of those who may see an edition in the 24 hours before. The public reads post and reason.

    Raises `Refused` (published, no_name, no_post, too_many, no_reason).
    """
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    refuse_for(rules.reader_blockers(edition, name=name, post=post, because=because, at=at))
    reader = PreReleaseReader.objects.create(
        edition=edition,
        number=edition.readers.count() + 1,
        name=name.strip(),
        post=post.strip(),
        because=because.strip(),
        added_by=by,
        added_at=at,
    )
    trail.record(edition, "add_reader", by=by, at=at, because=because, post=reader.post)
    return reader


@transaction.atomic
def remove_reader(edition: Edition, *, reader: PreReleaseReader, by: User, at: datetime) -> Edition:
    """Take someone off the list. Raises `Refused` (published)."""
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    refuse_for(rules.remove_reader_blockers(edition, at=at))
    reader.removed_by, reader.removed_at = by, at
    reader.save(update_fields=["removed_by", "removed_at"])
    trail.record(edition, "remove_reader", by=by, at=at, post=reader.post)
    return edition


def _open_version(edition: Edition) -> EditionVersion:
    version = edition.open_version
    assert version is not None
    return version


def _refuse(edition: Edition, move: str, *, because: str, by: User, at: datetime) -> Edition:
    permissions.require(by, PUBLISHES)
    edition = trail.locked(edition)
    refuse_for(rules.refuse_blockers(edition, move, because))
    version = _open_version(edition)
    version.refused_by, version.refused_at, version.refused_because = by, at, because.strip()
    version.save(update_fields=["refused_by", "refused_at", "refused_because"])
    return trail.move(edition, move, by=by, at=at, because=because)


def _freeze(edition: Edition, *, because: str, by: User, at: datetime) -> EditionVersion:
    public, finer = counted_now(edition)
    digests = [digest_of(content) for content in public]
    number = edition.versions.exclude(countersigned_at=None).count() + 1
    # Anyone can work out the digest of a version from its public tables: those for partners have their own.
    version = EditionVersion.objects.create(
        edition=edition, number=number, because=because, digest=digest_of_all(digests), made_by=by, made_at=at
    )
    EditionTable.objects.bulk_create(
        EditionTable(
            version=version,
            place=place,
            code=content["code"],
            content=content,
            digest=digest_of(content),
            for_partners=place > len(public),
        )
        for place, content in enumerate((*public, *finer), start=1)
    )
    return version
