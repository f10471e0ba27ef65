"""Lists to check against: whom published lists of disqualified directors, insolvencies or sanctions name."""

from django.db import models
from django.db.models import Q

from registry.fields import PlainCharField
from registry.imports.models import Import


class ListedPartyQuerySet(models.QuerySet["ListedParty"]):
    def of_newest_editions(self) -> "ListedPartyQuerySet":
        """Of each list what its newest edition names; nothing of an edition that is being read or cleared away."""
        return self.filter(edition__in=[edition.pk for edition in newest_lists()])


def newest_lists() -> "list[Import]":
    """The newest edition of each list that was read to its end, by the title of the list."""
    newest: dict[str, Import] = {}
    finished = Import.objects.filter(source__startswith=ListedParty.SOURCE).exclude(finished_at=None)
    for edition in finished.order_by("finished_at", "pk"):
        newest[edition.source] = edition
    return sorted(newest.values(), key=lambda edition: (edition.title, edition.source))


class ListedParty(models.Model):
    """Somebody or something that one edition of a list names, found by date of birth or by company number."""

    #: How the source of every such list begins.
    SOURCE = "list:"

    pk = models.CompositePrimaryKey("edition", "line")
    edition = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="listed_parties", db_index=False)
    line = models.PositiveIntegerField(help_text="of the file")
    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    company_number = PlainCharField(max_length=8, blank=True)
    reference = models.CharField(max_length=100, blank=True, help_text="by which the list knows it")
    listed_from = models.DateField(null=True, blank=True)
    listed_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="what the row says of where it comes from")

    objects = ListedPartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "listed parties"
        constraints = [
            models.CheckConstraint(
                name="listed_party_can_be_found", condition=Q(date_of_birth__isnull=False) | Q(company_number__gt="")
            )
        ]
        indexes = [
            models.Index(
                name="listed_party_born_on", fields=["date_of_birth"], condition=Q(date_of_birth__isnull=False)
            ),
            models.Index(name="listed_party_company", fields=["company_number"], condition=Q(company_number__gt="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})" if self.reference else self.name

    @property
    def names(self) -> list[str]:
        return [self.name, *self.aliases]
