"""What is done with several applications at once, on the page of their list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from licensing.applications.models import Application
from licensing.applications.queries import offices
from licensing.cases.actions import assignment as application_actions
from licensing.cases.actions.assignment import AssignmentResult
from licensing.cases.forms import AssignMany
from licensing.cases.lists import APPLICATIONS, ASSIGNS
from registry import web


@web.button(ASSIGNS)
def assign_applications(request: web.SignedIn) -> HttpResponse:
    """Give the cases that are ticked to an officer; what could not be given is named, with the reasons."""
    may_see = Application.objects.handed_in_to(request.user).select_related("organisation")
    form = AssignMany(request.POST, officers=offices.case_officers(), applications=may_see)
    if not form.is_valid():
        return APPLICATIONS.page(request, is_wrong=True, form=form)
    held = dict(one.partition(" ")[::2] for one in request.POST.getlist("held"))
    done = application_actions.assign_many(held=held, by=request.user, at=timezone.now(), **form.cleaned_data)
    _say(request, done)
    return redirect(f"{reverse('applications')}?{web.query_to_keep(request.GET)}")


def _say(request: web.SignedIn, done: AssignmentResult) -> None:
    if done.given:
        words = ngettext("%(n)s case was given to %(who)s.", "%(n)s cases were given to %(who)s.", len(done.given))
        messages.success(request, words % {"n": len(done.given), "who": done.case_officer})
    for application, reasons in done.refused:
        why = " ".join(str(reason) for reason in reasons)
        words = _("%(case)s (%(who)s) was left where it is: %(why)s")
        messages.warning(request, words % {"case": application, "who": application.organisation, "why": why})
