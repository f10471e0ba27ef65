"""For the authority: what businesses are to put right after inspections, and what becomes of it."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.follow_ups import actions, forms, queries, rules
from compliance.follow_ups.steps import FOLLOW_UP
from compliance.inspections.lists import SEES
from compliance.inspections.models import Inspection
from registry import web
from registry.documents.models import Document

METHODS = ("GET", "HEAD", "POST")


@require_safe
@web.needs(*SEES)
def follow_up(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = FOLLOW_UP.subject(request.user, reference=reference), timezone.localdate()
    page = {
        "file": queries.follow_up_file(one, on=today),
        "inspection": one.inspection,
        "buttons": FOLLOW_UP.buttons(one, by=request.user, on=today),
    }
    return render(request, "compliance/follow_ups/officer_follow_up.html", page)


@require_safe
@web.needs(*SEES)
def follow_up_file(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    of = Document.objects.about(FOLLOW_UP.subject(request.user, reference=reference).reference).served()
    return web.serve(get_object_or_404(of, reference=document))


@require_http_methods(METHODS)
@web.needs("compliance.ask_follow_up")
def ask(request: web.SignedIn, reference: str) -> HttpResponse:
    visible = Inspection.objects.visible_to(request.user).select_related("organisation")
    inspection = get_object_or_404(visible, reference=reference)
    form = forms.AskFollowUp(web.typed(request), unmet=queries.unmet_to_choose(inspection))
    tried = web.attempt(request, form, actions.ask, inspection, previews=True)
    if tried.is_done:
        return redirect("follow_up", tried.result.reference)
    act = {
        "title": _("Ask the business to put something right"),
        "about": _("It is told by letter, and finds it among what it has to do."),
        "press": _("Ask"),
        "back": reverse("inspection", args=[reference]),
        "previews": True,
    }
    blockers = list(rules.ask_blockers(inspection, by=request.user))
    facts = {"inspection": inspection, "form": form, "act": act, "blockers": blockers, "letters": tried.letters}
    return web.form_page(request, "compliance/parts/inspector_step.html", facts)
