"""The file of one licence, and what officers set going about it.

The work lists of applications, decisions, dates, changes, look-alikes and licences: as pages, and as files to take away."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.applications.queries import documents
from licensing.conditions.queries import conditions
from licensing.conditions.views import wanted
from licensing.correspondence.queries import entries_on
from licensing.decisions.views.officer import propose_about
from licensing.due_dates.queries.about import dates_of
from licensing.findings.queries import findings_of
from licensing.holding import forms as holding_forms
from licensing.holding.actions import changes
from licensing.holding.queries import changes as changes_queries
from licensing.holding.queries.after_term import seen_after_term
from licensing.insurances.queries import insurances_of
from licensing.licences.queries import licence_page
from licensing.licences.steps import LICENCE
from licensing.phoenix_matches.queries.links import links_of
from licensing.watchlist_matches.queries import matches_of
from registry import web

SEES = "registry.view_licences"


@web.page(SEES)
def licence(request: web.SignedIn, number: str) -> HttpResponse:
    one = wanted(request, number)
    file = licence_page.licence_file(one, by=request.user, on=timezone.localdate())
    dates = dates_of(one, on=timezone.localdate())
    page = {
        "dates": dates,
        "file": file,
        "licence": one,
        "findings": findings_of(one, by=request.user),
        "watchlist_matches": matches_of(one.organisation, by=request.user),
        "links": links_of(one.organisation, by=request.user),
        "told": changes_queries.told_about(one),
        "visit": changes_queries.visit_of(one),
        "insurances": insurances_of(one, on=timezone.localdate()),
        "seen": seen_after_term(one),
        "entries": entries_on(one, by=request.user),
        "moves": (*file.moves, *LICENCE.buttons(one, by=request.user, on=timezone.localdate())),
    }
    return render(request, "licensing/licences/officer_licence.html", page)


@web.page("licensing.view_applications")
def evidence_file(request: web.SignedIn, number: str, condition: str, document: str) -> FileResponse:
    """One file by which the holder shows that it meets a condition: for those who read cases, as all evidence is."""
    one = get_object_or_404(wanted(request, number).conditions.all(), reference=condition)
    return web.serve(get_object_or_404(documents.documents_of(one).served(), reference=document))


@web.page_with_form("licensing.propose_decision")
@web.framing_own_files
def propose(request: web.SignedIn, number: str, kind: str) -> HttpResponse:
    one = wanted(request, number)
    given = conditions.grounds_on_failed(one, request.GET.get("condition", ""))
    return propose_about(request, one, kind, {"licence": one}, given=given)


@web.page_with_form("registry.end_licence")
def change_numbers(request: web.SignedIn, number: str) -> HttpResponse:
    one = wanted(request, number)
    form = holding_forms.Numbers(web.typed(request), organisation=one.organisation)
    tried = web.attempt(
        request, form, changes.change_numbers, one.organisation, typed=lambda: {"changes": form.cleaned_data}
    )
    if tried.is_done:
        return redirect("staff_licence", number)
    return web.show_form(
        request,
        form,
        title=_("Change the holder’s numbers"),
        press=_("Change the numbers"),
        back=reverse("staff_licence", args=[number]),
        template="licensing/parts/form_with_warning.html",
        warning=_("A licence belongs to one legal entity. Changing one of these numbers ends the licence today."),
        heading="licensing/parts/officer_heading.html",
        licence=one,
    )
