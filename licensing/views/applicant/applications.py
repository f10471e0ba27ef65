"""An application as its applicant sees it, from the door to what became of it."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from licensing import queries
from licensing.actions import applications
from licensing.forms import answers
from licensing.forms.eligibility import answers_in
from licensing.models import Application, Decision
from licensing.rules import papers
from licensing.rules.documents import Shown
from licensing.sections import SIGNATURE, Filled, Progress
from registry import permissions, schemes, web
from registry.accounts.models import User
from registry.memberships.models import Act
from registry.schemes import Page, said

# Of these nothing is left to do.
DONE = frozenset({Progress.COMPLETED.value, Progress.OPTIONAL.value})


@login_not_required
@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """What a licence is, what it costs today and what is needed; anyone may read it."""
    today, language = timezone.localdate(), answers.language()
    offered = queries.schemes_offered(today)
    mine = queries.applications_of(request.user) if isinstance(request.user, User) else Application.objects.none()
    return render(
        request,
        "licensing/applicant/apply.html",
        {
            "schemes": [_offer(scheme, language) for scheme in offered.values()],
            "applications": mine,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def start_application(request: web.SignedIn) -> HttpResponse:
    """Whoever comes from the question whether they need a licence brings along, in the address, what they answered there."""
    own = {one.reference: one for one in queries.organisations_of(request.user)}
    checker = queries.checkers(timezone.localdate()).get(request.GET.get("scheme", ""))
    known = answers_in(request.GET, checker.eligibility) if checker and checker.eligibility else {}
    form = answers.Start(
        web.posted(request),
        schemes=queries.schemes_offered(timezone.localdate()),
        organisations={reference: one.legal_name for reference, one in own.items()},
        initial={"scheme": checker.name} if checker else None,
    )

    def started(*, organisation: str, **typed: Any) -> Application:
        return applications.start(own.get(organisation), known=known, **typed)

    tried = web.attempt(request, form, started)
    if tried.is_done:
        return redirect("application_tasks", tried.result.reference)
    return web.form_page(request, "licensing/applicant/start.html", {"form": form, "is_begun": bool(known)})


@require_safe
@web.needs("licensing.apply", "licensing.enter_paper_application")
def application_tasks(request: web.SignedIn, reference: str) -> HttpResponse:
    """The tasks of a draft; of an application that was handed in, where it stands."""
    application = get_object_or_404(
        Application.objects.filled_in_by(request.user).select_related("organisation"), reference=reference
    )
    filled = queries.form_of(application, today=timezone.localdate())
    if application.status != "draft":
        return _status(request, application, filled)
    shown = queries.documents_shown(application, filled)
    sections, documents = _tasks(application, filled), [_document_task(application, one) for one in shown]
    return render(
        request,
        "licensing/applicant/tasks.html",
        {
            "application": application,
            "on_paper": filled.on_paper,
            "sections": sections,
            "documents": documents,
            "next": _next_task(chain.from_iterable([*(section["tasks"] for section in sections), documents])),
            "left": filled.left() + sum(one.is_missing for one in shown),
            "sends_links": filled.sends_links,
            "parts": application.parts.standing().order_by("pk"),
            "fee": filled.fee(application.fee_kind),
        },
    )


@require_safe
@web.needs("licensing.apply")
def application_submitted(request: web.SignedIn, reference: str) -> HttpResponse:
    """The receipt: reference, what to pay and how, what happens next. It stays at its address."""
    application = get_object_or_404(
        Application.objects.acted_for_by(request.user).exclude(submitted_at=None), reference=reference
    )
    scheme, language = queries.scheme_of(application), answers.language()
    return render(
        request,
        "licensing/applicant/submitted.html",
        {
            "application": application,
            "payment": said(scheme.fees.payment, language),
            "payment_note": said(scheme.payment_note, language),
            "authority": said(scheme.authority.name, language),
            "authority_email": scheme.authority.email,
            "authority_telephone": scheme.authority.telephone,
            "where": queries.whereabouts(application, today=timezone.localdate()),
            "letter": queries.letters_about(reference, organisation=application.organisation).last(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply", "licensing.enter_paper_application")
def withdraw_application(request: web.SignedIn, reference: str) -> HttpResponse:
    application = get_object_or_404(Application.objects.filled_in_by(request.user), reference=reference)
    form = answers.Withdraw(web.posted(request))
    tried = web.attempt(
        request,
        form,
        applications.withdraw,
        application,
    )
    if tried.is_done:
        return redirect("application_tasks", reference)
    return web.form_page(
        request,
        "licensing/applicant/withdraw.html",
        {
            "application": application,
            "form": form,
            "blockers": list(papers.act_blockers(application, Act.WITHDRAW, by=request.user, on=timezone.localdate())),
        },
    )


def _offer(scheme: schemes.Scheme, language: str) -> dict[str, object]:
    bands = [
        (said(band.title, language), f"£{scheme.fee(band.code):,.0f}", f"£{scheme.fee(band.code, 'inspection'):,.0f}")
        for band in scheme.fees.bands
    ]
    return {
        "title": said(scheme.title, language),
        "summary": said(scheme.summary, language),
        "service": said(scheme.service.apply, language),
        "authority": said(scheme.authority.name, language),
        "fee": _fee(scheme),
        "fee_headings": [gettext("Turnover"), gettext("Application"), gettext("Inspection, if one is needed")],
        "fees": bands,
        "decision_times": queries.decision_times(scheme.name),
        "fees_since": scheme.fees_since,
        "fees_from": said(scheme.payments.table, language) if scheme.payments else "",
        "payment_note": said(scheme.payment_note, language),
        "sections": [said(section.title, language) for section in scheme.form.sections],
        "sectors": [said(sector.title, language) for sector in scheme.sectors],
        "months": scheme.licence_months,
        "paper_form": reverse("paper_form", args=(scheme.name, scheme.version)),
    }


def _fee(scheme: schemes.Scheme) -> str:
    """What it costs, in a line; the table beside it says it by turnover."""
    fees = sorted(scheme.fee(band.code) for band in scheme.fees.bands)
    if fees[0] == fees[-1]:
        return gettext("The fee is £%(fee)s.") % {"fee": f"{fees[0]:,.0f}"}
    said = {"least": f"{fees[0]:,.0f}", "most": f"{fees[-1]:,.0f}"}
    return gettext("The fee is from £%(least)s to £%(most)s, by yearly turnover.") % said


def _tasks(application: Application, filled: Filled) -> list[dict[str, Any]]:
    """The pages by section. The first section with something to do is open: dozens of pages are no list for a telephone."""
    language = answers.language()
    sections: list[dict[str, Any]] = []
    for section, pages in filled.sections():
        tasks = [
            {
                "title": said(page.title, language),
                "state": _state(filled, page),
                "href": reverse("question_page", args=(application.reference, page.slug)),
            }
            for page in pages
        ]
        left = sum(task["state"] not in DONE for task in tasks)
        is_open = bool(left) and not any(before["left"] for before in sections)
        sections.append(
            {
                "code": section.code,
                "title": said(section.title, language),
                "tasks": tasks,
                "left": left,
                "is_open": is_open,
            }
        )
    return sections


def _next_task(tasks: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The first that is still to be done and can be."""
    return next((task for task in tasks if task["state"] not in {*DONE, "cannot_start"}), None)


def _document_task(application: Application, shown: Shown) -> dict[str, Any]:
    return {
        "title": shown.title,
        "state": shown.progress.value,
        "href": reverse("document_page", args=(application.reference, shown.code)),
    }


def _state(filled: Filled, page: Page) -> str:
    """A declaration waits for what it declares; everything else can be answered in any order."""
    progress = filled.progress(page)
    if progress is Progress.NOT_STARTED and any(question.key == SIGNATURE for question in page.questions):
        others = {reason.where for reason in filled.missing()} - {page.slug}
        return "cannot_start" if others else progress.value
    return progress.value


def _status(request: web.SignedIn, application: Application, filled: Filled) -> HttpResponse:
    today = timezone.localdate()
    decisions = Decision.objects.visible_to(request.user).filter(application=application)
    todos = queries.todos_for(request.user, applications=[application], today=today)
    thread = queries.said_to_applicant(application)
    requests = list(application.requests.order_by("-asked_at"))
    return render(
        request,
        "licensing/applicant/status.html",
        {
            "application": application,
            "scheme_title": said(filled.scheme.title, answers.language()),
            "where": queries.whereabouts(application, today=today),
            "todos": [todo for todo in todos if application.reference in todo.arguments],
            "today": today,
            "said": thread,
            "new_messages": sum(one.is_new for one in thread),
            "requests": requests,
            "transfers": application.transfers.order_by("-pk"),
            "decisions": decisions.order_by("-proposed_at"),
            "evidence": queries.evidence_of(application, filled, requests),
            "timeline": queries.timeline_of(application),
            "letters": queries.letters_about(application.reference, organisation=application.organisation),
            "blockers": [
                *permissions.act_blockers(
                    request.user, application.organisation, Act.WITHDRAW, on=timezone.localdate()
                ),
                *application.lifecycle.blockers(application.status, "withdraw"),
            ],
        },
    )
