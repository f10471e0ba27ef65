"""Compose the versions of a scheme from its files: a base, and a dated difference for each later day.

    gla-food/base/*.toml           the first version, a file for each subject; scheme.toml says its day
    gla-food/2018-10-01.toml       what changed on that day, by subject: `[letters.request]`
    gla-food/2026-04-07/form.toml  a subject of which too much changed for the one file of its day

A base may extend one named version of another scheme (`extends = "gla-food/2026-04-07"`): its files are differences to that.
"""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli

from registry.schemes import differences
from registry.schemes.faults import Fault
from registry.schemes.kinds import HOMES, PARTS, REQUIRED

BASE = "base"
#: Says which versions others took in (`registry.schemes.merged`); it is of no day.
MERGED = "merged"
NO_SUCH_FILE = "no file of this name belongs to a pack"
#: Of scheme.toml: what is said of the files and not of the scheme.
EXTENDS = "extends"

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DayFiles:
    """What the files of one day say: by subject, and in which file. One file may hold several subjects."""

    name: str
    parts: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    found: list[Fault] = field(default_factory=list)

    def fault(self, part: str, key: str, reason: str) -> Fault:
        """A fault of this day, with the file to open and the key as it is written there."""
        file = self.files.get(part, self.name)
        if file.endswith(f"/{part}.toml") or key.split("[")[0].split(".")[0] == part:
            return Fault(file, key, reason)
        return Fault(file, f"{part}.{key}".rstrip("."), reason)


@dataclass(slots=True)
class ComposedVersion:
    """One version before anything is believed: what it says by subject, and since when each subject has been so."""

    scheme: str
    version: str
    said: DayFiles
    parts: Content
    since: dict[str, str]
    found: list[Fault]
    before: "ComposedVersion | None" = None

    @property
    def first(self) -> "ComposedVersion":
        """The version that this one goes back to in the end."""
        return self.before.first if self.before else self

    def file_of(self, part: str, steps: Sequence[str]) -> str:
        """The file that last said something of this key of a subject, or of what it is part of; of the scheme extended too."""
        said = self.said.parts.get(part) if self.before else None
        if said is not None and differences.mentions(said, steps):
            return self.said.files[part]
        return self.before.file_of(part, steps) if self.before else ""


class Composer:
    """The schemes below some folders, each composed once. A scheme that extends another is looked up in all of them."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = roots
        self._done: dict[Path, list[ComposedVersion]] = {}
        self._open: set[Path] = set()

    def versions(self, folder: Path) -> list[ComposedVersion]:
        """Every version of the scheme in this folder, oldest first; what is wrong with the files is in `found`."""
        if folder not in self._done:
            self._open.add(folder)
            self._done[folder] = list(self._composed(folder))
            self._open.discard(folder)
        return self._done[folder]

    def _composed(self, folder: Path) -> Iterator[ComposedVersion]:
        version = self._first(folder)
        first = version.version
        yield version
        for day in _later(folder):
            version = _after(version, _read(folder, day), day)
            if day <= first:
                version.found.append(Fault(version.said.name, "", f"is not later than the base, of {first}"))
            yield version

    def _first(self, folder: Path) -> ComposedVersion:
        said = _read(folder, BASE)
        found = [*said.found, *_misplaced(folder)]
        terms = said.parts.get("scheme", {})
        day, extended = str(terms.get("version", "")), terms.pop(EXTENDS, None)
        start = self._extended(folder, str(extended)) if extended else None
        parts: Content = said.parts
        if start is not None:
            found.extend(start.found)
            parts = _changed(start.parts, said, found)
        elif extended:
            found.append(said.fault("scheme", EXTENDS, f"there is no version {extended!r} to extend"))
        else:
            absent = [part for part in REQUIRED if part not in said.files]
            found.extend(Fault(f"{folder.name}/{BASE}/{part}.toml", "", "the file is missing") for part in absent)
        return ComposedVersion(folder.name, day, said, parts, dict.fromkeys(parts, day), found, start)

    def _extended(self, folder: Path, named: str) -> ComposedVersion | None:
        name, _, version = named.partition("/")
        for root in (folder.parent, *self._roots):
            other = root / name
            if name and (other / BASE).is_dir() and other not in self._open:
                return next((one for one in self.versions(other) if one.version == version), None)
        return None


def _after(before: ComposedVersion, said: DayFiles, day: str) -> ComposedVersion:
    found = list(said.found)
    parts = _changed(before.parts, said, found)
    terms = parts.get("scheme")
    if isinstance(terms, dict):
        parts["scheme"] = {**terms, "version": day}
    since = {**before.since, **dict.fromkeys(said.parts, day)}
    if not said.parts and not found:
        found.append(Fault(said.name, "", "says nothing: a version without a change is none"))
    return ComposedVersion(before.scheme, day, said, parts, since, found, before)


def _changed(parts: Content, said: DayFiles, found: list[Fault]) -> dict[str, Any]:
    """The subjects after a difference; those that it does not name are the same objects as before."""
    new = dict(parts)
    for part, change in said.parts.items():

        def tell(key: str, reason: str, part: str = part) -> None:
            found.append(said.fault(part, key, reason))

        if change == differences.REMOVED:
            if new.pop(part, None) is None or part in REQUIRED:
                tell("", "cannot be removed")
        elif part in new and isinstance(change, dict):
            new[part] = _part_changed(part, new[part], change, tell)
        else:
            new[part] = change
    return new


def _part_changed(part: str, old: dict[str, Any], change: dict[str, Any], tell: differences.Tell) -> Any:
    """A subject's main list need not be named: `[letters.request]` is `[letters.letters.request]`."""
    home = HOMES.get(part, part)
    if isinstance(old.get(home), list):
        fields = {field.alias or name for name, field in PARTS[part].model_fields.items()} | old.keys()
        short = {key: inner for key, inner in change.items() if key not in fields and isinstance(inner, dict)}
        if short:
            change = {key: inner for key, inner in change.items() if key not in short}
            old = {**old, home: differences.in_list(old[home], short, home, tell)}
            if not change:
                return old
    if part == "form" and isinstance(change.get("pages"), dict):
        pages, change = change["pages"], {key: inner for key, inner in change.items() if key != "pages"}
        old = {**old, "sections": _in_sections(old.get("sections"), pages, tell)}
        if not change:
            return old
    return differences.in_table(old, change, "", tell)


def _in_sections(sections: Any, pages: dict[str, Any], tell: differences.Tell) -> Any:
    """Pages are named without the section that they are in: `[form.pages.tax]`."""
    if not isinstance(sections, list) or not all(isinstance(one, dict) for one in sections):
        return sections
    new = [dict(section) for section in sections]
    for slug, change in pages.items():
        beside = slug if any(_has(one, slug) for one in new) else str(change.get(differences.AFTER, slug))
        section = next((one for one in new if _has(one, beside)), None)
        if section is None:
            tell(f"pages[{slug}]", 'is not there; a new page says after which other it comes: after = "…"')
        else:
            section["pages"] = differences.in_list(section["pages"], {slug: change}, "pages", tell)
    return new


def _has(section: dict[str, Any], slug: str) -> bool:
    pages = section.get("pages")
    return isinstance(pages, list) and differences.place_of(pages, slug) is not None


def _later(folder: Path) -> list[str]:
    """The days of the differences, oldest first."""
    return sorted({path.stem for path in folder.iterdir() if _is_day(path.stem) and path.suffix in ("", ".toml")})


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _misplaced(folder: Path) -> Iterator[Fault]:
    for path in sorted(folder.iterdir()):
        belongs = path.stem in (BASE, MERGED) or _is_day(path.stem) or path.name.startswith(".")
        if not belongs or (path.is_dir() and path.suffix) or (path.is_file() and path.suffix != ".toml"):
            yield Fault(f"{folder.name}/{path.name}", "", "is neither base nor named by a day, like 2027-04-06")


def _read(folder: Path, day: str) -> DayFiles:
    """What the file of this day says, and the files in the folder of this day."""
    file = folder / f"{day}.toml"
    said = DayFiles(f"{folder.name}/{file.name if file.exists() else day}")
    if file.exists():
        _read_file(file, said)
    for path in sorted((folder / day).glob("[!.]*")):
        name = f"{folder.name}/{day}/{path.name}"
        if path.suffix != ".toml" or path.stem not in PARTS:
            said.found.append(Fault(name, "", NO_SUCH_FILE))
        elif path.stem in said.files:
            said.found.append(Fault(name, "", f"{said.files[path.stem]} says something of this too: choose one"))
        else:
            said.files[path.stem] = name
            content = _toml(path, name, said.found)
            if content is not None:
                said.parts[path.stem] = content
    return said


def _read_file(path: Path, said: DayFiles) -> None:
    for part, content in (_toml(path, said.name, said.found) or {}).items():
        if part not in PARTS:
            said.found.append(Fault(said.name, part, NO_SUCH_FILE))
        elif isinstance(content, dict):
            said.parts[part], said.files[part] = content, said.name
        else:
            said.found.append(Fault(said.name, part, "must be a table: keys and values"))


def _toml(path: Path, name: str, found: list[Fault]) -> dict[str, Any] | None:
    """The content of a file; None where it cannot be read, which is a fault."""
    try:
        read: dict[str, Any] = pickle.loads(_understood(path.read_text(encoding="utf-8")))
        return read
    except UnicodeDecodeError:
        found.append(Fault(name, "", "not readable as TOML: the file is not text in UTF-8"))
    except (tomli.TOMLDecodeError, OSError) as error:
        found.append(Fault(name, "", f"not readable as TOML: {error}"))
    return None


# The same text is met again in every draft that is tried.
@lru_cache(maxsize=256)
def _understood(text: str) -> bytes:
    """The content, pickled: each reader gets a copy of its own, and this is the fastest way to copy."""
    return pickle.dumps(tomli.loads(text))
