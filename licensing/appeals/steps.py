"""The steps of an appeal, from what we were told of it to what follows from how it ended."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from licensing.appeals import forms
from licensing.appeals.actions import appeals as actions
from licensing.appeals.actions import corrections, outcomes
from licensing.appeals.actions import endings as ending
from licensing.appeals.models import Appeal
from licensing.appeals.queries import appeals as queries
from licensing.appeals.rules import appeals as rules
from licensing.appeals.rules import endings
from licensing.appeals.states import BEING_HEARD, AppealOutcome
from licensing.applications.queries.applications import scheme_of
from licensing.correspondence.queries import has_tribunal_document
from licensing.correspondence.steps import adding
from licensing.decisions.queries.standards import standard_in_words
from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Because
from registry.steps import Button, Step, Steps

HANDLES = "licensing.handle_appeals"
OUTCOME = ("outcome", "ended_on", "effect_on", "outcome_because", "put_until")


def _sent(data: Any, appeal: Appeal, on: date) -> forms.TickOff:
    known = {"statements_on": appeal.statements_on, "representations_on": appeal.representations_on}
    return forms.TickOff(data, initial=known)


def _hearing(data: Any, appeal: Appeal, on: date) -> forms.FixHearing:
    known = {
        "on_paper": appeal.on_paper,
        "hearing_on": appeal.hearing_on,
        "hearing_place": appeal.hearing_place,
    }
    return forms.FixHearing(data, initial=known)


def _standards(appeal: Appeal) -> list[tuple[str, str]]:
    return [(one.code, standard_in_words(one)) for one in scheme_of(appeal.decision.subject).standards]


def _determine(data: Any, appeal: Appeal, on: date) -> forms.Determine:
    return forms.Determine(data, standards=_standards(appeal))


def _correct_outcome(data: Any, appeal: Appeal, on: date) -> forms.CorrectOutcome:
    known = {name: getattr(appeal, name) for name in OUTCOME}
    put = [asdict(one) for one in appeal.put_conditions]
    return forms.CorrectOutcome(data, standards=_standards(appeal), given=put, initial=known)


def _correct(data: Any, appeal: Appeal, on: date) -> forms.Correct:
    return forms.Correct(data, known={name: getattr(appeal, name) for name in corrections.CORRECTED})


def _carry_out_blockers(appeal: Appeal, by: User, on: date) -> Iterable[Reason]:
    """Only what fits the outcome is offered, so this asks for that."""
    return endings.carry_out_blockers(
        appeal,
        by=by,
        conflicted=queries.conflicted(appeal),
        unsettled=queries.to_settle(appeal),
        has_document=has_tribunal_document(appeal),
        sends_back=endings.is_sent_back(appeal),
        today=on,
    )


APPEAL = Steps(
    Appeal,
    "appeal",
    url="staff/appeals/<str:reference>",
    related=(*queries.ABOUT, "told_by", "received_by", "ended_by", "closed_by", "decision__decided_by"),
    locks_first=lambda appeal: (appeal.decision.subject,),
    unchanged_by=frozenset({"ask_bundle", "take_bundle"}),
    heading="licensing/parts/officer_heading.html",
    facts=lambda appeal: {"appeal": appeal, "decision": appeal.decision},
    permission=HANDLES,
    steps=(
        Step(
            "disregard",
            _("Record that no appeal has arrived"),
            form=Because,
            about=_("What the appellant told us leads to nothing. Ask the secretariat first."),
            blockers=lambda appeal, by, on: rules.disregard_blockers(appeal),
            action=actions.disregard,
            done=_("No appeal arrived"),
        ),
        Step(
            "acknowledge",
            _("Record that the copy has come"),
            form=lambda data, appeal, on: forms.Acknowledge(data, initial={"number": appeal.number}),
            about=_("The secretariat has acknowledged the appeal and sent us a copy."),
            blockers=lambda appeal, by, on: rules.acknowledge_blockers(appeal, today=on),
            action=actions.acknowledge,
            style="",
            done=_("Acknowledged: copy received"),
        ),
        Step(
            "reply",
            _("Record our reply"),
            form=forms.Reply,
            about=_("A reply that comes late is none: we then take no part in the appeal."),
            blockers=lambda appeal, by, on: rules.reply_blockers(appeal, today=on),
            action=actions.reply,
            style="",
            done=_("We replied"),
        ),
        Step(
            "bar",
            _("Record that we are barred"),
            about=_("The time to reply was missed. We take no part in the appeal unless the tribunal directs it."),
            blockers=lambda appeal, by, on: rules.bar_blockers(appeal, today=on),
            action=actions.bar,
            fits=lambda appeal, on: appeal.reply_by is not None and on > appeal.reply_by,
            style="warning",
            done=_("We were barred"),
        ),
        Step(
            "readmit",
            _("Record that we may take part again"),
            form=forms.Readmit,
            about=_(
                "Then we reply by the day that it has set. If a hearing was fixed, write it down again after the reply."
            ),
            blockers=lambda appeal, by, on: rules.readmit_blockers(appeal, today=on),
            action=actions.readmit,
            fits=lambda appeal, on: appeal.barred_on is not None,
            slug="leave",
            done=_("The tribunal let us take part"),
        ),
        Step(
            "fix_hearing",
            _("Record the hearing, or that there is none"),
            form=_hearing,
            about=_("As the tribunal has told both sides."),
            blockers=lambda appeal, by, on: rules.hearing_blockers(appeal, today=on),
            action=actions.fix_hearing,
            slug="hearing",
            style="",
            done=_("Hearing fixed, or decided on paper"),
        ),
        Step(
            "determine",
            _("Record what the tribunal decided"),
            form=_determine,
            about=_("It has no effect until someone else has carried it out."),
            blockers=lambda appeal, by, on: endings.end_blockers(appeal, move="determine", today=on),
            action=ending.determine,
            template="licensing/appeals/outcome.html",
            done=_("Outcome written down"),
        ),
        Step(
            "correct_outcome",
            _("Correct the outcome"),
            form=_correct_outcome,
            about=_("Until it is carried out. You then cannot carry it out yourself."),
            blockers=lambda appeal, by, on: endings.correct_outcome_blockers(appeal),
            action=ending.correct_outcome,
            template="licensing/appeals/outcome.html",
            fits=lambda appeal, on: appeal.outcome != AppealOutcome.WITHDRAWN,
            done=_("Outcome corrected"),
        ),
        Step(
            "take_back",
            _("Record that it is withdrawn"),
            form=forms.TakeBack,
            about=_(
                "The decision then holds from the day that it named, or from the 6th working day after "
                "the notice if that is later. Someone else carries it out."
            ),
            blockers=lambda appeal, by, on: endings.end_blockers(appeal, move="take_back", today=on),
            action=ending.take_back,
            slug="withdrawn",
            done=_("Withdrawal written down"),
        ),
        Step(
            "carry_out",
            _("Carry out the outcome"),
            permission="licensing.decide",
            about=queries.follows,
            blockers=_carry_out_blockers,
            action=outcomes.carry_out,
            fits=lambda appeal, on: not endings.is_sent_back(appeal),
            previews=True,
            asks_factor=True,
            style="",
            done=_("Outcome carried out"),
        ),
        Step(
            "send_back",
            _("Undo the decision, to decide again"),
            permission="licensing.decide",
            about=queries.follows,
            blockers=_carry_out_blockers,
            action=outcomes.send_back,
            fits=lambda appeal, on: endings.is_sent_back(appeal),
            previews=True,
            asks_factor=True,
            style="",
            done=_("Decision undone, to be decided again"),
        ),
        Step(
            "leave_undecided",
            _("Say why it is not decided again"),
            permission="licensing.decide",
            form=Because,
            about=_("The appellant reads the reason. Nothing more is decided because of the appeal."),
            blockers=lambda appeal, by, on: endings.leave_undecided_blockers(appeal, by=by),
            action=ending.leave_undecided,
            previews=True,
            done=_("Not decided again"),
        ),
        Step(
            "correct",
            _("Correct the appeal"),
            form=_correct,
            about=_("The days that follow from what you change are counted again."),
            blockers=lambda appeal, by, on: rules.correct_blockers(appeal),
            action=corrections.correct,
            in_statuses=BEING_HEARD,
            done=_("Corrected"),
        ),
        Step(
            "tick_off",
            _("Record what we sent"),
            form=_sent,
            about=_("For the hearing. What is sent is not among the dates due any more."),
            blockers=lambda appeal, by, on: rules.tick_off_blockers(appeal, today=on),
            action=actions.tick_off,
            fits=lambda appeal, on: not list(rules.tick_off_blockers(appeal, today=on)),
            slug="sent",
            done=_("What we have sent written down"),
        ),
        adding(),
    ),
)


def moves(appeal: Appeal, *, by: User, on: date) -> list[Button]:
    """All that this person may do with an appeal; that it has arrived is written down on the page of its decision."""
    buttons = APPEAL.buttons(appeal, by=by, on=on)
    if appeal.lifecycle.allows(appeal.status, "receive") and by.has_perm(HANDLES):
        blockers = tuple(rules.receive_blockers(appeal.decision, today=on))
        href = reverse("receive_appeal", args=[appeal.decision.reference])
        buttons.insert(0, Button("receive", _("It has arrived"), href, "", blockers))
    return buttons
