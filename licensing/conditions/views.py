"""Proposals about the conditions of a licence, its suspension and its transfer; and the evidence that its holder sends."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.application_form.forms.fields import language
from licensing.applications.queries import applications, documents
from licensing.conditions import actions as verifications
from licensing.conditions import forms, rules
from licensing.conditions.queries import conditions as conditions_queries
from licensing.decisions.actions import proposals
from licensing.decisions.queries import grounds, readiness
from licensing.decisions.rules import proposals as decision_rules
from licensing.decisions.states.rows import KINDS, ON_TRANSFERS
from licensing.holding.models import Transfer
from licensing.holding.views.holder import own_licence
from registry import permissions, web
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus
from registry.memberships.states import Act
from registry.schemes import said


def wanted(request: web.SignedIn, number: str) -> Licence:
    seen = Licence.objects.open_to(request.user)
    return get_object_or_404(seen.select_related("organisation", "listing"), number=number)


PAGE = "licensing/conditions/officer_condition.html"


def _of(licence: Licence, reference: str) -> Condition:
    return get_object_or_404(licence.conditions.all(), reference=reference)


def _page(
    request: web.SignedIn, licence: Licence, form: Any, condition: Condition | None, **facts: Any
) -> HttpResponse:
    shown = conditions_queries.shown_condition(condition) if condition is not None else None
    page = {"licence": licence, "row": shown, "form": form, **facts}
    return web.form_page(request, PAGE, page)


@web.page_with_form("licensing.propose_decision")
def propose_unheard(request: web.SignedIn, number: str, kind: str, condition: str = "") -> HttpResponse:
    """To discharge a condition, to give more time for it, to lift a suspension, or to consent to a transfer."""
    licence = wanted(request, number)
    one = _of(licence, condition) if condition else None
    ready = readiness.readiness(licence)
    asked = _asked(request, licence) if kind in ON_TRANSFERS else None
    form = UNHEARD[kind](web.typed(request), initial={"takes_effect": asked.from_day} if asked else {})
    tried = web.attempt(request, form, proposals.propose, licence, typed=lambda: form.proposed(one))
    if tried.is_done:
        return redirect("decision", tried.result.reference)
    blockers = list(decision_rules.begin_blockers(licence, kind=kind, ready=ready, condition=one))
    facts = {"title": KINDS[kind].proposes, "press": _("Propose"), "blockers": blockers, "transfer": asked}
    return _page(request, licence, form, one, **facts)


@web.page_with_form("licensing.propose_decision")
def propose_heard(request: web.SignedIn, number: str, kind: str, condition: str = "") -> HttpResponse:
    """To find a condition failed, to vary it, to add one, or to refuse a transfer: on grounds, of which the holder is heard."""
    licence = wanted(request, number)
    one = _of(licence, condition) if condition else None
    offered = grounds.offered_for(licence, today=timezone.localdate())
    given = [conditions_queries.ground_on(one)] if one else []
    form = HEARD[kind](web.typed(request), offered=offered, given=given, initial=_as_it_is(one))
    tried = web.attempt(request, form, proposals.propose, licence, typed=lambda: form.proposed_about(one))
    if tried.is_done:
        return redirect("decision", tried.result.reference)
    ready = readiness.readiness(licence)
    blockers = list(decision_rules.begin_blockers(licence, kind=kind, ready=ready, condition=one))
    if one is not None and kind == "fail":
        blockers += decision_rules.due_blockers(one, today=timezone.localdate())
    facts: dict[str, Any] = {
        "title": KINDS[kind].proposes,
        "press": _("Propose"),
        "blockers": blockers,
        "offered": offered,
        "transfer": _asked(request, licence) if kind in ON_TRANSFERS else None,
    }
    return _page(request, licence, form, one, **facts)


def _asked(request: web.SignedIn, licence: Licence) -> Transfer:
    """The transfer that the holder asks for, unless it concerns a business with which this officer has a conflict."""
    return get_object_or_404(Transfer.objects.open_to(request.user).open(), licence=licence)


def _as_it_is(condition: Condition | None) -> dict[str, Any]:
    return {"requirement": condition.requirement, "due_on": condition.due_on} if condition else {}


HEARD: dict[str, type[forms.Fail] | type[forms.Modification] | type[forms.RefuseTransfer]] = {
    "fail": forms.Fail,
    "vary": forms.Vary,
    "impose": forms.Impose,
    "refuse_transfer": forms.RefuseTransfer,
}


UNHEARD: dict[str, type[forms.Unheard]] = {
    "discharge": forms.Discharge,
    "extend": forms.Extend,
    "lift": forms.Lift,
    "allow_transfer": forms.AllowTransfer,
}


@web.page_with_form("licensing.apply")
def send_evidence(request: web.SignedIn, number: str, condition: str) -> HttpResponse:
    own = own_licence(request, number)
    one = get_object_or_404(own.conditions.all(), reference=condition)
    form = forms.Evidence(web.posted(request), request.FILES if request.method == "POST" else None)
    tried = web.attempt(
        request,
        form,
        verifications.send,
        one,
        done=_("We have your evidence. We check it and write to you."),
        typed=lambda: {"text": form.cleaned_data["text"], "uploads": form.uploads},
    )
    if tried.is_done:
        return redirect("send_evidence", number, condition)
    page = {
        "licence": own,
        "condition": one,
        "standard": said(applications.scheme_of(own).standard(one.standard).title, language()),
        "sent": one.evidence.select_related("sent_by").order_by("-sent_at", "-pk"),
        "documents": documents.documents_of(one),
        "form": form,
        "blockers": [
            *permissions.act_blockers(request.user, own.organisation, Act.NOTIFY, on=timezone.localdate()),
            *rules.evidence_blockers(is_open=one.status == ConditionStatus.OPEN),
        ],
    }
    return web.form_page(request, "licensing/conditions/holder_evidence.html", page)


@web.page("licensing.apply")
def own_evidence_file(request: web.SignedIn, number: str, condition: str, document: str) -> FileResponse:
    one = get_object_or_404(own_licence(request, number).conditions.all(), reference=condition)
    return web.serve(get_object_or_404(documents.documents_of(one).served(), reference=document))
