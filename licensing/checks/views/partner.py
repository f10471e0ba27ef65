"""For the people of another authority: the checks that were put to it, and nothing else."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from licensing.checks import forms
from licensing.checks.actions import checks as actions
from licensing.checks.lists import ANSWERS
from licensing.checks.models import Check
from licensing.checks.queries import askings as queries
from licensing.checks.queries import checks as check_queries
from registry import web


def own(request: web.SignedIn, reference: str) -> Check:
    found = queries.put_to(request.user, on=timezone.localdate())
    return get_object_or_404(found.prefetch_related(*check_queries.OVERRIDES), reference=reference)


@web.page_with_form(ANSWERS)
def check(request: web.SignedIn, reference: str) -> HttpResponse:
    one = own(request, reference)
    form = forms.Answer(web.typed(request), request.FILES or None)
    tried = web.attempt(request, form, actions.answer, one, unchanged_by=frozenset({"remind_agency"}))
    if tried.is_done:
        return redirect("partner_check", reference)
    put = queries.put_check(one, by=request.user, on=timezone.localdate())
    facts = {"put": put, "check": one, "form": form, "agency": request.user.agency}
    return web.form_page(request, "licensing/checks/partner_check.html", facts)


@web.page(ANSWERS)
def document(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    found = check_queries.documents_of_check(own(request, reference), by=request.user)
    return web.serve(get_object_or_404(found, reference=document))
