"""Whether the private look-up answers as the ordinary one does: `python -m tests.benchmarks.private_look_up`, with Node.

    --providers 2000          how many are on the register, with names, telephone numbers and towns of the sample data
    --questions 2000          misspelt, heard, shortened and foreign names, numbers, towns and postcodes; --seed for others
    --negatives 10000         instead, names that no one has: another legal form, a leading "The", one letter. Neither the page
                              nor the phone may give an exact answer to any

Both are asked the same; the same rows in the same order, exact or not, for the same reason and with the same standing, is
the same answer. Of the misspelt names it says how many either finds among its first five.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from tests.benchmarks import data

if __name__ == "__main__":
    os.environ.update(data.environment(data.FOLDER / "private", os.environ.get("DATABASE_URL", "")))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command

from public_lookup import jobs
from public_lookup.lookup.queries import findings
from public_lookup.lookup.queries.instants import on_register
from registry import names
from registry import search as index
from registry.register.models import Entry
from tests.benchmarks import frame, legal_forms, questions
from tests.benchmarks.search import is_right

HARNESS = Path(__file__).with_name("private_look_up.mjs")
#: Rows and others beside an answer, as the ordinary page shows them.
ROWS, BESIDE, HINTS = 20, 5, 10
Row = tuple[str, bool, str, str]
Told = tuple[list[Row], float]
Ask = Callable[[Sequence[str], Path, datetime], list[Told]]
_IN_FIVE = 5


@dataclass(frozen=True, slots=True)
class Compared:
    asked: int
    differing: tuple[str, ...]
    #: Of misspelt names: how many there were; found in the first five by the server, and on the phone.
    typos: int
    by_server: int
    by_phone: int
    milliseconds: float


def asked_of(register: Sequence[Entry], count: int, seed: int) -> Iterator[questions.Question]:
    """Of all kinds in turn; every sixth is a number, a town or a postcode, or asks for another legal form."""
    random = Random(seed)
    names = [name for entry in register for name in (entry.name, *entry.trading_names)]
    for question in questions.ask(names, count, seed):
        entry = random.choice(register)
        other = random.choice(
            [
                entry.number, entry.telephone, entry.address.get("town", ""), entry.address.get("postcode", ""),
                entry.company_number, f"{entry.name} LLP", f"the {entry.name}", entry.name.split()[0],
                entry.address.get("postcode", "").split(" ")[0], entry.website, entry.number.lower().replace("0", "o"),
            ]
        )  # fmt: skip
        yield questions.Question("other", other, entry.name) if other and not random.randrange(6) else question


def on_the_server(text: str, at: datetime) -> list[Row]:
    found = findings.search({"q": text}, at=at).found(ROWS, beside=BESIDE, hints=HINTS)
    return [(row.entry.number, row.exact, row.why.value, str(row.entry.standing)) for row in found.rows]


def on_the_phone(texts: Sequence[str], folder: Path, at: datetime) -> list[Told]:
    command = ["node", str(HARNESS), str(folder), at.astimezone(UTC).isoformat()]
    typed = "".join(json.dumps(text) + "\n" for text in texts)
    answered = subprocess.run(command, input=typed, capture_output=True, text=True, check=True)
    return [told(json.loads(line)) for line in answered.stdout.splitlines()]


def told(answer: Any) -> Told:
    """An answer of the phone, as it is compared: without the names."""
    rows, milliseconds = answer
    return [(number, exact, why, standing) for number, exact, why, _name, standing in rows], milliseconds


def compare(asking: Sequence[questions.Question], *, at: datetime, ask: Ask = on_the_phone) -> Compared:
    with tempfile.TemporaryDirectory() as folder:
        jobs.publish_snapshot(Path(folder), at=at)
        phone = ask([one.text.strip() for one in asking], Path(folder), at)
    names = {entry.number: (entry.name, *entry.trading_names) for entry in Entry.objects.filter(shown_until=None)}
    differing, typos, right = [], 0, [0, 0]
    for question, (by_phone, _ms) in zip(asking, phone, strict=True):
        by_server = on_the_server(question.text.strip(), at)
        if by_server != by_phone:
            differing.append(question.text)
        if question.kind in questions.SLIPS | questions.HEARD:
            typos += 1
            for nth, rows in enumerate((by_server, by_phone)):
                first = [name for row in rows[:_IN_FIVE] for name in names[row[0]]]
                right[nth] += any(is_right(question, name) for name in first)
    milliseconds = sorted(ms for _rows, ms in phone)[len(phone) // 2]
    return Compared(len(asking), tuple(differing), typos, right[0], right[1], milliseconds)


def names_of_no_one(register: Sequence[Entry], count: int, seed: int) -> list[str]:
    """Names that differ from one of the register by its legal form, a leading "The" or one letter, and are not another's."""
    parts = [(name, names.taken_apart(name)) for entry in register for name in (entry.name, *entry.trading_names)]
    held = [legal_forms.Held(" ".join(apart.bare), apart.form, "") for _name, apart in parts]
    there = {(one.core, form) for one in held for form in {one.form, ""}}
    made = (
        (text, names.taken_apart(text))
        for text in legal_forms.questions([one for one in held if one.core], 3 * count, seed)
    )
    short = ((text, apart) for text, apart in made if len(text) <= index.LONGEST)
    return [text for text, apart in short if (" ".join(apart.bare), apart.form) not in there][:count]


def wrong(asked: Sequence[str], *, at: datetime, ask: Ask = on_the_phone) -> list[str]:
    """Those of the names that the page, or the phone, answers exactly."""
    with tempfile.TemporaryDirectory() as folder:
        jobs.publish_snapshot(Path(folder), at=at)
        phone = ask(asked, Path(folder), at)
    return [
        text
        for text, (by_phone, _ms) in zip(asked, phone, strict=True)
        if any(exact for _number, exact, _why, _standing in [*on_the_server(text, at), *by_phone])
    ]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.private_look_up")
    parser.add_argument("--providers", type=int, default=2_000)
    parser.add_argument("--questions", type=int, default=2_000)
    parser.add_argument("--negatives", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args(arguments)
    print(frame.machine())
    data.set_up(os.environ)
    if not Entry.objects.exists():
        call_command("load_demo", providers=given.providers, verbosity=0)
    at = datetime.now(UTC)
    register = list(on_register(at).order_by("entry_number"))
    if given.negatives:
        asked = names_of_no_one(register, given.negatives, given.seed)
        exact = wrong(asked, at=at)
        print(
            f"{len(register):,} on the register, {len(asked):,} names that no one has, seed {given.seed}, asked of the page and "
            f"of the phone: {len(exact)} answered exactly"
        )
        for text in exact[:20]:
            print(f"  {text!r}")
        return len(exact)
    found = compare(list(asked_of(register, given.questions, given.seed)), at=at)
    print(
        f"{len(register):,} on the register, {found.asked:,} questions of seed {given.seed}: {len(found.differing)} answered otherwise; "
        f"of {found.typos:,} misspelt names in the first five by the server {found.by_server / found.typos:.4f}, in private "
        f"{found.by_phone / found.typos:.4f}; {found.milliseconds:.0f} ms on the phone at the median (Node)"
    )
    for text in found.differing[:20]:
        print(f"  {text!r}")
    return len(found.differing)


if __name__ == "__main__":
    sys.exit(min(1, main(sys.argv[1:])))
