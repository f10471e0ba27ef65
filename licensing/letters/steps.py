"""What a second person does with a correction of a letter."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.letters import actions, rules
from licensing.letters.models import LetterCorrection
from licensing.letters.queries import TITLES
from licensing.letters.states import SEES
from registry.form_fields import Because
from registry.steps import Step, Steps
from registry.tasks.queries import has_task_of


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
    steps=(
        Step(
            "countersign",
            _("Countersign the correction"),
            press=_("Countersign and send"),
            permission=SEES,
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
            permission=SEES,
            form=Because,
            about=_what,
            blockers=lambda correction, by, on: rules.refuse_correction_blockers(correction, by=by),
            action=actions.refuse_correction,
            done=_("Correction of a letter refused"),
        ),
        Step(
            "read_why",
            _("Read why the correction was refused"),
            press=_("I have read the reason"),
            permission=SEES,
            about=lambda correction: correction.refused_because,
            blockers=lambda correction, by, on: rules.read_why_blockers(
                correction, has_task=has_task_of(correction, by), by=by
            ),
            action=actions.read_why,
            fits=lambda correction, on: correction.has_unread_refusal,
            style="",
            done=_("Reason read"),
        ),
    ),
)
