"""What a holder sends to show that it is insured, and until when; or why an officer asks for none."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from licensing.insurances.states import PROOF, ProofStatus
from registry.conflicts.models import Conflict
from registry.licences.models import Licence
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class InsuranceProofQuerySet(CoveredQuerySet["InsuranceProof"]):
    def visible_to(self, user: "User") -> "InsuranceProofQuerySet":
        if not user.has_perm("registry.view_licences"):
            return self.none()
        return self.exclude(licence__organisation__in=Conflict.objects.organisations_of(user))


class InsuranceProof(CoveredModel):
    """The end date of one insurance of a licence, with a document. Without an end date, an officer has said why none is needed."""

    lifecycle = PROOF
    waits_with = ("licence",)

    reference = models.CharField(max_length=20, unique=True)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="insurance_proofs")
    code = models.CharField(max_length=60, help_text="which insurance, as the pack calls it")
    status = models.CharField(max_length=20, choices=ProofStatus, default=PROOF.first)
    ends_on = models.DateField(null=True, blank=True, help_text="the last day with the insurance")
    because = models.TextField(blank=True, help_text="why it is not accepted, or why none is needed")
    sent_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answered_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InsuranceProofQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="insurance_has_an_end_or_a_reason", condition=Q(ends_on__isnull=False) | ~Q(because="")
            ),
            models.CheckConstraint(name="insurance_refused_says_why", condition=~Q(status="refused") | ~Q(because="")),
        ]
        indexes = [models.Index(name="insurance_of_licence", fields=["licence", "code", "-id"])]
