"""Does it work? What followed after each preventive measure, and what was changed because of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.prevention import actions, forms
from compliance.prevention.actions import RECORDS, SEES
from compliance.prevention.queries import results
from registry import schemes, web
from registry.editions.states import REVIEWS


@web.page(SEES, REVIEWS)
def prevention(request: web.SignedIn) -> HttpResponse:
    found = results.prevention()
    page = {
        "schemes": found,
        "counted_at": min((one.counted_at for one in found), default=None),
        "plans": results.plans(),
        "may_record": request.user.has_perm(RECORDS),
    }
    return render(request, "compliance/prevention/prevention.html", page)


@web.button(SEES)
def count_prevention_again(request: web.SignedIn) -> HttpResponse:
    """Count it now, and not in the next night."""
    actions.count_prevention(by=request.user, at=timezone.now())
    messages.success(request, _("Everything has been counted again."))
    return redirect("prevention")


@web.page_with_form(RECORDS)
def record_prevention_change(request: web.SignedIn, scheme: str) -> HttpResponse:
    if scheme not in schemes.names():
        raise Http404(scheme)
    known = results.results_by_key(scheme)
    form = forms.RecordChange(web.typed(request), results=[(key, words) for key, (words, _result) in known.items()])
    tried = web.attempt(request, form, actions.record_change, scheme)
    if tried.is_done:
        messages.success(request, _("The change has been recorded."))
        return redirect("prevention")
    return web.show_form(
        request,
        form,
        title=_("Record a change because of a result"),
        press=_("Record the change"),
        back=reverse("prevention"),
        blockers=[] if known else [actions.NO_RESULT_YET],
    )
