"""The page of one decision, and its moves."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from licensing import letters, queries
from licensing.actions import decisions as actions
from licensing.actions import hearings, proposals
from licensing.forms import decisions as decision_forms
from licensing.forms import officer as forms
from licensing.models import Decision
from licensing.queries.appeals import move_to_receive
from licensing.queries.dates import dates_of
from licensing.rules import decisions as rules
from licensing.rules import grounds as ground_rules
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
    today = timezone.localdate()
    moves = (*file.moves, *move_to_receive(one, by=request.user, on=today))
    facts = {"file": file, "decision": one, "moves": moves, "dates": dates_of(one, on=today)}
    return render(request, "licensing/case_officer/decision.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.notify_decision")
def notify(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    form = forms.Press(web.typed(request))
    shown = None
    if web.is_sent(request, form):
        with web.reasons_on(form):
            shown = web.letters_first(request, lambda: hearings.notify(one, by=request.user, at=timezone.now()))
            if shown is None:
                return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "letters": shown,
        "previews": True,
        "title": _("Notify the subject"),
        "text": _("The notice says what is proposed, with every ground and its evidence, and by when to reply."),
        "press": _("Notify"),
        "blockers": list(ground_rules.notify_blockers(one)),
    }
    return render(request, FORM, facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.decide")
def decide(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = visible(request, reference), timezone.localdate()
    file = queries.decision_file(one, by=request.user, on=today)
    form = decision_forms.Decide(
        web.typed(request), decision=one, grounds=file.grounds, from_day=queries.first_day(one, on=today)
    )
    shown = None
    if web.is_sent(request, form):
        if not web.asks_first(request) and not web.is_stepped_up(request):
            return web.to_step_up(request)
        with web.reasons_on(form):
            shown = web.letters_first(
                request, lambda: actions.decide(one, by=request.user, at=timezone.now(), **form.decided())
            )
            if shown is None:
                return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "letters": shown,
        "previews": True,
        "file": file,
        "wording": letters.foreseen(one, at=timezone.now()),
        "is_stepped_up": web.is_stepped_up(request),
    }
    return render(request, "licensing/case_officer/decide.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def supplement(request: web.SignedIn, reference: str) -> HttpResponse:
    """Further grounds, which the subject is to be notified of before anything is decided."""
    one, today = visible(request, reference), timezone.localdate()
    offered = queries.offered_for(one.subject, today=today)
    form = decision_forms.Supplement(web.typed(request), offered=offered)
    if web.is_sent(request, form):
        with web.reasons_on(form):
            proposals.supplement(one, grounds=form.grounds(), by=request.user, at=timezone.now())
            return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "offered": offered,
        "blockers": list(one.lifecycle.blockers(one.status, "supplement")),
    }
    return render(request, "licensing/case_officer/supplement.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def drop(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    form = forms.Because(web.typed(request))
    shown = None
    if web.is_sent(request, form):
        with web.reasons_on(form):
            shown = web.letters_first(
                request, lambda: proposals.drop(one, by=request.user, at=timezone.now(), **form.cleaned_data)
            )
            if shown is None:
                return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "letters": shown,
        "previews": True,
        "title": _("Drop the proposal"),
        "text": _(
            "Nothing follows from it. If the subject has been notified, we write that we have dropped it. A holder who has asked "
            "to give the licence up reads your reason."
        ),
        "press": _("Drop the proposal"),
        "blockers": list(rules.drop_blockers(one)),
    }
    return render(request, FORM, facts, status=422 if form.errors else 200)
