"""Sample data of any size: copies of stories, chunk by chunk, each chunk one transaction. An interrupted load goes on."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from config.demo import casting as stories
from config.demo import copies, histories, made_up, parts, reporting, words
from config.demo import stories as demo_stories
from config.demo.bulk_kinds import APPLICATIONS, INSPECTIONS, PROVIDERS, FirmKind
from config.demo.casting import DAY, Story, StoryPart
from config.demo.copies import Copy
from config.demo.pattern_tables import Context, blank
from config.demo.patterns import Pattern, Tell, pattern
from registry import schemes
from registry.identifiers import lines_of
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.trail.models.events import Counter

SEED = 20060406
#: From here on only the register is filled, unless more is asked for.
REGISTER_ONLY = 500_000

SEED_KEPT = "demo seed"
AS_AT_KEPT = "demo as at"
INSPECTED = "demo inspected up to"


# A pattern that can be moved to no more days than these is told again of another day.
ENOUGH = 4
# Only licences granted so many days ago have been inspected since.
SETTLED = 100
GRANTED = frozenset({"licensed", "expired", "with_conditions", "revoked", "surrendered"})
ADVERSE = parts.ADVERSE | {"condition_failed", "conditions_met", "suspension_lifted", "inspection_unmet"}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many there are to be in all: those whose stories are told by the actions, and the rest in bulk."""

    providers: int
    applications: int
    inspections: int
    reports: int = 0


@dataclass
class Load:
    """One load of sample data, as it was begun: from a seed, as at an instant."""

    sizes: Sizes
    seed: int
    at: datetime
    patterns: dict[object, Pattern] = field(default_factory=dict)

    @classmethod
    @transaction.atomic
    def begun(cls, sizes: Sizes, *, seed: int, at: datetime) -> "Load":
        """A load that was begun goes on as at the instant when it was, so that it comes to the same."""
        kept = dict(Counter.objects.filter(name__in=[SEED_KEPT, AS_AT_KEPT]).values_list("name", "value"))
        if not kept:
            kept = {SEED_KEPT: seed, AS_AT_KEPT: int(at.timestamp())}
            last = Licence.objects.aggregate(last=Max("pk"))["last"] or 0
            Counter.objects.set_to({**kept, INSPECTED: last})
            parts.let_colleagues_in(at)
        if kept[SEED_KEPT] != seed:
            raise ValueError(f"This data was begun with the seed {kept[SEED_KEPT]}: go on with that, or start over.")
        began = datetime.fromtimestamp(kept[AS_AT_KEPT], UTC)
        return cls(sizes, seed, began.replace(second=0, microsecond=0))

    def series(self) -> tuple["Series", ...]:
        told = sum(
            many for ends, (many, *_days) in (*parts.PROVIDERS.items(), *parts.YOUNG.items()) if ends in parts.PROVIDERS
        )
        cases = max(0, self.sizes.applications - sum(how_many for how_many, *_days in parts.APPLICATIONS.values()))
        granted = sum(self.kind("applications", APPLICATIONS, nth).ends in GRANTED for nth in range(cases))
        return (
            Series(
                "providers",
                max(0, self.sizes.providers - told - granted),
                2000,
                self._providers,
                _on_the_register if self.sizes.providers >= REGISTER_ONLY else _copied,
            ),
            Series("applications", cases, 500, self._applications),
            Series("inspections", self.sizes.inspections, 500, self._inspections),
            # A report is told by the actions, the last of many too: what is sealed in it cannot be copied.
            Series("reports", max(0, self.sizes.reports - reporting.TOLD), 200, self._reports, self._tell),
        )

    def kind(self, series: str, kinds: tuple[FirmKind, ...], nth: int) -> FirmKind:
        return self._random(series, nth).choices(kinds, self._weights(kinds))[0]

    def _random(self, series: str, nth: int) -> Random:
        return Random(f"{self.seed} {series} {nth}")

    def _weights(self, kinds: tuple[FirmKind, ...]) -> list[int]:
        """A scheme that is younger than a story has no such story."""
        oldest = {kind.scheme: schemes.versions(kind.scheme)[0] for kind in kinds}
        today = timezone.localdate(self.at)
        return [kind.weight * (today - kind.at_most * DAY > oldest[kind.scheme]) for kind in kinds]

    def _providers(self, nths: range) -> Iterator[Copy]:
        return (self._firm("providers", PROVIDERS, nth, histories.registered) for nth in nths)

    def _applications(self, nths: range) -> Iterator[Copy]:
        return (self._firm("applications", APPLICATIONS, nth, demo_stories.application) for nth in nths)

    def _reports(self, nths: range) -> Iterator[Story]:
        names = reporting.named(self.at)
        return (reporting.one_more(self._random("reports", nth), names, at=self.at) for nth in nths)

    def _tell(self, told: list[Story]) -> None:
        for _one in stories.play(told, until=self.at):
            pass

    def _firm(self, series: str, kinds: tuple[FirmKind, ...], nth: int, tell: Callable[..., Story]) -> Copy:
        random = self._random(series, nth)
        kind = random.choices(kinds, self._weights(kinds))[0]
        if (series, kind) not in self.patterns:
            self.patterns[series, kind] = self._told(kind, Random(f"{self.seed} {series} {kind}"), tell)
        found = self.patterns[series, kind]
        firm = made_up.alike(
            random,
            1000 + 2 * nth + (series == "providers"),
            like=found.firm,
            scheme=kind.scheme,
            invented_place=kind.ends in ADVERSE,
        )
        return Copy(found, firm, random.choice(found.shifts), random.randrange(25_000))

    def _told(self, kind: FirmKind, random: Random, tell: Callable[..., Story]) -> Pattern:
        """The pattern of a kind: of some days to begin on, the first that leaves days enough for its copies."""
        cast = parts.cast_of_colleagues(kind.scheme, random)
        firm = self._fitting(kind, random)

        def story(said: made_up.Firm, began: datetime) -> Story:
            part = StoryPart(said, parts.user_of(said, at=began), began, kind.ends)
            return tell(cast, part, Random(self.seed))

        for share in (2, 4, 3, 8, 6):
            ago = kind.at_least + (kind.at_most - kind.at_least) // share
            told = self._pattern(kind, firm, story, ago)
            if len(told.shifts) > ENOUGH:
                break
        return told

    def _pattern(
        self, kind: FirmKind, firm: made_up.Firm, tell: Tell, ago: int, before: Callable[[], Context] = dict
    ) -> Pattern:
        shifts = range(ago - kind.at_most, ago - kind.at_least + 1)
        return pattern(
            firm,
            tell,
            scheme=kind.scheme,
            ends=kind.ends,
            began=self._morning(ago),
            until=self.at,
            before=before,
            shifts=shifts,
        )

    def _fitting(self, kind: FirmKind, random: Random) -> made_up.Firm:
        sectors = [sector.code for sector in schemes.in_force(kind.scheme, timezone.localdate(self.at)).sectors]
        while True:
            firm = made_up.firm(random, 0, scheme=kind.scheme, sectors=sectors, invented_place=False)
            if FITS.get(kind.ends, bool)(firm):
                return firm

    def _morning(self, days_ago: int) -> datetime:
        return (self.at - days_ago * DAY).replace(hour=9, minute=0)

    def _inspections(self, nths: range) -> Iterator[Copy]:
        after = Counter.objects.get(name=INSPECTED).value
        holders = self._holders(after)[: len(nths)]
        last = after
        for nth, licence in zip(nths, holders, strict=False):
            last = licence.pk
            yield self._visit(nth, licence)
        Counter.objects.set_to({INSPECTED: last})

    def _holders(self, after: int) -> QuerySet[Licence]:
        today = timezone.localdate(self.at)
        settled = Licence.objects.in_force(today).filter(pk__gt=after, granted_at__lt=self.at - SETTLED * DAY)
        return settled.filter(scheme=INSPECTIONS[0].scheme).select_related("organisation").order_by("pk")

    def _visit(self, nth: int, licence: Licence) -> Copy:
        random = self._random("inspections", nth)
        (kind,) = random.choices(INSPECTIONS, [kind.weight for kind in INSPECTIONS])
        # Nothing adverse is said of a firm that is not called after an invented place.
        if kind.ends in ADVERSE and not licence.organisation.legal_name.startswith(words.INVENTED_PLACES):
            kind = next(one for one in INSPECTIONS if one.ends == "inspection_confirmed")
        found = self._pattern_of_visit(kind, licence.version)
        known = {"organisation": str(licence.organisation_id), **known_of(licence)}
        return Copy(found, found.firm, random.choice(found.shifts), random.randrange(25_000), known)

    def _pattern_of_visit(self, kind: FirmKind, version: date) -> Pattern:
        if (kind, version) not in self.patterns:
            self.patterns[kind, version] = self._told_visit(kind, version)
        return self.patterns[kind, version]

    def cast_of_visit(self, kind: FirmKind, version: date) -> stories.Cast:
        return parts.cast_of_colleagues(kind.scheme, Random(f"{self.seed} inspections {kind} {version}"))

    def _told_visit(self, kind: FirmKind, version: date) -> Pattern:
        """The pattern of a visit to a holder: what the holder is known by is filled in, as its own rows are there already."""
        cast, random = self.cast_of_visit(kind, version), Random(self.seed)
        sectors = [sector.code for sector in schemes.get(kind.scheme, version).sectors]
        firm = made_up.firm(random, 0, scheme=kind.scheme, sectors=sectors, invented_place=True)
        ago = (kind.at_least + kind.at_most) // 2
        came = datetime(version.year, version.month, version.day, 9, tzinfo=UTC)
        began = min(came, self._morning(ago + 31))
        held: list[Licence] = []

        def before() -> Context:
            part = StoryPart(firm, parts.user_of(firm, at=began), began, "licensed")
            for _step in stories.play([histories.registered(cast, part, random)], until=self.at):
                pass
            licence = Licence.objects.get(organisation__memberships__user=part.user)
            held.append(licence)
            by_text: Context = {text: blank(key) for key, text in known_of(licence).items()}
            return {(Organisation._meta.db_table, licence.organisation_id): blank("organisation"), **by_text}

        def visit(_firm: made_up.Firm, began: datetime) -> Story:
            return histories.visited(cast, held[0], kind.ends, began)

        return self._pattern(kind, firm, visit, ago, before)


def known_of(licence: Licence) -> dict[str, str]:
    """What a visit and its letter say of a holder, by the name of its blank, as it is written in the JSON of rows."""
    organisation = licence.organisation
    lines = json.dumps(lines_of(organisation.address), ensure_ascii=False)
    return {
        "organisation.reference": organisation.reference,
        "organisation.legal_name": organisation.legal_name,
        "organisation.email": organisation.email,
        "organisation.address": json.dumps(lines, ensure_ascii=False)[1:-1],
        "licence.number": licence.number,
    }


# Some stories need a firm with something to tell of: an old name, a person who is listed.
FITS: Mapping[str, Callable[[made_up.Firm], bool]] = {
    "renamed": lambda firm: bool(firm.profile.facts["former_names"]),
    "moved": lambda firm: bool(firm.profile.lists),
}


def _copied(made: list[Copy]) -> None:
    copies.write(made)


def _on_the_register(made: list[Copy]) -> None:
    """Without that by which look-alikes are found: of a million firms it takes longer to write than the rest."""
    copies.write_rows(made)


@dataclass
class Series:
    """All copies of one sort; `load` goes on after those that are there, and yields how many there are after each chunk."""

    name: str
    size: int
    chunk: int
    copies: Callable[[range], Iterator[Any]]
    write: Callable[[list[Any]], None] = _copied

    @cached_property
    def counter(self) -> str:
        return f"demo {self.name}"

    @property
    def done(self) -> int:
        return Counter.objects.filter(name=self.counter).values_list("value", flat=True).first() or 0

    def load(self) -> Iterator[int]:
        while (done := self.done) < self.size:
            until = min(done + self.chunk, self.size)
            with transaction.atomic():
                made = list(self.copies(range(done, until)))
                self.write(made)
                Counter.objects.set_to({self.counter: done + len(made)})
            yield done + len(made)
            if len(made) < until - done:
                return
