"""The steps of a decision before it is taken: notify the subject, add grounds, drop the proposal. Deciding has a page of its own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.decisions.actions import hearings, proposals
from licensing.decisions.forms.grounds import Supplement
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import decisions as queries
from licensing.decisions.queries import grounds
from licensing.decisions.rules import deciding as rules
from licensing.decisions.rules import grounds as ground_rules
from licensing.decisions.states import HEARD, DecisionKind
from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Because
from registry.steps import Button, Step, Steps

PROPOSES = "licensing.propose_decision"


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
    steps=(
        Step(
            "notify",
            _("Notify the subject"),
            press=_("Notify"),
            permission="licensing.notify_decision",
            blockers=lambda decision, by, on: ground_rules.notify_blockers(decision),
            action=hearings.notify,
            fits=lambda decision, on: decision.kind in HEARD,
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
            blockers=lambda decision, by, on: decision.lifecycle.blockers(decision.status, "supplement"),
            action=proposals.supplement,
            fits=lambda decision, on: decision.kind in HEARD,
            template="licensing/decisions/officer_supplement.html",
            done=_("Grounds added"),
        ),
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
    ),
)


def moves(decision: Decision, *, decide: tuple[Reason, ...], by: User, on: date) -> list[Button]:
    """All that this person may do with a decision; `decide` are the reasons against deciding now."""
    buttons = DECISION.buttons(decision, by=by, on=on)
    if decision.lifecycle.allows(decision.status, "decide") and by.has_perm("licensing.decide"):
        title, href = queries.TITLES[DecisionKind(decision.kind)], reverse("decide", args=[decision.reference])
        before = sum(button.name == "notify" for button in buttons)
        buttons.insert(before, Button("decide", title, href, "", decide))
    return buttons
