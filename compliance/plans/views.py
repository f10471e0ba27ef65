"""Planning: the calendar of visits, the plan of one, and what whoever goes takes along."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.inspections.lists import SEES
from compliance.inspections.models import Inspection
from compliance.inspections.queries import inspections as work
from compliance.inspections.steps import of_inspection_page
from compliance.plans import actions, forms, letters, rules
from compliance.plans.queries import calendars
from compliance.plans.queries import files as visit_files
from compliance.plans.queries import plans as queries
from registry import web
from registry.trail.actions import exports
from registry.trail.models.events import Event

PLANS = ("compliance.report_inspection", "compliance.plan_visits")


def _inspection(request: web.SignedIn, reference: str) -> Inspection:
    visible = Inspection.objects.visible_to(request.user).select_related("organisation", "inspector")
    return get_object_or_404(visible, reference=reference)


@web.page(*SEES)
def calendar(request: web.SignedIn) -> HttpResponse:
    shown = calendars.calendar(request.GET, by=request.user, on=timezone.localdate())
    status = 200 if shown.filter.form.is_valid() else 422
    return render(request, "compliance/plans/calendar.html", {"calendar": shown, "filter": shown.filter}, status=status)


@web.button(*SEES)
@web.needs("registry.export_lists")
def calendar_csv(request: web.SignedIn) -> HttpResponseBase:
    """What the calendar shows, as CSV; that it was taken is noted on the trail."""
    found = calendars.shown_plans(request.GET, by=request.user, on=timezone.localdate())
    days = {name: request.GET[name] for name in ("from", "show") if name in request.GET}

    def note(name: str, *, chosen: Mapping[str, Any], **taken: Any) -> Event:
        return exports.take_list(name, chosen={**chosen, **days}, **taken)

    return web.list_file(request, "visit_calendar", found, visit_files.plan_columns(), note=note)


@web.page("compliance.view_own_inspections")
def own_csv(request: web.SignedIn) -> HttpResponseBase:
    """One's own visits as a table; it names no business."""
    today, columns = timezone.localdate(), visit_files.own_columns()
    rows = ([column.read(row) for column in columns] for row in visit_files.own_plans(request.user, on=today))
    file = web.table_file("own-visits", [column.heading for column in columns], rows, on=today)
    file.headers["Cache-Control"] = "no-store"
    return file


@web.page("compliance.view_own_inspections")
def own_ics(request: web.SignedIn) -> HttpResponse:
    """One's own visits for a calendar program; it names no business."""
    text = visit_files.own_ics(request.user, host=request.get_host(), at=timezone.now())
    disposition = {"Content-Disposition": 'attachment; filename="visits.ics"', "Cache-Control": "no-store"}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=disposition)


@web.page_with_form(*PLANS)
def plan(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = _inspection(request, reference)
    kept = queries.plan_of(inspection)
    others = work.inspectors().exclude(pk=inspection.inspector_id)
    form = forms.Plan(web.typed(request), places=queries.places_of(inspection), officers=others, kept=kept)
    tried = web.attempt(
        request,
        form,
        actions.plan,
        inspection,
        typed=lambda: {"planned": form.planned, "despite_clash": form.cleaned_data["despite_clash"]},
        previews=True,
    )
    if tried.is_done:
        return redirect("inspection", reference)
    return web.show_form(
        request,
        form,
        title=_("Plan the visit"),
        about=_("The business sees none of this, except the letter about an announced visit."),
        press=_("Save the plan"),
        back=reverse("inspection", args=[reference]),
        blockers=rules.open_blockers(inspection, by=request.user),
        previews=True,
        letters=tried.letters,
        **of_inspection_page(inspection),
    )


@web.page(*SEES)
def briefing(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection, at = _inspection(request, reference), timezone.now()
    shown, language = queries.briefing_of(inspection), get_language() or "en-gb"
    name = f"{inspection.reference}-briefing"
    return web.as_pdf(request, lambda: letters.briefing(shown, language=language, at=at), name=name)
