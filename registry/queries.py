"""Reads with a name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import index, permissions, register, rules, trail
from registry.errors import Reason
from registry.filters import EventFilter, OrganisationFilter, PeopleFilter, PremisesFilter, UndeliveredFilter, beginning
from registry.models import (
    Act,
    Company,
    Consent,
    Entry,
    Event,
    Fact,
    Holiday,
    Import,
    Invitation,
    Letter,
    Licence,
    Membership,
    Organisation,
    PlaceOfSupply,
    Premises,
    Role,
    User,
)
from registry.models.history import EventQuerySet, LetterQuerySet
from registry.models.premises import postcode_key

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
    rows = Organisation.objects.visible_to(by).prefetch_related("licences")
    return OrganisationFilter(params, queryset=rows)


#: What has not arrived after so long is looked at by a person (trust.md G24).
LOOKED_AT_AFTER = timedelta(hours=1)


def letters_to_organisations() -> LetterQuerySet:
    """What staff may read: never what was written to a follower, to somebody who reports, or to a colleague."""
    return Letter.objects.exclude(organisation=None).select_related("organisation")


def undelivered(params: Mapping[str, Any], *, at: datetime) -> UndeliveredFilter:
    """Letters to applicants and holders that have not reached everybody whom they go to; the oldest first."""
    return UndeliveredFilter(params, queryset=letters_to_organisations().undelivered(at - LOOKED_AT_AFTER))


def undelivered_count() -> int:
    """How many letters wait for somebody to look at their address."""
    nowhere = Q(refused_at__isnull=False) | Q(address="")
    return letters_to_organisations().filter(nowhere, sent_at=None).count()


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
    places_of_supply: list[PlaceOfSupply]
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
        premises=list(organisation.premises.filter(supplied_by=None).order_by("kind", "name", "pk")),
        places_of_supply=list(
            organisation.places_of_supply.select_related("premises").order_by(
                F("until").desc(nulls_first=True), "premises__name", "pk"
            )
        ),
        licences=licences,
        facts=sorted(latest.values(), key=lambda fact: fact.key),
        events=in_words(
            history_of(*_things_of(organisation, licences))[:EVENTS_IN_A_FILE], about=organisation.reference
        ),
    )


# --- who acts for an organisation ---


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who acts for an organisation: an agent by a consent, which may not hold yet or any more."""

    membership: Membership
    consent: Consent | None
    today: date

    @property
    def is_agent(self) -> bool:
        return self.membership.kind == Membership.Kind.AGENT

    @property
    def acts_today(self) -> bool:
        return not self.is_agent or self.consent_holds

    @property
    def consent_holds(self) -> bool:
        one = self.consent
        return one is not None and one.starts <= self.today and (one.until is None or one.until >= self.today)


@dataclass(frozen=True, slots=True)
class OrganisationPeople:
    """Who acts for an organisation, whom it has asked, and why this reader may not change it."""

    members: list[Member]
    invitations: list[Invitation]
    blockers: list[Reason]
    at: datetime


def organisation_people(organisation: Organisation, *, by: User, at: datetime) -> OrganisationPeople:
    today = timezone.localdate(at)
    blockers = list(permissions.act_blockers(by, organisation, Act.MANAGE, on=today))
    return OrganisationPeople(
        members=_members(organisation.memberships.all(), today=today),
        invitations=[]
        if blockers
        else list(organisation.invitations.unanswered().select_related("invited_by").order_by("invited_at", "pk")),
        blockers=blockers,
        at=at,
    )


def memberships_of(user: User, *, today: date) -> list[Member]:
    """For whom this user acts, by name; with those for whom an agent waits to act."""
    return _members(Membership.objects.filter(user=user), today=today)


def invitations_for(user: User, *, at: datetime) -> QuerySet[Invitation]:
    """The invitations to the addresses that this user has proved to be theirs."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values(lower=Lower("email"))
    waiting = Invitation.objects.waiting(at).filter(email__in=proved)
    return waiting.select_related("organisation", "invited_by").order_by("invited_at", "pk")


def _members(memberships: QuerySet[Membership], *, today: date) -> list[Member]:
    found = memberships.filter(until=None).select_related("user", "organisation")
    by_membership = {one.membership_id: one for one in Consent.objects.filter(membership__in=found, ended_at=None)}
    ordered = found.order_by("organisation__legal_name", "since", "pk")
    return [Member(one, by_membership.get(one.pk), today) for one in ordered]


# --- premises


def premises(params: Mapping[str, str], *, by: User) -> PremisesFilter:
    """The premises that this person may see, by name."""
    return PremisesFilter(params, queryset=Premises.objects.visible_to(by))


def premises_like(typed: str, *, most: int = 20) -> list[Premises]:
    """The listed premises that a part of a name, an approval number or a postcode finds, best first. For anybody."""
    rows = Premises.objects.listed().select_related("last_listed")
    key = postcode_key(typed)
    if any(c.isdigit() for c in key) and (
        here := list(rows.filter(beginning("postcode", key)).order_by("name")[:most])
    ):
        return here
    found = list(dict.fromkeys(one.subject for one in index.find(typed, Premises.SPACE)))
    by_pk = rows.in_bulk(found)
    return [by_pk[pk] for pk in found if pk in by_pk][:most]


def listed_premises(references: Iterable[str]) -> dict[str, Premises]:
    """The listed premises that bear these references."""
    return {one.reference: one for one in Premises.objects.listed().filter(reference__in=list(references))}


def newest_edition(source: str) -> Import | None:
    """The last edition of a list that was read to its end."""
    return Import.objects.filter(source=source).exclude(finished_at=None).order_by("-finished_at", "-pk").first()


def no_longer_listed(edition: Import) -> int:
    """How many premises of the list this edition of it does not name."""
    return Premises.objects.filter(source=edition.source).exclude(last_listed=edition).count()


def company(number: str) -> tuple[Import | None, Company | None]:
    """The newest snapshot of the companies register, and the company with this number in it. One query, where there is one."""
    found = Company.objects.of_newest_edition().filter(number=number).select_related("edition").first()
    newest = found.edition if found else None
    return (newest, found) if newest else (newest_edition(Company.SOURCE), None)


@dataclass(frozen=True, slots=True)
class PremisesFile:
    """All that the registry holds of one place."""

    premises: Premises
    edition: Import | None
    named_by: int
    supplied_by: list[PlaceOfSupply]
    events: list[Happening]

    @property
    def is_still_listed(self) -> bool:
        return self.edition is not None and self.premises.last_listed_id == self.edition.pk

    @property
    def particulars(self) -> list[Row]:
        place = self.premises
        said = {
            _("Approval number"): [place.approval_number],
            _("Address"): [place.address.get(line, "") for line in ADDRESS],
            _("Nation"): [place.get_nation_display()],
            _("Local authority"): [place.local_authority],
            _("What is done there"): place.activities,
        }
        return [Row(key, "\n".join(filter(None, lines))) for key, lines in said.items()]


def premises_file(premises: Premises, *, by: User) -> PremisesFile:
    """The page of a place: who is named as supplying workers there only as far as this person sees their files."""
    named = premises.supplied_by.select_related("organisation").order_by(
        F("until").desc(nulls_first=True), "organisation__legal_name", "pk"
    )
    visible = Organisation.objects.visible_to(by)
    return PremisesFile(
        premises=premises,
        edition=newest_edition(premises.source) if premises.source else None,
        named_by=premises.supplied_by.filter(until=None).values("organisation").distinct().count(),
        supplied_by=list(named.filter(organisation__in=visible)),
        events=[_change(event) for event in history_of(("premises", premises.reference))[:EVENTS_IN_A_FILE]],
    )


def _change(event: Event) -> Happening:
    """What an edition of a list changed: each thing as it was and as it is."""
    (happening,) = in_words([event], about=event.reference)
    changes = ((key, change) for key, change in event.facts.items() if isinstance(change, dict))
    said = [f"{_named(key)}: {_as_read(change['from'])} → {_as_read(change['to'])}" for key, change in changes]
    return replace(happening, text="\n".join(said))


def _named(key: str) -> str:
    return {
        "address": _("Address"),
        "local_authority": _("Local authority"),
        "activities": _("What is done there"),
    }.get(key, key)


def _as_read(value: Any) -> str:
    values = [value.get(line, "") for line in ADDRESS] if isinstance(value, dict) else value
    return ", ".join(filter(None, values)) if isinstance(values, list) else str(values)


def people(params: Mapping[str, str]) -> PeopleFilter:
    """Everybody who may sign in or once could, by name."""
    rows = User.objects.filter(is_system=False).prefetch_related("groups")
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
        has_second_factor=Authenticator.objects.filter(user=person).exists(),
        last_seen=person.last_login,
        events=in_words(history_of(("user", person.reference))[:EVENTS_IN_A_FILE], about=person.reference),
        blockers=list(rules.manage_person_blockers(person, by=by)),
    )


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser in which somebody is signed in; since when, if its sign-in was written down."""

    since: datetime | None
    is_here: bool


def sessions_of(user: User, *, here: str, at: datetime) -> list[OpenSession]:
    """The browsers in which this user is signed in, the latest first; `here` is the key of this one."""
    found = [
        OpenSession(_signed_in_at(data), session.session_key == here)
        for session, data in _sessions(user)
        if session.expire_date > at
    ]
    return sorted(found, key=lambda one: one.since or datetime.min.replace(tzinfo=UTC), reverse=True)


def session_keys_of(user: User) -> list[str]:
    return [session.session_key for session, _data in _sessions(user)]


def _sessions(user: User) -> Iterator[tuple[Session, dict[str, Any]]]:
    """Every session is opened to see whose it is: there are few, as none outlives half a day."""
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if data.get("_auth_user_id") == str(user.pk):
            yield session, data


def _signed_in_at(data: dict[str, Any]) -> datetime | None:
    shown = [record["at"] for record in data.get("account_authentication_methods", ()) if "at" in record]
    return datetime.fromtimestamp(min(shown), UTC) if shown else None


def events(params: Mapping[str, str]) -> EventFilter:
    """The trail, newest first."""
    return EventFilter(params, queryset=Event.objects.all())


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


def letters_to_post() -> list[Letter]:
    """Letters to organisations without an email address that nobody has posted yet, oldest first."""
    return list(Letter.objects.to_post().select_related("organisation").order_by("at", "pk"))
