"""An application as its applicant sees it, from the door to what became of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from licensing.application_form.forms import fields as answers
from licensing.application_form.rules import effort
from licensing.application_form.rules.facts import SIGNATURE, Progress
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.applications.queries import documents as documents_queries
from licensing.applications.queries import holders
from licensing.applications.rules import papers
from licensing.applications.rules.documents import RequirementDocuments
from licensing.decisions.models.decisions import Decision
from licensing.duties.queries.duties import duties_below
from licensing.messages import queries as message_queries
from licensing.progress.queries import whereabouts
from licensing.requests.queries import requests_of
from registry import permissions, web
from registry.memberships.states import Act
from registry.schemes import FormPage, said

# Of these nothing is left to do.
DONE = frozenset({Progress.COMPLETED.value, Progress.OPTIONAL.value})
STARTED = frozenset({Progress.NOT_STARTED.value, Progress.IN_PROGRESS.value})


@web.page("licensing.apply", "licensing.enter_paper_application")
def application_tasks(request: web.SignedIn, reference: str) -> HttpResponse:
    """The tasks of a draft; of an application that was handed in, where it stands."""
    application = get_object_or_404(
        Application.objects.filled_in_by(request.user).select_related("organisation"), reference=reference
    )
    filled = applications_queries.form_of(application, today=timezone.localdate())
    if application.status != "draft":
        return _status(request, application, filled)
    if application.alters and applications_queries.reported(application, filled.scheme):
        return redirect("change_by_link", application.alters.number, application.altering)
    shown = documents_queries.documents_shown(application, filled)
    tasks = list(_tasks(application, filled))
    documents = [_document_task(application, one) for one in shown]
    left = filled.left() + sum(one.is_missing for one in shown)
    return render(
        request,
        "licensing/cases/applicant_tasks.html",
        {
            "application": application,
            "scheme_title": said(filled.scheme.title, answers.language()),
            "on_paper": filled.on_paper,
            "groups": _groups(tasks),
            "sections": sum(task["state"] != Progress.OPTIONAL for task in tasks),
            "sections_done": sum(task["state"] == Progress.COMPLETED for task in tasks),
            "documents": documents,
            "next": _next_task([*tasks, *documents]),
            "left": left,
            "minutes": effort.effort_left(filled, filled.pages(), language=answers.language()).minutes,
            "send": [_send_task(application, left)],
            "sends_links": filled.sends_links,
            "parts": application.parts.standing().order_by("pk"),
            "fee": filled.fee(application.fee_kind),
            "may_withdraw": not any(
                papers.act_blockers(application, Act.WITHDRAW, by=request.user, on=timezone.localdate())
            ),
            "is_begun": not application.renews and applications_queries.is_begun(application),
        },
    )


@web.page("licensing.apply")
def application_submitted(request: web.SignedIn, reference: str) -> HttpResponse:
    """The receipt: reference, what to pay and how, what happens next. It stays at its address."""
    application = get_object_or_404(
        Application.objects.acted_for_by(request.user).exclude(submitted_at=None), reference=reference
    )
    scheme, language = applications_queries.scheme_of(application), answers.language()
    return render(
        request,
        "licensing/cases/applicant_submitted.html",
        {
            "application": application,
            "authority": said(scheme.authority.name, language),
            "authority_email": scheme.authority.email,
            "authority_telephone": scheme.authority.telephone,
            "where": whereabouts.whereabouts(application, today=timezone.localdate()),
            "letter": holders.letters_about(reference, organisation=application.organisation).last(),
        },
    )


def _tasks(application: Application, filled: ApplicationForm) -> Iterator[dict[str, Any]]:
    """A task for each section: how far it is, how long the rest takes, and where it goes on."""
    language = answers.language()
    for section, pages in filled.sections():
        states = [_state(filled, page) for page in pages]
        effort_left = effort.effort_left(filled, pages, language=language)
        page = next((page for page, state in zip(pages, states, strict=True) if state not in DONE), pages[0])
        state = _state_of_all(states)
        yield {
            "code": section.code,
            "group": said(section.group, language) if section.group else "",
            "title": said(section.title, language),
            "state": state,
            "hint": _left_words(effort_left.minutes) if state in STARTED else "",
            "href": reverse("step_page", args=(application.reference, page.slug))
            if state != Progress.COMPLETED
            else f"{reverse('check_answers', args=(application.reference,))}?section={section.code}#section-{section.code}",
        }


def _left_words(minutes: int) -> str:
    return ngettext("About %d minute left", "About %d minutes left", minutes) % minutes if minutes else ""


def _state_of_all(states: Sequence[str]) -> str:
    """What is said of several pages together."""
    still = set(states) - DONE
    if not still:
        return Progress.COMPLETED.value if Progress.COMPLETED in states else Progress.OPTIONAL.value
    if still == {"cannot_start"}:
        return "cannot_start"
    is_begun = Progress.COMPLETED in states or Progress.IN_PROGRESS in states
    return Progress.IN_PROGRESS.value if is_begun else Progress.NOT_STARTED.value


def _groups(tasks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tasks under the headings that the pack gives them; a section without one belongs with those before."""
    groups: list[dict[str, Any]] = []
    for task in tasks:
        if task["group"] or not groups:
            groups.append({"title": task["group"], "name": f"tasks-{task['code']}", "tasks": []})
        groups[-1]["tasks"].append(task)
    return groups


def _send_task(application: Application, left: int) -> dict[str, Any]:
    return {
        "title": gettext("Check your answers and send the application"),
        "state": "cannot_start" if left else Progress.NOT_STARTED.value,
        "hint": gettext("You can do this when everything above is completed.") if left else "",
        "href": reverse("check_answers", args=(application.reference,)),
    }


def _next_task(tasks: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The first that is still to be done and can be."""
    return next((task for task in tasks if task["state"] not in {*DONE, "cannot_start"}), None)


def _document_task(application: Application, shown: RequirementDocuments) -> dict[str, Any]:
    return {
        "title": shown.title,
        "state": shown.progress.value,
        "href": reverse("document_page", args=(application.reference, shown.code)),
    }


def _state(filled: ApplicationForm, page: FormPage) -> str:
    """A declaration waits for what it declares; everything else can be answered in any order."""
    progress = filled.progress(page)
    if progress is Progress.NOT_STARTED and any(question.key == SIGNATURE for question in page.questions):
        others = {reason.where for reason in filled.missing()} - {page.slug}
        return "cannot_start" if others else progress.value
    return progress.value


def _status(request: web.SignedIn, application: Application, filled: ApplicationForm) -> HttpResponse:
    today = timezone.localdate()
    decisions = Decision.objects.visible_to(request.user).filter(application=application)
    address = reverse("application_tasks", args=[application.reference])
    duties, pending = duties_below(address, organisation=application.organisation, by=request.user, today=today)
    thread = message_queries.said_to_applicant(application)
    requests = requests_of(application)
    return render(
        request,
        "licensing/cases/applicant_status.html",
        {
            "application": application,
            "scheme_title": said(filled.scheme.title, answers.language()),
            "where": whereabouts.whereabouts(application, today=today),
            "duties": duties,
            "pending": pending,
            "today": today,
            "said": thread,
            "new_messages": sum(one.is_new for one in thread),
            "requests": requests,
            "transfers": application.transfers.order_by("-pk"),
            "decisions": decisions.order_by("-proposed_at"),
            "evidence": documents_queries.evidence_of(application, filled, [one.filed_as for one in requests]),
            "timeline": holders.timeline_of(application),
            "letters": holders.letters_about(application.reference, organisation=application.organisation),
            "blockers": [
                *permissions.act_blockers(
                    request.user, application.organisation, Act.WITHDRAW, on=timezone.localdate()
                ),
                *application.lifecycle.blockers(application.status, "withdraw"),
            ],
        },
    )
