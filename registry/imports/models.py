"""Places: where workers work, where they live, and the published lists that name many of them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db import models

from registry.codes import new_reference

if TYPE_CHECKING:
    pass


# How many of the rows with something to say about them an import keeps itself; all are said while it runs.
MOST_REPORTED = 200


def import_reference() -> str:
    return new_reference("I")


class RefusedLine(NamedTuple):
    """A line of a file that was not taken as it stands, and why."""

    line: int
    reason: str


class ImportQuerySet(models.QuerySet["Import"]):
    def unfinished(self) -> "ImportQuerySet":
        """Being read, or cut off and not yet taken up again."""
        return self.filter(finished_at=None, given_up_at=None)


class Import(models.Model):
    """A file read into the registry: which, by whom, how far, and what came of its rows."""

    reference = models.CharField(max_length=20, unique=True, default=import_reference, editable=False)
    source = models.CharField(max_length=40, help_text="code of the list that the file is an edition of")
    licence = models.CharField(max_length=300, help_text="on what terms the list may be used, and whom to name")
    file = models.CharField(max_length=200, help_text="name of the file, without its folder")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    title = models.CharField(max_length=200, blank=True, help_text="of the list, as people read it")
    edition_on = models.DateField(null=True, blank=True, help_text="the day as of which the list says it is true")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True, help_text="cut off, and another file was read instead")
    read = models.PositiveIntegerField(default=0, help_text="rows read so far")
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0, help_text="rows that say again what an earlier row said")
    refused = models.PositiveIntegerField(default=0, help_text="rows that could not be used")
    reported = models.JSONField(default=list, blank=True, help_text="line and reason of the first rows reported")

    objects = ImportQuerySet.as_manager()

    class Meta:
        permissions = [("import_lists", "Read a published list into the registry")]
        constraints = [
            models.UniqueConstraint(
                name="import_one_unfinished_of_a_list",
                fields=["source"],
                condition=models.Q(finished_at=None, given_up_at=None),
            ),
            models.CheckConstraint(
                name="import_accounts_for_every_row",
                condition=models.Q(
                    read=models.F("added")
                    + models.F("changed")
                    + models.F("unchanged")
                    + models.F("repeated")
                    + models.F("refused")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file} ({self.reference})"

    def count(self, rows: int, counts: Mapping[str, int], reported: Sequence[RefusedLine]) -> list[str]:
        """Add to what has been read, and say which columns that changed."""
        self.read += rows
        for name, count in counts.items():
            setattr(self, name, getattr(self, name) + count)
        room = MOST_REPORTED - len(self.reported)
        self.reported += [[one.line, one.reason] for one in reported[: max(room, 0)]]
        return ["read", "reported", *counts]
