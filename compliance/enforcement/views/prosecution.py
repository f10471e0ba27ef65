"""The material of a case, sorted for the prosecutor, and the file in its versions."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.enforcement import letters
from compliance.enforcement.actions import prosecution as actions
from compliance.enforcement.forms import prosecution as forms
from compliance.enforcement.lists import SEES
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.prosecution import Use
from compliance.enforcement.queries import prosecution as queries
from compliance.enforcement.queries import prosecutor_files
from compliance.enforcement.rules import prosecution as rules
from compliance.enforcement.steps.cases import CASE, WORKS
from compliance.enforcement.steps.prosecution import MATERIAL, PROSECUTOR_FILE
from registry import web
from registry.form_fields import Press


@web.page(*SEES)
def material(request: web.SignedIn, reference: str) -> HttpResponse:
    """Every piece with what it was sorted as, and every version of the file."""
    return _put_together(request, reference)


def _put_together(request: web.SignedIn, reference: str) -> HttpResponse:
    case, form, on = _case(request, reference), Press(web.posted(request)), timezone.localdate()
    if web.attempt(request, form, actions.put_together, case).is_done:
        return redirect("case_material", reference)
    buttons = CASE.buttons(case, by=request.user, on=on)
    page = {
        "case": case,
        "adding": MATERIAL.buttons(case, by=request.user, on=on),
        "buttons": [one for one in buttons if one.name == "refer"],
        "pieces": queries.pieces_of(case),
        "files": [
            (one, PROSECUTOR_FILE.buttons(one, by=request.user, on=on)) for one in prosecutor_files.files_of(case)
        ],
        "blockers": queries.put_together_blockers(case),
        "sort_blockers": list(rules.open_blockers(case)),
        "form": form,
    }
    return render(request, "compliance/enforcement/material.html", page, status=409 if form.errors else 200)


@web.page_with_form(WORKS)
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
    return web.show_form(
        request,
        form,
        title=f"{piece.title} {piece.code}",
        press=_("Sort it"),
        back=reverse("case_material", args=[reference]),
        blockers=rules.open_blockers(case),
        subject=case,
    )


@web.button(WORKS)
def put_together(request: web.SignedIn, reference: str) -> HttpResponse:
    return _put_together(request, reference)


@web.page(*SEES)
def pdf(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    file, language = (
        PROSECUTOR_FILE.subject(request.user, reference=reference, number=number),
        get_language() or "en-gb",
    )
    if not file.content:
        raise Http404  # erased after its time: the page of the case says when
    return web.as_pdf(
        request, lambda: letters.prosecutor_file(file, language=language), name=f"{reference}-prosecutor-{number}"
    )


def _case(request: web.SignedIn, reference: str) -> UnlicensedCase:
    case: UnlicensedCase = MATERIAL.subject(request.user, reference=reference)
    return case
