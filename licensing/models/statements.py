"""What the bank says: statements as they were read, and each line of them that brought money."""

from django.db import models
from django.db.models import Q

from registry.accounts.models import User


class Statement(models.Model):
    """A bank statement as it was uploaded. Nothing comes of it until somebody has looked at it and taken it up."""

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200, help_text="of the file")
    digest = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of the file: the same file is one statement"
    )
    rows = models.JSONField(default=list, help_text="the cells as they are written, the heading first")
    columns = models.JSONField(default=dict, help_text="which column says what, as it was taken up")
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    taken_up_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.reference


class StatementLineQuerySet(models.QuerySet["StatementLine"]):
    def waiting(self) -> "StatementLineQuerySet":
        """Money that is nobody's yet."""
        return self.filter(payment=None, set_aside_at=None)


class StatementLine(models.Model):
    """Money that arrived. It belongs to a payment, has been set aside with a reason, or waits for somebody to say whose it is."""

    reference = models.CharField(max_length=20, unique=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    # A later statement may tell of the same day again.
    key = models.CharField(
        max_length=64, unique=True, help_text="digest of what the line says: the same money is one line"
    )
    received_on = models.DateField()
    description = models.CharField(max_length=300, blank=True)
    bank_reference = models.CharField(max_length=100, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    set_aside_because = models.CharField(max_length=500, blank=True)
    set_aside_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField(null=True, blank=True)

    objects = StatementLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="statement_line_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="statement_line_set_aside_has_reason",
                condition=Q(set_aside_at=None, set_aside_by=None, set_aside_because="")
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False, set_aside_because__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
