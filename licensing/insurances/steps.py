"""What officers do about the insurance of a holder."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from licensing.insurances import actions, forms, queries, rules
from licensing.insurances.models import InsuranceProof
from licensing.insurances.states import HANDLES
from registry.form_fields import Because
from registry.licences.models import Licence
from registry.steps import Step, Steps

URL = "staff/insurance-proofs/<str:reference>"

PROOF = Steps(
    InsuranceProof,
    "insurance",
    page="insurance_proof",
    url=URL,
    related=("licence__organisation", "sent_by"),
    heading="licensing/parts/officer_heading.html",
    facts=lambda proof: {"licence": proof.licence},
    permission=HANDLES,
    steps=(
        Step(
            "accept_proof",
            _("Accept the proof of insurance"),
            action=actions.accept_proof,
            slug="accept",
            style="",
            done=_("Proof of insurance accepted"),
        ),
        Step(
            "refuse_proof",
            _("Do not accept the proof of insurance"),
            form=Because,
            about=_("The holder reads the reason, and must show the insurance again."),
            blockers=lambda proof, by, on: rules.refuse_blockers(proof),
            action=actions.refuse_proof,
            slug="refuse",
            done=_("Proof of insurance not accepted"),
        ),
    ),
)


def _excuse(data: Any, licence: Licence, on: date) -> forms.Excuse:
    return forms.Excuse(data, insurances=queries.insurances_of(licence, on=on))


LICENCE_INSURANCE = Steps(
    Licence,
    "insurance",
    url="staff/licences/<str:number>/insurance",
    address_of=lambda licence: reverse("staff_licence", args=[licence.number]),
    keys=lambda licence: (licence.number,),
    related=("organisation",),
    rows=lambda user: Licence.objects.open_to(user),
    heading="licensing/parts/officer_heading.html",
    facts=lambda licence: {"licence": licence},
    steps=(
        Step(
            "excuse",
            _("Say why no insurance is needed"),
            press=_("Save"),
            permission=HANDLES,
            form=_excuse,
            about=_("The holder is not asked for it any more."),
            action=actions.excuse,
            kind="insuranceproof",
            adds_to=lambda licence: licence.insurance_proofs.all(),
            done=_("No insurance needed, for a reason"),
        ),
    ),
)
