"""All answers on one page: to check before handing in, and to read afterwards."""

from collections.abc import Iterable, Set
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from licensing.application_form.forms.fields import language
from licensing.application_form.rules import choosing, gathered
from licensing.application_form.rules.facts import PageAnswers, Progress
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.registered import is_taken_over, taken_over
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.applications.queries import companies, documents
from licensing.applications.rules import papers
from licensing.applications.rules.documents import PAGES, RequirementDocuments
from licensing.applications.views.asked import CHECK
from licensing.holding.queries import renewals
from licensing.payments.queries import payments
from registry import web
from registry.errors import Reason
from registry.forms import Confirm
from registry.memberships.states import Act
from registry.schemes import FormPage, FormQuestion, Section, said
from registry.schemes.answers import is_answered


@web.page("licensing.apply", "licensing.enter_paper_application")
def check_answers(request: web.SignedIn, reference: str) -> HttpResponse:
    application = get_object_or_404(Application.objects.filled_in_by(request.user), reference=reference)
    sent = Confirm()
    web.attempt(request, sent, applications.submit, application)
    return _answers(request, application, sent)


@web.page_with_form("licensing.apply", "licensing.enter_paper_application")
def submit_application(request: web.SignedIn, reference: str) -> HttpResponse:
    """Hands in what is posted. To ask for this address, by a reload or in another language, is to check again."""
    application = get_object_or_404(Application.objects.filled_in_by(request.user), reference=reference)
    if request.method != "POST":
        return redirect("check_answers", reference)
    if application.submitted_at is not None:  # the button was pressed twice: the first time counted
        return redirect("application_submitted", reference)
    sent = Confirm(web.posted(request))
    if not web.attempt(request, sent, applications.submit, application).is_done:
        return _answers(request, application, sent, vars(sent).get("reasons", ()))
    # Whoever typed in paper reads on the case itself what comes next.
    return redirect(
        "application" if request.user.has_perm("licensing.view_applications") else "application_submitted", reference
    )


def _answers(
    request: web.SignedIn, application: Application, sent: Form, reasons: Iterable[Reason] = ()
) -> HttpResponse:
    today = timezone.localdate()
    filled = applications_queries.form_of(application, today=today)
    is_draft = application.status == "draft"
    shown = documents.documents_shown(application, filled)
    changed = renewals.changed_since(application)
    shows_all, opened = "all" in request.GET, request.GET.get("section", "")
    problems = [
        {"text": reason.text, "href": _address(application, reason.where) if reason.where else ""} for reason in reasons
    ]
    return render(
        request,
        "licensing/applications/applicant_check_answers.html",
        {
            "application": application,
            "sent": sent,
            "is_draft": is_draft,
            "sections": _sections(
                (
                    (section, [_page(application, filled, page, changed, is_draft=is_draft) for page in pages])
                    for section, pages in filled.sections()
                ),
                shows_all=shows_all,
                opened=opened,
            ),
            "shows_all": shows_all,
            "problems": problems,
            "documents": [_documents(application, one, is_draft=is_draft) for one in shown],
            "left": filled.left() + sum(one.is_missing for one in shown),
            "blockers": list(papers.act_blockers(application, Act.SUBMIT, by=request.user, on=today)),
            "price": payments.price_of(filled, application),
            "company": companies.company_match(filled, today=today),
        },
        status=web.status_of(sent),
    )


def _sections(
    sections: Iterable[tuple[Section, list[dict[str, Any]]]], *, shows_all: bool, opened: str
) -> list[dict[str, Any]]:
    """Folded unless it was asked for, something in it has changed, or it is the first that lacks something: hundreds of
    answers are no page for a telephone."""
    told: list[dict[str, Any]] = []
    for section, pages in sections:
        things = [thing for page in pages for thing in (page["items"] if page["is_list"] else [page])]
        left = sum(page["is_incomplete"] for page in pages)
        is_first = bool(left) and not any(before["left"] for before in told)
        told.append(
            {
                "code": section.code,
                "title": said(section.title, language()),
                "pages": pages,
                "answers": sum(len(thing["rows"]) for thing in things),
                "left": left,
                "is_open": shows_all
                or section.code == opened
                or (is_first and not opened)
                or any(one["is_changed"] for one in (*pages, *things)),
            }
        )
    return told


def _page(
    application: Application, filled: ApplicationForm, page: FormPage, changed: Set[tuple[str, str]], *, is_draft: bool
) -> dict[str, Any]:
    address = _address(application, page.slug)
    items = filled.on(page)
    is_own = not page.list_of and any(item.is_own for item in items)
    return {
        "slug": page.slug,
        "title": said(page.title, language()),
        "is_list": bool(page.list_of),
        "change": address if is_draft else "",
        **_answered(filled, page, items[0] if items else None, application if is_draft else None),
        "answer": address if is_draft else "",
        "items": [
            {
                "title": filled.title_of(page, item),
                **_answered(filled, page, item, application if is_draft and not item.is_own else None),
                "is_changed": not item.is_own and (page.slug, item.name) in changed,
                "is_own": item.is_own,
            }
            for item in items
        ],
        # Whether a person answers otherwise than last time is for the authority alone, as what they answer is.
        "is_changed": not page.list_of and not is_own and (page.slug, "") in changed,
        "is_own": is_own,
        "is_incomplete": is_draft and filled.progress(page) in (Progress.NOT_STARTED, Progress.IN_PROGRESS),
    }


def _documents(application: Application, shown: RequirementDocuments, *, is_draft: bool) -> dict[str, str]:
    return {
        "key": shown.title,
        "value": gettext("Still to be uploaded")
        if is_draft and shown.is_missing
        else "\n".join(document.name for document in shown.documents),
        "change": _address(application, f"{PAGES}{shown.code}") if is_draft else "",
    }


def _answered(
    filled: ApplicationForm, page: FormPage, item: PageAnswers | None, draft: Application | None
) -> dict[str, Any]:
    """What was answered, row by row; what still must be (`wanted`) and what was left out (`skipped`) in a line each.

    Each answer of a draft is changed in its own step.
    """
    data, name = (item.data, item.name) if item else ({}, "")
    taken = item.taken if item else frozenset()
    asked = [q for q in filled.questions(page, data) if item and q.key not in taken and filled.is_shown(item, q)]
    wanted = filled.unanswered(page, data, taken=taken) if item else []
    given = [q for q in asked if is_answered(data.get(q.key))]
    skipped = [q for q in asked if q not in given and q not in wanted]
    over = taken_over(filled)
    steps = _steps(draft, page, name) if draft else ""

    def change(question: FormQuestion) -> str:
        return _change(draft, steps, question, is_over=is_taken_over(over, page, question, data))

    return {
        "rows": [
            *(_row(filled, question, data.get(question.key), change(question)) for question in given),
            *(_left_to_each(question) for question in gathered.decided(page) if item),
        ],
        "wanted": [said(q.label, language()) for q in asked if q in wanted],
        "skipped": [said(q.label, language()) for q in skipped],
        "change_skipped": change(skipped[0]) if skipped else "",
        "is_begun": item is not None,
        "same_as": choosing.chosen_in_words(filled, item.kept, language()) if item else "",
    }


def _change(draft: Application | None, steps: str, question: FormQuestion, *, is_over: bool) -> str:
    """Where an answer of a draft is changed: in its own step, or where it was taken over from."""
    if draft is None:
        return ""
    if is_over:
        return f"{reverse('company_register', args=(draft.reference,))}?then={CHECK}"
    return f"{steps}{question.asked_in}/?then={CHECK}"


def _steps(application: Application, page: FormPage, item: str) -> str:
    """The address of the steps of one page or thing, up to the code of a step: worked out once for all its answers."""
    code = page.questions[0].asked_in
    where = (page.slug, item, code) if item else (page.slug, code)
    address = reverse("item_step" if item else "step", args=(application.reference, *where))
    return address.removesuffix(f"{code}/")


def _row(filled: ApplicationForm, question: FormQuestion, answer: Any, address: str) -> dict[str, Any]:
    label, value = said(question.label, language()), filled.in_words(question, answer)
    return {
        "key": label,
        "value": value,
        "lines": value.splitlines() if question.kind == "choices" else [],
        "change": address,
        "what": gettext("your answer to “%s”") % label,
    }


def _left_to_each(question: FormQuestion) -> dict[str, Any]:
    """What everyone answers for themselves: whatever that was, the applicant reads the same."""
    return {
        "key": said(question.label, language()),
        "value": gettext("Everyone named answers this in their own part"),
        "lines": [],
        "change": "",
        "what": "",
    }


def _address(application: Application, slug: str) -> str:
    if slug.startswith(PAGES):
        page = reverse("document_page", args=(application.reference, slug.removeprefix(PAGES)))
    else:
        page = reverse("step_page", args=(application.reference, slug))
    return f"{page}?then={CHECK}"
