"""Reads with a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from registry import permissions, register, rules, trail
from registry.errors import Reason
from registry.filters import EventFilter, OrganisationFilter, PeopleFilter
from registry.models import Entry, Event, Fact, Holiday, Licence, Membership, Organisation, Premises, Role, User
from registry.models.history import EventQuerySet

EVENTS_ON_A_PAGE = 50
EVENTS_IN_A_FILE = 100
ADDRESS = ("line_1", "line_2", "town", "county", "postcode")


def holidays(nation: str) -> frozenset[date]:
    """The days that are not working days in this nation, for `registry.workdays`."""
    return frozenset(Holiday.objects.filter(nation=nation).values_list("day", flat=True))


def history_of(*things: tuple[str, str]) -> EventQuerySet:
    """What was done to these things (kind, reference), newest first."""
    return Event.objects.of(things)


def organisations(params: Mapping[str, str], *, by: User) -> OrganisationFilter:
    """The organisations that this person may see, by name."""
    rows = Organisation.objects.visible_to(by).prefetch_related("licences").order_by("legal_name", "pk")
    return OrganisationFilter(params, queryset=rows)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event in words, for a timeline."""

    title: str
    at: datetime
    by: str
    text: str


def in_words(events: Iterable[Event], *, about: str) -> list[Happening]:
    """What was done; and to what, unless to the very thing that the page is about."""
    return [
        Happening(
            title=event.verb.replace("_", " ").capitalize()
            + ("" if event.reference == about else f": {event.kind} {event.reference}"),
            at=event.at,
            by=event.by_name,
            text=event.because,
        )
        for event in events
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a summary: what it says, and of what."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """All that the registry itself holds of one organisation."""

    organisation: Organisation
    roles: list[Role]
    members: list[Membership]
    premises: list[Premises]
    licences: list[Licence]
    facts: list[Fact]
    events: list[Happening]

    @property
    def particulars(self) -> list[Row]:
        who = self.organisation
        said = {
            _("Legal name"): [who.legal_name],
            _("Trading names"): who.trading_names,
            _("Former names"): who.former_names,
            _("Kind"): [who.get_legal_status_display()],
            _("Company number"): [who.company_number],
            _("Unique Taxpayer Reference"): [who.utr],
            _("VAT number"): [who.vat_number],
            _("PAYE references"): who.paye_references,
            _("Address"): [who.address.get(line, "") for line in ADDRESS] + [_nation(who.address)],
            _("Telephone"): [who.telephone],
            _("Email address"): [who.email],
            _("Website"): [who.website],
        }
        return [Row(key, "\n".join(filter(None, lines))) for key, lines in said.items()]


def organisation_file(organisation: Organisation) -> OrganisationFile:
    """The file of an organisation. Of facts, the latest of each key, and none that bears a restriction."""
    licences = list(
        organisation.licences.prefetch_related("conditions").select_related("listing").order_by("-granted_at")
    )
    latest = {fact.key: fact for fact in organisation.facts.filter(handling={}).order_by("at", "pk")}
    return OrganisationFile(
        organisation=organisation,
        roles=sorted(
            organisation.roles.select_related("person"), key=lambda role: (bool(role.until), role.kind, role.pk)
        ),
        members=list(organisation.memberships.select_related("user").order_by("since", "pk")),
        premises=list(organisation.premises.order_by("kind", "name", "pk")),
        licences=licences,
        facts=sorted(latest.values(), key=lambda fact: fact.key),
        events=in_words(
            history_of(*_things_of(organisation, licences))[:EVENTS_IN_A_FILE], about=organisation.reference
        ),
    )


def people(params: Mapping[str, str]) -> PeopleFilter:
    """Everybody who may sign in or once could, by name."""
    rows = User.objects.filter(is_system=False).prefetch_related("groups").order_by("name", "email")
    roles = sorted((name, permissions.ROLES[name].title) for name in permissions.GIVEN_ROLES)
    return PeopleFilter(params, queryset=rows, roles=roles)


@dataclass(frozen=True, slots=True)
class PersonFile:
    """One person's access: what they are, what was done to it, and why each change of it is not possible now."""

    person: User
    roles: list[permissions.Role]
    has_second_factor: bool
    last_seen: datetime | None
    events: list[Happening]
    blockers: list[Reason]


def person_file(person: User, *, by: User) -> PersonFile:
    return PersonFile(
        person=person,
        roles=[permissions.ROLES[name] for name in sorted(person.roles)],
        has_second_factor=Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists(),
        last_seen=person.last_login,
        events=in_words(history_of(("user", person.reference))[:EVENTS_IN_A_FILE], about=person.reference),
        blockers=list(rules.manage_person_blockers(person, by=by)),
    )


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Part of the trail, newest first; `earlier` and `later` are the cursors of the pages beside it, empty at the ends."""

    filter: EventFilter
    events: list[Event]
    earlier: str
    later: str


def trail_page(params: Mapping[str, str]) -> TrailPage:
    """The events that match, from the cursor `before` on. Costs the same however long the trail is: nothing is counted."""
    found = EventFilter(params, queryset=Event.objects.all())
    rows = found.found()
    before = params.get("before", "")
    start = int(before) if before.isdecimal() and len(before) < 19 else None
    page = list((rows.filter(number__lt=start) if start else rows).order_by("-number")[: EVENTS_ON_A_PAGE + 1])
    events = page[:EVENTS_ON_A_PAGE]
    return TrailPage(
        filter=found,
        events=events,
        earlier=str(events[-1].number) if len(page) > EVENTS_ON_A_PAGE else "",
        later=_later(rows, start) if start else "",
    )


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of reading both chains from end to end."""

    events: int
    entries: int
    head: tuple[int, str]
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def verify_history(published: tuple[int, str] | None = None) -> Verification:
    """Read the trail and the entries from first to last and say every fault.

    `published` is the number and hash printed on a letter or certificate: who rewrites the whole chain cannot rewrite
    the paper (trust.md G9, T5).
    """
    faults = chain(
        (_("Trail, event %(fault)s") % {"fault": fault} for fault in trail.faults()),
        (_("Register, entry %(fault)s") % {"fault": fault} for fault in register.faults()),
        _not_as_published(published) if published else (),
    )
    number, digest = trail.head()
    return Verification(number, Entry.objects.count(), head=(number, digest), faults=tuple(faults))


def _not_as_published(published: tuple[int, str]) -> list[str]:
    number, digest = published
    if Event.objects.filter(number=number, hash=digest.lower()).exists():
        return []
    return [_("Trail, event %(number)s: is not the one that was printed") % {"number": number}]


def _later(rows: "QuerySet[Event]", start: int) -> str:
    newer = list(rows.filter(number__gte=start).order_by("number").values_list("number", flat=True)[:EVENTS_ON_A_PAGE])
    return str(newer[-1] + 1) if newer else ""


def _nation(address: Mapping[str, str]) -> str:
    """Kept as a code; read as a name."""
    return address.get("country", "").replace("_", " ").title()


def _things_of(organisation: Organisation, licences: list[Licence]) -> list[tuple[str, str]]:
    return [
        ("organisation", organisation.reference),
        *(("licence", licence.number) for licence in licences),
        *(("condition", condition.reference) for licence in licences for condition in licence.conditions.all()),
        *{("listing", licence.listing.code) for licence in licences},
    ]
