"""Versions that another took in: what was pinned to them stays pinned, and is decided by what that other version says.

    gla-food/merged.toml           2026-11-16 = "2026-04-07"

They hold on no day, so nothing new is pinned to them, and no list of versions has them. A version that was ever in a release
stays here for good: cases, letters and printed forms name it.
"""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from registry.schemes.composing import MERGED
from registry.schemes.faults import Fault
from registry.schemes.scheme import Scheme

FILE = f"{MERGED}.toml"


def merged(folder: Path, own: dict[date, Scheme], found: list[Fault]) -> Iterator[Scheme]:
    """The versions of the scheme in this folder that are only names of others; `own` are those that have files."""
    for former, into in _read(folder, found).items():
        day, taken_in_by = _day(former), _day(into)
        if day is None or day in own:
            found.append(
                Fault(f"{folder.name}/{FILE}", former, "must be the day of a version that has no file any more")
            )
        elif taken_in_by is None or taken_in_by not in own:
            found.append(Fault(f"{folder.name}/{FILE}", former, f"there is no version {into!r}"))
        else:
            yield own[taken_in_by].model_copy(update={"version": day, "merged_into": taken_in_by})


def _read(folder: Path, found: list[Fault]) -> dict[str, object]:
    file = folder / FILE
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        found.append(Fault(f"{folder.name}/{FILE}", "", f"not readable as TOML: {error}"))
        return {}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
