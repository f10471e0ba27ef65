"""The form in small steps: one question on a page, or a few that belong together."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from licensing.application_form.rules import steps
from licensing.applications.views import items, questions
from licensing.applications.views.asked import CHECK, LONGEST_ITEM, ApplicationPage
from registry import web


@web.page("licensing.apply", "licensing.enter_paper_application")
def step_page(request: web.SignedIn, reference: str, page: str) -> HttpResponse:
    """A page of the form, by steps: its list; or where an answer is missing; or, once it is complete, its answers."""
    asked = ApplicationPage.by(request, reference, page, by_steps=True)
    if asked is None:
        return redirect("application_tasks", reference)
    return items.list_page(request, asked) if asked.page.list_of else _go_on(asked, "")


@web.page_with_form("licensing.apply", "licensing.enter_paper_application")
def step(request: web.SignedIn, reference: str, page: str, step: str) -> HttpResponse:
    """One step of a page; of a list, the thing of this name, where an answer is missing."""
    asked = ApplicationPage.by(request, reference, page, by_steps=True)
    if asked is None:
        return redirect("application_tasks", reference)
    if not asked.page.list_of:
        return _ask(request, asked, "", step)
    if len(step) > LONGEST_ITEM:
        raise Http404
    return _go_on(asked, step)


@web.page_with_form("licensing.apply", "licensing.enter_paper_application")
def item_step(request: web.SignedIn, reference: str, page: str, item: str, step: str) -> HttpResponse:
    """One step about one thing of a list: to change it, or, when there is none under this name yet, to add it."""
    asked = ApplicationPage.by(request, reference, page, by_steps=True)
    if asked is None:
        return redirect("application_tasks", reference)
    if not asked.page.list_of or len(item) > LONGEST_ITEM:
        raise Http404
    return _ask(request, asked, item, step)


def _ask(request: web.SignedIn, asked: ApplicationPage, item: str, code: str) -> HttpResponse:
    found = steps.step_of(asked.filled, asked.page, item, code)
    if found is not None:
        return questions.ask(request, asked, item, found)
    if code not in {question.asked_in for question in asked.page.questions}:
        raise Http404
    return redirect(asked.address_of_item(item) if item else asked.address_of(asked.page))


def _go_on(asked: ApplicationPage, item: str) -> HttpResponse:
    """To the first step with something to answer. What is complete is read, and changed from there: back from where it is

    read, as when it must be signed again, it begins with its first step.
    """
    if part := asked.part(item):
        return redirect("part_sent", asked.application.reference, part.reference)
    found = steps.first_open(asked.filled, asked.page, item)
    if found is None and asked.then:
        found = next(iter(steps.steps(asked.filled, asked.page, item)), None)
    if found is not None:
        return redirect(asked.address_of_step(found))
    section = next(one for one in asked.filled.scheme.form.sections if asked.page in one.pages)
    address = reverse("check_answers", args=(asked.application.reference,))
    return redirect(f"{address}?section={section.code}#{CHECK}-{asked.page.slug}")
