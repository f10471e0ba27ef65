"""The work lists of applications, decisions, dates, changes, look-alikes and licences: as pages, and as files to take away."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from licensing import queries
from licensing.actions import applications as application_actions
from licensing.actions.applications import Assigned
from licensing.forms.work_lists import AssignMany
from licensing.models import Application
from licensing.queries import changes as change_queries
from licensing.queries import dates as date_queries
from licensing.queries import exports as columns
from licensing.queries import links as link_queries
from licensing.states import TURN_IN_LISTS
from registry import web
from registry.trail.actions import exports
from registry.worklists.models import WorkList

SEES_APPLICATIONS = "licensing.view_applications"
SEES_DECISIONS = "licensing.view_decisions"
SEES_CHANGES = "licensing.view_changes"
SEES_LOOK_ALIKES = "licensing.view_look_alikes"
SEES_LICENCES = "registry.view_licences"
ASSIGNS = "licensing.assign_application"
TAKES = "registry.export_lists"


@require_safe
@web.needs(SEES_APPLICATIONS)
def applications(request: web.SignedIn) -> HttpResponse:
    return _applications(request, AssignMany(officers=queries.case_officers()))


@require_POST
@web.needs(SEES_APPLICATIONS)
@web.needs(TAKES)
def applications_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.applications(request.GET, by=request.user, on=timezone.localdate())
    told = columns.application_columns()
    return web.list_file(request, WorkList.APPLICATIONS, found, told, note=exports.take_list)


@require_POST
@web.needs(ASSIGNS)
def assign_applications(request: web.SignedIn) -> HttpResponse:
    """Give the cases that are ticked to an officer; what could not be given is named, with the reasons."""
    may_see = Application.objects.handed_in_to(request.user).select_related("organisation")
    form = AssignMany(request.POST, officers=queries.case_officers(), applications=may_see)
    if not form.is_valid():
        return _applications(request, form)
    held = dict(one.partition(" ")[::2] for one in request.POST.getlist("held"))
    done = application_actions.assign_many(held=held, by=request.user, at=timezone.now(), **form.cleaned_data)
    _say(request, done)
    return redirect(f"{reverse('applications')}?{web.query_to_keep(request.GET)}")


def _say(request: web.SignedIn, done: Assigned) -> None:
    if done.given:
        words = ngettext("%(n)s case was given to %(who)s.", "%(n)s cases were given to %(who)s.", len(done.given))
        messages.success(request, words % {"n": len(done.given), "who": done.case_officer})
    for application, reasons in done.refused:
        why = " ".join(str(reason) for reason in reasons)
        words = _("%(case)s (%(who)s) was left where it is: %(why)s")
        messages.warning(request, words % {"case": application, "who": application.organisation, "why": why})


def _applications(request: web.SignedIn, form: AssignMany) -> HttpResponse:
    return web.list_page(
        request,
        "licensing/case_officer/applications.html",
        queries.applications(request.GET, by=request.user, on=timezone.localdate()),
        of_list=WorkList.APPLICATIONS,
        offered=queries.views_of_applications(request.user),
        is_wrong=bool(form.errors),
        title=_("Applications"),
        waiting=queries.applications_waiting_for(request.user),
        form=form if request.user.has_perm(ASSIGNS) else None,
        turns=TURN_IN_LISTS,
        here=web.query_to_keep(request.GET),
        ticked=frozenset(request.POST.getlist("applications")),
    )


@require_safe
@web.needs(SEES_DECISIONS)
def decisions(request: web.SignedIn) -> HttpResponse:
    today = timezone.localdate()
    return web.list_page(
        request,
        "licensing/case_officer/decisions.html",
        queries.decisions(request.GET, by=request.user, on=today),
        of_list=WorkList.DECISIONS,
        offered=queries.views_of_decisions(request.user),
        title=_("Decisions"),
        waiting=queries.decisions_waiting_for(request.user, today),
    )


@require_POST
@web.needs(SEES_DECISIONS)
@web.needs(TAKES)
def decisions_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.decisions(request.GET, by=request.user, on=timezone.localdate())
    return web.list_file(request, WorkList.DECISIONS, found, columns.decision_columns(), note=exports.take_list)


@require_safe
@web.needs(SEES_DECISIONS, "compliance.handle_reports")
def dates_due(request: web.SignedIn) -> HttpResponse:
    return web.list_page(
        request,
        "licensing/case_officer/dates_due.html",
        date_queries.dates(request.GET, by=request.user, on=timezone.localdate()),
        of_list=WorkList.DATES,
        offered=date_queries.views(),
        title=_("Dates due"),
    )


@require_POST
@web.needs(SEES_DECISIONS, "compliance.handle_reports")
@web.needs(TAKES)
def dates_due_csv(request: web.SignedIn) -> HttpResponseBase:
    found = date_queries.dates(request.GET, by=request.user, on=timezone.localdate())
    return web.list_file(request, WorkList.DATES, found, columns.date_columns(), note=exports.take_list)


@require_safe
@web.needs(SEES_DECISIONS)
def conditions(request: web.SignedIn) -> HttpResponse:
    today = timezone.localdate()
    return web.list_page(
        request,
        "licensing/case_officer/conditions.html",
        queries.conditions(request.GET, by=request.user, on=today),
        of_list=WorkList.CONDITIONS,
        offered=queries.views_of_conditions(),
        title=_("Conditions"),
        today=today,
    )


@require_POST
@web.needs(SEES_DECISIONS)
@web.needs(TAKES)
def conditions_csv(request: web.SignedIn) -> HttpResponseBase:
    today = timezone.localdate()
    found = queries.conditions(request.GET, by=request.user, on=today)
    told = columns.condition_columns(today)
    return web.list_file(request, WorkList.CONDITIONS, found, told, note=exports.take_list)


@require_safe
@web.needs(SEES_CHANGES)
def changes(request: web.SignedIn) -> HttpResponse:
    return web.list_page(
        request,
        "licensing/case_officer/changes.html",
        change_queries.changes(request.GET, by=request.user),
        of_list=WorkList.CHANGES,
        offered=change_queries.views(),
        title=_("Changes that holders have told us of"),
        titles=change_queries.titles(get_language()),
    )


@require_POST
@web.needs(SEES_CHANGES)
@web.needs(TAKES)
def changes_csv(request: web.SignedIn) -> HttpResponseBase:
    found = change_queries.changes(request.GET, by=request.user)
    told = columns.change_columns(change_queries.titles(get_language()))
    return web.list_file(request, WorkList.CHANGES, found, told, note=exports.take_list)


@require_safe
@web.needs(SEES_LOOK_ALIKES)
def look_alikes(request: web.SignedIn) -> HttpResponse:
    return web.list_page(
        request,
        "licensing/case_officer/look_alikes.html",
        link_queries.look_alikes(request.GET, by=request.user, on=timezone.localdate()),
        of_list=WorkList.LOOK_ALIKES,
        offered=link_queries.views(),
        title=_("Look-alikes"),
    )


@require_POST
@web.needs(SEES_LOOK_ALIKES)
@web.needs(TAKES)
def look_alikes_csv(request: web.SignedIn) -> HttpResponseBase:
    found = link_queries.look_alikes(request.GET, by=request.user, on=timezone.localdate())
    return web.list_file(request, WorkList.LOOK_ALIKES, found, columns.look_alike_columns(), note=exports.take_list)


@require_safe
@web.needs(SEES_LICENCES)
def licences(request: web.SignedIn) -> HttpResponse:
    today = timezone.localdate()
    return web.list_page(
        request,
        "licensing/case_officer/licences.html",
        queries.licences(request.GET, by=request.user, on=today),
        of_list=WorkList.LICENCES,
        offered=queries.views_of_licences(),
        title=_("Licences"),
        today=today,
    )


@require_POST
@web.needs(SEES_LICENCES)
@web.needs(TAKES)
def licences_csv(request: web.SignedIn) -> HttpResponseBase:
    today = timezone.localdate()
    found = queries.licences(request.GET, by=request.user, on=today)
    return web.list_file(request, WorkList.LICENCES, found, columns.licence_columns(today), note=exports.take_list)
