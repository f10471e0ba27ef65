"""The page of one decision, and its moves."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
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
    tried = web.attempt(request, form, hearings.notify, one, previews=True)
    if tried.is_done:
        return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "title": _("Notify the subject"),
        "text": _(
            "The notice says what is proposed, with every ground and its evidence, and by when to reply. Sent today, it can be "
            "replied to until %(day)s."
        )
        % {"day": date_format(queries.reply_by(one, on=timezone.localdate()), "j F Y")},
        "press": _("Notify"),
        "blockers": list(ground_rules.notify_blockers(one)),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.decide")
def decide(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = visible(request, reference), timezone.localdate()
    file = queries.decision_file(one, by=request.user, on=today)
    form = decision_forms.Decide(
        web.typed(request), decision=one, grounds=file.grounds, from_day=queries.first_day(one, on=today)
    )
    if web.is_sent(request, form) and not web.asks_first(request) and not web.is_stepped_up(request):
        return web.to_step_up(request)
    tried = web.attempt(request, form, actions.decide, one, typed=form.decided, previews=True)
    if tried.is_done:
        return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "file": file,
        "wording": letters.foreseen(one, at=timezone.now()),
        "is_stepped_up": web.is_stepped_up(request),
    }
    return web.form_page(request, "licensing/case_officer/decide.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def supplement(request: web.SignedIn, reference: str) -> HttpResponse:
    """Further grounds, which the subject is to be notified of before anything is decided."""
    one, today = visible(request, reference), timezone.localdate()
    offered = queries.offered_for(one.subject, today=today)
    form = decision_forms.Supplement(web.typed(request), offered=offered)
    tried = web.attempt(request, form, proposals.supplement, one, typed=lambda: {"grounds": form.grounds()})
    if tried.is_done:
        return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "offered": offered,
        "blockers": list(one.lifecycle.blockers(one.status, "supplement")),
    }
    return web.form_page(request, "licensing/case_officer/supplement.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def drop(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    form = forms.Because(web.typed(request))
    tried = web.attempt(request, form, proposals.drop, one, previews=True)
    if tried.is_done:
        return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "title": _("Drop the proposal"),
        "text": _(
            "Nothing follows from it. If the subject has been notified, we write that we have dropped it. A holder who has asked "
            "to give the licence up reads your reason."
        ),
        "press": _("Drop the proposal"),
        "blockers": list(rules.drop_blockers(one)),
    }
    return web.form_page(request, FORM, facts)
