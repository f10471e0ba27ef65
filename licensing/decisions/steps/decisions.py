"""The steps of a decision before it is taken: notify the subject, add grounds, drop the proposal. Deciding has a page of its own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.correspondence.steps import adding
from licensing.decisions.actions import hearings, proposals
from licensing.decisions.actions import reviews as actions
from licensing.decisions.forms.grounds import Supplement
from licensing.decisions.forms.reviews import AnswerReview, AskAdvice, MoreTime, ReturnProposal
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.reviews import DecisionReview
from licensing.decisions.queries import decisions as queries
from licensing.decisions.queries import grounds, readiness
from licensing.decisions.rules import deciding as rules
from licensing.decisions.rules import grounds as ground_rules
from licensing.decisions.rules import reviews
from licensing.decisions.states.decisions import NOT_AGREED, OPEN_DECISIONS, SEES
from licensing.decisions.states.reviews import ReviewKind
from licensing.decisions.states.rows import KINDS
from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Because
from registry.refusals.steps import reading_step
from registry.steps import Button, Step, Steps
from registry.tasks.queries import has_task_of

PROPOSES, DECIDES = "licensing.propose_decision", "licensing.decide"


def _until_when(decision: Decision, by: User, on: date) -> Mapping[str, Any]:
    about = gettext(
        "The notice says what is proposed, with every ground and its evidence, and by when to reply. Sent today, it can be "
        "replied to until %(day)s."
    )
    return {"about": about % {"day": date_format(queries.reply_by(decision, on=on), "j F Y")}}


def _supplement(data: Any, decision: Decision, on: date) -> Supplement:
    return Supplement(data, offered=grounds.offered_for(decision.subject, today=on))


def _after_supplement(decision: Decision) -> str | Promise:
    if decision.notified_at is None:
        return _("They go into the notice with the others.")
    return _(
        "What was notified stays as it is. The subject is to be notified of the new grounds, and has the whole time to reply "
        "again; until then nothing can be decided."
    )


DECISION = Steps(
    Decision,
    "decision",
    url="staff/decisions/<str:reference>",
    related=("application__organisation", "licence__organisation", "proposed_by", "decided_by"),
    heading="licensing/parts/officer_heading.html",
    facts=lambda decision: {"decision": decision},
    permission=DECIDES,
    steps=(
        Step(
            "notify",
            _("Notify the subject"),
            press=_("Notify"),
            permission="licensing.notify_decision",
            blockers=lambda decision, by, on: ground_rules.notify_blockers(decision),
            action=hearings.notify,
            fits=lambda decision, on: decision.row.is_heard,
            facts=_until_when,
            previews=True,
            style="",
            done=_("Subject notified"),
        ),
        Step(
            "supplement",
            _("Add grounds"),
            press=_("Add the grounds"),
            permission=PROPOSES,
            form=_supplement,
            typed=lambda form: {"grounds": form.grounds()},
            about=_after_supplement,
            action=proposals.supplement,
            fits=lambda decision, on: decision.row.is_heard,
            template="licensing/decisions/officer_supplement.html",
            done=_("Grounds added"),
        ),
        Step(
            "give_more_time",
            _("Give more time to reply"),
            press=_("Give more time"),
            permission="licensing.notify_decision",
            form=MoreTime,
            about=_(
                "The subject is told. Until the new day nothing is decided, unless it says that its reply is complete."
            ),
            blockers=lambda decision, by, on: reviews.more_time_blockers(decision, today=on),
            action=hearings.give_more_time,
            fits=lambda decision, on: not decision.immediate,
            previews=True,
            done=_("More time given to reply"),
        ),
        Step(
            "return",
            _("Return to the proposer with comments"),
            press=_("Return"),
            in_statuses=OPEN_DECISIONS,
            form=ReturnProposal,
            about=_("The proposer answers, adds grounds or drops the proposal. Until then it cannot be decided."),
            blockers=lambda decision, by, on: _ask_blockers(decision, ReviewKind.RETURN, by=by, on=on),
            action=actions.return_to_proposer,
            kind="decisionreview",
            adds_to=lambda decision: decision.reviews.all(),
            done=_("Proposal returned with comments"),
        ),
        Step(
            "ask_advice",
            _("Ask for advice"),
            press=_("Ask"),
            in_statuses=OPEN_DECISIONS,
            form=AskAdvice,
            blockers=lambda decision, by, on: _ask_blockers(decision, ReviewKind.ADVICE, by=by, on=on),
            action=actions.ask_advice,
            kind="decisionreview",
            adds_to=lambda decision: decision.reviews.all(),
            done=_("Advice asked for"),
        ),
        Step(
            "disagree",
            _("Do not agree"),
            form=Because,
            about=_(
                "Nothing follows from the proposal, and the case is open again. If the subject has been notified, we write that we "
                "have dropped it. The subject does not read your reason."
            ),
            blockers=lambda decision, by, on: reviews.disagree_blockers(
                decision, by=by, given=readiness.deciding(decision, from_day=None, today=on)
            ),
            action=actions.disagree,
            previews=True,
            done=_("Proposal not agreed"),
        ),
        reading_step(NOT_AGREED),
        Step(
            "drop",
            _("Drop the proposal"),
            permission=PROPOSES,
            form=Because,
            about=_(
                "Nothing follows from it. If the subject has been notified, we write that we have dropped it. A holder who has "
                "asked to give the licence up reads your reason."
            ),
            blockers=lambda decision, by, on: rules.drop_blockers(decision),
            action=proposals.drop,
            previews=True,
            done=_("Proposal dropped"),
        ),
        adding(),
    ),
)


def _of_review(review: DecisionReview) -> str:
    return review.comments


REVIEW = Steps(
    DecisionReview,
    "decision_review",
    url="staff/decisions/reviews/<str:reference>",
    related=("decision__application__organisation", "decision__licence__organisation", "to", "asked_by"),
    heading="licensing/parts/officer_heading.html",
    facts=lambda review: {"decision": review.decision},
    address_of=lambda review: reverse("decision", args=[review.decision.reference]),
    steps=(
        Step(
            "answer_review",
            _("Answer"),
            permission=SEES,
            form=AnswerReview,
            about=_of_review,
            blockers=lambda review, by, on: reviews.answer_blockers(review, has_task=has_task_of(review, by), by=by),
            action=actions.answer_review,
            style="",
            done=_("Answered"),
        ),
        Step(
            "call_off_review",
            _("Call it off"),
            permission=DECIDES,
            about=_of_review,
            blockers=lambda review, by, on: reviews.call_off_blockers(review, by=by),
            action=actions.call_off_review,
            done=_("Called off"),
        ),
    ),
)


def _ask_blockers(decision: Decision, kind: ReviewKind, *, by: User, on: date) -> list[Reason]:
    given = readiness.deciding(decision, from_day=None, today=on)
    return list(reviews.ask_blockers(decision, kind=kind, by=by, given=given))


def moves(decision: Decision, *, decide: tuple[Reason, ...], by: User, on: date) -> list[Button]:
    """All that this person may do with a decision; `decide` are the reasons against deciding now."""
    buttons = DECISION.buttons(decision, by=by, on=on)
    if decision.lifecycle.allows(decision.status, "decide") and by.has_perm("licensing.decide"):
        title, href = decision.row.title, reverse("decide", args=[decision.reference])
        before = sum(button.name == "notify" for button in buttons)
        buttons.insert(before, Button("decide", title, href, "", decide))
        if decision.row.instead:
            title = KINDS[decision.row.instead].otherwise
            href = reverse("decide_otherwise", args=[decision.reference])
            given = readiness.deciding(decision, from_day=None, today=on)
            blockers = tuple(reviews.otherwise_blockers(decision, by=by, given=given))
            buttons.insert(before + 1, Button("decide_otherwise", title, href, "secondary", blockers))
    return buttons
