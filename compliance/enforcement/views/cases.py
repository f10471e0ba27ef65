"""Cases of supply without a licence, and labour users: how they are opened, and their page."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.enforcement.actions import cases as actions
from compliance.enforcement.forms import cases as forms
from compliance.enforcement.lists import SEES
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.queries import cases, undertakings
from compliance.enforcement.steps.cases import CASE, WORKS
from registry import web
from registry.conflicts.queries import named


@web.page_with_form(WORKS)
def open_case(request: web.SignedIn) -> HttpResponse:
    origin = cases.origin(request.GET, by=request.user)
    came = next((one for one in origin.values() if one), None)
    scheme = undertakings.enforcing_scheme(came.scheme if came else "", on=timezone.localdate())
    scheme = scheme or undertakings.enforcing_scheme("", on=timezone.localdate())
    if scheme is None:
        raise Http404
    form = forms.OpenCase(web.typed(request), initial={"number": request.GET.get("number", "")[:20]})

    def opened(*, number: str, **typed: Any) -> UnlicensedCase:
        return actions.open_case(organisation=named(number) if number else None, scheme=scheme, **origin, **typed)

    tried = web.attempt(request, form, opened)
    if tried.is_done:
        return redirect("unlicensed_case", tried.result.reference)
    title, back = _("Open a case"), reverse("unlicensed_cases")
    return web.show_form(request, form, title=title, about=cases.begins_with(came), press=title, back=back)


@web.page(*SEES)
def case(request: web.SignedIn, reference: str) -> HttpResponse:
    one = CASE.subject(request.user, reference=reference)
    buttons = CASE.buttons(one, by=request.user, on=timezone.localdate())
    page = {"case": one, "file": cases.case_file(one), "buttons": buttons}
    return render(request, "compliance/enforcement/case.html", page)
