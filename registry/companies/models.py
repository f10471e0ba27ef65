"""The snapshot of the companies register: what a published monthly file says of each company, edition by edition."""

from django.db import models

from registry.fields import PlainCharField
from registry.imports.models import Import


class CompanyQuerySet(models.QuerySet["Company"]):
    def of_newest_edition(self) -> "CompanyQuerySet":
        """None of an edition that is being read, and none of one that is being cleared away.

        The edition is worked out first: SQLite would else read the whole table for one number.
        """
        finished = Import.objects.filter(source=Company.SOURCE).exclude(finished_at=None)
        newest = finished.order_by("-finished_at", "-pk").values("pk")[:1]
        return self.filter(edition=models.Subquery(newest))


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
