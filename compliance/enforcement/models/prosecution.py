"""What goes to the prosecutor: every piece of material sorted, and the file in its versions."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import UnlicensedCase
from registry.trail.models.covered import CoveredModel

if TYPE_CHECKING:
    from registry.accounts.models import User  # noqa: F401


class MaterialKind(models.TextChoices):
    """What a piece is. What tells who told, or what workers said in confidence, is always sensitive."""

    EXHIBIT = "exhibit", _("Exhibit")
    REPORT = "report", _("Report of an inspection")
    LETTER = "letter", _("Letter to the labour user")
    TOLD = "told", _("What a person reported")
    INTELLIGENCE = "intelligence", _("Intelligence")
    INTERVIEW = "interview", _("Interview with a worker")
    OTHER = "other", _("Something else")


#: Never described in a file, whoever sorts it.
ALWAYS_SENSITIVE = (MaterialKind.TOLD, MaterialKind.INTELLIGENCE, MaterialKind.INTERVIEW)


class Use(models.TextChoices):
    """As what a piece goes to the prosecutor (Criminal Procedure and Investigations Act 1996, and its code of practice)."""

    EVIDENCE = "evidence", _("Evidence that is relied on")
    UNUSED = "unused", _("Unused, not sensitive: listed with its description")
    SENSITIVE = "sensitive", _("Unused and sensitive: listed without its description")


class WhySensitive(models.TextChoices):
    """A closed list: a reason in words could say what may not be said."""

    SOURCE = "source", _("Could tell who told us")
    WORKER = "worker", _("What a worker said in confidence")
    SAFETY = "safety", _("A person’s safety")
    METHODS = "methods", _("How we find things out")
    OTHERS = "others", _("Belongs to another authority")


class CaseMaterial(CoveredModel):
    """One piece of material of a case, and as what it goes to the prosecutor. Sorted anew, it is written over; the trail keeps how."""

    case = models.ForeignKey(UnlicensedCase, on_delete=models.PROTECT, related_name="material")
    kind = models.CharField(max_length=20, choices=MaterialKind)
    code = models.CharField(max_length=60, help_text="its reference; of something else, a number")
    description = models.TextField(blank=True)
    kept_at = models.CharField(max_length=200, blank=True, help_text="of something else: where it is")
    use = models.CharField(max_length=10, choices=Use)
    why_sensitive = models.CharField(max_length=10, choices=WhySensitive, blank=True)
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="case_material_once", fields=["case", "kind", "code"]),
            models.CheckConstraint(
                name="case_material_of_sources_is_sensitive",
                condition=~Q(kind__in=["told", "intelligence", "interview"]) | Q(use="sensitive"),
            ),
            models.CheckConstraint(
                name="case_material_sensitive_says_why",
                condition=Q(use="sensitive", why_sensitive__gt="", description="")
                | (~Q(use="sensitive") & Q(why_sensitive="", description__gt="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.kind} {self.code}"


class ProsecutorFile(CoveredModel):
    """The file as it was put together, each time: plain JSON with its digest. It never changes; another person reads it once."""

    case = models.ForeignKey(UnlicensedCase, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    read_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    handed_to = models.CharField(max_length=200, blank=True)
    handed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="prosecutor_file_number_once", fields=["case", "number"]),
            models.CheckConstraint(
                name="prosecutor_file_read_by_another",
                condition=Q(read_by=None, read_at=None)
                | (Q(read_by__isnull=False, read_at__isnull=False) & ~Q(read_by=F("made_by"))),
            ),
            models.CheckConstraint(
                name="prosecutor_file_handed_once_read",
                condition=Q(handed_to="", handed_on=None)
                | Q(handed_to__gt="", handed_on__isnull=False, read_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.number}"
