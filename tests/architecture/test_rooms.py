"""Each app is made of rooms by subject, each room of the same layers, and no arrow points up: within a room or across rooms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import cache
from itertools import permutations
from pathlib import Path

import grimp
import pytest

from tests.architecture.source import LAYERS, ROOT

APPS = ("registry", "licensing", "compliance", "public_lookup")
Edge = tuple[str, str]
#: What an app needs beside its rooms, because Django looks for it there or because it is of every room.
BESIDE_ROOMS = {
    "registry": {
        "checks",
        "codes",
        "days",
        "declared",
        "licence_numbers",
        "live_codes",
        "errors",
        "fields",
        "filtersets",
        "form_fields",
        "forms",
        "icalendar",
        "identifiers",
        "languages",
        "lifecycle",
        "overdue",
        "pagination",
    }
    | {
        "json_reader",
        "lookups",
        "permissions",
        "personal",
        "powers",
        "reasons",
        "sealing_keys",
        "signing",
        "silences",
        "times",
        "waits",
        "workdays",
    },
    "licensing": {"addresses", "api", "declared", "personal", "reading"},
    "compliance": {"addresses", "declared", "history_words", "passphrases", "personal", "reading", "sealed", "vault"},
    "public_lookup": {"personal", "web"},
}
OF_DJANGO = {"__init__", "apps", "jobs", "management", "migrations", "models", "templatetags", "urls"}
#: Code without a subject of its own that every room uses. It may be laid out as suits it.
MACHINERY = {
    "registry": {
        "api",
        "checking",
        "clients",
        "company_service",
        "directory_service",
        "editions",
        "integrity",
        "matching",
        "names",
        "papers",
        "personal_data",
        "reading",
        "recordings",
        "roles",
        "schemes",
        "search",
        "steps",
        "table_reader",
        "tasks",
        "telephone",
        "uploads",
        "web",
        "worklists",
    },
    "licensing": {"cards"},
    "public_lookup": {"clients"},
}
#: Imports between rooms against the best order of the rooms: this number may only fall.
MOST_AGAINST_THE_ORDER = {"registry": 26, "licensing": 63, "compliance": 12, "public_lookup": 16}


@cache
def rooms_of(app: str) -> set[str]:
    folders = {path.name for path in (ROOT / app).iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    return folders - OF_DJANGO - MACHINERY.get(app, set())


def place_of(module: str) -> tuple[str, str, str] | None:
    """App, room and layer of a module; nothing where it is not of a room."""
    parts = module.split(".")
    if len(parts) < 3 or parts[0] not in APPS or parts[1] not in rooms_of(parts[0]):
        return None
    return parts[0], parts[1], parts[2]


@cache
def imports() -> frozenset[Edge]:
    graph = grimp.build_graph(*APPS, cache_dir=None)
    return frozenset((one, other) for one in graph.modules for other in graph.find_modules_directly_imported_by(one))


def upward(edges: Iterable[Edge]) -> Iterator[str]:
    """Every import of a layer by a lower one, wherever the two stand."""
    for one, other in sorted(edges):
        here, there = place_of(one), place_of(other)
        if here and there and LAYERS[there[2]] < LAYERS[here[2]]:
            yield f"{one} -> {other}"


def circles(edges: Iterable[Edge]) -> list[list[str]]:
    """The modules of one layer of one app that import each other in a circle."""
    within: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for one, other in edges:
        here, there = place_of(one), place_of(other)
        if here and there and (here[0], here[2]) == (there[0], there[2]):
            within[here[0], here[2]].append((one, other))
    return sorted(circle for of_layer in within.values() for circle in _knots(of_layer))


def _knots(edges: Iterable[Edge]) -> Iterator[list[str]]:
    """Tarjan's strongly connected components of more than one node, by taking off what nothing leads to or from."""
    left = set(edges)
    while True:
        sources, targets = {one for one, _ in left}, {other for _, other in left}
        kept = {(one, other) for one, other in left if one in targets and other in sources}
        if kept == left:
            break
        left = kept
    nodes = {one for one, _ in left}
    reached = {node: _reach(node, left) for node in nodes}
    seen: set[str] = set()
    for node in sorted(nodes - seen):
        circle = sorted(other for other in reached[node] if node in reached[other])
        if node in reached[node] and node not in seen:
            seen.update(circle)
            yield circle


def _reach(node: str, edges: Set[Edge]) -> set[str]:
    following: dict[str, set[str]] = defaultdict(set)
    for one, other in edges:
        following[one].add(other)
    found: set[str] = set()
    todo = [node]
    while todo:
        new = following[todo.pop()] - found
        found |= new
        todo += new
    return found


def between_rooms(app: str) -> dict[Edge, int]:
    """How many modules of one room import one of another, for each two rooms."""
    counts: dict[Edge, int] = defaultdict(int)
    for one, other in imports():
        here, there = place_of(one), place_of(other)
        if here and there and here[0] == there[0] == app and here[1] != there[1]:
            counts[here[1], there[1]] += 1
    return counts


def against_the_best_order(app: str) -> int:
    """How few imports lead from an earlier room to a later one, in the best order that moving rooms one by one finds."""
    counts = between_rooms(app)
    order = sorted(rooms_of(app), key=lambda room: (sum(n for (one, _), n in counts.items() if one == room), room))
    best = _against(order, counts)
    while True:
        tried = [_moved(order, room, to) for room, to in permutations(order, 2)]
        order_tried = min(tried, key=lambda one: _against(one, counts))
        if _against(order_tried, counts) >= best:
            return best
        order, best = order_tried, _against(order_tried, counts)


def _moved(order: list[str], room: str, to: str) -> list[str]:
    rest = [one for one in order if one != room]
    rest.insert(rest.index(to), room)
    return rest


def _against(order: list[str], counts: dict[Edge, int]) -> int:
    at = {room: number for number, room in enumerate(order)}
    return sum(n for (one, other), n in counts.items() if at[one] < at[other])


@pytest.mark.parametrize("app", APPS)
def test_an_app_holds_rooms_and_little_beside_them(app: str) -> None:
    files = {path.stem for path in (ROOT / app).glob("*.py")} - OF_DJANGO

    assert files == BESIDE_ROOMS[app] & files
    assert BESIDE_ROOMS[app] <= files | {path.name for path in (ROOT / app).iterdir()}


@pytest.mark.parametrize("app", APPS)
def test_every_file_of_a_room_has_the_name_of_a_layer(app: str) -> None:
    names = {
        f"{room}/{path.stem}"
        for room in rooms_of(app)
        for path in (ROOT / app / room).iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")))
    }

    assert [name for name in sorted(names) if name.split("/")[1] not in {*LAYERS, "__init__"}] == []


def test_no_layer_imports_a_higher_one() -> None:
    assert list(upward(imports())) == []


def test_no_circle_within_a_layer() -> None:
    assert circles(imports()) == []


@pytest.mark.parametrize("app", APPS)
def test_imports_against_the_order_of_rooms_only_fall(app: str) -> None:
    assert against_the_best_order(app) == MOST_AGAINST_THE_ORDER[app]


@pytest.mark.parametrize(
    "planted",
    [
        ("licensing.appeals.rules.appeals", "licensing.appeals.queries.appeals"),
        ("licensing.appeals.models", "compliance.inspections.queries.findings"),
        ("registry.licences.states", "registry.licences.models"),
    ],
)
def test_an_import_of_a_higher_layer_is_found(planted: Edge) -> None:
    assert list(upward([planted])) == [" -> ".join(planted)]


def test_a_circle_is_found() -> None:
    one, other, third = (f"licensing.{room}.models" for room in ("appeals", "cases", "checks"))

    assert circles([(one, other), (other, third), (third, one), (one, "licensing.holding.models")]) == [
        [one, other, third]
    ]


def test_a_file_outside_the_vocabulary_is_of_no_layer() -> None:
    assert Path("licensing/appeals/utils.py").stem not in LAYERS


@pytest.mark.parametrize("app", APPS)
def test_django_is_shown_the_models_of_every_room(app: str) -> None:
    files = [file for file in (ROOT / app).rglob("*.py") if "models" in file.relative_to(ROOT / app).parts[1:-1]]
    files += (ROOT / app).glob("*/models.py")
    modules = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in files
        if file.stem != "__init__" and "class " in file.read_text()
    }

    assert modules - set((ROOT / app / "models.py").read_text().replace("import ", "").split()) == set()
