"""The people whom an inspector meets on a visit: whom the lot falls on, what workers say, signs of forced labour, signatures."""

import uuid
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.inspections import rules as inspection_rules
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.interviews import actions, forms, queries
from compliance.interviews.models import Interview
from registry import web
from registry.accounts.models import User
from registry.languages import own_names

REPORTS = "compliance.report_inspection"
CONFIRMS = "compliance.confirm_inspection"
METHODS = ("GET", "HEAD", "POST")


def _own(request: web.SignedIn, reference: str) -> Inspection:
    return get_object_or_404(
        Inspection.objects.visible_to(request.user).filter(inspector=request.user), reference=reference
    )


@require_http_methods(METHODS)
@web.needs(REPORTS, CONFIRMS)
def met(request: web.SignedIn, reference: str) -> HttpResponse:
    """Everybody met on the visit: for the inspector, and for whoever goes through the report and says why they read it."""
    seen = get_object_or_404(queries.readable_by(request.user), reference=reference)
    if not queries.may_read_on(seen, by=request.user, at=timezone.now()):
        return _why(request, seen)
    facts = {"inspection": seen, "met": queries.met(seen, by=request.user)}
    return render(request, "compliance/interviews/met.html", facts)


def _why(request: web.SignedIn, seen: Inspection) -> HttpResponse:
    form = forms.Why(web.typed(request))
    tried = web.attempt(request, form, actions.read, seen)
    if tried.is_done:
        return redirect("inspection_interviews", seen.reference)
    act = {
        "title": _("What workers said"),
        "about": _("Say why you read it. The reason is written down; it opens for an hour."),
        "press": _("Open"),
        "back": reverse("inspection", args=[seen.reference]),
    }
    web.shows_nothing(request)
    return _page(request, seen, form, act, [])


@require_http_methods(METHODS)
@web.needs(REPORTS)
def draw(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = _own(request, reference)
    form = (forms.DrawAgain if inspection.samples.exists() else forms.Draw)(web.typed(request))
    tried = web.attempt(request, form, actions.draw, inspection)
    if tried.is_done:
        return redirect("inspection_interviews", reference)
    about = _(
        "Workers are selected at random by their place in the list. You cannot choose them or repeat the selection."
    )
    act = {
        "title": _("Select workers to interview at random"),
        "about": about,
        "press": _("Select at random"),
        "back": _back(inspection),
    }
    return _page(request, inspection, form, act)


@require_safe
@web.needs(REPORTS)
def add(request: web.SignedIn, reference: str) -> HttpResponse:
    """A page with a key of its own, so that a form that is sent twice is one interview."""
    inspection = _own(request, reference)
    page = reverse("change_interview", args=[inspection.reference, uuid.uuid4()])
    return redirect(f"{page}?{request.GET.urlencode()}")


@require_http_methods(METHODS)
@web.needs(REPORTS)
def change(request: web.SignedIn, reference: str, key: uuid.UUID) -> HttpResponse:
    inspection = _own(request, reference)
    kept = inspection.interviews.filter(key=key).first()
    if kept is None and Interview.objects.filter(key=key).exists():
        raise Http404
    return _interview(request, inspection, key, kept)


def _interview(request: web.SignedIn, inspection: Inspection, key: uuid.UUID, kept: Interview | None) -> HttpResponse:
    scheme = scheme_of(inspection)
    speaks = kept.language if kept else request.GET.get("language", get_language() or "")
    form = forms.Interview(
        web.typed(request),
        interviews=scheme.interviews,
        indicators=queries.indicators_of(scheme),
        languages=own_names(),
        speaks=speaks,
        initial=forms.initial_of(queries.told_of(kept)) if kept else {"language": speaks},
    )

    def kept_now(*, by: User, at: datetime, **_typed: Any) -> object:
        return actions.keep(inspection, key=key, told=form.told, held_at=at, by=by, at=at)

    if web.attempt(request, form, kept_now, made_of=[inspection, kept]).is_done:
        return redirect("inspection_interviews", inspection.reference)
    title = _("Interview %(reference)s") % {"reference": kept.reference} if kept else _("Interview a worker")
    about = _("No names: the worker gets a reference that is on no list.")
    act = {"title": title, "about": about, "press": _("Save"), "back": _back(inspection)}
    return _page(request, inspection, form, act)


@require_http_methods(METHODS)
@web.needs(REPORTS)
def indicators(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = _own(request, reference)
    known = queries.indicators_of(scheme_of(inspection))
    kept = {one.code: one.evidence for one in inspection.seen_indicators.all()}
    initial = {f"evidence-{code}": evidence for code, evidence in kept.items()} | {
        f"seen-{code}": True for code in kept
    }
    form = forms.Indicators(web.typed(request), indicators=known, initial=initial)
    tried = web.attempt(request, form, actions.note_indicators, inspection, typed=lambda: {"noted": form.noted})
    if tried.is_done:
        return redirect("inspection_interviews", reference)
    about = _("The eleven signs of the International Labour Organization. One may be enough; often there are several.")
    act = {"title": _("Signs of forced labour"), "about": about, "press": _("Save"), "back": _back(inspection)}
    return _page(request, inspection, form, act)


@require_http_methods(METHODS)
@web.needs(REPORTS)
def sign(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = _own(request, reference)
    form = forms.Sign(web.typed(request))

    def signed_now(*, by: User, at: datetime, **_typed: Any) -> object:
        return actions.sign(inspection, key=uuid.uuid4(), signed=form.signed, signed_at=at, by=by, at=at)

    if web.attempt(request, form, signed_now, made_of=[inspection]).is_done:
        return redirect("inspection_interviews", reference)
    about = _("Read out what is signed. A signature cannot be changed afterwards.")
    act = {"title": _("Signature"), "about": about, "press": _("Save"), "back": _back(inspection)}
    return _page(request, inspection, form, act)


def _back(inspection: Inspection) -> str:
    return reverse("inspection_interviews", args=[inspection.reference])


def _page(
    request: web.SignedIn, inspection: Inspection, form: Form, act: dict[str, Any], blockers: list[Any] | None = None
) -> HttpResponse:
    if blockers is None:
        blockers = list(inspection_rules.record_blockers(inspection, by=request.user))
    facts = {"inspection": inspection, "form": form, "act": act, "blockers": blockers}
    return web.form_page(request, "compliance/parts/inspector_step.html", facts)
