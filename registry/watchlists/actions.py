"""Reading a list to check against: an edition is read beside the one in use, and takes its place as a whole."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.imports import rules as imports_rules
from registry.imports.models import Import, RefusedLine
from registry.trail.actions import events as trail
from registry.trail.models.rows import insert, prepared
from registry.watchlists import rules as listed_rules
from registry.watchlists.models import ListedParty

ALIASES = ";"


@transaction.atomic
def import_rows(
    under: Import, *, after: int, rows: Sequence[tuple[int, Mapping[str, str]]], by: User, at: datetime
) -> tuple[Import, list[RefusedLine]]:
    """Write the next rows of a list down, beside the edition in use: nobody is compared with them before it is finished.

    A row with neither a date of birth nor a company number can be matched by its name alone, which is worth nothing: it
    is reported, and keeps no other out. Raises `Refused` when the reading is not where the caller believes it to be.
    """
    permissions.require(by, "registry.import_lists")
    under = trail.locked(under)
    refuse_for(imports_rules.import_blockers(under, after=after))
    added, reported, refused = [], [], 0
    for line, row in rows:
        faults = list(listed_rules.listed_faults(row))
        reported += [RefusedLine(line, str(reason)) for reason in faults]
        refused += bool(faults)
        if not faults:
            added.append({"edition_id": under.pk, "line": line, **_particulars(row)})
    insert(ListedParty, prepared(ListedParty, added))
    counts: dict[str, Any] = {"added": len(added), "refused": refused}
    under.save(update_fields=under.count(len(rows), counts, reported))
    trail.record(under, "import_rows", by=by, at=at, **counts)
    return under, reported


@transaction.atomic
def clear_former(newest: Import, *, by: User, at: datetime) -> int:
    """Delete the rows of other editions of this list, and of readings that were given up. Returns how many.

    That it was read, when, and by its digest which file, stays in the trail.
    """
    permissions.require(by, "registry.import_lists")
    newest = trail.locked(newest)
    others = Import.objects.filter(source=newest.source).exclude(pk__in=[newest.pk, *_being_read(newest)])
    with_rows = others.filter(Exists(ListedParty.objects.filter(edition=OuterRef("pk"))))
    rows = ListedParty.objects.filter(edition__in=list(with_rows))
    cleared, _by_model = rows.delete()
    if cleared:
        trail.record(newest, "clear_former", by=by, at=at, cleared=cleared)
    return cleared


def _being_read(newest: Import) -> list[int]:
    return list(Import.objects.unfinished().filter(source=newest.source).values_list("pk", flat=True))


def _particulars(row: Mapping[str, str]) -> dict[str, Any]:
    number = row["company_number"].strip()
    return {
        "name": _plain(row["name"]),
        "aliases": [alias for one in row["aliases"].split(ALIASES) if (alias := _plain(one))],
        "date_of_birth": listed_rules.listed_day(row["date_of_birth"]),
        "company_number": listed_rules.listed_number(number) or "",
        "reference": _plain(row["reference"]),
        "listed_from": listed_rules.listed_day(row["from"]),
        "listed_until": listed_rules.listed_day(row["to"]),
        "source": _plain(row["source"]),
    }


def _plain(text: str) -> str:
    return " ".join(text.split())
