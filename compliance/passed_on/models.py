"""What another authority and we write to each other about what was passed on: intelligence, or what a report led to."""

from django.db import models
from django.db.models import Q

from compliance.hand_overs.models import HandOver
from compliance.intelligence.models.intelligence import Dissemination
from compliance.intelligence.states import PartnerAnswerKind
from registry.trail.models.covered import CoveredModel


class PartnerMessage(CoveredModel):
    """What another authority answered to what was passed on to it, or what was replied to its question."""

    dissemination = models.ForeignKey(
        Dissemination, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    hand_over = models.ForeignKey(HandOver, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    from_agency = models.BooleanField()
    kind = models.CharField(max_length=10, choices=PartnerAnswerKind, blank=True, help_text="of what the agency says")
    text = models.TextField()
    wanted_by = models.DateField(
        null=True, blank=True, help_text="the day until which more time is asked for, or given"
    )
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="partner_message_about_one",
                condition=Q(dissemination__isnull=False, hand_over=None)
                | Q(dissemination=None, hand_over__isnull=False),
            ),
            models.CheckConstraint(
                name="partner_asks_for_time_until_a_day",
                condition=~Q(kind=PartnerAnswerKind.MORE_TIME) | Q(wanted_by__isnull=False),
            ),
            models.CheckConstraint(name="partner_message_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="partner_message_of_agency_has_kind", condition=Q(from_agency=False, kind="") | ~Q(kind="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dissemination or self.hand_over}: {self.pk}"
