"""A register of another authority as files: made of a seed, so that the same numbers come out again."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from io import StringIO
from itertools import count, pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from registry import schemes
from registry.accounts.models import User
from registry.take_overs.actions.take_overs import settle_question
from registry.take_overs.models import TakeOver, TakeOverQuestion
from registry.take_overs.states import QuestionKind
from tests.people import person
from tests.registry.uploads import pdfs

AUTHORITY = "Former Licensing Board"
DAY = timedelta(days=1)
_NUMBERS = count(100)
FIRST = (
    "Alder",
    "Birch",
    "Cedar",
    "Dale",
    "Elm",
    "Fern",
    "Glen",
    "Heath",
    "Ivy",
    "Juniper",
    "Kestrel",
    "Larch",
    "Moor",
)
SECOND = ("Labour", "Harvest", "Field", "Packing", "Crew", "Staffing", "Rural", "Work", "Hands", "Supply", "Team")
TOWNS = ("Boston", "Evesham", "Hereford", "Spalding", "Wisbech", "Carmarthen", "Forfar", "Omagh")
GIVEN = ("Anna", "Bela", "Ciaran", "Dilys", "Emil", "Fatima", "Gwen", "Hana", "Ivo", "Jana", "Karel", "Lena")
FAMILY = ("Novak", "Pritchard", "Murray", "Okafor", "Reid", "Silva", "Toth", "Vance", "Whyte", "Young", "Zeman")

Rows = dict[str, list[dict[str, Any]]]


def scheme() -> str:
    return schemes.names()[-1]


def a_sector(today: date) -> str:
    return schemes.in_force(scheme(), today).sectors[0].code


def manifest(dates: str = "YYYY-MM-DD") -> str:
    return f'authority = "{AUTHORITY}"\nscheme = "{scheme()}"\ndates = "{dates}"\n'


def written(
    folder: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]], *, says: str = "", encoding: str = "utf-8"
) -> Path:
    """Write the files of a register; columns are those of the first row."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.toml").write_text(says or manifest())
    for table, found in rows.items():
        with (folder / f"{table}.csv").open("w", encoding=encoding, newline="") as text:
            writer = csv.DictWriter(text, list(dict.fromkeys(name for row in found for name in row)))
            writer.writeheader()
            writer.writerows(found)
    return folder


def a_register(holders: int, *, years: int, today: date, seed: int = 7, documents: bool = False) -> Rows:
    """So many holders with one licence each, renewed every year, some of them suspended, with conditions, revoked or given up."""
    random = Random(seed)
    rows: Rows = {name: [] for name in ("holders", "people", "licences", "conditions", "standings", "documents")}
    pack = schemes.in_force(scheme(), today)
    for nth in range(1, holders + 1):
        _add(rows, nth, random, pack, today=today, years=years)
        if documents:
            rows["documents"].append({"holder": f"H{nth}", "file": f"{nth}.pdf", "title": "Application form"})
    return rows


def with_documents(folder: Path, rows: Rows) -> None:
    (folder / "documents").mkdir(exist_ok=True)
    content = pdfs.a_pdf()
    for row in rows["documents"]:
        (folder / "documents" / row["file"]).write_bytes(content)


def taken_over(rows: Rows, *, by: User) -> TakeOver:
    """By the command, as an operator does it."""
    with TemporaryDirectory() as folder:
        call_command("import_licences", str(written(Path(folder), rows)), "--by", by.email, stdout=StringIO())
    return TakeOver.objects.latest("pk")


def a_firm(nth: int = 17, *, holder: str = "H1", **licence: Any) -> Rows:
    """One firm, licensed since 2006, suspended for May 2010, with an old number, a term until 2027 and no email address."""
    number = {"licence_number": f"OLD/2006-{nth}"}
    term = {"term_from": "2006-05-01", "term_until": "2027-04-30"}
    days = (("2006-05-01", "licensed"), ("2010-05-01", "suspended"), ("2010-06-01", "licensed"))
    standings = [{**number, "first_day": day, "standing": standing, **term} for day, standing in days]
    standings[1]["suspended_until"] = "2010-05-31"
    own = {"company_number": f"{1_234_550 + nth:08}", "email": ""}
    return {
        "holders": [{"holder": holder, "legal_name": "Harvest Hands Ltd", **own}],
        "people": [{"holder": holder, "role": "principal_authority", "full_name": "Anna Novak", "since": "2006-05-01"}],
        "licences": [
            {
                **number,
                "holder": holder,
                "granted_on": "2006-04-20",
                "valid_from": "2006-05-01",
                "valid_until": "2027-04-30",
                "status": "active",
                "status_from": "",
                "sectors": a_sector(date(2026, 11, 2)),
                **licence,
            }
        ],
        "standings": standings,
    }


def a_question() -> TakeOverQuestion:
    """Of a firm that holds a licence and has no email address; another firm of the files was refused."""
    nth = next(_NUMBERS)
    rows = a_firm(nth, holder=f"H{nth}")
    rows["holders"].append({**rows["holders"][0], "holder": f"X{nth}", "legal_name": ""})
    return taken_over(rows, by=person("manager")).questions.get(kind=QuestionKind.NO_EMAIL)


def a_settled_question() -> TakeOverQuestion:
    found = "I rang them. They have no email address and want letters."
    return settle_question(a_question(), found=found, by=person("case_officer"), at=timezone.now())


def _add(rows: Rows, nth: int, random: Random, pack: Any, *, today: date, years: int) -> None:
    key, number = f"H{nth}", f"FLB/{nth:06}" if nth % 3 else f"FLBX{nth % 10_000:04}"
    name = f"{random.choice(FIRST)} {random.choice(SECOND)} {nth} Ltd"
    rows["holders"].append(
        {
            "holder": key,
            "legal_name": name,
            "trading_names": f"{name.split()[0]} {nth}",
            "legal_status": "company",
            "company_number": f"{10_000_000 + nth}",
            "line_1": f"{random.randint(1, 99)} Mill Lane",
            "town": random.choice(TOWNS),
            "postcode": "HR4 9AA",
            "country": pack.nations[0].code,
            "telephone": f"+44 1432 {200_000 + nth}",
            "email": f"office{nth}@firm.example" if nth % 10 else "",
        }
    )
    who = f"{random.choice(GIVEN)} {random.choice(FAMILY)}"
    rows["people"].append(
        {"holder": key, "role": "principal_authority", "full_name": who, "since": _said(today, years)}
    )
    _add_licence(rows, key, number, random, pack, today=today, years=years)


def _said(today: date, years: int) -> str:
    return date(today.year - years, 2, 1).isoformat()


def _add_licence(rows: Rows, key: str, number: str, random: Random, pack: Any, *, today: date, years: int) -> None:
    starts = date(today.year - years, random.randint(1, 6), random.randint(1, 28))
    ends = random.choices(("active", "revoked", "surrendered", "expired"), (80, 6, 6, 8))[0]
    terms = _terms(starts, years + 1 if ends == "active" else random.randint(1, max(1, years - 1)))
    last = terms[-1][1]
    told = [row for term in terms for row in _term(number, starts, *term, random, may_be_suspended=term[1] < today)]
    licence = {
        "licence_number": number,
        "holder": key,
        "granted_on": starts.isoformat(),
        "valid_from": starts.isoformat(),
        "valid_until": last.isoformat(),
        "status": "active" if ends == "expired" else ends,
        "status_from": "",
        "sectors": pack.sectors[0].code,
    }
    if ends in ("revoked", "surrendered"):
        gone = last - 30 * DAY
        told.append(_standing(number, gone, ends, starts, last))
        licence["status_from"] = gone.isoformat()
    elif ends == "expired":
        told.append(_standing(number, last + DAY, "expired", starts, last))
    elif random.random() < 0.1:
        told[-1]["standing"] = "licensed_with_conditions"
        rows["conditions"].append(_condition(number, pack, told[-1]["first_day"], last))
    rows["licences"].append(licence)
    rows["standings"] += told


def _condition(number: str, pack: Any, imposed_on: str, due_on: date) -> dict[str, Any]:
    said = {"standard": pack.standards[0].code, "requirement": "Pay what is owed.", "status": "open"}
    return {"licence_number": number, **said, "imposed_on": imposed_on, "due_on": due_on.isoformat()}


def _terms(starts: date, years: int) -> list[tuple[date, date]]:
    firsts = [starts.replace(year=starts.year + n) for n in range(years + 1)]
    return [(first, after - DAY) for first, after in pairwise(firsts)]


def _term(
    number: str, starts: date, first: date, until: date, random: Random, *, may_be_suspended: bool
) -> Iterator[dict[str, Any]]:
    """One year; every twentieth has a suspension of a month."""
    yield _standing(number, first, "licensed", starts, until)
    if may_be_suspended and random.random() < 0.05:
        lifted = first + 90 * DAY
        suspended = _standing(number, first + 60 * DAY, "suspended", starts, until)
        yield {**suspended, "suspended_until": (lifted - DAY).isoformat()}
        yield _standing(number, lifted, "licensed", starts, until)


def _standing(number: str, first: date, standing: str, term_from: date, until: date) -> dict[str, Any]:
    days = {"first_day": first.isoformat(), "term_from": term_from.isoformat(), "term_until": until.isoformat()}
    return {"licence_number": number, "standing": standing, **days, "suspended_until": ""}
