"""Trainings: the list, the kinds of the packs, who can be trained, and the table of the public statistics."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from compliance.training.filters import TrainingFilter
from compliance.training.models import Training
from registry import schemes
from registry.accounts.models import User
from registry.editions.queries import declaring
from registry.editions.tables import CountedThing, Dimension, ReleaseTable
from registry.schemes import TrainingKind, said


def trainings(params: Mapping[str, Any], *, by: User) -> TrainingFilter:
    rows = Training.objects.visible_to(by).select_related("person", "recorded_by")
    return TrainingFilter(params, queryset=rows)


def kinds_on(day: date) -> dict[str, TrainingKind]:
    """Those of every scheme that has begun by this day."""
    return {kind.code: kind for scheme in reversed(schemes.all_in_force(day)) for kind in scheme.tasks.training}


def title_of(training: Training, on: date) -> str:
    kind = kinds_on(on).get(training.kind)
    return said(kind.title, get_language()) if kind else training.kind


def kind_choices(day: date) -> list[tuple[str, str]]:
    return [(code, said(kind.title, get_language())) for code, kind in kinds_on(day).items()]


def staff() -> "QuerySet[User]":
    """Those of the authority, without people of other authorities."""
    return User.objects.who_may("registry.work_for_authority").filter(agency=None).order_by("name", "email")


def earlier_of(training: Training) -> "QuerySet[Training]":
    """What this one repeats."""
    same = Training.objects.filter(person=training.person, kind=training.kind, status="training_recorded")
    return same.filter(on__lt=training.on).order_by("pk")


def later_of(training: Training) -> "QuerySet[Training]":
    """By what this one, recorded late, was repeated already."""
    same = Training.objects.counted().filter(person=training.person, kind=training.kind)
    return same.filter(on__gt=training.on).order_by("pk")


def tables(last_day: date) -> Iterator[ReleaseTable]:
    """The share of visits that were made by an inspector whose training was valid that day, by kind."""
    quarter, kinds = declaring.quarter_dimension(_("Quarter"), last_day), kinds_on(last_day)
    if not kinds:
        return
    visits = Inspection.objects.confirmed().filter(visited_on__isnull=False)
    training = Dimension(
        "training",
        declaring.in_languages(_("Training")),
        {code: declaring.said_in_languages(one.title) for code, one in kinds.items()},
    )
    every = declaring.count_instants(visits, "confirmed_at", last_day)
    made: declaring.Counts = Counter({(key[0], code): number for key, number in every.items() for code in kinds})
    trained: declaring.Counts = Counter()
    for code in kinds:
        valid = Training.objects.counted().filter(
            kind=code,
            person=OuterRef("inspector"),
            on__lte=OuterRef("visited_on"),
            valid_until__gte=OuterRef("visited_on"),
        )
        for key, number in declaring.count_instants(visits.filter(Exists(valid)), "confirmed_at", last_day).items():
            trained[key[0], code] = number
    titles = declaring.measures(visits=_("Visits"), trained=_("By an inspector whose training was valid"))
    yield declaring.release_table(
        "training",
        CountedThing.VISITS,
        title=_("Training of inspectors"),
        about=_(
            "Visits, and how many of them were made by an inspector with a valid training of this kind. By the day on "
            "which the report was confirmed."
        ),
        dimensions=(quarter, training),
        measures=titles,
        unit="visits",
        rows=declaring.rows_of((quarter, training), made, trained),
    )
