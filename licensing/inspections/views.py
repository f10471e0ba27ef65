"""Setting a reason to inspect aside, on the case that it concerns."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from licensing.applications.views.officer import visible
from licensing.inspections import actions as visits
from licensing.inspections import rules
from licensing.inspections.queries import trigger_row
from licensing.inspections.steps import WAIVES
from registry import web
from registry.form_fields import Because


@web.page_with_form(WAIVES)
def waive_inspection(request: web.SignedIn, reference: str, trigger: str) -> HttpResponse:
    case = visible(request, reference)
    row = trigger_row(case, trigger)
    if row is None:
        raise Http404
    form = Because(web.typed(request))
    tried = web.attempt(request, form, visits.give, case, trigger=trigger)
    if tried.is_done:
        return redirect("application", reference)
    return web.show_form(
        request,
        form,
        title=_("Set a reason to inspect aside"),
        about=_("%(reason)s The decision maker reads that you set it aside, and why.") % {"reason": row.reason},
        press=_("Set it aside"),
        back=reverse("application", args=[reference]),
        blockers=rules.give_blockers(case, triggered=True, waived=row.waiver is not None),
        heading="licensing/parts/officer_heading.html",
        application=case,
    )
