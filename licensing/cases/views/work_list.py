"""The work lists of applications, decisions, dates, changes, look-alikes and licences: as pages, and as files to take away."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from licensing.applications.models import Application
from licensing.applications.queries import offices
from licensing.applications.states import TURN_IN_LISTS
from licensing.applications.views.officer import TAKES
from licensing.cases.actions import assignment as application_actions
from licensing.cases.actions.assignment import Assigned
from licensing.cases.forms import AssignMany
from licensing.cases.queries import columns, work_list
from registry import web
from registry.trail.actions import exports
from registry.worklists.models import ListName

SEES_APPLICATIONS = "licensing.view_applications"


ASSIGNS = "licensing.assign_application"


@require_safe
@web.needs(SEES_APPLICATIONS)
def applications(request: web.SignedIn) -> HttpResponse:
    return _applications(request, AssignMany(officers=offices.case_officers()))


@require_POST
@web.needs(SEES_APPLICATIONS)
@web.needs(TAKES)
def applications_csv(request: web.SignedIn) -> HttpResponseBase:
    found = work_list.applications(request.GET, by=request.user, on=timezone.localdate())
    told = columns.application_columns()
    return web.list_file(request, ListName.APPLICATIONS, found, told, note=exports.take_list)


@require_POST
@web.needs(ASSIGNS)
def assign_applications(request: web.SignedIn) -> HttpResponse:
    """Give the cases that are ticked to an officer; what could not be given is named, with the reasons."""
    may_see = Application.objects.handed_in_to(request.user).select_related("organisation")
    form = AssignMany(request.POST, officers=offices.case_officers(), applications=may_see)
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
        "licensing/cases/officer_cases.html",
        work_list.applications(request.GET, by=request.user, on=timezone.localdate()),
        of_list=ListName.APPLICATIONS,
        offered=work_list.views_of_applications(request.user),
        is_wrong=bool(form.errors),
        title=_("Applications"),
        waiting=work_list.applications_waiting_for(request.user),
        form=form if request.user.has_perm(ASSIGNS) else None,
        turns=TURN_IN_LISTS,
        here=web.query_to_keep(request.GET),
        ticked=frozenset(request.POST.getlist("applications")),
    )
