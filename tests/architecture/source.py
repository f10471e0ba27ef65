"""The product's own Python, parsed: what the guards of the architecture read. Standard library only."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("config", "registry", "compliance", "licensing", "public_lookup")
#: What a file of a room is, from what leans on all others to what leans on none of them.
LAYERS = {
    "urls": 0,
    "jobs": 0,
    "api": 1,
    "views": 1,
    "steps": 1,
    "lists": 1,
    "forms": 2,
    "actions": 3,
    "letters": 4,
    "queries": 5,
    "rules": 6,
    "filters": 7,
    "models": 8,
    "states": 9,
    # The shape of a table of the statistics, which every app that declares one knows.
    "tables": 10,
}
PLANTS = ROOT / "tests" / "plant"


@dataclass(frozen=True)
class Source:
    """One file, by its path from the root of the project."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def app(self) -> str:
        return self.path.split("/")[0]

    @property
    def layer(self) -> str:
        """The layer of the file by its place: `appeals/actions.py` and `appeals/actions/bundles.py` are both of "actions"."""
        parts = self.path.removesuffix(".py").split("/")
        part = parts[1] if len(parts) == 2 or "api" in parts[:2] or parts[0] == "config" else parts[2]
        return part if part in LAYERS else ""

    @property
    def is_action(self) -> bool:
        return self.layer == "actions" and not self.path.endswith("__init__.py")

    @property
    def is_face(self) -> bool:
        """A page or an endpoint: what speaks HTTP."""
        return self.layer in ("views", "api")

    @property
    def functions(self) -> list[ast.FunctionDef]:
        return [node for node in self.tree.body if isinstance(node, ast.FunctionDef)]

    @property
    def public_functions(self) -> list[ast.FunctionDef]:
        return [function for function in self.functions if not function.name.startswith("_")]

    def at(self, node: ast.AST, what: str) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 0)}: {what}"


@lru_cache(maxsize=1)
def product() -> tuple[Source, ...]:
    """Every file of the product; migrations are generated and have their own rules."""
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), path.read_text())
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts and "node_modules" not in path.parts
    )


def planted(kind: str) -> list[tuple[Source, str]]:
    """Each planted defect of a kind, as if it stood where its first line says; and what its second line says it breaks."""
    found = []
    for path in sorted((PLANTS / kind).glob("*.py")):
        first, second, _rest = path.read_text().split("\n", 2)
        found.append((Source(first.removeprefix("# stands in: "), path.read_text()), second.removeprefix("# breaks: ")))
    return found


def names_of_plants(kind: str) -> list[str]:
    return [path.stem for path in sorted((PLANTS / kind).glob("*.py"))]


def chain(node: ast.AST) -> list[str]:
    """The names of `Entry.objects.filter(x).update` from left to right; calls and subscripts between are stepped over."""
    names: list[str] = []
    while True:
        match node:
            case ast.Attribute(value=inner, attr=name):
                names.append(name)
                node = inner
            case ast.Call(func=inner) | ast.Subscript(value=inner):
                node = inner
            case ast.Name(id=name):
                return [*names, name][::-1]
            case _:
                return names[::-1]


def is_of_models(module: str | None, app: str = "registry") -> bool:
    """Whether a dotted name is of a file of models of a room of this app."""
    parts = str(module).split(".")
    return parts[0] == app and "models" in parts[1:]


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))
