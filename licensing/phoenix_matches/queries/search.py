"""Look-alikes: who may be somebody else come back, what is known of whoever they are like, and whose turn it is to be looked at."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from licensing.application_form.rules.facts import PARTICULARS
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.applications.queries.applications import filled, scheme_of
from licensing.applications.states import IN_HAND, ApplicationStatus
from licensing.checks.models import Check
from licensing.checks.states import CheckResult
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import OPEN_DECISIONS, DecisionStatus
from licensing.decisions.states.kinds import DecisionKind
from licensing.holding.models import Change
from licensing.holding.queries import holding
from licensing.holding.states import ChangeStatus
from licensing.phoenix_matches.models import Look, PhoenixFinding
from licensing.phoenix_matches.states import RecordKind
from registry import matching, schemes
from registry.companies.models import Company
from registry.imports import queries as registry_queries
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.organisations.models import Organisation, Person

#: In what role somebody of a form stands behind the organisation; of a list, as its page says.
RUNS = matching.RUNS
#: What is proposed against somebody.
AGAINST = (DecisionKind.REFUSE, DecisionKind.SUSPEND, DecisionKind.REVOKE)


@dataclass(frozen=True, slots=True)
class MatchRecord:
    """Something that is known of an organisation: why it matters that another is like it."""

    organisation: int
    kind: RecordKind
    reference: str
    on: date | None

    @property
    def is_adverse(self) -> bool:
        return self.kind != RecordKind.LICENSED

    @property
    def said(self) -> dict[str, Any]:
        on = self.on.isoformat() if self.on else ""
        return {"id": f"{self.kind} {self.reference}", "kind": str(self.kind), "reference": self.reference, "on": on}


# --- looking


def found(organisations: Collection[Organisation], *, today: date) -> list[PhoenixFinding]:
    """Whoever these may be come back, or be hiding behind: each pair with the evidence, and what is known of the other.

    Of an applicant also who is like the holder of a licence; of a holder only whom something speaks against.
    """
    keys = [one.pk for one in organisations]
    told, told_in = _told(keys)
    likenesses = [one for some in matching.alike(keys, besides=told).values() for one in some]
    if not likenesses:
        return []
    records = records_of({one.other for one in likenesses}, today=today)
    applying = _applying(keys)
    people = _references(likenesses) | told_in
    return [
        _finding(one, known, people)
        for one in likenesses
        if (known := [r for r in records.get(one.other, ()) if r.is_adverse or one.organisation in applying])
    ]


def _finding(one: matching.Likeness, known: list[MatchRecord], people: Mapping[int, str]) -> PhoenixFinding:
    return PhoenixFinding(
        organisation=one.organisation,
        other=one.other,
        points=one.points,
        # Two firms of one group may well be licensed each: only what speaks against the other holds a grant up.
        is_strong=one.points >= matching.STRONG and any(record.is_adverse for record in known),
        signals=tuple(_signal(signal, people) for signal in one.signals),
        records=tuple(record.said for record in known),
    )


def _signal(signal: matching.MatchSignal, people: Mapping[int, str]) -> dict[str, Any]:
    mine, theirs = ([people[pk] for pk in whose if pk in people] for whose in (signal.mine, signal.theirs))
    kind = signal.kind.name.lower()
    # Two people may share several keys, and which of them is the rarest may change: they are the same two people.
    about = "-".join([*mine, *theirs]) if signal.is_personal else f"{signal.key:x}"
    return {
        "id": f"{kind} {signal.how} {about}",
        "kind": kind,
        "how": str(signal.how),
        "key": f"{signal.key:x}",
        "points": signal.points,
        "others": signal.others,
        "mine": mine,
        "theirs": theirs,
        "own": signal.is_of_mine,
        "their_own": signal.is_of_theirs,
    }


def _references(likenesses: Iterable[matching.Likeness]) -> dict[int, str]:
    wanted = {pk for one in likenesses for signal in one.signals for pk in (*signal.mine, *signal.theirs)}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "reference"))


def _applying(organisations: Collection[int]) -> set[int]:
    in_hand = Application.objects.filter(organisation__in=organisations, status__in=IN_HAND)
    return set(in_hand.values_list("organisation", flat=True))


def records_of(organisations: Collection[int], *, today: date) -> dict[int, list[MatchRecord]]:
    """What is known of each of these, the newest first: all that speaks against them, and a licence that is in force."""
    found: dict[int, list[MatchRecord]] = defaultdict(list)
    for record in chain(
        _of_applications(organisations),
        _of_licences(organisations, today=today),
        _of_decisions(organisations),
        _of_checks(organisations),
        _of_conditions(organisations),
    ):
        found[record.organisation].append(record)
    for records in found.values():
        records.sort(key=lambda one: (one.on or date.min, one.kind, one.reference), reverse=True)
    return found


def _of_applications(organisations: Collection[int]) -> Iterator[MatchRecord]:
    refused = Application.objects.filter(organisation__in=organisations, status=ApplicationStatus.REFUSED)
    for organisation, reference, at in refused.values_list("organisation", "reference", "closed_at"):
        yield MatchRecord(organisation, RecordKind.REFUSED, reference, _day(at))


def _of_licences(organisations: Collection[int], *, today: date) -> Iterator[MatchRecord]:
    for licence in Licence.objects.filter(organisation__in=organisations):
        # Whoever appeals may come back under another name meanwhile.
        if since := licence.revoked_from or licence.appealed_from:
            yield MatchRecord(licence.organisation_id, RecordKind.REVOKED, licence.number, since)
        if licence.suspended_from:
            yield MatchRecord(licence.organisation_id, RecordKind.SUSPENDED, licence.number, licence.suspended_from)
        if licence.status == LicenceStatus.ACTIVE and licence.valid_until >= today:
            yield MatchRecord(licence.organisation_id, RecordKind.LICENSED, licence.number, licence.valid_from)


def _of_decisions(organisations: Collection[int]) -> Iterator[MatchRecord]:
    """What has been proposed against them, and what they withdrew from before it could be decided."""
    about = Q(application__organisation__in=organisations) | Q(licence__organisation__in=organisations)
    escaped = Q(status=DecisionStatus.DROPPED, application__status=ApplicationStatus.WITHDRAWN)
    against = Decision.objects.filter(about, Q(status__in=OPEN_DECISIONS) | escaped, kind__in=AGAINST)
    for decision in against.select_related("application", "licence"):
        kind = RecordKind.ESCAPED if decision.status == DecisionStatus.DROPPED else RecordKind.PROPOSED
        yield MatchRecord(decision.subject.organisation_id, kind, decision.reference, _day(decision.proposed_at))


def _of_checks(organisations: Collection[int]) -> Iterator[MatchRecord]:
    """That a reply was adverse; what it says bears its own restriction and stays where it is."""
    owner = {"application__organisation": "application", "change__licence__organisation": "change"}
    for path in owner:
        adverse = Check.objects.filter(**{f"{path}__in": organisations}, result=CheckResult.ADVERSE)
        for organisation, reference, on in adverse.values_list(path, "reference", "replied_on"):
            yield MatchRecord(organisation, RecordKind.ADVERSE_REPLY, reference, on)


def _of_conditions(organisations: Collection[int]) -> Iterator[MatchRecord]:
    failed = Condition.objects.filter(licence__organisation__in=organisations, status=ConditionStatus.FAILED)
    for organisation, reference, on in failed.values_list("licence__organisation", "reference", "due_on"):
        yield MatchRecord(organisation, RecordKind.CONDITION_FAILED, reference, on)


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


# --- what was told and is not in a file yet


def _told(organisations: Collection[int]) -> tuple[dict[int, list[matching.ExtraKnowledge]], dict[int, str]]:
    """What holders have told and nobody has accepted, and who is to take a place; and in which change or application."""
    told: dict[int, list[matching.ExtraKnowledge]] = defaultdict(list)
    told_in: dict[int, str] = {}
    numbers = iter(range(1, 1_000_000))
    for organisation, reference, said, role in chain(_in_changes(organisations), _in_alterations(organisations)):
        if said.get("full_name"):
            number = next(numbers)
            told[organisation].append(matching.told_of_person(number, said, runs=role in RUNS))
            told_in[-number] = reference
        else:
            told[organisation].append(matching.told_of_organisation(said))
    return told, told_in


_Told = tuple[int, str, Mapping[str, Any], str]


def _in_changes(organisations: Collection[int]) -> Iterator[_Told]:
    waiting = Change.objects.filter(licence__organisation__in=organisations, status=ChangeStatus.TOLD)
    for change in waiting.select_related("licence"):
        kind = holding.kind_of(change)
        if not kind.page or kind.act == "remove":
            continue
        page = schemes.get(change.scheme, change.version).form.page(kind.page)
        role = page.person or (page.list_of.role if page.list_of else "") or ""
        yield change.licence.organisation_id, change.reference, _named(holding.answered_of(change, kind)), role


def _in_alterations(organisations: Collection[int]) -> Iterator[_Told]:
    """Who applies to take a place: nothing of it is in the file before it is granted."""
    altering = Application.objects.filter(organisation__in=organisations, alters__isnull=False, status__in=IN_HAND)
    for application in altering.select_related("organisation"):
        scheme = scheme_of(application)
        kind = applications.altering(application, scheme)
        if kind and kind.role:
            said = filled(application, scheme).person(kind.role)
            yield application.organisation_id, application.reference, said, kind.role


def _named(said: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by the names that the organisation's file has for them."""
    return {PARTICULARS.get(key, key): value for key, value in said.items()}


# --- whose turn it is


def due_at_once(at: datetime) -> QuerySet[Organisation]:
    """Who has handed in or told something since they were looked at, or of whom a new snapshot of companies speaks."""
    since = {"organisation": OuterRef("organisation"), "at__gte": OuterRef("submitted_at")}
    handed_in = Application.objects.filter(status__in=IN_HAND).filter(~Exists(Look.objects.filter(**since)))
    changed = _changed_since()
    return Organisation.objects.filter(
        Q(pk__in=handed_in.values("organisation"))
        | Q(pk__in=changed.values("licence__organisation"))
        | _of_new_edition(at)
    ).order_by("pk")


def due_since(night: datetime, at: datetime) -> QuerySet[Organisation]:
    """Everybody who applies or holds a licence and has not been looked at since then, and whose turn it is anyhow."""
    fresh = Look.objects.filter(organisation=OuterRef("pk"), at__gte=night)
    return _looked_after(timezone.localdate(at)).filter(~Exists(fresh)).order_by("pk")


def _looked_after(today: date) -> QuerySet[Organisation]:
    applies = Application.objects.filter(organisation=OuterRef("pk"), status__in=IN_HAND)
    holds = Licence.objects.filter(organisation=OuterRef("pk"), status=LicenceStatus.ACTIVE, valid_until__gte=today)
    return Organisation.objects.filter(Exists(applies) | Exists(holds))


def _changed_since() -> QuerySet[Change]:
    """Told, or accepted, since the holder was looked at."""
    own = Look.objects.filter(organisation=OuterRef("licence__organisation"))
    told = ~Exists(own.filter(at__gte=OuterRef("told_at")))
    accepted = Q(closed_at__isnull=False) & ~Exists(own.filter(at__gte=OuterRef("closed_at")))
    return Change.objects.filter(told | accepted)


def _of_new_edition(at: datetime) -> Q:
    newest = registry_queries.newest_edition(Company.SOURCE)
    if newest is None:
        return Q(pk=None)
    behind = Look.objects.exclude(edition=newest).filter(organisation__company_number__gt="")
    return Q(pk__in=behind.values("organisation"))
