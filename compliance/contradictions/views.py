"""A report side by side with what it rests on, and each contradiction in it answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.contradictions import actions, forms
from compliance.contradictions.queries import compared as queries
from compliance.contradictions.queries.compared import OF_VISIT, ShownContradiction
from compliance.contradictions.queries.contradictions import is_unread, row_of
from compliance.contradictions.rules import answering as rules
from compliance.contradictions.states import CONFIRMS, REPORTS
from compliance.inspections.lists import SEES
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.steps import of_inspection_page
from registry import web
from registry.accounts.models import User
from registry.errors import Reason


def _visible(user: User, reference: str) -> Inspection:
    seen = Inspection.objects.visible_to(user).select_related("organisation", "inspector")
    return get_object_or_404(seen, reference=reference)


@web.page(*SEES)
def compared(request: web.SignedIn, reference: str) -> HttpResponse:
    """What workers said is shown to those who may read it, once they have said why."""
    inspection, now = _visible(request.user, reference), timezone.now()
    page = {
        "inspection": inspection,
        "compared": queries.compared(inspection, by=request.user, at=now),
        "is_own": inspection.inspector_id == request.user.pk,
        "reviews": request.user.has_perm(CONFIRMS) and inspection.inspector_id != request.user.pk,
    }
    return render(request, "compliance/contradictions/compared.html", page)


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The page of one kind of answer."""

    form: type[django_forms.Form]
    act: Callable[..., Any]
    title: str | Promise
    press: str | Promise


ASK = AnswerPage(forms.Ask, actions.ask_inspector, _("Ask the inspector"), _("Ask the inspector"))
ACCEPT = AnswerPage(forms.Accept, actions.accept_contradiction, _("Accept it, with your reason"), _("Accept"))
EXPLAIN = AnswerPage(forms.Explain, actions.explain_contradiction, _("Explain it"), _("Save"))


@web.page_with_form(CONFIRMS)
def ask(request: web.SignedIn, reference: str, code: str, place: str) -> HttpResponse:
    return _answer(request, ASK, reference, code, place)


@web.page_with_form(CONFIRMS)
def accept(request: web.SignedIn, reference: str, code: str, place: str) -> HttpResponse:
    return _answer(request, ACCEPT, reference, code, place)


@web.page_with_form(REPORTS)
def explain(request: web.SignedIn, reference: str, code: str, place: str) -> HttpResponse:
    return _answer(request, EXPLAIN, reference, code, place)


def _answer(request: web.SignedIn, page: AnswerPage, reference: str, code: str, place: str) -> HttpResponse:
    inspection = _visible(request.user, reference)
    shown = queries.shown_of(inspection, code, place, by=request.user, at=timezone.now())
    if shown is None or shown.found is None:
        raise Http404
    terms = scheme_of(inspection).contradictions
    initial = {"seen": shown.found.digest, "answer_by": timezone.localdate() + timedelta(days=terms.usual_days)}
    form = page.form(web.typed(request), initial=initial)
    standard = "" if place == OF_VISIT else place
    tried = web.attempt(request, form, page.act, inspection, code=code, standard=standard)
    back = reverse("inspection_contradictions", args=[reference])
    if tried.is_done:
        return redirect(back)
    return web.show_form(
        request,
        form,
        title=page.title,
        about=shown.found.in_words,
        press=page.press,
        back=back,
        blockers=_blockers(request.user, page, inspection, shown),
        **of_inspection_page(inspection),
    )


def _blockers(by: User, page: AnswerPage, inspection: Inspection, shown: ShownContradiction) -> list[Reason]:
    least = scheme_of(inspection).contradictions.least_words
    assert shown.found is not None
    found = row_of(inspection, shown.found)
    if page is ASK:
        return list(rules.ask_blockers(found, least=least, by=by, on=timezone.localdate()))
    if page is ACCEPT:
        unread = is_unread(inspection, shown.found, by=by)
        return list(rules.accept_blockers(found, unread=unread, least=least, by=by))
    return list(rules.explain_blockers(found, least=least, by=by))
