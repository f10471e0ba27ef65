"""Showing to the public: the only writer of entries. An entry is closed and the next one opened in the action's transaction."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from registry import schemes, signing
from registry import search as index
from registry.codes import make_code
from registry.licences.models import Condition, Licence
from registry.licences.states import DATES, ConditionStatus
from registry.organisations.models import Fact, Organisation, Role
from registry.organisations.queries import registrations
from registry.register.models import Entry, Listing, Withdrawal
from registry.register.queries import content_of, hashed, link_content
from registry.register.rules import POSITION, ShownPeople, holder_content
from registry.schemes import said
from registry.trail.models import rows
from registry.trail.models.events import Counter


@dataclass(frozen=True, slots=True)
class ApplicationNotice:
    """What the register shows of an application: kept on the entries until something else is said."""

    applied_on: date | None = None
    sectors: tuple[str, ...] = ()
    supplies_to: tuple[str, ...] = ()
    refused_from: date | None = None


@dataclass(frozen=True, slots=True)
class EntryContent:
    """An entry as it was shown: `content` has the fields of `CONTENT`."""

    listing: Listing
    content: Mapping[str, Any]
    shown_from: datetime
    shown_until: datetime | None


@dataclass(frozen=True, slots=True)
class PastContent:
    """What was so of a listing from `since` until `until` (None: until we took it over), as another authority tells us."""

    content: Mapping[str, Any]
    since: datetime
    until: datetime | None


def publish(listing: Listing, *, at: datetime, applied: ApplicationNotice | None = None) -> Entry:
    """Tell the public what is so of this listing from `at` on. Says nothing new when nothing that is public has changed."""
    # One at a time, and before anything is read: who has waited then sees what the other has said.
    Counter.objects.held(Counter.EVENTS)
    before = Entry.objects.filter(listing=listing, shown_until=None).first()
    licence = listing.licences.order_by("granted_at", "pk").last()
    content = _content(listing, licence, applied or _applied(before), before, on=timezone.localdate(at))
    # The contents are compared, and never the digest that is kept: who rewrites it could keep a revocation off the register.
    if before is not None and signing.digest(hashed(content_of(before))) == signing.digest(hashed(content)):
        return before
    if before is not None:
        _close(before, at=at)
    entry = _open(listing, content, at=at)
    index.add(index.PUBLIC, listing.pk, index.of_entry(entry))
    return entry


def publish_many(shown: Sequence[EntryContent]) -> None:
    """Write many entries at once, in this order, each as it was to be read from when until when.

    For sample data, and for what another authority tells us of the time before we took its register over (a test).

    The names are not made findable by this: whoever calls it adds them to the index.
    """
    links = Counter.objects.links(
        Counter.ENTRIES,
        ({"listing": one.listing.code, "shown_from": one.shown_from, **hashed(one.content)} for one in shown),
    )
    entries = [
        {
            **one.content,
            "listing_id": one.listing.pk,
            "shown_from": one.shown_from,
            "shown_until": one.shown_until,
            "content_hash": signing.digest(hashed(one.content)),
            "entry_number": link.number,
            "previous_hash": link.previous,
            "hash": link.hash,
        }
        for one, link in zip(shown, links, strict=True)
    ]
    rows.insert(Entry, rows.prepared(Entry, entries))
    # What was closed and followed by nothing was taken off the register.
    for entry in {entry["listing_id"]: entry for entry in entries}.values():
        if entry["shown_until"] is not None:
            _withdrawn(entry["entry_number"], at=entry["shown_until"])


def take_over(
    listing: Listing, past: Iterable[PastContent], *, authority: str, on: date, at: datetime
) -> list[EntryContent]:
    """What `publish_many` writes of a listing that was taken over: what the authority says was so, then what we publish from `at` on.

    Of the past only the days, the names, the number and the conditions are known: the rest is as it is on the day of taking over.
    """
    licence = listing.licences.order_by("granted_at", "pk").last()
    mark = {"from": authority, "on": on.isoformat()}
    now = _content(listing, licence, ApplicationNotice(), None, on=on) | {"taken_over": {**mark, "past": False}}
    then = now | {"taken_over": {**mark, "past": True}, "issued_by": authority}
    told = [EntryContent(listing, then | dict(one.content), one.since, one.until or at) for one in past]
    return [*told, EntryContent(listing, now, at, None)]


def listing_of(organisation: Organisation, scheme: str) -> Listing:
    """The listing of an organisation under a scheme, made at the first need: one for life."""
    listing, _new = Listing.objects.get_or_create(
        organisation=organisation, scheme=scheme, defaults={"code": make_code(secrets.token_bytes(8))}
    )
    return listing


def hide(listing: Listing, *, at: datetime) -> None:
    """Take the listing off the register from `at` on: it then answers "not found"; past days still answer as they did."""
    for entry in Entry.objects.select_for_update().filter(listing=listing, shown_until=None):
        _close(entry, at=at)
        _withdrawn(entry.pk, at=at)


def _close(entry: Entry, *, at: datetime) -> None:
    entry.shown_until = at
    entry.save(update_fields=["shown_until"])


def _withdrawn(entry_number: int, *, at: datetime) -> None:
    Withdrawal.objects.create(number=Counter.objects.draw(Counter.WITHDRAWALS), entry_id=entry_number, at=at)


def _open(listing: Listing, content: dict[str, Any], *, at: datetime) -> Entry:
    entry = Entry(listing=listing, shown_from=at, content_hash=signing.digest(hashed(content)), **content)
    link = Counter.objects.link(Counter.ENTRIES, link_content(entry))
    entry.entry_number, entry.previous_hash, entry.hash = link.number, link.previous, link.hash
    entry.save(force_insert=True)
    return entry


def _content(
    listing: Listing, licence: Licence | None, applied: ApplicationNotice, before: Entry | None, *, on: date
) -> dict[str, Any]:
    scheme = schemes.in_force(listing.scheme, on)
    conditions = _standing_conditions(licence) if licence else []
    return {
        **holder_content(
            listing.organisation,
            scheme,
            people=_people(listing, on=on),
            vehicles=_vehicles(listing) if scheme.public.vehicles else [],
        ),
        **_dates(licence),
        "scheme": listing.scheme,
        "number": licence.number if licence else _applicant_number(before),
        "sectors": list(licence.sectors if licence else applied.sectors),
        "supplies_to": list(licence.countries_supplied if licence else applied.supplies_to),
        "applied_on": applied.applied_on,
        "refused_from": applied.refused_from,
        "conditions": _said_of(conditions) if scheme.public.conditions else [],
        "condition_count": len(conditions),
        "reasons": [one.content for one in listing.reasons.shown().order_by("pk")] or None,
        "issued_by": said(scheme.authority.name, "en"),
        "taken_over": before.taken_over if before and licence and before.number == licence.number else None,
    }


def _people(listing: Listing, *, on: date) -> ShownPeople:
    roles = Role.objects.filter(organisation=listing.organisation).held_on(on).select_related("person").order_by("pk")
    return ShownPeople(
        named=[(role.kind, role.person.full_name) for role in roles if role.person],
        positions=[role.title for role in roles if role.kind == POSITION],
    )


def _vehicles(listing: Listing) -> list[str]:
    """The registration numbers of the vehicles that carry the workers, as the holder has last stated them."""
    return registrations(Fact.objects.latest_of(listing.organisation).get("vehicles"))


def _dates(licence: Licence | None) -> dict[str, date | None]:
    return {field: getattr(licence, field) if licence else None for field in DATES}


def _standing_conditions(licence: Licence) -> list[Condition]:
    """One that failed stands until a decision follows: the public must not read a plain "licensed" meanwhile."""
    return list(licence.conditions.exclude(status=ConditionStatus.DISCHARGED).order_by("pk"))


def _said_of(conditions: Sequence[Condition]) -> list[dict[str, str]]:
    return [{"standard": c.standard, "requirement": c.requirement, "due_on": c.due_on.isoformat()} for c in conditions]


def _applied(entry: Entry | None) -> ApplicationNotice:
    if entry is None:
        return ApplicationNotice()
    return ApplicationNotice(entry.applied_on, tuple(entry.sectors), tuple(entry.supplies_to), entry.refused_from)


def _applicant_number(before: Entry | None) -> str:
    return before.number if before else f"APP-{Counter.objects.draw(Counter.APPLICANTS):05}"
