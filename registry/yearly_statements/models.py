"""Yearly statements of the authority, signed by two people, and the opinion of the independent reviewer on each."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from registry.accounts.models import User
from registry.editions.models import EditionVersion
from registry.editions.states import PUBLISHES, REVIEWS
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.yearly_statements.states import STATEMENT, StatementStatus

#: How long after its publication the independent reviewer may give an opinion.
OPINION_WITHIN = timedelta(days=60)


class YearlyStatementQuerySet(CoveredQuerySet["YearlyStatement"]):
    def visible_to(self, user: User) -> "YearlyStatementQuerySet":
        return self.all() if user.has_perm(PUBLISHES) or user.has_perm(REVIEWS) else self.none()

    def published(self, at: datetime) -> "YearlyStatementQuerySet":
        """What the public may read at this instant: signed by two."""
        return self.filter(countersigned_at__lte=at)


class YearlyStatement(CoveredModel):
    """What the authority says of one year. Its text and its figures are fixed once it is written; who returns it opens them."""

    lifecycle = STATEMENT

    code = models.CharField(max_length=4, unique=True, help_text="the year")
    publish_by = models.DateField(help_text="the announced day")
    status = models.CharField(max_length=20, choices=StatementStatus, default=STATEMENT.first)
    version = models.ForeignKey(
        EditionVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="whose frozen tables give the figures of the year",
    )
    did = models.TextField(blank=True, help_text="what we did; public")
    worked = models.TextField(blank=True, help_text="what worked; public")
    did_not_work = models.TextField(blank=True, help_text="what did not work; public")
    changes = models.TextField(blank=True, help_text="what changes because of it; public")
    announced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    countersigned_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    countersigned_at = models.DateTimeField(null=True, blank=True)

    objects = YearlyStatementQuerySet.as_manager()

    class Meta:
        permissions = [("review_independently", "Read as the independent reviewer, and give an opinion")]
        constraints = [
            models.CheckConstraint(
                name="yearly_statement_says_all",
                condition=Q(status="statement_announced")
                | Q(did__gt="", worked__gt="", did_not_work__gt="", changes__gt="", version__isnull=False),
            ),
            models.CheckConstraint(
                name="yearly_statement_signed_by_two",
                condition=Q(countersigned_by=None, countersigned_at=None)
                | Q(signed_by__isnull=False, countersigned_by__isnull=False, countersigned_at__isnull=False)
                & ~Q(countersigned_by=F("signed_by")),
            ),
            models.CheckConstraint(
                name="yearly_statement_published_signed",
                condition=~Q(status__in=("statement_published", "statement_reviewed"))
                | Q(countersigned_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def reference(self) -> str:
        return self.code

    @property
    def last_day(self) -> date:
        return date(int(self.code), 12, 31)

    @property
    def opinion_until(self) -> date | None:
        """The last day on which an opinion can be given."""
        return timezone.localdate(self.countersigned_at) + OPINION_WITHIN if self.countersigned_at else None


class StatementOpinion(CoveredModel):
    """What the independent reviewer says about a statement. No one can change or delete it, and the public reads it as it is."""

    statement = models.OneToOneField(YearlyStatement, on_delete=models.PROTECT, related_name="opinion")
    text = models.TextField(help_text="public")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="statement_opinion_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.statement}: opinion"
