"""What is held for long enough, what keeps it all the same, and what was erased."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from registry import reading, schemes, signing
from registry.organisations.models import Organisation
from registry.reading.models import Consultation
from registry.retention.models import Erasure, Hold, ReadingSeal
from registry.schemes import RetentionRule
from registry.trail.models.events import Event, reference_of

M = TypeVar("M", bound=models.Model)
READINGS = "consultations"


@dataclass(frozen=True, slots=True)
class DueErasure:
    """Something that is to be erased, and the line of the scheme's table that says so. `subject`: a row, or a day of rows."""

    rule: str
    kind: str
    reference: str
    subject: Any


@dataclass(frozen=True, slots=True)
class ErasedPart:
    """That a part of a thing was erased: when, and by which line of the table."""

    at: datetime
    title: str


# --- periods ---


def ends_before(rule: str, today: date) -> datetime | None:
    """What ended before this instant is not held any more today, by the longest of the rules of all schemes in force.

    None where one of them keeps it for good or says nothing.
    """
    rules = [scheme.retained(rule) for scheme in schemes.all_in_force(today)]
    days = [one.ends_before(today) if one else None for one in rules]
    if not days or None in days:
        return None
    return midnight(min(day for day in days if day is not None))


def listed_days(rule: str, today: date) -> int | None:
    """For how many days what is due by this rule is listed before two people let it be erased, by the longest of all schemes in force.

    None where it is erased without them.
    """
    rules = [scheme.retained(rule) for scheme in schemes.all_in_force(today)]
    return max((one.listed_days for one in rules if one and one.listed_days), default=None)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def rule_called(code: str) -> RetentionRule | None:
    """The newest line of this code in any scheme."""
    for name in schemes.names():
        if found := schemes.get(name, schemes.versions(name)[-1]).retained(code):
            return found
    return None


# --- what keeps things ---


@cache
def _keepers() -> tuple[Any, ...]:
    paths = (path for config in apps.get_app_configs() for path in getattr(config, "keeps_organisations", ()))
    return tuple(import_string(path) for path in paths)


def organisations_kept() -> "list[QuerySet[Any, Any]]":
    """The keys of the organisations of which nothing is erased: a hold, or business that each app says is still open."""
    held: QuerySet[Any, Any] = Hold.objects.in_force().values("organisation")
    return [held, *(keys for keeper in _keepers() for keys in keeper())]


def is_kept(organisations: "QuerySet[Organisation]") -> bool:
    """Whether of any of these nothing is erased."""
    return any(organisations.filter(pk__in=keys).exists() for keys in organisations_kept())


def without_kept(rows: "QuerySet[M]", *paths: str) -> "QuerySet[M]":
    """Those rows of which no organisation, by any of these paths, is kept."""
    model = rows.model
    for path in paths:
        for keys in organisations_kept():
            rows = rows.exclude(pk__in=model._default_manager.filter(**{f"{path}__in": keys}).values("pk"))
    return rows


def not_erased(rows: "QuerySet[M]", rule: str) -> "QuerySet[M]":
    """Those that were not erased yet by the rule."""
    done = Erasure.objects.filter(kind=rows.model._meta.model_name, rule=rule, reference=OuterRef("reference"))
    return rows.filter(~Exists(done))


# --- the record of who read what ---


def readings_due(today: date) -> Iterator[DueErasure]:
    """The days of which the readings were kept for long enough, oldest first; whole days of UTC."""
    before = ends_before(READINGS, today)
    if before is None:
        return
    for day in _days_with_readings(before):
        if readings_of(day).exists():
            yield DueErasure(READINGS, "consultation", day.isoformat(), day)


def _days_with_readings(before: datetime) -> "list[date]":
    last = before.astimezone(UTC).date()
    end = datetime.combine(last, time.min, tzinfo=UTC)
    days = Consultation.objects.filter(at__lt=end).annotate(day=TruncDate("at", tzinfo=UTC))
    return list(days.order_by("day").values_list("day", flat=True).distinct())


def readings_of(day: date) -> "QuerySet[Consultation]":
    """The readings of one day that may be erased: of what belongs to an organisation with a hold, none."""
    start = datetime.combine(day, time.min, tzinfo=UTC)
    rows = Consultation.objects.filter(at__gte=start, at__lt=datetime.combine(day, time.max, tzinfo=UTC))
    held = Hold.objects.in_force().values_list("organisation", flat=True)
    for organisation in Organisation.objects.filter(pk__in=held):
        for references in _references_of(organisation):
            rows = rows.exclude(reference__in=references).exclude(within__in=references)
    return rows.order_by("pk")


def _references_of(organisation: Organisation) -> "Iterator[QuerySet[Any, Any]]":
    """What the things of an organisation that can be read are called, by kind."""
    for subject in reading.subjects():
        path = _path_to_organisation(subject)
        if path:
            rows = subject.rows._default_manager.filter(**{path: organisation.pk})
            yield rows.annotate(called=Cast(subject.field, CharField())).values("called")


def _path_to_organisation(subject: reading.ReadSubject) -> str:
    if subject.rows is Organisation:
        return "pk"
    if subject.organisation:
        return subject.organisation
    names = {field.name for field in subject.rows._meta.get_fields()}
    return "organisation" if "organisation" in names else ""


#: What a seal is about, of each reading.
SEALED = ("pk", "at", "by__reference", "roles", "kind", "reference", "within", "way", "address", "verb", "event")
#: A reading is sealed once no one can still be writing one with a lower number.
SEALED_AFTER = timedelta(minutes=10)
SEALED_EVERY = timedelta(hours=1)


def readings_to_seal(at: datetime, *, most: int) -> list[tuple[Any, ...]]:
    """The readings after the last seal, in their order, as far as they are old enough."""
    last = ReadingSeal.objects.order_by("-last").values_list("last", flat=True).first() or 0
    after = Consultation.objects.filter(pk__gt=last).order_by("pk")
    young = after.filter(at__gte=at - SEALED_AFTER).values_list("pk", flat=True).first()
    return list((after.filter(pk__lt=young) if young else after).values_list(*SEALED)[:most])


def sealing_due(at: datetime) -> bool:
    """Whether the last seal is an hour old: a seal for each page would make the trail longer than the readings."""
    last = ReadingSeal.objects.order_by("-last").values_list("sealed_at", flat=True).first()
    return last is None or last <= at - SEALED_EVERY


def readings_in(seal: ReadingSeal) -> list[tuple[Any, ...]]:
    """What is there now of the rows of this seal."""
    return list(Consultation.objects.filter(pk__range=(seal.first, seal.last)).order_by("pk").values_list(*SEALED))


def digest_of_readings(salt: str, rows: Sequence[tuple[Any, ...]]) -> str:
    return signing.digest({"salt": salt, "readings": signing.plain(rows)})


def seals_in_force(**which: Any) -> list[ReadingSeal]:
    """Of each run of rows the newest seal: after some were erased, the rest was sealed again."""
    newest = {(one.first, one.last): one for one in ReadingSeal.objects.filter(**which).order_by("pk")}
    return list(newest.values())


def seal_faults() -> Iterator[str]:
    """Every run of readings that is not as it was sealed."""
    for seal in seals_in_force():
        if not signing.same_digest(digest_of_readings(seal.salt, readings_in(seal)), seal.digest):
            yield f"readings of {seal.day} ({seal.reference}): they are not as they were sealed"


# --- what was erased ---


def erasures_of(thing: models.Model) -> list[ErasedPart]:
    """What of this thing was erased, when and under which rule; nothing of a thing that is whole."""
    found = Erasure.objects.filter(kind=thing._meta.model_name, reference=reference_of(thing)).order_by("at", "pk")
    return [ErasedPart(one.at, title_of(one.rule)) for one in found]


def readings_erased_until() -> "date | None":
    """The last day of which readings were erased."""
    last = Erasure.objects.filter(rule=READINGS).order_by("-reference").values_list("reference", flat=True).first()
    return date.fromisoformat(last[:10]) if last else None


def title_of(rule: str) -> str:
    """What the line of the table is called, in the reader's language; its code where no scheme has it any more."""
    found = rule_called(rule)
    return schemes.said(found.title, get_language()) if found else rule


def faults() -> Iterator[str]:
    """Every erasure that the trail does not speak of, or speaks of otherwise; and readings that are not as they were sealed."""
    yield from seal_faults()
    said = {
        (event.kind, event.reference, event.facts.get("rule"), event.facts.get("digest"))
        for event in Event.objects.filter(verb="erase").iterator(chunk_size=1_000)
    }
    for one in Erasure.objects.order_by("pk").iterator(chunk_size=1_000):
        told = {(kind, one.reference, one.rule, one.digest) for kind in (one.kind, "erasure")}
        if not told & said:
            yield f"erasure of {one.kind} {one.reference}: the trail does not say so"
