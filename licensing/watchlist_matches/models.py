"""That someone of a licence holder may be on a list that was read, and what an officer has made of it."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q

from licensing.findings.models import officer_of_licence
from licensing.watchlist_matches.states import SEES, WATCHLIST_MATCH, WatchlistMatchStatus
from registry import names
from registry.accounts.models import User
from registry.codes import new_reference
from registry.conflicts.models import Conflict
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.watchlists.models import ListedParty


class FoundBy(models.TextChoices):
    COMPANY_NUMBER = "company_number"
    DATE_OF_BIRTH = "date_of_birth"


def key_of(who: str, listed: ListedParty) -> str:
    """The same for the same name and the same entry in every edition of its list: what was judged is not found again."""
    said = (
        names.fold(who),
        listed.edition.source,
        listed.reference,
        names.fold(listed.name),
        f"{listed.date_of_birth}",
        listed.company_number,
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


class WatchlistMatchQuerySet(CoveredQuerySet["WatchlistMatch"]):
    def visible_to(self, user: User) -> "WatchlistMatchQuerySet":
        """Officers see all but those of an organisation they have a conflict of interest with; no one else sees any."""
        if not user.has_perm(SEES):
            return self.none()
        return self.exclude(organisation__in=Conflict.objects.organisations_of(user))

    def adverse(self) -> "WatchlistMatchQuerySet":
        """Confirmed, whatever followed."""
        return self.filter(status__in=[WatchlistMatchStatus.CONFIRMED, WatchlistMatchStatus.CONSIDERED])


class WatchlistMatch(CoveredModel):
    """One entry of a list that may mean someone of a licence holder, as the list had it when it was found.

    Nothing follows from it until an officer confirms it, and no licence changes without a decision.
    """

    lifecycle = WATCHLIST_MATCH

    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="watchlist_matches")
    status = models.CharField(max_length=20, choices=WatchlistMatchStatus, default=WATCHLIST_MATCH.first)
    key = models.CharField(max_length=64, help_text="digest of the name and the entry: found once")
    who = models.CharField(max_length=300, help_text="of the licence holder")
    listed_name = models.CharField(max_length=200)
    list_title = models.CharField(max_length=200)
    listed_reference = models.CharField(max_length=100, blank=True, help_text="by which the list knows the entry")
    listed_from = models.DateField(null=True, blank=True)
    list_says = models.CharField(max_length=200, blank=True, help_text="what the entry says of why and from where")
    edition_on = models.DateField(null=True, blank=True, help_text="the day of the edition that had it")
    found_by = models.CharField(max_length=20, choices=FoundBy)
    score = models.PositiveIntegerField(help_text="how alike the names are, of 100")
    found_at = models.DateTimeField()
    judged_because = models.TextField(blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    follows = models.TextField(blank=True, help_text="what follows from it, or why nothing does")
    considered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    considered_at = models.DateTimeField(null=True, blank=True)

    objects = WatchlistMatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watchlist matches"
        constraints = [
            models.UniqueConstraint(name="watchlist_match_found_once", fields=["organisation", "key"]),
            models.CheckConstraint(
                name="watchlist_match_judged_with_reason",
                condition=Q(status="match_found", closed_by=None)
                | Q(~Q(status="match_found"), closed_by__isnull=False, judged_because__gt=""),
            ),
            models.CheckConstraint(
                name="watchlist_match_considered_with_reason",
                condition=~Q(status="match_considered") | Q(considered_by__isnull=False, follows__gt=""),
            ),
        ]
        indexes = [models.Index(name="watchlist_match_by_status", fields=["status", "found_at"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def licence(self) -> Licence | None:
        """The newest licence of the holder."""
        return Licence.objects.filter(organisation=self.organisation).order_by("-pk").first()

    @property
    def scheme(self) -> str:
        return self.licence.scheme if self.licence else ""

    @property
    def case_officer(self) -> User | None:
        return officer_of_licence(self.licence) if self.licence else None


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def note(self, organisations: Iterable[Organisation], *, at: datetime) -> None:
        self.bulk_create(
            [Screening(organisation=one, at=at) for one in organisations],
            update_conflicts=True,
            unique_fields=["organisation"],
            update_fields=["at"],
        )


class Screening(models.Model):
    """When a licence holder was last compared with the lists."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="screening")
    at = models.DateTimeField()

    objects = ScreeningQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.organisation}, {self.at:%Y-%m-%d}"


def new_match_reference() -> str:
    return new_reference("WM")
