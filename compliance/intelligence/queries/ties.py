"""What hangs together with somebody or something: a chart of two steps, and a table that says the same in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.ties import Entity, Tie
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
    """Between two boxes: as thick as it is sure, broken where it is only suspected."""

    x1: int
    y1: int
    x2: int
    y2: int
    width: int
    is_broken: bool

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
class EntityFile:
    entity: Entity
    rows: tuple[TieRow, ...]
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
    return EntityFile(entity, tuple(map(tied, [*near, *far])), _chart(entity, near, far))


def ties_of(intelligence: Intelligence, *, by: User) -> list[TieRow]:
    """What hangs together by one piece of intelligence."""
    rows = Tie.objects.visible_to(by).filter(intelligence=intelligence).select_related("first", "second")
    return [tied(one) for one in rows.order_by("pk")]


def tied(one: Tie) -> TieRow:
    return TieRow(one.first, one.second, one.how, Strength(one.strength).label, one.intelligence, one.pk)


def _others(ties: Iterable[Tie], known: set[int]) -> dict[int, Entity]:
    """The ends of these that are not known yet, in order."""
    ends = (end for one in ties for end in (one.first, one.second))
    return {end.pk: end for end in ends if end.pk not in known}


def _chart(entity: Entity, near: list[Tie], far: list[Tie]) -> Chart | None:
    if not near:
        return None
    second = _others(near, {entity.pk})
    third = _others(far, {entity.pk, *second})
    drawn_second = _few(second)
    columns = [{entity.pk: entity}, drawn_second, _beside(far, third, list(drawn_second))]
    height = max(len(column) for column in columns) * LINE
    boxes = {
        key: Box(_short(end), COLUMNS[number], height * (2 * place + 1) // (2 * len(column)))
        for number, column in enumerate(columns)
        for place, (key, end) in enumerate(column.items())
    }
    drawn = [one for one in (*near, *far) if one.first_id in boxes and one.second_id in boxes]
    lines = tuple(_line(one, boxes) for one in drawn)
    return Chart(height, tuple(boxes.values()), lines, there_are=1 + len(second) + len(third))


def _few(column: dict[int, Entity]) -> dict[int, Entity]:
    return dict(list(column.items())[:MOST_DRAWN])


def _beside(far: list[Tie], third: dict[int, Entity], second: list[int]) -> dict[int, Entity]:
    """Of the third column those that a line leads to, each about as high as what it is tied to: fewer lines cross."""
    heights: dict[int, list[int]] = {}
    for tie in far:
        for end, other in ((tie.first_id, tie.second_id), (tie.second_id, tie.first_id)):
            if end in third and other in second:
                heights.setdefault(end, []).append(second.index(other))
    few = list(heights)[:MOST_DRAWN]
    return {key: third[key] for key in sorted(few, key=lambda key: (sum(heights[key]) / len(heights[key]), key))}


def _line(tie: Tie, boxes: dict[int, Box]) -> TieLine:
    left, right = sorted((boxes[tie.first_id], boxes[tie.second_id]), key=lambda box: box.x)
    to_x = right.x if left.x != right.x else right.x + WIDTH
    is_broken = tie.strength == Strength.SUSPECTED
    return TieLine(left.x + WIDTH, left.y, to_x, right.y, WEIGHT[Strength(tie.strength)], is_broken)


def _short(entity: Entity) -> str:
    """Cut in the middle: by the end numbers and postcodes are told apart."""
    tail = LETTERS // 3
    return (
        entity.label if len(entity.label) <= LETTERS else f"{entity.label[: LETTERS - tail - 1]}…{entity.label[-tail:]}"
    )
