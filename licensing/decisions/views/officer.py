"""The case page, and what officers and managers do with a case.

The page of one decision, and its moves.

The work lists of applications, decisions, dates, changes, look-alikes and licences: as pages, and as files to take away."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from licensing.appeals.queries.appeals import move_to_receive
from licensing.applications.forms import officer as forms
from licensing.applications.views.officer import visible as visible_of_view
from licensing.decisions.actions import decisions as actions
from licensing.decisions.actions import hearings, proposals
from licensing.decisions.forms import deciding
from licensing.decisions.forms import grounds as grounds_forms
from licensing.decisions.forms import proposals as decision_forms
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import decisions as decisions_queries
from licensing.decisions.queries import grounds, readiness, standards
from licensing.decisions.rules import deciding as rules
from licensing.decisions.rules import grounds as ground_rules
from licensing.decisions.rules import proposals as decision_rules
from licensing.due_dates.queries.about import dates_of
from licensing.holding.rules import renewals as renewal_rules
from licensing.letters import letters as letter_letters
from registry import web


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def propose(request: web.SignedIn, reference: str, kind: str) -> HttpResponse:
    case = visible_of_view(request, reference)
    seen = standards.seen_of(case)
    offered = grounds.offered_for(case, today=timezone.localdate())
    form = decision_forms.PROPOSALS[kind](
        web.typed(request),
        initial={"starts": renewal_rules.next_first_day(case, today=timezone.localdate())},
        offered=offered,
        seen=seen,
    )
    tried = web.attempt(request, form, proposals.propose, case, typed=form.proposed)
    if tried.is_done:
        return redirect("decision", tried.result.reference)
    facts = {
        "application": case,
        "form": form,
        "kind": kind,
        "seen": seen,
        "offered": offered,
        "blockers": list(decision_rules.begin_blockers(case, kind=kind, ready=readiness.readiness(case))),
    }
    return web.form_page(request, "licensing/decisions/officer_propose.html", facts)


FORM = "licensing/parts/officer_form.html"


def visible(request: web.SignedIn, reference: str) -> Decision:
    about = ("application__organisation", "licence__organisation", "proposed_by", "decided_by")
    return get_object_or_404(Decision.objects.visible_to(request.user).select_related(*about), reference=reference)


@require_safe
@web.needs("licensing.view_decisions")
def decision(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    file = decisions_queries.decision_file(one, by=request.user, on=timezone.localdate())
    today = timezone.localdate()
    moves = (*file.moves, *move_to_receive(one, by=request.user, on=today))
    facts = {"file": file, "decision": one, "moves": moves, "dates": dates_of(one, on=today)}
    return render(request, "licensing/decisions/officer_decision.html", facts)


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
        % {"day": date_format(decisions_queries.reply_by(one, on=timezone.localdate()), "j F Y")},
        "press": _("Notify"),
        "blockers": list(ground_rules.notify_blockers(one)),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.decide")
def decide(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = visible(request, reference), timezone.localdate()
    file = decisions_queries.decision_file(one, by=request.user, on=today)
    form = deciding.Decide(
        web.typed(request), decision=one, grounds=file.grounds, from_day=decisions_queries.first_day(one, on=today)
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
        "wording": letter_letters.foreseen(one, at=timezone.now()),
        "is_stepped_up": web.is_stepped_up(request),
    }
    return web.form_page(request, "licensing/decisions/officer_decide.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def supplement(request: web.SignedIn, reference: str) -> HttpResponse:
    """Further grounds, which the subject is to be notified of before anything is decided."""
    one, today = visible(request, reference), timezone.localdate()
    offered = grounds.offered_for(one.subject, today=today)
    form = grounds_forms.Supplement(web.typed(request), offered=offered)
    tried = web.attempt(request, form, proposals.supplement, one, typed=lambda: {"grounds": form.grounds()})
    if tried.is_done:
        return redirect("decision", reference)
    facts = {
        "decision": one,
        "form": form,
        "offered": offered,
        "blockers": list(one.lifecycle.blockers(one.status, "supplement")),
    }
    return web.form_page(request, "licensing/decisions/officer_supplement.html", facts)


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
