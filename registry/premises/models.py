"""Places: where workers work, where they live, and the published lists that name many of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry import names
from registry.codes import new_reference
from registry.fields import PlainCharField
from registry.imports.models import Import
from registry.organisations.models import Organisation
from registry.trail.models.covered import CoveredModel

if TYPE_CHECKING:
    from registry.accounts.models import User


def premises_reference() -> str:
    return new_reference("P")


class Nation(models.TextChoices):
    ENGLAND = "england", _("England")
    SCOTLAND = "scotland", _("Scotland")
    WALES = "wales", _("Wales")
    NORTHERN_IRELAND = "northern_ireland", _("Northern Ireland")
    OTHER = "other", _("Elsewhere")


class PremisesQuerySet(models.QuerySet["Premises"]):
    def listed(self) -> "PremisesQuerySet":
        """Those of published lists: anybody may know of them."""
        return self.filter(organisation=None)

    def visible_to(self, user: "User") -> "PremisesQuerySet":
        """Who sees the files of organisations sees every place in them; other staff see those of published lists."""
        return self.all() if user.has_perm("registry.view_organisations") else self.listed()


class Premises(models.Model):
    """A place: of business, of supply, or where workers are housed.

    Either a published list names it, and it belongs to no file; or an organisation named it, and only its file has it.
    """

    #: Where `registry.search` keeps the names and approval numbers of premises.
    SPACE = "premises"

    reference = models.CharField(max_length=20, unique=True, default=premises_reference, editable=False)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="premises"
    )
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    address = models.JSONField(default=dict, blank=True, help_text="line_1, line_2, town, county, postcode, country")
    nation = models.CharField(max_length=20, choices=Nation, blank=True)
    approval_number = models.CharField(max_length=30, blank=True, help_text="as its list writes it")
    local_authority = models.CharField(max_length=100, blank=True)
    activities = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=40, blank=True, help_text="the list that names it")
    first_listed = models.ForeignKey(Import, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    last_listed = models.ForeignKey(Import, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # For finding: written by `postcode_key` and `place_key`, so that a beginning is a range of an index.
    postcode = PlainCharField(max_length=20, blank=True)
    place = PlainCharField(max_length=100, blank=True)
    area = PlainCharField(max_length=200, blank=True)

    objects = PremisesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "premises"
        constraints = [
            models.UniqueConstraint(
                name="premises_once_in_a_list",
                fields=["source", "approval_number", "name"],
                condition=models.Q(source__gt=""),
            ),
            models.CheckConstraint(
                name="premises_listed_or_in_a_file",
                condition=models.Q(source__gt="", organisation=None, last_listed__isnull=False)
                | models.Q(source="", organisation__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="premises_by_name", fields=["name", "id"]),
            models.Index(name="premises_by_postcode", fields=["postcode", "name", "id"]),
            models.Index(name="premises_by_place", fields=["place", "name", "id"]),
            models.Index(name="premises_by_area", fields=["area", "name", "id"]),
            models.Index(name="premises_by_nation", fields=["nation", "name", "id"]),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def found_by(address: Mapping[str, str]) -> dict[str, str]:
        """The columns by which a place with this address is found."""
        return {
            "nation": nation_of(address.get("country", "")),
            "postcode": postcode_key(address.get("postcode", "")),
            "place": place_key(address.get("town", "")),
        }

    @property
    def index_names(self) -> list[tuple[str, str]]:
        """What the place is found by, as the search index takes it."""
        return [("name", self.name), ("number", self.approval_number)]


class PlaceOfSupply(CoveredModel):
    """An organisation says that it supplies workers to a place, from a day until a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="places_of_supply")
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="supplied_by")
    labour_user = models.CharField(max_length=200, blank=True, help_text="who uses the workers there, as it was said")
    source = models.CharField(max_length=80, help_text="where it was said")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="place_of_supply_once_at_a_time",
                fields=["organisation", "premises", "labour_user"],
                condition=models.Q(until=None),
            ),
            models.CheckConstraint(
                name="place_of_supply_ends_after_it_began",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} at {self.premises}"


def nation_of(country: str) -> str:
    """The nation as the registry keeps it; what is not in the United Kingdom is elsewhere, and what is not said is nowhere."""
    return country if country in Nation.values or not country else Nation.OTHER


def postcode_key(text: str) -> str:
    """Capitals and figures only, so that spaces neither help nor hinder."""
    return "".join(c for c in text.upper() if c.isascii() and c.isalnum())[:20]


def place_key(text: str) -> str:
    """As names are folded: capitals, accents and hyphens do not matter."""
    return names.fold(text)[:100]
