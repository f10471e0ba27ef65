"""The snapshot of the companies register: what a published monthly file says of each company, edition by edition."""

from django.db import models

from registry.fields import PlainCharField
from registry.imports.models import Import
from registry.organisations.models import RoleKind


def _newest_edition(source: str) -> models.Subquery:
    """The edition in use: none that is being read, and none that is being cleared away.

    It is worked out first: SQLite would else read the whole table for one number.
    """
    finished = Import.objects.filter(source=source).exclude(finished_at=None)
    return models.Subquery(finished.order_by("-finished_at", "-pk").values("pk")[:1])


class CompanyQuerySet(models.QuerySet["Company"]):
    def of_newest_edition(self) -> "CompanyQuerySet":
        return self.filter(edition=_newest_edition(Company.SOURCE))


class Company(models.Model):
    """A company as one edition of the snapshot has it. Nothing but finding one by its number is asked of this table."""

    #: The list of which every snapshot is an edition.
    SOURCE = "companies"

    # The key of the table is all that is looked up, so nothing else is indexed: five million rows are written anew each month.
    pk = models.CompositePrimaryKey("edition", "number")
    edition = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="companies", db_index=False)
    number = PlainCharField(max_length=8)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=100, blank=True, help_text="as the companies register says it")
    incorporated_on = models.DateField(null=True, blank=True)
    address = models.JSONField(default=dict, blank=True, help_text="line_1, line_2, town, county, postcode, country")
    previous_names = models.JSONField(default=list, blank=True, help_text="each name with the day on which it ended")
    activities = models.JSONField(default=list, blank=True, help_text="codes and words of the trades it gives")
    gone_since = models.DateField(
        null=True, blank=True, help_text="the first edition that does not name it any more: presumed dissolved"
    )

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    @property
    def is_active(self) -> bool:
        """Whether the register has nothing to say against it: neither gone, nor being wound up or struck off."""
        return self.gone_since is None and self.status.casefold() == "active"


class CompanyPersonQuerySet(models.QuerySet["CompanyPerson"]):
    def of_newest_edition(self) -> "CompanyPersonQuerySet":
        return self.filter(edition=_newest_edition(CompanyPerson.SOURCE))


class CompanyPerson(models.Model):
    """A person who is an officer of a company, or controls it, as one edition of the companies register has it."""

    #: The list of which every file of officers and owners is an edition.
    SOURCE = "company-people"

    edition = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="company_people", db_index=False)
    number = PlainCharField(max_length=8)
    name = models.CharField(max_length=200, help_text="first names first")
    kind = models.CharField(max_length=30, choices=RoleKind)
    since = models.DateField(null=True, blank=True)

    objects = CompanyPersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "company people"
        indexes = [models.Index("edition", "number", name="company_people_of_a_company")]

    def __str__(self) -> str:
        return self.name
