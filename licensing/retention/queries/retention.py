"""What has been held for as long as the scheme says: what the nightly job erases, and what it must leave."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from compliance.inspections.models import OPEN, Inspection
from licensing.appeals.models import Appeal
from licensing.appeals.states import OPEN_APPEALS
from licensing.applications.models import Answer, Application
from licensing.applications.queries.applications import schemes_offered
from licensing.applications.states import NOT_OVER, ApplicationStatus
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states import OPEN_DECISIONS
from licensing.holding.models import Change, Transfer
from licensing.holding.states import OPEN_TRANSFERS
from licensing.people_named.models import Part
from registry.licences.models import Licence
from registry.organisations.models import Person, Role
from registry.retention.models import Hold
from registry.schemes import Scheme

WITHOUT_LICENCE = (ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class DueErasure:
    """Something that is to be erased, and the line of the scheme's table that says so."""

    rule: str
    subject: Application | Person


def due_for_erasure(today: date) -> Iterator[DueErasure]:
    """All that has been held long enough by the rules of today; nothing of whom there is a hold or business still open."""
    offered = schemes_offered(today).values()
    for scheme in offered:
        for rule, find in (("drafts", _drafts), ("applications", _closed), ("licences", _ended)):
            kept = scheme.retained(rule)
            before = kept.ends_before(today) if kept else None
            if before is not None:
                yield from (
                    DueErasure(rule, application) for application in find(scheme, before).order_by("pk").iterator()
                )
    yield from (DueErasure("people", person) for person in _people(offered, today))


def _answered(scheme: Scheme) -> "QuerySet[Application]":
    """Applications that still say something, of organisations of which something may be erased."""
    own = {"organisation": OuterRef("organisation")}
    business = (
        Hold.objects.in_force().filter(**own),
        Inspection.objects.filter(status__in=OPEN, **own),
        Decision.objects.filter(
            Q(application__organisation=OuterRef("organisation")) | Q(licence__organisation=OuterRef("organisation")),
            status__in=list(OPEN_DECISIONS),
        ),
        # What was decided may still be heard, and then the bundle needs what it rested on.
        Appeal.objects.filter(
            Q(decision__application__organisation=OuterRef("organisation"))
            | Q(decision__licence__organisation=OuterRef("organisation")),
            status__in=list(OPEN_APPEALS),
        ),
        Transfer.objects.filter(
            Q(application__organisation=OuterRef("organisation")) | Q(licence__organisation=OuterRef("organisation")),
            status__in=list(OPEN_TRANSFERS),
        ),
    )
    of_it = {"application": OuterRef("pk")}
    told = Change.objects.saying_something().filter(licence=OuterRef("licence"))
    still_says = Exists(Answer.objects.filter(**of_it)) | Exists(Part.objects.filter(**of_it)) | Exists(told)
    applications = Application.objects.filter(still_says, scheme=scheme.name)
    for open_still in business:
        applications = applications.filter(~Exists(open_still))
    return applications.select_related("organisation")


def _drafts(scheme: Scheme, before: date) -> "QuerySet[Application]":
    drafts = _answered(scheme).filter(status=ApplicationStatus.DRAFT)
    return drafts.annotate(saved=Max("answers__saved_at")).filter(saved__lt=_midnight(before))


def _closed(scheme: Scheme, before: date) -> "QuerySet[Application]":
    return _answered(scheme).filter(status__in=WITHOUT_LICENCE, closed_at__lt=_midnight(before))


def _ended(scheme: Scheme, before: date) -> "QuerySet[Application]":
    """Of organisations that had a licence and have had none since that day, nor apply for one."""
    held_since = Licence.objects.filter(
        Q(revoked_from=None) | Q(revoked_from__gt=before),
        Q(surrendered_from=None) | Q(surrendered_from__gt=before),
        Q(ended_from=None) | Q(ended_from__gt=before),
        organisation=OuterRef("organisation"),
        valid_until__gte=before,
    )
    applies = Application.objects.filter(organisation=OuterRef("organisation"), status__in=list(NOT_OVER))
    granted = _answered(scheme).filter(status=ApplicationStatus.GRANTED)
    return granted.filter(~Exists(held_since), ~Exists(applies))


def _people(offered: Collection[Scheme], today: date) -> Iterator[Person]:
    """By the longest of the rules, as a person may stand behind firms of several schemes."""
    rules = [scheme.retained("people") for scheme in offered]
    befores = [rule.ends_before(today) if rule else None for rule in rules]
    if not befores or None in befores:
        return
    before = min(day for day in befores if day is not None)
    roles = Role.objects.filter(person=OuterRef("pk"))
    known = Q(date_of_birth__isnull=False)
    for field in ("former_name", "nationality", "nino", "telephone", "email"):
        known |= ~Q(**{field: ""})
    people = Person.objects.filter(
        known | ~Q(address={}),
        Exists(roles),
        ~Exists(roles.filter(Q(until=None) | Q(until__gte=before))),
        ~Exists(Hold.objects.in_force().filter(organisation__roles__person=OuterRef("pk"))),
    )
    yield from people.order_by("pk").iterator()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
