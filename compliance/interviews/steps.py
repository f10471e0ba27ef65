"""What the inspector does on a visit besides interviews: workers selected at random, signs of forced labour, signatures."""

import uuid
from datetime import date, datetime
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.inspections import rules
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.steps import REPORTS, of_inspection
from compliance.interviews import actions, forms, queries
from registry.accounts.models import User
from registry.steps import Step


def _draw(data: Any, inspection: Inspection, on: date) -> Form:
    return (forms.DrawAgain if inspection.samples.exists() else forms.Draw)(data)


def _indicators(data: Any, inspection: Inspection, on: date) -> Form:
    known = queries.indicators_of(scheme_of(inspection))
    kept = {one.code: one.evidence for one in inspection.seen_indicators.all()}
    evidence = {f"evidence-{code}": words for code, words in kept.items()}
    return forms.Indicators(data, indicators=known, initial=evidence | {f"seen-{code}": True for code in kept})


def _sign(inspection: Inspection, *, signed: Any, by: User, at: datetime) -> object:
    return actions.sign(inspection, key=uuid.uuid4(), signed=signed, signed_at=at, by=by, at=at)


_RECORDING: dict[str, Any] = {
    "permission": REPORTS,
    "blockers": lambda inspection, by, on: rules.record_blockers(inspection, by=by),
}

MET = of_inspection(
    "interviews",
    Step(
        "draw",
        _("Select workers to interview at random"),
        press=_("Select at random"),
        form=_draw,
        about=_(
            "Workers are selected at random by their place in the list. You cannot choose them or repeat the selection."
        ),
        action=actions.draw,
        slug="interviews/draw",
        done=_("Workers selected at random"),
        **_RECORDING,
    ),
    Step(
        "indicators",
        _("Signs of forced labour"),
        press=_("Save"),
        form=_indicators,
        typed=lambda form: {"noted": form.noted},
        about=_(
            "The eleven signs of the International Labour Organization. One may be enough; often there are several."
        ),
        action=actions.note_indicators,
        verb="note_indicator",
        done=_("Sign of forced labour saved"),
        **_RECORDING,
    ),
    Step(
        "sign",
        _("Signature"),
        press=_("Save"),
        form=forms.Sign,
        typed=lambda form: {"signed": form.signed},
        about=_("Read out what is signed. A signature cannot be changed afterwards."),
        action=_sign,
        verb="sign",
        slug="signatures/add",
        done=_("Signature saved"),
        **_RECORDING,
    ),
    address_of=lambda inspection: reverse("inspection_interviews", args=[inspection.reference]),
    rows=lambda by: Inspection.objects.visible_to(by).filter(inspector=by),
)
