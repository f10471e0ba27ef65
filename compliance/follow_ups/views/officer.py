"""For the authority: what businesses are to put right after inspections, and what becomes of it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.follow_ups import actions, forms, queries, rules
from compliance.follow_ups.models import FollowUp
from compliance.inspections.forms import Because
from compliance.inspections.models import Inspection
from compliance.inspections.queries import inspections as work
from compliance.inspections.views.officer import SEES
from registry import web
from registry.documents.models import Document
from registry.letters.letters.previews import Foreseen
from registry.trail.actions import exports
from registry.worklists.models import WorkList

METHODS = ("GET", "HEAD", "POST")
JUDGES = "compliance.judge_follow_ups"


def _one(request: web.SignedIn, reference: str) -> FollowUp:
    seen = FollowUp.objects.visible_to(request.user).select_related(*queries.ABOUT, "judged_by", "asked_by")
    return get_object_or_404(seen, reference=reference)


@require_safe
@web.needs(*SEES)
def follow_ups(request: web.SignedIn) -> HttpResponse:
    today = timezone.localdate()
    found = queries.follow_ups(request.GET, by=request.user, on=today)
    return web.list_page(
        request,
        "compliance/follow_ups/officer_follow_ups.html",
        found,
        of_list=WorkList.FOLLOW_UPS,
        offered=queries.views_of_follow_ups(),
        title=_("Follow-up actions"),
        today=today,
    )


@require_POST
@web.needs(*SEES)
@web.needs("registry.export_lists")
def follow_ups_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.follow_ups(request.GET, by=request.user, on=timezone.localdate())
    return web.list_file(request, WorkList.FOLLOW_UPS, found, queries.follow_up_columns(), note=exports.take_list)


@require_safe
@web.needs(*SEES)
def follow_up(request: web.SignedIn, reference: str) -> HttpResponse:
    one = _one(request, reference)
    file = queries.follow_up_file(one, by=request.user, on=timezone.localdate())
    return render(request, "compliance/follow_ups/officer_follow_up.html", {"file": file, "inspection": one.inspection})


@require_safe
@web.needs(*SEES)
def follow_up_file(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    of = Document.objects.about(_one(request, reference).reference).served()
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
    return _page(request, inspection, form, act, blockers, letters=tried.letters)


@require_http_methods(METHODS)
@web.needs(JUDGES)
def accept(request: web.SignedIn, reference: str) -> HttpResponse:
    one, form = _one(request, reference), Because(web.typed(request))
    return _step(request, one, form, actions.accept, _("Corrective action completed"), "accept")


@require_http_methods(METHODS)
@web.needs(JUDGES)
def send_back(request: web.SignedIn, reference: str) -> HttpResponse:
    one, form = _one(request, reference), Because(web.typed(request))
    return _step(request, one, form, actions.send_back, _("Send back"), "send_back")


@require_http_methods(METHODS)
@web.needs(JUDGES)
def fail(request: web.SignedIn, reference: str) -> HttpResponse:
    one, form = _one(request, reference), Because(web.typed(request))
    return _step(request, one, form, actions.fail, _("Corrective action not completed"), "fail")


@require_http_methods(METHODS)
@web.needs(JUDGES)
def extend(request: web.SignedIn, reference: str) -> HttpResponse:
    one, form = _one(request, reference), forms.Extend(web.typed(request))
    return _step(request, one, form, actions.extend, _("Give more time"), "")


@require_http_methods(METHODS)
@web.needs("compliance.commission_inspection")
def visit(request: web.SignedIn, reference: str) -> HttpResponse:
    one = _one(request, reference)
    form = forms.SendVisit(web.typed(request), inspectors=work.inspectors())
    tried = web.attempt(request, form, actions.send_visit, one)
    if tried.is_done:
        return redirect("inspection", tried.result.reference)
    act = {"title": _("Send a visit"), "about": one.action, "press": _("Send a visit"), "back": _of(one)}
    return _page(request, one.inspection, form, act, list(rules.visit_blockers(one)))


def _step(
    request: web.SignedIn, one: FollowUp, form: Form, act: Callable[..., Any], title: str, move: str
) -> HttpResponse:
    """One thing said of a follow-up: the page that asks for it, and then what is typed, done."""
    tried = web.attempt(request, form, act, one, previews=True)
    if tried.is_done:
        return redirect("follow_up", one.reference)
    said = _("The business reads your reason.")
    shown = {"title": title, "about": f"{one.action}\n\n{said}", "press": title, "back": _of(one), "previews": True}
    judged = rules.judge_blockers(one, move, by=request.user) if move else rules.extend_blockers(one, by=request.user)
    return _page(request, one.inspection, form, shown, list(judged), letters=tried.letters)


def _of(one: FollowUp) -> str:
    return reverse("follow_up", args=[one.reference])


def _page(
    request: web.SignedIn,
    inspection: Inspection,
    form: Form,
    act: dict[str, Any],
    blockers: list[Any],
    *,
    letters: list[Foreseen] | None = None,
) -> HttpResponse:
    facts = {"inspection": inspection, "form": form, "act": act, "blockers": blockers, "letters": letters}
    return web.form_page(request, "compliance/parts/inspector_step.html", facts)
