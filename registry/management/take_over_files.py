"""The files of a register that is taken over: a folder or a ZIP with a manifest, tables as CSV, and documents."""

import hashlib
import tomllib
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from registry import schemes, uploads
from registry.errors import Refused
from registry.table_reader import delimited
from registry.take_overs.rules import holders, tables
from registry.take_overs.rules.holders import HolderRecord
from registry.take_overs.rules.tables import RowFault, TableRow, TableTerms
from registry.uploads import Upload

MANIFEST, DOCUMENTS = "manifest.toml", "documents"


@dataclass(frozen=True)
class TakeOverManifest:
    authority: str
    scheme: str
    dates: list[str]
    columns: dict[str, dict[str, str]]
    codes: dict[str, dict[str, str]]


@dataclass
class TakeOverFiles:
    """What was handed over, as it is read. `faults` are of whole files and of rows that belong to no holder."""

    path: Path
    today: date
    files: list[dict[str, Any]] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    records: list[HolderRecord] = field(default_factory=list)

    @cached_property
    def packed(self) -> zipfile.ZipFile | None:
        if self.path.is_dir():
            return None
        try:
            return zipfile.ZipFile(self.path)
        except (OSError, zipfile.BadZipFile):
            raise CommandError(f"{self.path} is neither a folder nor a ZIP file.") from None

    @cached_property
    def names(self) -> frozenset[str]:
        if self.packed is not None:
            return frozenset(self.packed.namelist())
        return frozenset(one.relative_to(self.path).as_posix() for one in self.path.rglob("*") if one.is_file())

    def content(self, name: str) -> bytes:
        return self.packed.read(name) if self.packed is not None else (self.path / name).read_bytes()

    @cached_property
    def digest(self) -> str:
        """Of all that was handed over: each name with the digest of its content."""
        whole = hashlib.sha256()
        for name in sorted(self.names):
            whole.update(f"{name}\n{hashlib.sha256(self.content(name)).hexdigest()}\n".encode())
        return whole.hexdigest()

    @cached_property
    def manifest(self) -> TakeOverManifest:
        try:
            said = tomllib.loads(self.content(MANIFEST).decode())
            columns = _mapped(said, "columns", tables.TABLES)
            codes = _mapped(said, "codes", {one.name for table in tables.TABLES.values() for one in table})
            return TakeOverManifest(_text(said, "authority"), _scheme(said), _dates(said), columns, codes)
        except (OSError, KeyError, AttributeError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            known = ", ".join(tables.DATES)
            raise CommandError(
                f"{MANIFEST} must say authority, scheme ({', '.join(schemes.names())}) and dates ({known}): {fault}"
            ) from None

    @cached_property
    def terms(self) -> TableTerms:
        pack = schemes.in_force(self.manifest.scheme, self.today)
        return TableTerms(
            dates=self.manifest.dates,
            codes=self.manifest.codes,
            today=self.today,
            sectors=frozenset(one.code for one in pack.sectors),
            nations=frozenset(one.code for one in pack.nations),
            standards=frozenset(one.code for one in pack.standards),
            languages=frozenset(settings.SITE_LANGUAGES),
        )

    def read(self) -> None:
        """Read all tables to their end, whatever is wrong in them."""
        rows = {table: list(self._table(table)) for table in tables.TABLES}
        self.records, strays = holders.holders(rows, today=self.today)
        self.faults += strays
        for record in self.records:
            for row in record.documents:
                self._try_document(row)

    def _table(self, table: str) -> Iterator[TableRow]:
        name = f"{table}.csv"
        if name not in self.names:
            if table not in tables.OPTIONAL:
                self.faults.append(RowFault(name, 0, "", "The file is missing. Add it."))
            return
        lines, encoding = self._lines(name)
        if not lines and table in tables.OPTIONAL:
            return
        ours = self.manifest.columns.get(table, {})
        header = [ours.get(tables.folded(cell), cell.strip()) for cell in lines[0]] if lines else []
        sha256 = hashlib.sha256(self.content(name)).hexdigest()
        kept = [(number, cells) for number, cells in enumerate(lines[1:], 2) if any(cell.strip() for cell in cells)]
        self.files.append({"name": name, "rows": len(kept), "encoding": encoding, "sha256": sha256})
        if faults := list(tables.header_faults(table, header)):
            self.faults += faults
            return
        yield from (self._row(table, header, number, cells) for number, cells in kept)

    def _lines(self, name: str) -> tuple[list[list[str]], str]:
        try:
            text, guessed = delimited.decoded(self.content(name))
            return (list(delimited.rows(text)) if text.strip() else []), guessed or "UTF-8"
        except delimited.UnreadableText:
            self.faults.append(RowFault(name, 0, "", "The file is no text. Save it as CSV in UTF-8."))
            return [], ""

    def _row(self, table: str, header: list[str], number: int, cells: list[str]) -> TableRow:
        row = tables.read_row(table, number, dict(zip(header, cells, strict=False)), self.terms)
        if len(cells) > len(header):
            row.fault(
                "", "The row has more cells than there are columns. Put quotation marks around a text with commas."
            )
        return row

    def opened(self, name: str) -> Upload:
        """A document by its name. Raises `Refused` for one that cannot be kept."""
        return uploads.received(name, self.content(f"{DOCUMENTS}/{name}"))

    def _try_document(self, row: TableRow) -> None:
        name = row["file"]
        if not name or row.faults:
            return
        if PurePosixPath(name).name != name or f"{DOCUMENTS}/{name}" not in self.names:
            row.fault("file", f"The folder {DOCUMENTS} has no such file. Add it, or correct the name.")
            return
        try:
            self.opened(name)
        except Refused as refused:
            row.fault("file", refused.reasons[0].text)

    @property
    def all_faults(self) -> list[RowFault]:
        return sorted({*self.faults, *(fault for record in self.records for fault in record.faults)})

    @property
    def left_out(self) -> list[RowFault]:
        return sorted({fault for record in self.records if not record.faults for fault in record.left_out})


def _text(said: dict[str, Any], name: str) -> str:
    text = str(said[name]).strip()
    if not text:
        raise KeyError(name)
    return text


def _dates(said: dict[str, Any]) -> list[str]:
    forms = said["dates"] if isinstance(said["dates"], list) else [said["dates"]]
    if unknown := [form for form in forms if form not in tables.DATES]:
        raise KeyError(*unknown)
    return forms


def _mapped(said: dict[str, Any], name: str, known: Collection[str]) -> dict[str, dict[str, str]]:
    """What the manifest says is ours for each of theirs, by table or by column."""
    found = said.get(name, {})
    if unknown := [one for one in found if one not in known]:
        raise KeyError(f"{name}.{unknown[0]}")
    return {key: {tables.folded(theirs): str(ours) for theirs, ours in some.items()} for key, some in found.items()}


def _scheme(said: dict[str, Any]) -> str:
    if said["scheme"] not in schemes.names():
        raise KeyError(said["scheme"])
    return str(said["scheme"])
