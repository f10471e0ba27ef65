"""What a second person does with a correction of a letter."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.letters import actions, rules
from licensing.letters.models import LetterCorrection
from licensing.letters.queries import TITLES
from licensing.letters.states import NOT_COUNTERSIGNED, SEES
from registry.form_fields import Because
from registry.refusals.steps import reading_step
from registry.steps import Step, Steps


def _what(correction: LetterCorrection) -> str:
    if correction.facts:
        named = ", ".join(str(TITLES[key]) for key in correction.facts)
        return str(
            format_lazy(
                _("From the file as it is now: {facts}. What was wrong: {because}"),
                facts=named,
                because=correction.because,
            )
        )
    words = {"wrong": correction.wrong, "right": correction.right, "because": correction.because}
    return str(format_lazy(_("Not “{wrong}” but “{right}”. What was wrong: {because}"), **words))


CORRECTION = Steps(
    LetterCorrection,
    "letter_correction",
    url="staff/letters/corrections/<str:reference>",
    related=("letter__organisation", "proposed_by"),
    address_of=lambda correction: reverse("staff_letter", args=[correction.letter.number]),
    locks_first=lambda correction: (correction.letter,),
    permission=SEES,
    steps=(
        Step(
            "countersign",
            _("Countersign the correction"),
            press=_("Countersign and send"),
            about=_what,
            blockers=lambda correction, by, on: rules.countersign_blockers(correction, by=by),
            action=actions.countersign,
            previews=True,
            style="",
            done=_("Correction of a letter countersigned"),
        ),
        Step(
            "refuse_correction",
            _("Refuse the correction"),
            press=_("Refuse"),
            form=Because,
            about=_what,
            blockers=lambda correction, by, on: rules.refuse_correction_blockers(correction, by=by),
            action=actions.refuse_correction,
            done=_("Correction of a letter refused"),
        ),
        reading_step(NOT_COUNTERSIGNED),
    ),
)
