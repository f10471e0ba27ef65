"""Advice after a visit, for the inspector and for reviewers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compliance.advice import actions, forms, queries, rules
from compliance.advice.states import GIVES
from compliance.inspections.models import Inspection
from registry import web


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(GIVES)
def give_advice(request: web.SignedIn, reference: str) -> HttpResponse:
    visible = Inspection.objects.visible_to(request.user).select_related("organisation")
    inspection = get_object_or_404(visible, reference=reference)
    form = forms.GiveAdvice(web.typed(request), standards=queries.standards_to_choose(inspection))
    tried = web.attempt(request, form, actions.give_advice, inspection, previews=True)
    if tried.is_done:
        return redirect(f"{reverse('inspection', args=[reference])}#advice")
    act = {
        "title": _("Give advice"),
        "about": _("Advice asks for nothing and sets no day. We count what followed after it, and publish the counts."),
        "press": _("Give the advice"),
        "back": reverse("inspection", args=[reference]),
        "previews": True,
    }
    blockers = list(rules.advise_blockers(inspection, by=request.user))
    facts = {"inspection": inspection, "form": form, "act": act, "blockers": blockers, "letters": tried.letters}
    return web.form_page(request, "compliance/parts/inspector_step.html", facts)
