"""The material of a case, sorted for the prosecutor, and the file in its versions."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.enforcement import letters
from compliance.enforcement.actions import prosecution as actions
from compliance.enforcement.forms import prosecution as forms
from compliance.enforcement.lists import SEES
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.prosecution import ProsecutorFile, Use
from compliance.enforcement.queries import prosecution as queries
from compliance.enforcement.queries import prosecutor_files
from compliance.enforcement.rules import prosecution as rules
from compliance.enforcement.steps.cases import APPROVES, CASE, WORKS
from registry import web
from registry.errors import Reason, Refused
from registry.form_fields import Press


@require_safe
@web.needs(*SEES)
def material(request: web.SignedIn, reference: str) -> HttpResponse:
    """Every piece with what it was sorted as, and every version of the file."""
    return _material(request, _case(request, reference))


def _material(request: web.SignedIn, case: UnlicensedCase, reasons: tuple[Reason, ...] = ()) -> HttpResponse:
    buttons = CASE.buttons(case, by=request.user, on=timezone.localdate())
    page = {
        "case": case,
        "buttons": [one for one in buttons if one.name == "refer"],
        "pieces": queries.pieces_of(case),
        "files": prosecutor_files.files_of(case, by=request.user),
        "blockers": queries.put_together_blockers(case),
        "sort_blockers": list(rules.open_blockers(case)),
        "reasons": reasons,
    }
    return render(request, "compliance/enforcement/material.html", page, status=409 if reasons else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(WORKS)
def sort(request: web.SignedIn, reference: str) -> HttpResponse:
    """One piece, by its kind and reference in the address."""
    case = _case(request, reference)
    if "code" not in request.GET:
        return redirect("case_material", reference)
    piece = queries.piece_of(case, request.GET.get("kind", ""), request.GET["code"])
    if piece is None:
        raise Http404
    kept = piece.sorted_as
    begun = vars(kept) if kept else {"description": piece.description}
    shape = forms.SortSensitive if piece.is_always_sensitive else forms.Sort
    form = shape(web.typed(request), initial=begun)

    def put(*, use: str = Use.SENSITIVE.value, **typed: Any) -> object:
        return actions.sort_material(case, kind=piece.kind, code=piece.code, use=use, **typed)

    if web.attempt(request, form, put, made_of=[case]).is_done:
        return redirect("case_material", reference)
    return _page(request, case, form, f"{piece.title} {piece.code}", list(rules.open_blockers(case)), _("Sort it"))


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(WORKS)
def add(request: web.SignedIn, reference: str) -> HttpResponse:
    case, form = _case(request, reference), forms.Add(web.typed(request))
    tried = web.attempt(request, form, actions.add_material, case)
    if tried.is_done:
        return redirect("case_material", reference)
    return _page(request, case, form, _("Add something that is not listed"), list(rules.open_blockers(case)))


@require_POST
@web.needs(WORKS)
def put_together(request: web.SignedIn, reference: str) -> HttpResponse:
    case = _case(request, reference)
    try:
        actions.put_together(case, by=request.user, at=timezone.now())
    except Refused as no:
        return _material(request, case, no.reasons)
    return redirect("case_material", reference)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(APPROVES)
def read(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    file, form = _file(request, reference, number), Press(web.typed(request))
    tried = web.attempt(request, form, actions.read_file, file, made_of=[file.case])
    if tried.is_done:
        return redirect("case_material", reference)
    blockers = list(rules.read_blockers(file, is_last=prosecutor_files.is_last(file), by=request.user))
    return _page(request, file.case, form, _("I have read the file and agree with it"), blockers)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(WORKS)
def hand_over(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    file, form = _file(request, reference, number), forms.HandOver(web.typed(request))
    tried = web.attempt(request, form, actions.hand_over, file, made_of=[file.case])
    if tried.is_done:
        return redirect("case_material", reference)
    blockers = list(rules.hand_over_blockers(file, is_last_read=prosecutor_files.is_last_read(file)))
    return _page(request, file.case, form, _("Record the handover of the file"), blockers, _("Record the handover"))


@require_safe
@web.needs(*SEES)
def pdf(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    file, language = _file(request, reference, number), get_language() or "en-gb"
    if not file.content:
        raise Http404  # erased after its time: the page of the case says when
    return web.as_pdf(
        request, lambda: letters.prosecutor_file(file, language=language), name=f"{reference}-prosecutor-{number}"
    )


def _page(
    request: web.SignedIn, case: UnlicensedCase, form: Form, title: str, blockers: list[Reason], press: str = ""
) -> HttpResponse:
    """The button says the title again, or what is in `press`."""
    back = reverse("case_material", args=[case.reference])
    page = {"thing": case, "form": form, "title": title, "press": press, "back_to": back, "blockers": blockers}
    return web.form_page(request, "compliance/enforcement/form.html", page)


def _case(request: web.SignedIn, reference: str) -> UnlicensedCase:
    mine = UnlicensedCase.objects.visible_to(request.user).select_related(
        "organisation", "officer", "inspection", "report", "intelligence"
    )
    return get_object_or_404(mine, reference=reference)


def _file(request: web.SignedIn, reference: str, number: int) -> ProsecutorFile:
    files = ProsecutorFile.objects.select_related("case__organisation", "case__officer", "made_by", "read_by")
    return get_object_or_404(files, case=_case(request, reference), number=number)
