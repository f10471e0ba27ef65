"""Other authorities: how each is asked, which checks it answers, and who answers for it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class AgencyChannel(models.TextChoices):
    """How another authority is asked, and answers."""

    ACCOUNT = "account", _("Its own people sign in and answer here")
    FILE = "file", _("It takes files of requests, and sends files of replies")
    POST = "post", _("By letter; an officer writes down what it replies")


class AgencyKind(models.TextChoices):
    """What kind of body it is: not all to whom something is passed on answer checks."""

    AUTHORITY = "authority", _("Government department or agency")
    POLICE = "police", _("Police force")
    REGULATOR = "regulator", _("Regulator of health and safety, or another regulator")
    COUNCIL = "council", _("Council")
    UNION = "union", _("Trade union")
    CHARITY = "charity", _("Charity or other organisation")


class AgencyQuerySet(CoveredQuerySet["Agency"]):
    def asked_now(self) -> "AgencyQuerySet":
        """Those that can be asked: all but those that were closed."""
        return self.filter(closed_at=None)

    def answering(self, scheme: str, code: str) -> "AgencyQuerySet":
        """Those that answer this check of this scheme, by name."""
        return self.asked_now().filter(remits__scheme=scheme, remits__code=code).order_by("name")


class Agency(CoveredModel):
    """Another authority, of which checks are asked. What it may be told, and its restrictions, are the pack's."""

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=15, choices=AgencyKind, default=AgencyKind.AUTHORITY)
    way = models.CharField(max_length=10, choices=AgencyChannel)
    email = models.EmailField(blank=True, help_text="where it is told that something waits; never what")
    address = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    basis = models.TextField(help_text="under which power or agreement information is shared with it")
    public_key = models.CharField(
        max_length=43, blank=True, help_text="with which its files are signed: Ed25519, in base64url"
    )
    guarded_as = models.CharField(
        max_length=60,
        blank=True,
        help_text="code of the guarded kind (reports.toml) that it was found to be of; it stays once it is there",
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"
        permissions = [("manage_agencies", "Say which other authorities are asked, and how")]
        constraints = [
            models.CheckConstraint(name="agency_can_be_written_to", condition=Q(email__gt="") | ~Q(address={})),
            models.CheckConstraint(name="agency_says_on_what_basis", condition=Q(basis__gt="")),
        ]

    def __str__(self) -> str:
        return self.name


class Remit(CoveredModel):
    """One check of one scheme that an agency answers."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="remits")
    scheme = models.CharField(max_length=60)
    code = models.CharField(max_length=60, help_text="of the check in the pack")

    class Meta:
        constraints = [models.UniqueConstraint(name="remit_once_an_agency", fields=["agency", "scheme", "code"])]

    def __str__(self) -> str:
        return f"{self.scheme}/{self.code}"
