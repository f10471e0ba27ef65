"""Systems of labour users that are told of changes, and what was handed over to each."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from typing import Self

    from registry.accounts.models import User


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: "User") -> "Self":
        """Of this person, and not stopped."""
        return self.filter(owner=user, stopped_at=None)

    def due(self, at: datetime) -> "Self":
        """With something to hand over, and nobody at it. Who has left is told nothing."""
        waiting = Delivery.objects.waiting().filter(webhook=OuterRef("pk"))
        return self.filter(stopped_at=None, paused_at=None, next_try__lte=at, owner__is_active=True).filter(
            Exists(waiting)
        )


class Webhook(models.Model):
    """A web address to which we post what the register says anew, once whoever runs it has answered our challenge.

    What it follows are rows of `Follow` with its reference as their address. No secret is kept here: we sign with our key.
    """

    reference = models.CharField(max_length=20, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks")
    address = models.CharField(max_length=200)
    challenge = models.CharField(max_length=64, help_text="what the first answer must give back")
    named_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    is_paused_by_us = models.BooleanField(default=False, help_text="after too many tries, and not by its owner")
    stopped_at = models.DateTimeField(null=True, blank=True)
    # Its deliveries go one after the other: the next try and the failures are the webhook's.
    failures = models.PositiveIntegerField(default=0, help_text="tries without an answer, one after the other")
    turn = models.PositiveIntegerField(default=0, help_text="who has counted it up may hand over")
    next_try = models.DateTimeField(help_text="also until when somebody is at it")

    objects = WebhookQuerySet.as_manager()

    class Meta:
        permissions = [("use_webhooks", "Be told of changes of the register at a web address")]
        constraints = [
            models.UniqueConstraint(
                name="webhook_once_for_each_owner", fields=["owner", "address"], condition=Q(stopped_at=None)
            ),
            models.CheckConstraint(
                name="webhook_paused_by_us_is_paused", condition=Q(is_paused_by_us=False) | Q(paused_at__isnull=False)
            ),
        ]
        indexes = [models.Index(name="webhook_to_be_tried", fields=["next_try"], condition=Q(stopped_at=None))]

    def __str__(self) -> str:
        return self.reference


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "Self":
        return self.filter(delivered_at=None)


class Delivery(models.Model):
    """One event for one webhook: the same reference and the same body at every try, so that whoever has it knows it again."""

    reference = models.CharField(max_length=20, unique=True)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=60, help_text="what happened, once for each webhook")
    body = models.TextField(help_text="JSON, byte for byte what is signed and sent")
    made_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    answer_code = models.PositiveIntegerField(null=True, blank=True)
    fault = models.CharField(max_length=30, blank=True, help_text="why there was no answer that counts")
    delivered_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="delivery_once_for_each_event", fields=["webhook", "event"])]
        indexes = [
            models.Index(name="delivery_of_webhook", fields=["webhook", "-id"]),
            models.Index(name="delivery_waiting", fields=["webhook", "id"], condition=Q(delivered_at=None)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def kind(self) -> str:
        """What happened, in one word: ping, test, made, withdrawn, moved."""
        return self.event.partition(" ")[0]
