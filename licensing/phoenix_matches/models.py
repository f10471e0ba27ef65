"""Look-alikes: files that may be of the same people under another name, and what an officer has made of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from licensing.phoenix_matches.states import LOOK_ALIKE, LookAlikeStatus
from registry.accounts.models import User
from registry.codes import new_reference
from registry.companies.models import Company
from registry.conflicts.models import Conflict
from registry.fields import true_when
from registry.imports.models import Import
from registry.organisations.models import Organisation
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

#: A signal or a record, as a row keeps it.
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PhoenixFinding:
    """That one file is like another, and why it matters: what they have in common, and what is known of the other."""

    organisation: int
    other: int
    points: int
    is_strong: bool
    signals: tuple[Said, ...]
    records: tuple[Said, ...]


def ids_of(said: tuple[Said, ...] | list[Said]) -> set[str]:
    """By what each is known as the same thing, however much it counts today."""
    return {str(one["id"]) for one in said}


class LookAlikeQuerySet(CoveredQuerySet["LookAlike"]):
    def visible_to(self, user: User) -> "LookAlikeQuerySet":
        """Officers see all; nobody else sees any, least of all who is meant (Data Protection Act 2018, Schedule 2)."""
        return self.open_to(user) if user.has_perm("licensing.view_look_alikes") else self.none()

    def open_to(self, officer: User) -> "LookAlikeQuerySet":
        """All but those of which one of the two is an organisation with which this officer has a conflict of interest."""
        kept = Conflict.objects.organisations_of(officer)
        return self.exclude(organisation__in=kept).exclude(other__in=kept)

    def open(self) -> "LookAlikeQuerySet":
        return self.filter(status=LookAlikeStatus.OPEN)

    def confirmed(self) -> "LookAlikeQuerySet":
        return self.filter(status=LookAlikeStatus.CONFIRMED)

    def newest_first(self) -> "LookAlikeQuerySet":
        return self.order_by("is_over", "-points", "-found_at", "-pk")

    def note_all(self, findings: Iterable[PhoenixFinding], *, at: datetime) -> "list[LookAlike]":
        """Keep what was found, and say of which there is something new."""
        return [fresh for finding in findings if (fresh := self.note(finding, at=at))]

    def note(self, finding: PhoenixFinding, *, at: datetime) -> "LookAlike | None":
        """Keep one thing that was found: a new look-alike, or more of what is known of one that is open. None when there is nothing new.

        Of a pair that was dismissed a new one is opened only when something new speaks for it; it says what.
        """
        pair = self.filter(organisation=finding.organisation, other=finding.other)
        last = pair.order_by("-pk").first()
        if last is None:
            return self._opened(finding, at=at)
        news = finding_ids(finding) - last.ids
        if last.status == LookAlikeStatus.OPEN:
            last.brought_up_to_date(finding, at=at)
            return last if news else None
        if last.status == LookAlikeStatus.DISMISSED and news:
            return self._opened(finding, follows=last, news=sorted(news), at=at)
        return None

    def _opened(self, finding: PhoenixFinding, *, at: datetime, **more: Any) -> "LookAlike":
        return self.create(
            reference=new_reference("Y"),
            organisation_id=finding.organisation,
            other_id=finding.other,
            points=finding.points,
            is_strong=finding.is_strong,
            signals=list(finding.signals),
            records=list(finding.records),
            found_at=at,
            changed_at=at,
            **more,
        )


def finding_ids(finding: PhoenixFinding) -> set[str]:
    return ids_of(finding.signals) | ids_of(finding.records)


class LookAlike(CoveredModel):
    """That an applicant or holder may be somebody else come back: the evidence when it was last looked at, and the verdict.

    Once it is judged the evidence stays as it was judged by.
    """

    lifecycle = LOOK_ALIKE
    # Where a list shows it, in working days.
    age: int

    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="look_alikes")
    other = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="looked_like")
    status = models.CharField(max_length=20, choices=LookAlikeStatus, default=LOOK_ALIKE.first)
    is_over = true_when(~Q(status=LookAlikeStatus.OPEN))
    points = models.PositiveIntegerField()
    is_strong = models.BooleanField(help_text="no licence is granted before it is judged")
    signals = models.JSONField(help_text="what the two files have in common, each with its points and whose it is")
    records = models.JSONField(help_text="what is known of the other: refusals, revocations, a licence")
    news = models.JSONField(default=list, blank=True, help_text="what was not known when it was dismissed before")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="when the evidence last became another")
    dismissal_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who proposed to dismiss strong evidence, for another to agree",
    )
    dismissal_at = models.DateTimeField(null=True, blank=True)
    dismissal_because = models.TextField(blank=True)
    because = models.TextField(blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = LookAlikeQuerySet.as_manager()

    class Meta:
        permissions = [
            ("view_look_alikes", "See which files may be of the same people"),
            ("judge_look_alikes", "Confirm or dismiss that two files are of the same people"),
        ]
        constraints = [
            models.CheckConstraint(name="look_alike_is_another", condition=~Q(organisation=F("other"))),
            models.CheckConstraint(
                name="look_alike_judged_with_reason",
                condition=Q(status="open", closed_by=None, closed_at=None)
                | Q(~Q(status="open"), closed_by__isnull=False, closed_at__isnull=False, because__gt=""),
            ),
            # Strong evidence is dismissed by two (docs/decisions/0116).
            models.CheckConstraint(
                name="look_alike_dismissed_by_two",
                condition=Q(is_strong=False)
                | ~Q(status="dismissed")
                | (Q(dismissal_by__isnull=False) & ~Q(dismissal_by=F("closed_by"))),
            ),
            models.UniqueConstraint(
                name="look_alike_one_open_of_a_pair", fields=["organisation", "other"], condition=Q(status="open")
            ),
        ]
        indexes = [
            models.Index(name="look_alike_of_a_pair", fields=["organisation", "other"]),
            models.Index(name="look_alike_open_first", fields=["is_over", "found_at", "id", "status"]),
            models.Index(name="look_alike_weightiest_first", fields=["is_over", "points", "id"]),
            models.Index(name="look_alike_judged_last", fields=["is_over", "closed_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def ids(self) -> set[str]:
        return ids_of(self.signals) | ids_of(self.records)

    @property
    def told(self) -> dict[str, Any]:
        """What the trail keeps of it: who is like whom, and how much; never of whom the evidence is."""
        return {"organisation": self.organisation, "other": self.other, "points": self.points, "strong": self.is_strong}

    @property
    def waits_for_second(self) -> bool:
        """Whether one officer has proposed to dismiss it, and another must agree."""
        return self.dismissal_by_id is not None

    @property
    def waits_for_first(self) -> bool:
        return self.dismissal_by_id is None

    def without_proposal(self) -> dict[str, Any]:
        """What its columns are when nobody has proposed to dismiss it."""
        return {"dismissal_by": None, "dismissal_at": None, "dismissal_because": ""}

    def brought_up_to_date(self, finding: PhoenixFinding, *, at: datetime) -> None:
        """The evidence as it is now."""
        said = {
            "points": finding.points,
            "is_strong": finding.is_strong,
            "signals": list(finding.signals),
            "records": list(finding.records),
        }
        if any(getattr(self, name) != value for name, value in said.items()):
            # The person who proposed to dismiss it did not know of this.
            now = {**said, "changed_at": at, **self.without_proposal()}
            for name, value in now.items():
                setattr(self, name, value)
            self.save(update_fields=list(now))


class LookQuerySet(models.QuerySet["Look"]):
    def note(self, organisations: Iterable[Organisation], *, at: datetime) -> None:
        """These have been looked at, by the newest edition of the companies register."""
        newest = Import.objects.filter(source=Company.SOURCE).exclude(finished_at=None)
        edition = newest.order_by("-finished_at", "-pk").first()
        self.bulk_create(
            [Look(organisation=one, at=at, edition=edition) for one in organisations],
            update_conflicts=True,
            unique_fields=["organisation"],
            update_fields=["at", "edition"],
        )


class Look(models.Model):
    """When look-alikes of an organisation were last looked for, and by which edition of the companies register."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="look")
    at = models.DateTimeField()
    edition = models.ForeignKey(Import, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = LookQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="look_by_day", fields=["at", "organisation"])]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.at:%Y-%m-%d}"
