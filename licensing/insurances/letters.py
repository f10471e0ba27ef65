"""What a holder is told about a proof of insurance."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from licensing.insurances import queries
from licensing.insurances.models import InsuranceProof
from licensing.letters.letters import queue
from registry.letters.models import Letter
from registry.schemes import said

REFUSED = _("We have not accepted your proof of insurance")


def proof_refused(proof: InsuranceProof, *, at: datetime) -> Letter:
    """Says why the certificate does not show the insurance, and that another must be sent."""
    licence = proof.licence
    terms = queries.terms_of(licence, timezone.localdate(at))
    title = next(
        (said(one.title, licence.organisation.language) for one in terms if one.code == proof.code), proof.code
    )
    facts = {"proof": proof.reference, "insurance": title, "because": proof.because}
    return queue(licence, template="insurance_refused", subject=REFUSED, facts=facts, at=at)
