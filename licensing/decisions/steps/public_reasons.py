"""How the sentence by which everyone reads why something was decided is corrected: proposed by one person, agreed by another."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.decisions.actions import public_reasons
from licensing.decisions.forms.deciding import CorrectReason
from licensing.decisions.models.reasons import ReasonCorrection
from licensing.decisions.queries import public_reasons as reason_queries
from licensing.decisions.rules import public_reasons as reason_rules
from registry.form_fields import Because
from registry.register.models import PublicReason
from registry.steps import Step, Steps

PROPOSES, DECIDES = "licensing.propose_decision", "licensing.decide"


def _correction_in_words(correction: ReasonCorrection) -> str:
    before, after = correction.reason.sentence["en"], correction.sentence
    return str(
        format_lazy(
            _("Not “{before}” but “{after}”. What is wrong: {because}"),
            before=before,
            after=after,
            because=correction.because,
        )
    )


def _correction_form(data: Any, reason: PublicReason, on: date) -> CorrectReason:
    return CorrectReason(data, initial={"sentence": reason.sentence["en"]})


#: What everyone reads of why something was decided.
PUBLIC_REASON = Steps(
    PublicReason,
    "public_reason",
    url="staff/published-reasons/<int:key>",
    keys=lambda reason: (reason.pk,),
    lookups={"key": "pk"},
    rows=reason_queries.reasons_seen_by,
    related=("listing",),
    also_made_of=lambda reason: (("listing", reason.listing.code),),
    address_of=lambda reason: reverse("decision", args=[reason.decision]),
    steps=(
        Step(
            "correct",
            _("Correct the published reason"),
            press=_("Propose the correction"),
            permission=PROPOSES,
            form=_correction_form,
            about=_("Another person must agree before the register changes. Earlier entries keep what they said."),
            blockers=lambda reason, by, on: reason_rules.propose_correction_blockers(
                reason, is_open=ReasonCorrection.objects.filter(reason=reason, status="proposed").exists()
            ),
            action=public_reasons.propose_correction,
            kind="reasoncorrection",
            done=_("Correction of a published reason proposed"),
        ),
    ),
)
REASON_CORRECTION = Steps(
    ReasonCorrection,
    "reason_correction",
    url="staff/published-reasons/corrections/<str:reference>",
    related=("decision", "reason", "proposed_by"),
    address_of=lambda correction: reverse("decision", args=[correction.decision.reference]),
    locks_first=lambda correction: (correction.reason,),
    permission=DECIDES,
    steps=(
        Step(
            "agree",
            _("Agree to the correction"),
            press=_("Agree"),
            about=_correction_in_words,
            blockers=lambda correction, by, on: reason_rules.agree_correction_blockers(correction, by=by),
            action=public_reasons.agree_reason_correction,
            style="",
            done=_("Correction of a published reason agreed"),
        ),
        Step(
            "refuse",
            _("Refuse the correction"),
            press=_("Refuse"),
            form=Because,
            about=_correction_in_words,
            blockers=lambda correction, by, on: reason_rules.refuse_correction_blockers(correction, by=by),
            action=public_reasons.refuse_reason_correction,
            done=_("Correction of a published reason refused"),
        ),
    ),
)
