"""What has been held for as long as the scheme says: what the nightly job erases, and what it must leave."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from compliance.retention.queries import due
from licensing.appeals.models import Appeal
from licensing.appeals.states import OPEN_APPEALS
from licensing.applications.models import Answer, Application
from licensing.applications.queries.applications import schemes_offered
from licensing.applications.states import NOT_OVER, ApplicationStatus
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import OPEN_DECISIONS
from licensing.duties.models import DutyReminder, DutyText
from licensing.holding.models import Change, Transfer
from licensing.holding.states import OPEN_TRANSFERS
from licensing.people_named.models import Part
from registry.complaints import queries as complaints
from registry.licences.models import Licence
from registry.material_orders import queries as material_orders
from registry.organisations.models import Person, Role
from registry.retention import queries as retention
from registry.retention.queries import DueErasure, midnight
from registry.schemes import Scheme

REMINDERS = "reminders"
WITHOUT_LICENCE = (ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN)


def due_for_erasure(today: date) -> Iterator[DueErasure]:
    """All that has been held long enough by the rules of today; nothing that a hold or open business keeps."""
    yield from _applications(today)
    yield from (
        DueErasure("people", "person", person.reference, person)
        for person in _people(schemes_offered(today).values(), today)
    )
    yield from due.due_for_erasure(today)
    yield from (DueErasure(REMINDERS, "dutyreminder", f"{day}", day) for day in _days_of_reminders(today))
    yield from retention.readings_due(today)
    yield from complaints.due_for_erasure(today)
    yield from material_orders.due_for_erasure(today)


def _applications(today: date) -> Iterator[DueErasure]:
    """By the rules of the scheme of each."""
    for scheme in schemes_offered(today).values():
        for rule, find in (("drafts", _drafts), ("applications", _closed), ("licences", _ended)):
            kept = scheme.retained(rule)
            before = kept.ends_before(today) if kept else None
            if before is not None:
                for application in find(scheme, before).order_by("pk").iterator():
                    yield DueErasure(rule, "application", application.reference, application)


def organisations_with_open_business() -> Iterator["QuerySet[Any, Any]"]:
    """Organisations about which something is being decided, heard or transferred: of them nothing goes."""
    decisions = Decision.objects.filter(status__in=list(OPEN_DECISIONS))
    # What was decided may still be heard, and then the bundle needs what it rested on.
    appeals = Appeal.objects.filter(status__in=list(OPEN_APPEALS))
    transfers = Transfer.objects.filter(status__in=list(OPEN_TRANSFERS))
    for rows, path in ((decisions, ""), (appeals, "decision__"), (transfers, "")):
        yield rows.values(f"{path}application__organisation")
        yield rows.values(f"{path}licence__organisation")


def _days_of_reminders(today: date) -> Iterable[date]:
    """The days of which the reminders were kept for long enough."""
    before = retention.ends_before(REMINDERS, today)
    if before is None:
        return []
    old = {"due_on__lt": timezone.localdate(before)}
    texts = DutyText.objects.filter(**old).values_list("due_on", flat=True)
    return sorted({*texts, *DutyReminder.objects.filter(**old).values_list("due_on", flat=True)})


def _answered(scheme: Scheme) -> "QuerySet[Application]":
    """Applications that still say something, of organisations of which something may be erased."""
    of_it = {"application": OuterRef("pk")}
    told = Change.objects.saying_something().filter(licence=OuterRef("licence"))
    still_says = Exists(Answer.objects.filter(**of_it)) | Exists(Part.objects.filter(**of_it)) | Exists(told)
    applications = Application.objects.filter(still_says, scheme=scheme.name)
    return retention.without_kept(applications, "organisation").select_related("organisation")


def _drafts(scheme: Scheme, before: date) -> "QuerySet[Application]":
    drafts = _answered(scheme).filter(status=ApplicationStatus.DRAFT)
    return drafts.annotate(saved=Max("answers__saved_at")).filter(saved__lt=midnight(before))


def _closed(scheme: Scheme, before: date) -> "QuerySet[Application]":
    return _answered(scheme).filter(status__in=WITHOUT_LICENCE, closed_at__lt=midnight(before))


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
    )
    # Who was behind a business that is visited or prosecuted is needed, however long ago they left it.
    yield from retention.without_kept(people, "roles__organisation").order_by("pk").iterator()
