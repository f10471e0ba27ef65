"""Systems of labour users that are told of changes, and what was handed over to each."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from registry.outbox.models import OutboxItem

if TYPE_CHECKING:
    from typing import Self

    from registry.accounts.models import User


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: "User") -> "Self":
        """Of this person, and not stopped; with how the delivery goes that is posted next."""
        first = OutboxItem.objects.unsent().filter(queue=OuterRef("reference")).order_by("pk")
        return self.filter(owner=user, stopped_at=None).annotate(
            failures=Subquery(first.values("failures")[:1]),
            next_try=Subquery(first.values("next_try")[:1]),
            given_up_at=Subquery(first.values("failed_at")[:1]),
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
    paused_at = models.DateTimeField(null=True, blank=True, help_text="by its owner")
    stopped_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        # Of the delivery that is posted next; read by `visible_to`.
        failures: int | None
        next_try: datetime | None
        given_up_at: datetime | None

    objects = WebhookQuerySet.as_manager()

    class Meta:
        permissions = [("use_webhooks", "Be told of changes of the register at a web address")]
        constraints = [
            models.UniqueConstraint(
                name="webhook_once_for_each_owner", fields=["owner", "address"], condition=Q(stopped_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "Self":
        return self.filter(outbox__sent_at=None)


class Delivery(models.Model):
    """One event for one webhook: the same reference and the same body at every try, so that whoever has it knows it again."""

    reference = models.CharField(max_length=20, unique=True)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=60, help_text="what happened, once for each webhook")
    body = models.TextField(help_text="JSON, byte for byte what is signed and sent")
    made_at = models.DateTimeField()
    answer_code = models.PositiveIntegerField(null=True, blank=True)
    outbox = models.OneToOneField(
        OutboxItem, on_delete=models.PROTECT, help_text="when it is posted, and how often that was tried"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="delivery_once_for_each_event", fields=["webhook", "event"])]
        indexes = [
            models.Index(name="delivery_of_webhook", fields=["webhook", "-id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def kind(self) -> str:
        """What happened, in one word: ping, test, made, withdrawn, moved."""
        return self.event.partition(" ")[0]
