"""The people met on a visit, and what workers say."""

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.inspections import rules as inspection_rules
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.steps import CONFIRMS, REPORTS, of_inspection_page
from compliance.interviews import actions, forms, queries
from compliance.interviews.models import Interview
from compliance.interviews.steps import MET
from registry import web
from registry.accounts.models import User
from registry.languages import own_names


@web.page_with_form(REPORTS, CONFIRMS)
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
    web.shows_nothing(request)
    return web.show_form(
        request,
        form,
        title=_("What workers said"),
        about=_("Say why you read it. The reason is written down; it opens for an hour."),
        press=_("Open"),
        back=reverse("inspection", args=[seen.reference]),
        **of_inspection_page(seen),
    )


@web.page(REPORTS)
def add(request: web.SignedIn, reference: str) -> HttpResponse:
    """A page with a key of its own, so that a form that is sent twice is one interview."""
    inspection = MET.subject(request.user, reference=reference)
    page = reverse("change_interview", args=[inspection.reference, uuid.uuid4()])
    return redirect(f"{page}?{request.GET.urlencode()}")


@web.page_with_form(REPORTS)
def change(request: web.SignedIn, reference: str, key: uuid.UUID) -> HttpResponse:
    inspection = MET.subject(request.user, reference=reference)
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
    return web.show_form(
        request,
        form,
        title=_("Interview %(reference)s") % {"reference": kept.reference} if kept else _("Interview a worker"),
        about=_("No names: the worker gets a reference that is on no list."),
        press=_("Save"),
        back=reverse("inspection_interviews", args=[inspection.reference]),
        blockers=inspection_rules.record_blockers(inspection, by=request.user),
        **of_inspection_page(inspection),
    )
