"""Firms come back among a past of firms, and how well and fast they are known again: `python -m tests.benchmarks.look_alikes`.

    --past 100000 --applicants 10000 --back 500     how many firms of the past, who applies, and who of them is one of the past
    --seed 2026                                     another made-up world; the weights were chosen on the seed A
    --splink PYTHON                                 a Python that has splink (tests/benchmarks/requirements-splink.txt)
    --ways firms,people                             how splink is given the firms; by people it needs much memory
    --filed                                         the files were written by an earlier run with the same figures

In DATABASE_URL if it is set, which must be empty; else on SQLite in a file under var/benchmarks, made anew. Beside the radar,
in the same run and on the same firms, stand exact match, strict and loose, and splink as its documentation begins.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import data

FOLDER = data.FOLDER / "look-alikes"
if "DATABASE_URL" not in os.environ:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("registry.sqlite3*") if "--filed" not in sys.argv else ():
        old.unlink()
    os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'registry.sqlite3'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from registry import matching, names
from registry.matching.models import Trait
from registry.organisations.models import Organisation
from tests.benchmarks import frame
from tests.benchmarks.firms import filing
from tests.benchmarks.firms.filing import Register
from tests.benchmarks.firms.people import Named
from tests.benchmarks.firms.world import Firm

#: How many applicants are asked about one by one, and how many together.
ALONE = 2_000
TOGETHER = 100

#: Number of the applicant and of the firm of the past.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """How well a way did: how many pairs it named, how many of them are right, and how many of those that there are."""

    named: int
    right: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.named if self.named else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.there

    @property
    def both(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right else 0.0

    @property
    def row(self) -> list[object]:
        return [f"{self.named:,}", *(f"{value:.3f}" for value in (self.precision, self.recall, self.both))]


def judged(pairs: set[Pair], register: Register) -> Judged:
    there = {(one.number, one.comes_from) for one in register.back}
    return Judged(len(pairs), len(pairs & there), len(there))


# --- the ways


def radar(register: Register, keys: dict[int, int], *, least: int) -> tuple[dict[Pair, int], float, float]:
    """Every pair with its points, and the seconds that all applicants took, by the clock and of the processor."""
    by_key = {key: number for number, key in keys.items()}
    past = {one.number for one in register.past}
    asked = [keys[one.number] for one in register.applicants]
    found: dict[Pair, int] = {}
    began, spent = time.perf_counter(), time.process_time()
    for start in range(0, len(asked), TOGETHER):
        for likenesses in matching.alike(asked[start : start + TOGETHER], least=least).values():
            for one in likenesses:
                if by_key[one.other] in past:
                    found[by_key[one.organisation], by_key[one.other]] = one.points
    return found, time.perf_counter() - began, time.process_time() - spent


def alone(register: Register, keys: dict[int, int], how_many: int) -> tuple[list[float], list[float]]:
    """The seconds that applicants took one by one, evidence and all, by the clock and of the processor."""
    clock, processor = [], []
    for one in register.applicants[:how_many]:
        began, spent = time.perf_counter(), time.process_time()
        matching.alike([keys[one.number]])
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    return clock, processor


Values = Callable[[Firm], Iterator[tuple[str, str]]]


def exactly(register: Register, values: Values) -> tuple[set[Pair], float]:
    """Whoever has a value in common, as one would write it in an afternoon."""
    began = time.perf_counter()
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for firm in register.past:
        for value in set(values(firm)):
            having[value].append(firm.number)
    found = {
        (firm.number, other)
        for firm in register.applicants
        for value in values(firm)
        for other in having.get(value, ())
    }
    return found, time.perf_counter() - began


def strict(firm: Firm) -> Iterator[tuple[str, str]]:
    """The same number or name of the firm, or somebody of the same name and day of birth."""
    yield "name", names.squash(firm.legal_name)
    for kind in ("company_number", "utr", "vat_number", "paye"):
        if text := getattr(firm, kind):
            yield kind, text
    for one in firm.people:
        if one.born:
            yield "person", f"{names.person_key(one.full_name)} {one.born}"


def loose(firm: Firm) -> Iterator[tuple[str, str]]:
    """Anything at all that is the same."""
    yield from strict(firm)
    yield from (("vehicle", plate) for plate in firm.vehicles)
    yield from (("account", account) for account in firm.accounts)
    holders: list[Firm | Named] = [firm, *firm.people]
    for holder in holders:
        yield "address", " ".join(holder.address)
        yield from ((kind, text) for kind in ("telephone", "email") if (text := getattr(holder, kind)))
    yield from (("nino", one.nino) for one in firm.people if one.nino)


# --- splink


def splink(register: Register, python: str, way: str) -> tuple[dict[Pair, float], float]:
    """Every pair of firms with the weight that splink gives it, and the seconds of its whole run."""
    with tempfile.TemporaryDirectory() as folder:
        past, applicants, out = (str(Path(folder) / name) for name in ("past.json", "applicants.json", "out.csv"))
        for firms, path in ((register.past, past), (register.applicants, applicants)):
            with open(path, "w") as file:
                file.writelines(json.dumps(row) + "\n" for firm in firms for row in ROWS[way](firm))
        command = [python, "-m", "tests.benchmarks.splink_peer", way, past, applicants, out]
        began = time.perf_counter()
        done = subprocess.run(command, cwd=data.ROOT, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - began
        if done.returncode:
            print(f"splink over {way} ended with {done.returncode}:\n{done.stderr[-2000:]}", file=sys.stderr)
            return {}, seconds
        with open(out, newline="") as rows:
            told = [(int(one), int(other), float(weight)) for one, other, weight in csv.reader(rows)]
    of_past = {one.number for one in register.past}
    return {((other, one) if one in of_past else (one, other)): weight for one, other, weight in told}, seconds


Row = dict[str, object]


def _of_people(firm: Firm) -> Iterator[Row]:
    """A row for each person of a firm, and one for the firm itself by whoever leads it; brought into one form before."""
    own = {
        "firm": firm.number,
        "legal_name": names.fold(firm.legal_name),
        "host": _host(firm),
        "account": next(iter(firm.accounts), None),
        "vehicle": next(iter(firm.vehicles), None),
    }
    rows: list[tuple[Named, Firm | Named]] = [(firm.people[0], firm), *((one, one) for one in firm.people)]
    for nth, (one, holder) in enumerate(rows):
        words = names.fold_person(one.full_name).split()
        line, _town, postcode = holder.address
        yield {
            **own,
            "row": f"{firm.number}-{nth}",
            "given": words[0],
            "family": words[-1],
            "born": str(one.born) if one.born else None,
            "nino": one.nino or None,
            "line": line.lower(),
            "postcode": postcode,
            "telephone": holder.telephone or None,
            "email": holder.email or None,
        }


def _of_firms(firm: Firm) -> Iterator[Row]:
    """One row for a firm, with lists."""
    holders: list[Firm | Named] = [firm, *firm.people]
    yield {
        "row": str(firm.number),
        "firm": firm.number,
        "legal_name": names.fold(firm.legal_name),
        "host": _host(firm),
        "telephone": firm.telephone or None,
        "lead": _known_as(firm.people[0]),
        "people": sorted(set(map(_known_as, firm.people))),
        "telephones": sorted({one.telephone for one in holders} - {""}),
        "emails": sorted({one.email for one in holders} - {""}),
        "homes": sorted({" ".join(one.address) for one in holders}),
        "accounts": list(firm.accounts),
        "vehicles": list(firm.vehicles),
    }


ROWS: dict[str, Callable[[Firm], Iterator[Row]]] = {"people": _of_people, "firms": _of_firms}


def _known_as(one: Named) -> str:
    return f"{names.person_key(one.full_name)} {one.born}"


def _host(firm: Firm) -> str | None:
    return firm.website.split("/")[2].removeprefix("www.") if firm.website else None


# --- all of it


def measure(asked: argparse.Namespace) -> None:
    call_command("migrate", verbosity=0)
    if Organisation.objects.exists() and not asked.filed:
        sys.exit("This database holds files: give one that may be emptied.")
    register = filing.made_up(asked.seed, past=asked.past, applicants=asked.applicants, back=asked.back)
    began = time.perf_counter()
    firms = [*register.past, *register.applicants]
    keys = filing.filed() if asked.filed else filing.file(firms)
    assert len(keys) == len(firms), "filed with other figures"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"Filed in {time.perf_counter() - began:.0f} s: {Trait.objects.count():,} traits of {len(keys):,} files.",
        flush=True,
    )
    _how_fast(register, keys)
    _how_well(register, keys, asked)


def _how_fast(register: Register, keys: dict[int, int]) -> None:
    alone(register, keys, 50)
    clock, processor = alone(register, keys, ALONE)
    frame.table(
        f"One applicant among {len(register.past):,}, evidence listed: milliseconds",
        ["", "p50", "p99", "most"],
        [
            [name, frame.ms(frame.median(times)), frame.ms(frame.within(times, 0.99)), frame.ms(max(times) * 1000)]
            for name, times in (("by the clock", clock), ("of the processor", processor))
        ],
    )


def _how_well(register: Register, keys: dict[int, int], asked: argparse.Namespace) -> None:
    found, seconds, spent = radar(register, keys, least=matching.SHOWN)
    strong = {pair for pair, points in found.items() if points >= matching.STRONG}
    rows: list[Sequence[object]] = [
        ["the radar, shown", *judged(set(found), register).row, f"{seconds:.1f} ({spent:.1f})"],
        ["the radar, strong", *judged(strong, register).row, ""],
    ]
    for name, values in (("exact match, strict", strict), ("exact match, loose", loose)):
        pairs, took = exactly(register, values)
        rows.append([name, *judged(pairs, register).row, f"{took:.1f}"])
    rows += _by_splink(register, asked.splink, asked.ways.split(","))
    heads = [
        "way",
        "pairs named",
        "precision",
        "recall",
        "F1",
        f"seconds for {len(register.applicants):,} (of processor)",
    ]
    frame.table(
        f"{len(register.back):,} of {len(register.applicants):,} applicants come back, {len(register.past):,} past",
        heads,
        rows,
    )


def _by_splink(register: Register, python: str, ways: Sequence[str]) -> Iterator[Sequence[object]]:
    if not python:
        print("splink was not measured: give --splink PYTHON", file=sys.stderr)
        return
    for way in ways:
        yield from _by_one_splink(register, python, way)


def _by_one_splink(register: Register, python: str, way: str) -> Iterator[Sequence[object]]:
    weights, seconds = splink(register, python, way)
    if not weights:
        yield [f"splink over {way}", "did not end", "", "", "", f"{seconds:.1f}"]
        return

    def at(least: float) -> Judged:
        return judged({pair for pair, weight in weights.items() if weight >= least}, register)

    best = max(range(-7, 60), key=lambda least: at(least).both)
    yield [f"splink over {way}, as likely as not", *at(0).row, f"{seconds:.1f}"]
    yield [f"splink over {way}, where it does best (weight {best})", *at(best).row, ""]


def read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.look_alikes", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--past", type=int, default=100_000)
    parser.add_argument("--applicants", type=int, default=10_000)
    parser.add_argument("--back", type=int, default=500)
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--splink", default="", metavar="PYTHON")
    parser.add_argument("--ways", default=",".join(ROWS))
    parser.add_argument("--filed", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    print(frame.machine())
    measure(read(sys.argv[1:]))
