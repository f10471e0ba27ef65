"""What another authority and those who work with intelligence write to each other about what was passed on."""

from django.db import models
from django.db.models import Q

from compliance.intelligence.models import Dissemination
from compliance.intelligence.states import PartnerAnswerKind


class PartnerMessage(models.Model):
    """What another authority answered to what was passed on to it, or what was replied to its question."""

    dissemination = models.ForeignKey(Dissemination, on_delete=models.PROTECT, related_name="messages")
    from_agency = models.BooleanField()
    kind = models.CharField(max_length=10, choices=PartnerAnswerKind, blank=True, help_text="of what the agency says")
    text = models.TextField()
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="partner_message_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="partner_message_of_agency_has_kind", condition=Q(from_agency=False, kind="") | ~Q(kind="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dissemination}: {self.pk}"
