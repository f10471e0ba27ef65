"""Organisations, the people behind them and their roles, and what organisations have stated."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.codes import new_reference
from registry.conflicts.models import Conflict
from registry.memberships.models import Membership
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class LegalStatus(models.TextChoices):
    SOLE_TRADER = "sole_trader", _("Sole trader")
    COMPANY = "company", _("Registered company")
    PARTNERSHIP = "partnership", _("Partnership")
    UNINCORPORATED = "unincorporated", _("Unincorporated association")
    OTHER = "other", _("Other")


def organisation_reference() -> str:
    return new_reference("O")


class OrganisationQuerySet(CoveredQuerySet["Organisation"]):
    def visible_to(self, user: "User") -> "OrganisationQuerySet":
        """Staff with the right see all but those with which they have a conflict of interest; others, those that they act for."""
        if user.has_perm("registry.view_organisations"):
            return self.exclude(pk__in=Conflict.objects.organisations_of(user))
        return self.acted_for_by(user)

    def acted_for_by(self, user: "User") -> "OrganisationQuerySet":
        """Those that this user acts for now: the one way in which anybody's own things are found.

        It asks the clock itself: an agent's consent may have ended since the last request, and a right that nobody
        looks at is no right. What was done at `at`, an action judges by `permissions.act_blockers`.
        """
        acting = Membership.objects.filter(user=user).acting(timezone.localdate())
        return self.filter(pk__in=acting.values("organisation"))


class Organisation(CoveredModel):
    """A legal entity that applies or holds: a licence belongs to it and to no other."""

    reference = models.CharField(max_length=20, unique=True, default=organisation_reference, editable=False)
    legal_name = models.CharField(max_length=200)
    trading_names = models.JSONField(default=list, blank=True)
    former_names = models.JSONField(default=list, blank=True)
    legal_status = models.CharField(max_length=20, choices=LegalStatus, blank=True)
    company_number = models.CharField(max_length=8, blank=True)
    utr = models.CharField(max_length=10, blank=True)
    vat_number = models.CharField(max_length=12, blank=True)
    paye_references = models.JSONField(default=list, blank=True)
    address = models.JSONField(default=dict, blank=True, help_text="line_1, line_2, town, county, postcode, country")
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    website = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    created_at = models.DateTimeField()

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        permissions = [("view_organisations", "See every organisation's file")]
        indexes = [
            models.Index(name="organisation_by_company_no", fields=["company_number"]),
            models.Index(name="organisation_by_name", fields=["legal_name", "id"]),
        ]

    def __str__(self) -> str:
        return self.legal_name

    @property
    def names(self) -> list[str]:
        return [self.legal_name, *self.trading_names, *self.former_names]


class Person(CoveredModel):
    """Somebody whom a licence names or who stands behind an organisation. Private: never copied to the public entries as is."""

    reference = models.CharField(max_length=20, unique=True, editable=False)
    full_name = models.CharField(max_length=200)
    former_name = models.CharField(max_length=200, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    nationality = models.CharField(max_length=60, blank=True)
    nino = models.CharField(max_length=9, blank=True)
    address = models.JSONField(default=dict, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)

    #: What is forgotten in time, and what then stands instead of it; the name stays, with the roles.
    PRIVATE: ClassVar[Mapping[str, Any]] = {
        "former_name": "",
        "date_of_birth": None,
        "nationality": "",
        "nino": "",
        "address": {},
        "telephone": "",
        "email": "",
    }
    PERSONAL: ClassVar[tuple[str, ...]] = ("full_name", *PRIVATE)

    class Meta:
        indexes = [
            models.Index(name="person_born_on", fields=["date_of_birth"]),
            models.Index(name="person_by_nino", fields=["nino"]),
        ]

    def __str__(self) -> str:
        return self.full_name


class RoleKind(models.TextChoices):
    PRINCIPAL_AUTHORITY = "principal_authority", _("Principal authority")
    ALTERNATIVE_REPRESENTATIVE = "alternative_representative", _("Alternative business representative")
    DIRECTOR = "director", _("Director")
    SECRETARY = "secretary", _("Company secretary")
    PARTNER = "partner", _("Partner")
    NAMED_INDIVIDUAL = "named_individual", _("Named individual")
    NAMED_POSITION = "named_position", _("Named position")
    CONTROLLER = "controller", _("Person with control")


class RoleQuerySet(CoveredQuerySet["Role"]):
    def held_on(self, day: date) -> "RoleQuerySet":
        return self.filter(since__lte=day).filter(models.Q(until=None) | models.Q(until__gt=day))


class Role(CoveredModel):
    """What a person is, or a position does, for an organisation, from a day until a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=30, choices=RoleKind)
    title = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_has_person_or_title", condition=models.Q(person__isnull=False) | models.Q(title__gt="")
            ),
            models.CheckConstraint(
                name="role_ends_after_it_began", condition=models.Q(until=None) | models.Q(until__gte=models.F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.title}, {self.get_kind_display()}"


class FactQuerySet(CoveredQuerySet["Fact"]):
    def latest_of(self, organisation: Organisation) -> dict[str, object]:
        """The last value written down for each key that bears no restriction: plain values, for conditions in a pack."""
        return {
            fact.key: fact.value for fact in self.filter(organisation=organisation, handling={}).order_by("at", "id")
        }


class Fact(CoveredModel):
    """Something known about an organisation or a person: where it came from, since when it holds, and how it may be handled."""

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="facts"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="facts")
    key = models.CharField(max_length=60)
    value = models.JSONField()
    source = models.CharField(max_length=80)
    since = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    handling = models.JSONField(default=dict, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fact_is_of_one_subject",
                condition=models.Q(organisation__isnull=False, person__isnull=True)
                | models.Q(organisation__isnull=True, person__isnull=False),
            )
        ]
        indexes = [models.Index(name="fact_of_an_organisation", fields=["organisation", "key", "at"])]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"
