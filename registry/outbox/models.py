"""One row for each thing that must be sent: how often it was tried, when it is tried next, and how it ended."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When

from registry.outbox.states import FAULTS, LEASE, OutboxKind, wait_after

if TYPE_CHECKING:
    from typing import Self


class OutboxItemQuerySet(models.QuerySet["OutboxItem"]):
    def add(
        self,
        kind: OutboxKind,
        reference: str,
        *,
        queue: str = "",
        useful_until: datetime | None = None,
        has_address: bool = True,
        at: datetime,
    ) -> "OutboxItem":
        """Write down that something must be sent, to be tried once this transaction has committed."""
        return self.create(
            kind=kind,
            reference=reference,
            queue=queue,
            made_at=at,
            useful_until=useful_until,
            next_try=at if has_address else None,
        )

    def unsent(self) -> "Self":
        return self.filter(sent_at=None)

    def due(self, at: datetime) -> "Self":
        """To be tried now: no worker is at it, and nothing before it in its queue is still to be sent."""
        earlier = OutboxItem.objects.unsent().filter(queue=OuterRef("queue"), pk__lt=OuterRef("pk"))
        return self.filter(
            Q(leased_until=None) | Q(leased_until__lte=at),
            Q(queue="") | ~Exists(earlier),
            sent_at=None,
            failed_at=None,
            next_try__lte=at,
        )

    def undelivered(self, before: datetime) -> "Self":
        """Given up; an email written before this instant; or what failed and was written before it."""
        is_late = Q(kind=OutboxKind.MAIL) | Q(failures__gt=0)
        return self.unsent().filter(
            Q(failed_at__isnull=False) | Q(made_at__lt=before, next_try__isnull=False) & is_late
        )

    def put_back(self, at: datetime) -> int:
        """Have these tried from now on as if they had never failed. A worker that is at one cannot settle it any more."""
        return self.update(sent_at=None, failed_at=None, failures=0, leased_until=None, next_try=at)

    def withdraw(self) -> int:
        """Never try these again, without calling them undelivered."""
        return self.unsent().update(failed_at=None, leased_until=None, next_try=None)


class OutboxItem(models.Model):
    """Something that must be sent. What it says and to which address is kept by what refers to it: a letter, a text message,
    a delivery.

    A worker claims an item before it tries: the count of attempts is raised, and until the lease is over no other worker has
    it. An item whose lease ran out may have left, or not: it is tried again, and counted in `repeats`.
    """

    kind = models.CharField(max_length=10, choices=OutboxKind.choices)
    reference = models.CharField(max_length=20, unique=True, help_text="of what is sent: L-7KQ2-M9XD")
    queue = models.CharField(max_length=20, blank=True, help_text="items of one queue go in order, one at a time")
    made_at = models.DateTimeField()
    useful_until = models.DateTimeField(null=True, blank=True, help_text="after this instant it is given up")
    attempts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0, help_text="in a row, since it was last put back")
    repeats = models.PositiveIntegerField(
        default=0, help_text="attempts after one of which it is unknown whether it arrived: it may have come twice"
    )
    tried_at = models.DateTimeField(null=True, blank=True)
    next_try = models.DateTimeField(null=True, blank=True, help_text="none: it is not tried")
    leased_until = models.DateTimeField(null=True, blank=True, help_text="a worker is at it until then")
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True, help_text="when it was given up")

    objects = OutboxItemQuerySet.as_manager()

    class Meta:
        permissions = [
            ("view_undelivered", "See what could not be delivered"),
            ("send_again", "Send again what could not be delivered"),
        ]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="outbox_sent_or_failed", condition=Q(sent_at=None) | Q(failed_at=None)),
        ]
        indexes = [
            models.Index(name="outbox_due", fields=["kind", "next_try"], condition=Q(sent_at=None)),
            models.Index(name="outbox_in_order", fields=["queue", "id"], condition=Q(sent_at=None)),
            models.Index(name="outbox_undelivered", fields=["made_at", "id"], condition=Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def fault(self) -> str:
        """What went wrong, in words that name no person; empty where there are none."""
        return str(FAULTS.get(self.last_error, ""))

    @property
    def letter_to_business(self) -> Any:
        """The letter that it carries, if that is to an organisation or an agency: no other may be shown to staff."""
        letter: Any = getattr(self, "letter", None)
        is_shown = letter is not None and (letter.organisation_id or letter.agency_id)
        return letter if is_shown else None

    def claim(self, at: datetime) -> bool:
        """Take it for one attempt; of two workers only one gets it. Gives up what is of no use any more."""
        mine = OutboxItem.objects.due(at).filter(pk=self.pk, attempts=self.attempts)
        if self.useful_until is not None and self.useful_until < at:
            mine.update(next_try=None, leased_until=None, last_error="too_late", failed_at=at)
            return False
        is_repeat = Case(When(leased_until__isnull=False, then=1), default=0)
        taken = mine.update(
            repeats=F("repeats") + is_repeat, attempts=F("attempts") + 1, tried_at=at, leased_until=at + LEASE
        )
        if taken:
            self.attempts, self.tried_at, self.leased_until = self.attempts + 1, at, at + LEASE
        return bool(taken)

    def succeed(self, at: datetime) -> bool:
        """Write down that it has left. False when it is not this worker's any more."""
        return self._settle(sent_at=at, next_try=None, failures=0, last_error="")

    def fail(self, why: str, *, at: datetime, for_good: bool = False) -> bool:
        """Write down that an attempt failed, and when the next one is; it is given up after the last, or when `for_good`."""
        failures = self.failures + 1
        wait = None if for_good else self._wait(failures, at)
        return self._settle(
            failures=failures,
            last_error=why,
            next_try=at + wait if wait else None,
            failed_at=None if wait else at,
        )

    def _wait(self, failures: int, at: datetime) -> timedelta | None:
        wait = wait_after(failures)
        is_too_late = wait and self.useful_until is not None and at + wait > self.useful_until
        return None if is_too_late else wait

    def _settle(self, **outcome: Any) -> bool:
        outcome["leased_until"] = None
        mine = OutboxItem.objects.filter(pk=self.pk, attempts=self.attempts, leased_until=self.leased_until)
        if not mine.update(**outcome):
            return False
        for name, value in outcome.items():
            setattr(self, name, value)
        return True
