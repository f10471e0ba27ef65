"""A list of 10,000 names checked in one go, beside rapidfuzz over all names: `python -m tests.benchmarks.many [NAMES]`.

With the database in DATABASE_URL as for the service. It only reads. Of the names a third are as on the register, a third
have a slip (a letter left out, doubled, changed or two changed about), a third are a name of which the words come from two.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import os
import sys
import time
from collections import Counter
from random import Random

import django

django.setup()

from django.utils import timezone
from rapidfuzz import process

from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import UploadedColumn
from public_lookup.jobs import PART
from registry import names as spelling
from registry.register.models import Entry
from registry.search.models import IndexedName
from tests.benchmarks import frame

SEED = 20061001
NAMES = 10_000
SMALL = 500
#: In turn, as `_asked` makes them.
KINDS = ("as on the register", "with a slip", "of two names")
#: Names that rapidfuzz is asked for: it takes some tenths of a second for each.
SAMPLE = 60


def questions(count: int, random: Random) -> list[str]:
    newest = IndexedName.objects.order_by("-pk").values_list("pk", flat=True)[0]
    found = list(
        IndexedName.objects.filter(pk__in={random.randint(1, newest) for _one in range(3 * count)}, space="public")
        .order_by("pk")
        .values_list("text", flat=True)
    )
    if len(found) < count:
        found *= count // len(found) + 1
    random.shuffle(found)
    return [_asked(place, text, found[place - 1], random) for place, text in enumerate(found[:count])]


def _asked(place: int, text: str, other: str, random: Random) -> str:
    if place % 3 == 0:
        return text
    if place % 3 == 1:
        return _slip(text, random)
    return f"{text.split()[0]} {other.split()[-1]}"


def _slip(text: str, random: Random) -> str:
    place = random.randrange(1, max(2, len(text) - 1))
    letter = text[place]
    instead = random.choice(["", letter * 2, random.choice("aeinorst"), text[place : place + 2][::-1]])
    return text[:place] + instead + text[place + (2 if len(instead) == 2 and instead != letter * 2 else 1) :]


def check(texts: list[str]) -> tuple[float, float, float, float, Counter[str]]:
    """Seconds by the clock and of processor, and megabytes after a tenth and at the end: parts of the size that the worker has."""
    at, said, early = timezone.now(), Counter[str](), 0.0
    began, spent = time.perf_counter(), time.process_time()
    for start in range(0, len(texts), PART):
        answers = many.check([{UploadedColumn.NAME: text} for text in texts[start : start + PART]], at)
        said.update(answer.confidence for answer in answers)
        if start <= len(texts) // 10:
            early = resident()
    return time.perf_counter() - began, time.process_time() - spent, early, resident(), said


def resident() -> float:
    with open(f"/proc/{os.getpid()}/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))


def by_rapidfuzz(texts: list[str]) -> tuple[float, float]:
    """Seconds by the clock and of processor for one, over all folded names: as somebody would write it without an index."""
    known = list(IndexedName.objects.filter(space="public").values_list("folded", flat=True))
    began, spent = time.perf_counter(), time.process_time()
    for text in texts:
        process.extractOne(spelling.fold(text), known)
    return (time.perf_counter() - began) / len(texts), (time.process_time() - spent) / len(texts)


def measure(count: int = NAMES) -> None:
    random = Random(SEED)
    texts = questions(count, random)
    check(texts[:PART])
    small, small_spent, *_rest = check(random.sample(texts, min(SMALL, count)))
    seconds, spent, early, most, said = check(texts)
    kinds = {kind: check(texts[place::3][:SMALL])[1] / SMALL for place, kind in enumerate(KINDS)}
    alone, alone_spent = by_rapidfuzz(random.sample(texts, min(SAMPLE, count)))
    registered = Entry.objects.filter(shown_until=None).count()
    frame.table(
        f"{count:,} names checked against {registered:,} on the register",
        ["what", "seconds", "of processor", "ms of processor for one"],
        [
            [f"{SMALL} names", f"{small:.1f}", f"{small_spent:.1f}", f"{small_spent / SMALL * 1000:.1f}"],
            [f"{count:,} names", f"{seconds:.1f}", f"{spent:.1f}", f"{spent / count * 1000:.1f}"],
            [
                f"rapidfuzz extractOne, by {SAMPLE} of them",
                f"{alone * count:.0f}",
                f"{alone_spent * count:.0f}",
                f"{alone_spent * 1000:.0f}",
            ],
        ],
    )
    frame.table(
        "By kind of name",
        ["kind", "ms of processor for one", "rapidfuzz / this"],
        [[kind, f"{one * 1000:.1f}", f"{alone_spent / one:.0f}"] for kind, one in kinds.items()],
    )
    print(f"\nrapidfuzz takes {alone_spent * count / spent:.0f} times as long.")
    print(f"Memory {early:.0f} MB after a tenth of the names, {most:.0f} MB at the end.")
    print(f"Said: {', '.join(f'{name} {number:,}' for name, number in said.most_common())}.")


if __name__ == "__main__":
    print(frame.machine())
    measure(*map(int, sys.argv[1:]))
