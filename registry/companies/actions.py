"""Reading the snapshot of the companies register: an edition is read beside the one in use, and takes its place as a whole."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from registry import permissions
from registry.accounts.models import User
from registry.companies import rules as companies_rules
from registry.companies.models import Company, CompanyPerson
from registry.errors import Reason, refuse_for
from registry.identifiers import tidy_postcode
from registry.imports import queries as import_queries
from registry.imports import rules as imports_rules
from registry.imports.models import Import, RefusedLine
from registry.premises import rules as premises_rules
from registry.trail.actions import events as trail
from registry.trail.models.rows import fields, insert, prepared

PREVIOUS_NAMES = 10
TRADES = 4
KINGDOM = frozenset({"", "UNITED KINGDOM", "GREAT BRITAIN"})
LINES = ("RegAddress.CareOf", "RegAddress.POBox", "RegAddress.AddressLine1", "RegAddress.AddressLine2")


@transaction.atomic
def import_rows(
    under: Import, *, after: int, rows: Sequence[tuple[int, Mapping[str, str]]], by: User, at: datetime
) -> tuple[Import, list[RefusedLine]]:
    """Write the next rows of a snapshot down, beside the edition in use: nobody is shown them before it is finished.

    `after` is how many rows were read before these; `rows` are line numbers and values by column. A row that cannot be
    used is reported and keeps no other out. Raises `Refused` when the reading is not where the caller believes it to be.
    """
    permissions.require(by, "registry.import_lists")
    under = trail.locked(under)
    refuse_for(imports_rules.import_blockers(under, after=after))
    batch = _CompanyBatch(under)
    known = set(_numbers(under, rows))
    for line, row in rows:
        batch.take(line, row, known)
    insert(Company, prepared(Company, batch.added))
    under.save(update_fields=under.count(len(rows), batch.counts, batch.reported))
    trail.record(under, "import_rows", by=by, at=at, **batch.counts)
    return under, batch.reported


@transaction.atomic
def import_people(
    under: Import, *, after: int, rows: Sequence[tuple[int, Mapping[str, str]]], by: User, at: datetime
) -> tuple[Import, list[RefusedLine]]:
    """Write the next officers and owners down, beside the edition in use. Who has left, and companies, are counted only."""
    permissions.require(by, "registry.import_lists")
    under = trail.locked(under)
    refuse_for(imports_rules.import_blockers(under, after=after))
    added: list[CompanyPerson] = []
    reported: list[RefusedLine] = []
    refused = 0
    for line, row in rows:
        if faults := list(companies_rules.person_faults(row)):
            refused += 1
            reported += [RefusedLine(line, str(reason)) for reason in faults]
        elif kind := companies_rules.kind_of_role(row["role"], until=row["resigned_on"]):
            name = companies_rules.name_in_order(row["name"])
            since = companies_rules.iso_day(row["appointed_on"])
            number = row["company_number"].strip().upper()
            added.append(CompanyPerson(edition=under, number=number, name=name, kind=kind, since=since))
    CompanyPerson.objects.bulk_create(added)
    counts: dict[str, Any] = {"added": len(added), "unchanged": len(rows) - len(added) - refused, "refused": refused}
    under.save(update_fields=under.count(len(rows), counts, reported))
    trail.record(under, "import_people", by=by, at=at, **counts)
    return under, reported


@transaction.atomic
def carry_gone(under: Import, *, after: str, most: int, by: User, at: datetime) -> str:
    """Keep what the edition in use names and this one, read to its end, does not: presumed dissolved since this edition.

    Goes through `most` companies in the order of their numbers, beginning after one of them. Returns the last, or "" at
    the end. To go again over what was gone over changes nothing.
    """
    permissions.require(by, "registry.import_lists")
    under = trail.locked(under)
    refuse_for(imports_rules.import_blockers(under, after=under.read))
    former = import_queries.newest_edition(under.source)
    stretch = Company.objects.filter(edition=former, number__gt=after).order_by("number")
    reached = list(stretch.values_list("number", flat=True)[most - 1 : most])
    if reached:
        stretch = stretch.filter(number__lte=reached[0])
    still_named = Company.objects.filter(edition=under, number=OuterRef("number"))
    gone = [_as_gone(one, under) for one in stretch.exclude(Exists(still_named)).iterator()]
    insert(Company, prepared(Company, gone))
    trail.record(under, "carry_gone", by=by, at=at, gone=len(gone))
    return reached[0] if reached else ""


@transaction.atomic
def clear_former(newest: Import, *, most: int, by: User, at: datetime) -> int:
    """Delete some rows of other editions, and of readings that were given up: at most `most`. Returns how many.

    Of an edition nothing is lost but its rows: that it was read, when, and by its digest which file, stays in the trail.
    """
    permissions.require(by, "registry.import_lists")
    newest = trail.locked(newest)
    former = _with_rows(newest).first()
    if former is None:
        return 0
    rows = _rows_of(newest).filter(edition=former)
    reached = list(rows.order_by("number").values_list("number", flat=True)[most - 1 : most])
    cleared, _by_model = (rows.filter(number__lte=reached[0]) if reached else rows).delete()
    trail.record(newest, "clear_former", by=by, at=at, edition=former, cleared=cleared)
    return cleared


def _with_rows(newest: Import) -> QuerySet[Import]:
    """What was read beside or before the edition in use, is not being read, and still has rows."""
    others = Import.objects.filter(source=newest.source).exclude(pk=newest.pk)
    being_read = Import.objects.unfinished()
    with_rows = Exists(_rows_of(newest).filter(edition=OuterRef("pk")))
    return others.exclude(pk__in=being_read).filter(with_rows).order_by("pk")


def _rows_of(edition: Import) -> QuerySet[Any]:
    return (CompanyPerson if edition.source == CompanyPerson.SOURCE else Company)._default_manager.all()


@dataclass(slots=True)
class _CompanyBatch:
    """Some rows of a snapshot, sorted by what is to be done with them."""

    under: Import
    added: list[dict[str, Any]] = field(default_factory=list)
    repeated: int = 0
    refused: int = 0
    reported: list[RefusedLine] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, Any]:
        return {"added": len(self.added), "repeated": self.repeated, "refused": self.refused}

    def take(self, line: int, row: Mapping[str, str], known: set[str]) -> None:
        faults = list(companies_rules.company_faults(row))
        number = row["CompanyNumber"].strip().upper()
        if faults:
            self.refused += 1
            self._report(line, faults)
        elif number in known:
            self.repeated += 1
            self.reported.append(RefusedLine(line, str(companies_rules.COMPANY_REPEATS)))
        else:
            known.add(number)
            self._report(line, companies_rules.company_oddities(row))
            self.added.append({"edition_id": self.under.pk, "number": number, **_particulars(row)})

    def _report(self, line: int, reasons: Iterable[Reason]) -> None:
        self.reported += [RefusedLine(line, str(reason)) for reason in reasons]


def _numbers(under: Import, rows: Iterable[tuple[int, Mapping[str, str]]]) -> Iterable[str]:
    numbers = [row["CompanyNumber"].strip().upper() for _line, row in rows]
    return Company.objects.filter(edition=under, number__in=numbers).values_list("number", flat=True)


def _particulars(row: Mapping[str, str]) -> dict[str, Any]:
    """A row of the snapshot as the registry keeps it."""
    return {
        "name": _plain(row["CompanyName"]),
        "category": _plain(row["CompanyCategory"]),
        "status": _plain(row["CompanyStatus"]),
        "incorporated_on": companies_rules.day_of(row["IncorporationDate"]),
        "address": _address(row),
        "previous_names": [*_previous_names(row)],
        "activities": [text for n in range(1, TRADES + 1) if (text := _plain(row[f"SICCode.SicText_{n}"]))],
        "gone_since": None,
    }


def _plain(text: str) -> str:
    return " ".join(text.split()) if text else ""


def _address(row: Mapping[str, str]) -> dict[str, str]:
    """In the shape that the registry keeps addresses in. The snapshot says a country where it is not in the kingdom."""
    lines = [text for column in LINES if (text := _plain(row[column]))]
    country = _plain(row["RegAddress.Country"])
    nation = premises_rules.COUNTRIES.get(country.lower(), "")
    county = [_plain(row["RegAddress.County"]), "" if nation or country.upper() in KINGDOM else country]
    return {
        "line_1": lines[0] if lines else "",
        "line_2": ", ".join(lines[1:]),
        "town": _plain(row["RegAddress.PostTown"]),
        "county": ", ".join(filter(None, county)),
        "postcode": tidy_postcode(_plain(row["RegAddress.PostCode"])),
        "country": nation,
    }


def _previous_names(row: Mapping[str, str]) -> Iterator[list[str]]:
    for n in range(1, PREVIOUS_NAMES + 1):
        name = _plain(row[f"PreviousName_{n}.CompanyName"])
        if not name:  # they are filled in from the first on
            return
        until = companies_rules.day_of(row[f"PreviousName_{n}.CONDATE"])
        yield [name, until.isoformat() if until else ""]


def _as_gone(company: Company, under: Import) -> dict[str, Any]:
    """The company as it was last named, in the edition that does not name it any more."""
    kept = {field.attname: getattr(company, field.attname) for field in fields(Company)}
    return kept | {"edition_id": under.pk, "gone_since": company.gone_since or under.edition_on}
