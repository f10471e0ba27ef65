"""The page of one decision, its proposal, and the deciding itself."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from licensing.appeals.queries.appeals import move_to_receive
from licensing.applications.models import Application
from licensing.applications.views.officer import visible as visible_of_view
from licensing.correspondence.queries import entries_on
from licensing.decisions.actions import decisions as actions
from licensing.decisions.actions import proposals, reviews
from licensing.decisions.forms import deciding
from licensing.decisions.forms import proposals as decision_forms
from licensing.decisions.forms.reviews import initial_of
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import decisions as decisions_queries
from licensing.decisions.queries import grounds, readiness, standards
from licensing.decisions.queries.against import against, reviews_of
from licensing.decisions.queries.open_matters import open_matters
from licensing.decisions.queries.public_reasons import composed_reasons, reason_rows
from licensing.decisions.rules import proposals as decision_rules
from licensing.decisions.rules import reviews as review_rules
from licensing.decisions.states.decisions import OPEN_DECISIONS
from licensing.decisions.states.rows import KINDS
from licensing.decisions.steps.decisions import REVIEW
from licensing.decisions.steps.decisions import moves as moves_of
from licensing.due_dates.queries.about import dates_of
from licensing.holding.rules import renewals as renewal_rules
from licensing.letters import letters as letter_letters
from registry import schemes, web
from registry.licences.models import Licence


@web.page_with_form("licensing.propose_decision")
@web.framing_own_files
def propose(request: web.SignedIn, reference: str, kind: str) -> HttpResponse:
    case, today = visible_of_view(request, reference), timezone.localdate()
    unanswered, language = request.GET.get("unanswered", ""), case.organisation.language
    given = grounds.want_of_reply(case, unanswered, language=language) if KINDS[kind].is_heard else []
    starts = renewal_rules.next_first_day(case, today=today)
    return propose_about(request, case, kind, {"application": case}, initial={"starts": starts}, given=given)


def propose_about(
    request: web.SignedIn, about: Application | Licence, kind: str, page: dict[str, Any], **known: Any
) -> HttpResponse:
    """The form by which a decision of a kind is proposed, of an application or of a licence; `known` is what it begins with."""
    today, seen = timezone.localdate(), standards.seen_of(about)
    offered = grounds.offered_for(about, today=today)
    form = decision_forms.PROPOSALS[kind](web.typed(request), offered=offered, seen=seen, **known)
    tried = web.attempt(request, form, proposals.propose, about, typed=form.proposed)
    if tried.is_done:
        return redirect("decision", tried.result.reference)
    facts = {
        **page,
        "today": today,
        "form": form,
        "row": KINDS[kind],
        "title": KINDS[kind].proposes,
        "seen": seen,
        "offered": offered,
        "blockers": list(decision_rules.begin_blockers(about, kind=kind, ready=readiness.readiness(about))),
    }
    return web.form_page(request, "licensing/decisions/officer_propose.html", facts)


def visible(request: web.SignedIn, reference: str) -> Decision:
    about = ("application__organisation", "licence__organisation", "proposed_by", "decided_by")
    return get_object_or_404(Decision.objects.visible_to(request.user).select_related(*about), reference=reference)


@web.page("licensing.view_decisions")
def decision(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    today = timezone.localdate()
    file = decisions_queries.decision_file(one, by=request.user, on=today)
    own = moves_of(one, decide=file.decide_blockers, by=request.user, on=today)
    moves = (*own, *move_to_receive(one, by=request.user, on=today))
    facts = {"file": file, "decision": one, "moves": moves, "dates": dates_of(one, on=today)}
    facts["against"] = against(one, by=request.user, on=today) if one.status in OPEN_DECISIONS else ()
    facts["reviews"] = [(row, REVIEW.buttons(row, by=request.user, on=today)) for row in reviews_of(one)]
    facts["public_reasons"] = reason_rows(one)
    facts["entries"] = entries_on(one, by=request.user)
    return render(request, "licensing/decisions/officer_decision.html", facts)


@web.page_with_form("licensing.decide")
@web.framing_own_files
def decide_otherwise(request: web.SignedIn, reference: str) -> HttpResponse:
    """A decision that takes less away, put before another decision maker in place of this one."""
    one, today = visible(request, reference), timezone.localdate()
    kind = one.row.instead
    if kind is None:
        raise Http404
    seen = standards.seen_of(one.subject)
    offered = grounds.offered_for(one.subject, today=today)
    form = decision_forms.PROPOSALS[kind](
        web.typed(request),
        initial={"starts": today, "takes_effect": one.takes_effect},
        offered=offered,
        seen=seen,
        **(initial_of(one) if KINDS[kind].is_heard else {}),
    )
    tried = web.attempt(request, form, reviews.decide_otherwise, one, typed=form.instead)
    if tried.is_done:
        return redirect("decision", tried.result.reference)
    given = readiness.deciding(one, from_day=None, today=today)
    facts = {
        "decision": one,
        "today": today,
        "form": form,
        "row": KINDS[kind],
        "title": KINDS[kind].otherwise,
        "seen": seen,
        "offered": offered,
        "instead": True,
        "blockers": list(review_rules.otherwise_blockers(one, by=request.user, given=given)),
    }
    return web.form_page(request, "licensing/decisions/officer_propose.html", facts)


@web.page_with_form("licensing.decide")
@web.framing_own_files
def decide(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = visible(request, reference), timezone.localdate()
    file = decisions_queries.decision_file(one, by=request.user, on=today)
    form = deciding.Decide(
        web.typed(request),
        decision=one,
        grounds=file.grounds,
        from_day=decisions_queries.first_day(one, on=today),
        open_matters=open_matters(one),
        reasons=composed_reasons(one, schemes.in_force(one.subject.scheme, today)),
    )
    if web.is_sent(request, form) and not web.asks_first(request) and not web.is_stepped_up(request):
        return web.to_step_up(request)
    tried = web.attempt(request, form, actions.decide, one, typed=form.decided, previews=True)
    if tried.is_done:
        return redirect("decision", reference)
    facts = {
        "decision": one,
        "today": today,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "file": file,
        "against": against(one, by=request.user, on=today),
        "wording": letter_letters.foreseen(one, at=timezone.now()),
        "is_stepped_up": web.is_stepped_up(request),
    }
    return web.form_page(request, "licensing/decisions/officer_decide.html", facts)
