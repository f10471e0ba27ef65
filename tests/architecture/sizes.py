"""How large the product is and what must become less of it: `python -m tests.architecture.sizes` prints it as a table."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import APPS, ROOT, product

MOST_LINES = 300


def templates() -> Iterator[Path]:
    for app in APPS:
        yield from sorted((ROOT / app).glob("templates/**/*.html"))


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def long_files() -> list[tuple[int, str]]:
    """Files of the product with more lines than a file may have, longest first; of tests only with their count."""
    sizes = [(len(source.text.splitlines()), source.path) for source in product()]
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


def table() -> list[tuple[str, int]]:
    return [
        ("lines of Python, without migrations and tests", sum(len(source.text.splitlines()) for source in product())),
        ("lines of templates", sum(map(lines_of, templates()))),
        (f"files over {MOST_LINES} lines", len(long_files())),
        ("type: ignore", marks(r"# type: ignore")),
        ("fmt: skip", marks(r"# fmt: skip")),
        ("class names used twice, forms apart", len(named_twice())),
    ]


if __name__ == "__main__":
    for what, count in table():
        print(f"{count:>8,}  {what}")
