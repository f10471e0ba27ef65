"""What a file of the directory says of its people: CSV or JSON, read whole before anything is done."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.json_reader import read_json

YES, NO = frozenset({"", "1", "true", "yes", "y", "active"}), frozenset({"0", "false", "no", "n", "inactive"})


class UnreadableFile(Exception):
    """The file is no list of people."""


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    line: int
    sub: str
    email: str
    name: str
    groups: tuple[str, ...]
    is_active: bool

    @property
    def identity(self) -> str:
        return self.sub or self.email


@dataclass(frozen=True, slots=True)
class DirectoryFileFault:
    line: int
    words: str


def rows_in(file: Path) -> tuple[list[DirectoryRow], list[DirectoryFileFault]]:
    """Every row, and every fault: with one, nothing of the file is to be done, as the row may be of anyone."""
    rows: list[DirectoryRow] = []
    faults: list[DirectoryFileFault] = []
    seen: set[str] = set()
    for line, said in enumerate(_read(file), start=2 if file.suffix == ".csv" else 1):
        try:
            row = _row(line, said)
        except ValueError as fault:
            faults.append(DirectoryFileFault(line, str(fault)))
            continue
        if twice := {row.sub, row.email} & seen:
            faults.append(DirectoryFileFault(line, f"{', '.join(sorted(twice))} is there twice."))
        seen |= {row.sub, row.email} - {""}
        rows.append(row)
    return rows, faults


def _row(line: int, said: Any) -> DirectoryRow:
    if not isinstance(said, Mapping):
        raise ValueError("This is no person.")
    sub, email = (str(said.get(key) or "").strip() for key in ("sub", "email"))
    if not sub and "@" not in email:
        raise ValueError("There is neither sub nor email address.")
    groups = said.get("groups") or ()
    named = groups.split(";") if isinstance(groups, str) else groups
    name = " ".join(str(said.get("name") or "").split())[:200]
    named = tuple(str(group).strip() for group in named if str(group).strip())
    return DirectoryRow(line, sub, email.lower(), name, named, _is_active(said.get("active", "")))


def _is_active(said: Any) -> bool:
    typed = str("" if said is None else said).strip().lower()
    if typed in YES or typed in NO:
        return typed in YES
    raise ValueError(f"active is neither yes nor no: {typed}.")


def _read(file: Path) -> Iterator[Any]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        if file.suffix == ".csv":
            reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
            if not {"sub", "email"} & set(reader.fieldnames or ()):
                raise UnreadableFile("The first row names neither sub nor email.")
            yield from reader
            return
        people = read_json(text, most=len(text))
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as fault:
        raise UnreadableFile(f"{file} cannot be read: {fault}") from fault
    if not isinstance(people, list):
        raise UnreadableFile("The file must hold a list of people.")
    yield from people
