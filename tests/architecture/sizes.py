"""How large the product is and what must become less of it: `python -m tests.architecture.sizes` prints it as a table.

The limits are in `limits.toml` beside it.
"""

import ast
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.architecture.source import APPS, ROOT, Source, product

MOST_LINES = 300
FEW_LINES = 20
#: A file beside the rooms that names so many of them is a list that a new subject signs.
MANY_ROOMS = 5
LIMITS = Path(__file__).with_name("limits.toml")
_DOTTED = re.compile(rf"({'|'.join(APPS)})(\.\w+){{2,}}")


def limits() -> dict[str, Any]:
    return tomllib.loads(LIMITS.read_text(encoding="utf-8"))


def templates() -> Iterator[Path]:
    for app in APPS:
        yield from sorted((ROOT / app).glob("templates/**/*.html"))


def _packs() -> Iterator[Path]:
    for app in APPS:
        yield from sorted((ROOT / app).rglob("*.toml"))


def _scripts_of_pages() -> Iterator[Path]:
    yield from sorted((ROOT / "config" / "theme" / "js").rglob("*.js"))


def _programs() -> Iterator[Path]:
    yield from (path for path in sorted((ROOT / "script").rglob("*")) if path.is_file() and path.suffix != ".pyc")
    yield from sorted((ROOT / "docs").rglob("*.py"))


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def _lines_of_source(source: Source) -> int:
    return len(source.text.splitlines())


def long_files() -> list[tuple[int, str]]:
    """Files of the product with more lines than a file may have, longest first; of tests only with their count."""
    sizes = [(_lines_of_source(source), source.path) for source in product()]
    sizes += [(lines_of(path), path.relative_to(ROOT).as_posix()) for path in templates()]
    return sorted((one for one in sizes if one[0] > MOST_LINES), reverse=True)


def named_twice() -> dict[str, list[str]]:
    """Classes of one name in several files of the product; forms are always written `forms.Name`, so they may share one."""
    files: dict[str, list[str]] = defaultdict(list)
    for source in product():
        if source.layer != "forms" and not source.path.endswith("/forms.py"):
            for node in source.tree.body:
                if isinstance(node, ast.ClassDef) and node.name not in {"Command", "DatabaseWrapper"}:
                    files[node.name].append(source.path)
    return {name: paths for name, paths in sorted(files.items()) if len(paths) > 1}


def marks(pattern: str) -> int:
    return sum(len(re.findall(pattern, source.text)) for source in product())


def dotted_strings() -> int:
    """Names of our own modules and functions in strings, which no checker follows."""
    constants = (node for source in product() for node in ast.walk(source.tree) if isinstance(node, ast.Constant))
    return sum(1 for node in constants if isinstance(node.value, str) and _DOTTED.fullmatch(node.value))


def central_lists() -> list[str]:
    """Files beside the rooms of an app that import from many of its rooms: each new subject is written into them."""
    return [source.path for source in product() if len(_rooms_named(source)) >= MANY_ROOMS]


def _rooms_named(source: Source) -> set[str]:
    if source.path.count("/") != 1 or source.app == "config":
        return set()
    imports = (node.module or "" for node in ast.walk(source.tree) if isinstance(node, ast.ImportFrom))
    parts = (module.split(".") for module in imports if module.startswith(f"{source.app}."))
    return {names[1] for names in parts if (ROOT / source.app / names[1]).is_dir()}


def shared_docstrings() -> int:
    """Files whose first sentence another file has too."""
    told = Counter(text for source in product() if (text := ast.get_docstring(source.tree)))
    return sum(count for count in told.values() if count > 1)


def mean_lines_of_an_act() -> int:
    """Of the public functions that a form, an endpoint or a job calls, rounded up."""
    acts = [function for source in product() if source.is_action for function in source.public_functions]
    lines = sum((function.end_lineno or function.lineno) - function.lineno + 1 for function in acts)
    return -(-lines // len(acts)) if acts else 0


def table() -> list[tuple[str, int]]:
    return [
        ("lines of Python, without migrations and tests", sum(map(_lines_of_source, product()))),
        ("lines of templates", sum(map(lines_of, templates()))),
        ("lines of TOML", sum(map(lines_of, _packs()))),
        ("lines of JavaScript", sum(map(lines_of, _scripts_of_pages()))),
        ("lines of script/ and docs/*.py", sum(map(lines_of, _programs()))),
        ("files of Python", len(product())),
        (f"files of 1 to {FEW_LINES} lines", sum(1 for one in product() if 0 < _lines_of_source(one) <= FEW_LINES)),
        (f"files over {MOST_LINES} lines", len(long_files())),
        ("lines of an act, on average", mean_lines_of_an_act()),
        ("dotted names of ours in strings", dotted_strings()),
        ("central lists", len(central_lists())),
        ("files that share their docstring", shared_docstrings()),
        ("type: ignore", marks(r"# type: ignore")),
        ("fmt: skip", marks(r"# fmt: skip")),
        ("class names used twice, forms apart", len(named_twice())),
    ]


if __name__ == "__main__":
    most = limits()["at_most"]
    for what, count in table():
        print(f"{count:>8,}  of at most {most[what]:>8,}  {what}")
