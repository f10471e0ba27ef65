"""What hangs together with somebody or something: a chart of two steps, and a table that says the same in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.ties import Entity, Tie
from compliance.intelligence.queries.records import RecordLink, links_of_records
from compliance.intelligence.states import Strength
from registry.accounts.models import User

# The height of one line of the chart, how many letters fit into a box, and where the three columns stand.
LINE = 40
LETTERS = 30
COLUMNS = (1, 345, 689)
WIDTH = 270
# A chart of more is a blot: the table holds them all.
MOST_DRAWN = 20
# How far the line between two of one column swings out of it.
SWING = 36
WEIGHT = {Strength.SUSPECTED: 1, Strength.LIKELY: 2, Strength.CERTAIN: 4}


@dataclass(frozen=True, slots=True)
class Box:
    """One of the chart, at its place."""

    text: str
    x: int
    y: int
    reference: str = ""
    label: str = ""
    width: int = WIDTH

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def top(self) -> int:
        return self.y - LINE * 3 // 8

    @property
    def base(self) -> int:
        return self.y + 5


@dataclass(frozen=True, slots=True)
class TieLine:
    """Between two boxes: as thick as it is sure, broken where it is only suspected, with the arrow at the end that it leads to."""

    x1: int
    y1: int
    x2: int
    y2: int
    width: int
    is_broken: bool
    words: str
    arrow: str

    @property
    def path(self) -> str:
        """Straight; between two of one column past the boxes that stand between them."""
        if self.x1 != self.x2:
            return f"M{self.x1} {self.y1}L{self.x2} {self.y2}"
        return f"M{self.x1} {self.y1}Q{self.x1 + SWING} {(self.y1 + self.y2) // 2} {self.x2} {self.y2}"


@dataclass(frozen=True, slots=True)
class Chart:
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[TieLine, ...]
    there_are: int

    @property
    def is_whole(self) -> bool:
        return len(self.boxes) == self.there_are


@dataclass(frozen=True, slots=True)
class TieRow:
    """One row of the table."""

    first: Entity
    second: Entity
    how: str
    strength: str | Promise
    intelligence: Intelligence
    key: int


@dataclass(frozen=True, slots=True)
class MergedLink:
    """One connection, however many pieces of intelligence and records say it: from the first to the second."""

    first: Entity
    second: Entity
    how: str | Promise
    strength: int
    is_directed: bool
    since: date | None
    until: date | None
    rests_on: tuple[TieRow, ...]
    is_on_record: bool = False

    @property
    def strength_in_words(self) -> str | Promise:
        return Strength(self.strength).label

    @property
    def days(self) -> str:
        """From when until when it was so, as far as it is known."""
        days = {name: date_format(day, "j F Y") for name, day in (("since", self.since), ("until", self.until)) if day}
        if len(days) == 2:
            return gettext("from %(since)s to %(until)s") % days
        return gettext("since %(since)s") % days if self.since else gettext("until %(until)s") % days if days else ""

    @property
    def words(self) -> str:
        """As it is read out: who, how, with what, how sure, and what it rests on."""
        said = f"{self.first.label} {self.how} {self.second.label}"
        rests = ", ".join([*(row.intelligence.reference for row in self.rests_on), *self._record])
        return ", ".join(part for part in (said, self.days, str(self.strength_in_words), rests) if part)

    @property
    def _record(self) -> list[str]:
        return [gettext("our records")] if self.is_on_record else []


@dataclass(frozen=True, slots=True)
class EntityFile:
    entity: Entity
    rows: tuple[MergedLink, ...]
    chart: Chart | None


def entity_of(reference: str, *, by: User) -> Entity | None:
    """The entity of this reference, if this person sees anything that it is tied by."""
    entity = Entity.objects.filter(reference=reference).first()
    if entity is None or not Tie.objects.visible_to(by).of([entity.pk]).exists():
        return None
    return entity


def entity_file(entity: Entity, *, by: User) -> EntityFile:
    visible = Tie.objects.visible_to(by).select_related("first", "second", "intelligence")
    near = list(visible.of([entity.pk]).order_by("-strength", "pk"))
    beside = _others(near, {entity.pk})
    far = list(visible.of(list(beside)).exclude(pk__in=[one.pk for one in near]).order_by("-strength", "pk"))
    ends = {end.pk: end for one in (*near, *far) for end in (one.first, one.second)}
    links = merged([*near, *far], links_of_records([entity, *ends.values()], by=by))
    by_record = [one for one in links if entity.pk in (one.first.pk, one.second.pk)]
    rest = [one for one in links if one not in by_record]
    return EntityFile(entity, tuple(links), _chart(entity, by_record, rest))


def merged(ties: Iterable[Tie], records: Iterable[RecordLink] = ()) -> list[MergedLink]:
    """Each connection once: the same two, in the same direction, in the same words. The most certain comes first."""
    found: dict[tuple[int, int, str], list[Tie]] = {}
    for tie in ties:
        found.setdefault((tie.first_id, tie.second_id, tie.how.strip().casefold()), []).append(tie)
    links = {key: _merged(some) for key, some in found.items()}
    for record in records:
        key = (record.first.pk, record.second.pk, str(record.how).casefold())
        if (there := links.get(key)) is not None:
            links[key] = replace(there, is_on_record=True, strength=max(there.strength, record.strength))
        else:
            links[key] = MergedLink(
                record.first,
                record.second,
                record.how,
                record.strength,
                is_directed=True,
                since=record.since,
                until=record.until,
                rests_on=(),
                is_on_record=True,
            )
    return list(links.values())


def _merged(ties: list[Tie]) -> MergedLink:
    first, began, ended = ties[0], [one.since for one in ties if one.since], [one.until for one in ties]
    return MergedLink(
        first.first,
        first.second,
        first.how,
        max(one.strength for one in ties),
        is_directed=all(one.is_directed for one in ties),
        since=min(began, default=None),
        until=max((day for day in ended if day), default=None) if all(ended) else None,
        rests_on=tuple(map(tied, ties)),
    )


def ties_of(intelligence: Intelligence, *, by: User) -> list[MergedLink]:
    """What hangs together by one piece of intelligence."""
    rows = Tie.objects.visible_to(by).filter(intelligence=intelligence).select_related("first", "second")
    return merged(rows.order_by("pk"))


def tied(one: Tie) -> TieRow:
    return TieRow(one.first, one.second, one.how, Strength(one.strength).label, one.intelligence, one.pk)


def _others(links: Iterable[Tie | MergedLink], known: set[int]) -> dict[int, Entity]:
    """The ends of these that are not known yet, in order."""
    ends = (end for one in links for end in (one.first, one.second))
    return {end.pk: end for end in ends if end.pk not in known}


def _chart(entity: Entity, near: list[MergedLink], far: list[MergedLink]) -> Chart | None:
    if not near:
        return None
    second = _others(near, {entity.pk})
    third = _others(far, {entity.pk, *second})
    drawn_second = _few(second)
    columns = [{entity.pk: entity}, drawn_second, _beside(far, third, list(drawn_second))]
    height = max(len(column) for column in columns) * LINE
    boxes = {
        key: Box(_short(end), COLUMNS[number], height * (2 * place + 1) // (2 * len(column)), end.reference, end.label)
        for number, column in enumerate(columns)
        for place, (key, end) in enumerate(column.items())
    }
    drawn = [one for one in (*near, *far) if one.first.pk in boxes and one.second.pk in boxes]
    lines = tuple(_line(one, boxes) for one in drawn)
    return Chart(height, tuple(boxes.values()), lines, there_are=1 + len(second) + len(third))


def _few(column: dict[int, Entity]) -> dict[int, Entity]:
    return dict(list(column.items())[:MOST_DRAWN])


def _beside(far: list[MergedLink], third: dict[int, Entity], second: list[int]) -> dict[int, Entity]:
    """Of the third column those that a line leads to, each about as high as what it is tied to: fewer lines cross."""
    heights: dict[int, list[int]] = {}
    for tie in far:
        for end, other in ((tie.first.pk, tie.second.pk), (tie.second.pk, tie.first.pk)):
            if end in third and other in second:
                heights.setdefault(end, []).append(second.index(other))
    few = list(heights)[:MOST_DRAWN]
    return {key: third[key] for key in sorted(few, key=lambda key: (sum(heights[key]) / len(heights[key]), key))}


def _line(link: MergedLink, boxes: dict[int, Box]) -> TieLine:
    left, right = sorted((boxes[link.first.pk], boxes[link.second.pk]), key=lambda box: box.x)
    to_x = right.x if left.x != right.x else right.x + WIDTH
    leads_to = boxes[link.second.pk]
    arrow = ("end" if leads_to is right else "start") if link.is_directed else ""
    is_broken = link.strength == Strength.SUSPECTED
    width = WEIGHT[Strength(link.strength)]
    return TieLine(left.x + WIDTH, left.y, to_x, right.y, width, is_broken, link.words, arrow)


def _short(entity: Entity) -> str:
    """Cut in the middle: by the end numbers and postcodes are told apart."""
    tail = LETTERS // 3
    return (
        entity.label if len(entity.label) <= LETTERS else f"{entity.label[: LETTERS - tail - 1]}…{entity.label[-tail:]}"
    )
