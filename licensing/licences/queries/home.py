"""What applicants and holders see: their applications and licences, what they must do, what they are told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Min, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from compliance.follow_ups import queries as follow_ups
from compliance.inspection_reports import queries as visit_reports
from licensing.appeals.models import Appeal
from licensing.applications.models import Application
from licensing.applications.queries.holders import applications_of, organisations_of
from licensing.applications.states import ApplicationStatus
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states import DecisionStatus
from licensing.holding.models import Transfer
from licensing.holding.queries.holding import supply_due
from licensing.holding.queries.renewals import renewable
from licensing.holding.states import TransferStatus
from licensing.licences.queries.held import HolderLicence, licences_of
from licensing.messages.models import Message
from licensing.people_named.models import Part
from licensing.progress.queries.whereabouts import NextAction
from licensing.requests.models import InformationRequest
from registry.accounts.models import User
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus
from registry.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Home:
    """What the home of a holder lists: of all the organisations that they act for, or of the one that they chose."""

    organisations: list[Organisation]
    chosen: Organisation | None
    todos: list[NextAction]
    licences: list[HolderLicence]
    applications: list[Application]
    appeals: list["Appealable"]


@dataclass(frozen=True, slots=True)
class Appealable:
    """A decision that can still be appealed against, or has been; with the newest appeal against it."""

    decision: Decision
    appeal: Appeal | None


def appealable(user: User, *, today: date) -> list[Appealable]:
    """The decisions on the organisations that this user acts for, against which there is an appeal or can be one, newest first."""
    own = Decision.objects.about(Organisation.objects.acted_for_by(user)).filter(status=DecisionStatus.DECIDED)
    known = own.filter(Q(appeal_by__gte=today) | Q(appeals__isnull=False)).distinct()
    about = known.select_related("application__organisation", "licence__organisation")
    rows = about.prefetch_related("appeals").order_by("-decided_at", "-pk")
    return [Appealable(one, max(one.appeals.all(), key=lambda appeal: appeal.pk, default=None)) for one in rows]


def home_of(user: User, *, chosen: str, today: date) -> Home:
    """`chosen` is the reference of an organisation; of one that this user does not act for nothing is chosen."""
    organisations = list(organisations_of(user))
    one = next((organisation for organisation in organisations if organisation.reference == chosen), None)
    licences = [held for held in licences_of(user, today=today) if one in (None, held.licence.organisation)]
    made = list(applications_of(user))
    applications = [own for own in made if one in (None, own.organisation)]
    about = {*(held.licence.number for held in licences), *(own.reference for own in applications)}
    if one is not None:
        about.add(one.reference)
    every = todos_for(user, applications=made, today=today)
    todos = [todo for todo in every if one is None or about & {todo.organisation, *todo.arguments}]
    appeals = [row for row in appealable(user, today=today) if one in (None, row.decision.organisation)]
    return Home(organisations, one, todos, licences, applications, appeals)


def todos_for(user: User, *, today: date, applications: Sequence[Application] | None = None) -> list[NextAction]:
    """All that waits for this person, what is due first at the top; of applications, of these, if somebody has them already."""
    own = Organisation.objects.acted_for_by(user)
    if applications is not None:
        prefetch_related_objects(applications, "payments", "demands")
    found = [
        *_todos_of_applications(applications_of(user) if applications is None else applications),
        *_todos_of_parts(own, today),
        *_todos_of_requests(own),
        *_todos_of_messages(own),
        *_todos_of_decisions(user, own, today),
        *_todos_of_transfers(own),
        *_todos_of_conditions(own),
        *_todos_of_supply(own, today),
        *_todos_of_inspections(own, today),
        *(
            NextAction(gettext("Renew the licence"), _about(one), one.valid_until, "renew_licence", (one.number,))
            for one in renewable(user, today=today)
        ),
    ]
    return sorted(found, key=lambda todo: todo.due or date.max)


def _about(subject: Application | Licence) -> str:
    return f"{subject.organisation.legal_name}, {subject.reference}"


def _todos_of_applications(applications: Iterable[Application]) -> Iterator[NextAction]:
    for one in applications:
        if one.status == ApplicationStatus.DRAFT and one.renews:
            due = one.renews.valid_until
            yield NextAction(gettext("Finish the renewal"), _about(one), due, "application_tasks", (one.reference,))
        elif one.status == ApplicationStatus.DRAFT:
            since = timezone.localdate(one.started_at)
            of = (one.reference,)
            yield NextAction(gettext("Finish the application"), _about(one), None, "application_tasks", of, since=since)
        elif one.awaits_payment:
            yield _todo_of_payment(one)


def _todo_of_payment(application: Application) -> NextAction:
    """The fee as declared has no day of its own; what was demanded since has the earliest of theirs."""
    assert application.submitted_at
    demanded = [one for one in application.demands.all() if one.ended_at is None and one.amount]
    text = gettext("Pay what is still due") if demanded else gettext("Pay the fee")
    due = min((one.due_on for one in demanded), default=None)
    since = timezone.localdate(application.submitted_at)
    return NextAction(text, _about(application), due, "application_payments", (application.reference,), since=since)


def _todos_of_parts(own: QuerySet[Organisation], today: date) -> Iterator[NextAction]:
    """Links that have run out before the person signed: nobody can go on with them until they are sent anew."""
    unsigned = Part.objects.standing().filter(signed_at=None, application__status=ApplicationStatus.DRAFT)
    run_out = unsigned.filter(application__organisation__in=own, expires_at__date__lt=today)
    for one in run_out.select_related("application__organisation").order_by("expires_at", "pk"):
        text = gettext("Send the link to %s again: it has run out") % one.name
        since, of = timezone.localdate(one.expires_at), (one.application.reference, one.reference)
        yield NextAction(text, _about(one.application), None, "part_sent", of, since=since)


def _todos_of_requests(own: QuerySet[Organisation]) -> Iterator[NextAction]:
    asked = InformationRequest.objects.open().filter(application__organisation__in=own)
    for one in asked.select_related("application__organisation"):
        arguments = (one.application.reference, one.reference)
        yield NextAction(
            gettext("Answer our question"), _about(one.application), one.due_on, "answer_request", arguments
        )


def _todos_of_messages(own: QuerySet[Organisation]) -> Iterator[NextAction]:
    unread = Message.objects.unread_by_applicants().filter(application__organisation__in=own)
    told = unread.values("application").annotate(first=Min("at"))
    first = {one["application"]: one["first"] for one in told}
    for one in Application.objects.filter(pk__in=first).select_related("organisation").order_by("pk"):
        since, of = timezone.localdate(first[one.pk]), (one.reference,)
        yield NextAction(gettext("Read our message"), _about(one), None, "application_messages", of, since=since)


def _todos_of_decisions(user: User, own: QuerySet[Organisation], today: date) -> Iterator[NextAction]:
    notified = Decision.objects.visible_to(user).filter(
        Q(application__organisation__in=own) | Q(licence__organisation__in=own),
        status=DecisionStatus.NOTIFIED,
        reply_by__gte=today,
        representations=None,
    )
    for one in notified.select_related("application__organisation", "licence__organisation"):
        name = "reply_about_application" if one.application else "reply_about_licence"
        arguments = (one.subject.reference, one.reference)
        yield NextAction(gettext("Reply to our notice"), _about(one.subject), one.reply_by, name, arguments)


def _todos_of_transfers(own: QuerySet[Organisation]) -> Iterator[NextAction]:
    """Licences of others that are to pass to one's own business, if it agrees."""
    asked = Transfer.objects.filter(application__organisation__in=own, status=TransferStatus.ASKED)
    for one in asked.select_related("application__organisation").order_by("pk"):
        assert one.application is not None
        since, of = timezone.localdate(one.asked_at), (one.application.reference, one.reference)
        text = gettext("Say whether you agree that a licence passes to you")
        yield NextAction(text, _about(one.application), None, "answer_transfer", of, since=since)


def _todos_of_conditions(own: QuerySet[Organisation]) -> Iterator[NextAction]:
    """Those to which the holder has still to send something: what it sent last waits for an officer, unless one found it wanting."""
    open_ones = Condition.objects.filter(licence__organisation__in=own, status=ConditionStatus.OPEN)
    sent = open_ones.annotate(
        sent_at=Max("evidence__sent_at"),
        wanting_at=Max("desk_checks__checked_at", filter=Q(desk_checks__is_met=False)),
    ).filter(Q(wanting_at=None) | Q(wanting_at__lt=F("sent_at")), sent_at__isnull=False)
    for one in (
        open_ones.exclude(pk__in=sent.values("pk")).select_related("licence__organisation").order_by("due_on", "pk")
    ):
        arguments = (one.licence.number, one.reference)
        yield NextAction(gettext("Meet a condition"), _about(one.licence), one.due_on, "send_evidence", arguments)


def _todos_of_supply(own: QuerySet[Organisation], today: date) -> Iterator[NextAction]:
    """Of each licence under which nobody has said yet that it supplies. The day is that of whoever began on the first day."""
    silent = Licence.objects.in_force(today).filter(organisation__in=own, start_of_supply=None)
    for one, days, due_on in supply_due(
        silent.select_related("organisation").order_by("valid_from", "pk"), today=today
    ):
        text = gettext("Tell us once you have started supplying")
        rule = ngettext(
            "Within %d working day of the first day on which you supply workers",
            "Within %d working days of the first day on which you supply workers",
            days,
        )
        yield NextAction(text, _about(one), due_on, "tell_supply", (one.number,), rule=rule % days)


def _todos_of_inspections(own: QuerySet[Organisation], today: date) -> Iterator[NextAction]:
    """What inspectors have found: to be replied to. Nothing of an inspection is shown here before its report was sent."""
    for sending in visit_reports.reports_to_reply_to(own, on=today):
        inspection = sending.inspection
        text, about = gettext("Reply to the report of our inspection"), f"{inspection.organisation}, {inspection}"
        of, whose = (inspection.reference,), inspection.organisation.reference
        yield NextAction(text, about, sending.reply_by, "own_inspection_report", of, organisation=whose)
    for one in follow_ups.follow_ups_for(own):
        business = one.inspection.organisation
        text, about = gettext("Corrective action after an inspection"), f"{business}, {one.reference}"
        yield NextAction(text, about, one.due_on, "own_follow_up", (one.reference,), organisation=business.reference)
