"""The page of one decision, and its moves."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from licensing import letters, queries
from licensing.actions import decisions as actions
from licensing.forms import officer as forms
from licensing.models import Decision
from licensing.queries.dates import dates_of
from licensing.rules import decisions as rules
from registry import web

FORM = "licensing/case_officer/form.html"


def visible(request: web.SignedIn, reference: str) -> Decision:
    about = ("application__organisation", "licence__organisation", "proposed_by", "decided_by")
    return get_object_or_404(Decision.objects.visible_to(request.user).select_related(*about), reference=reference)


@require_safe
@web.needs("licensing.view_decisions")
def decision(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    file = queries.decision_file(one, by=request.user, on=timezone.localdate())
    facts = {"file": file, "decision": one, "dates": dates_of(one, on=timezone.localdate())}
    return render(request, "licensing/case_officer/decision.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.notify_decision")
def notify(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    form = forms.Press(web.typed(request))
    if web.is_sent(request, form):
        with web.reasons_on(form):
            actions.notify(one, by=request.user, at=timezone.now())
            return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "title": _("Notify the subject"),
        "text": _("The notice says what is proposed, with every ground and its evidence, and by when to reply."),
        "press": _("Notify"),
        "blockers": list(rules.notify_blockers(one)),
    }
    return render(request, FORM, facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.decide")
def decide(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    today = timezone.localdate()
    form = forms.Decide(web.typed(request), kind=one.kind, from_day=queries.first_day(one, on=today))
    if web.is_sent(request, form):
        with web.reasons_on(form):
            actions.decide(one, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "file": queries.decision_file(one, by=request.user, on=today),
        "wording": letters.foreseen(one, at=timezone.now()),
    }
    return render(request, "licensing/case_officer/decide.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def drop(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    form = forms.Because(web.typed(request))
    if web.is_sent(request, form):
        with web.reasons_on(form):
            actions.drop(one, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "title": _("Drop the proposal"),
        "text": _("Nothing follows from it. If the subject has been notified, we write that we have dropped it."),
        "press": _("Drop the proposal"),
        "blockers": list(rules.drop_blockers(one)),
    }
    return render(request, FORM, facts, status=422 if form.errors else 200)
