"""Names that differ from those of a register by their legal form, a leading "The" or one letter: none may be an exact answer.

    python -m tests.benchmarks.legal_forms                    10,000 questions against 10,000 names, SQLite
    python -m tests.benchmarks.legal_forms --seed 7 --questions 2000

What is true is known from how the names are made, core and form apart, and not from how they are compared. Each is asked
one by one (`index.find`, as the page and the API do) and all at once (`index.equal_to`, as check-many does).
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import argparse
import os
import string
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from registry import names
from registry import search as index
from registry.names.forms import TABLE
from tests.benchmarks import frame
from tests.benchmarks.search import made_up_names


@dataclass(frozen=True, slots=True)
class Held:
    """A name of the register: what is before its legal form, and the form."""

    core: str
    form: str
    spelling: str

    @property
    def name(self) -> str:
        return f"{self.core} {self.spelling}".strip()


def spellings() -> dict[str, list[str]]:
    """Every spelling of every form, as it is written after a name."""
    listed = tomllib.loads(TABLE.read_text())["forms"]
    return {"": [""]} | {code: form["spellings"] for code, form in listed.items()}


def register(count: int, seed: int) -> list[Held]:
    """Names of the sample data with a form each; one in five has the form of another country."""
    random, forms, held = Random(seed), spellings(), dict[str, Held]()
    for name in made_up_names(3 * count, seed):
        core = " ".join(names.taken_apart(name).bare)
        code = random.choice(["gb-ltd"] * 6 + ["gb-llp", "gb-plc"] + sorted(forms)[:2] + [random.choice(sorted(forms))])
        held.setdefault(core, Held(core, code, random.choice(forms[code])))
        if len(held) == count:
            break
    return list(held.values())


def questions(held: Sequence[Held], count: int, seed: int) -> Iterator[str]:
    """Names that nobody of the register has."""
    random, forms = Random(seed + 1), spellings()
    cores = {"".join(one.core.split()) for one in held}
    given = 0
    while given < count:
        one = random.choice(held)
        core, form = (one.core, random.choice(sorted(set(forms) - {one.form, ""}))) if given % 2 else _slip(random, one)
        if given % 2 or "".join(core.split()) not in cores:
            given += 1
            yield f"{core} {random.choice(forms[form])}".strip()


def _slip(random: Random, one: Held) -> tuple[str, str]:
    if random.random() < 0.3:
        return f"the {one.core}", random.choice([one.form, ""])
    place = random.choice([place for place, letter in enumerate(one.core) if letter != " "])
    letter = random.choice(["", random.choice(string.ascii_lowercase)])
    return one.core[:place] + letter + one.core[place + 1 :], random.choice([one.form, ""])


def wrong(held: Sequence[Held], asked: Sequence[str]) -> list[tuple[str, str]]:
    """What was answered as an exact name, though it is another's."""
    index.add_many(index.PUBLIC, ((number, index.labelled(one.name)) for number, one in enumerate(held, 1)))
    together = index.equal_to(asked, index.PUBLIC)
    return [
        (text, found.text)
        for text in asked
        for found in [*index.find(text[: index.LONGEST], index.PUBLIC), *together.get(text, ())]
        if found.how in index.ANSWERS
    ]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.legal_forms")
    parser.add_argument("--providers", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args(arguments)
    print(frame.machine(), connection.vendor)
    call_command("migrate", verbosity=0)
    held = register(given.providers, given.seed)
    found = wrong(held, list(questions(held, given.questions, given.seed)))
    print(
        f"{len(held):,} names, {given.questions:,} names that nobody has, seed {given.seed}: {len(found)} wrong answers"
    )
    for typed, name in found[:20]:
        print(f"  {typed!r} was answered with {name!r}")
    return len(found)


if __name__ == "__main__":
    sys.exit(min(1, main(sys.argv[1:])))
