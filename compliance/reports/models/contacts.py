"""How a reporter may be reached, sealed, and the digests by which a name, a number or an address is found in a text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.trail.models.covered import CoveredModel


class ReportContact(CoveredModel):
    """How the reporter may be reached, sealed: `compliance.vault` opens it for those who give a reason."""

    report = models.OneToOneField("Report", on_delete=models.CASCADE, related_name="sealed_contact")
    sealed = models.TextField()

    def __str__(self) -> str:
        return f"sealed contact of {self.report}"


class ReporterMarkKind(models.TextChoices):
    NAME = "name", _("Name")
    NUMBER = "number", _("Telephone number")
    EMAIL = "email", _("Email address")


class ReporterMark(models.Model):
    """A keyed digest of a part of a reporter's name, of a number or an address: it goes with the sealed contact."""

    contact = models.ForeignKey(ReportContact, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10, choices=ReporterMarkKind)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="reporter_mark_once", fields=["contact", "kind", "digest"])]
        indexes = [models.Index(name="reporter_mark_digest", fields=["digest"])]

    def __str__(self) -> str:
        return f"mark of {self.contact}"
