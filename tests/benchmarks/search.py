"""How well and how fast names are found, beside other ways of searching, all asked in turns: `python -m tests.benchmarks.search`.

    --providers 100000        how large a register, of names as the sample data has them (1,000)
    --premises                over the names of the published list of food premises instead
    --postgresql URL          an empty database that may be written to; without it only SQLite is measured
    --questions 2400          how many, of all kinds in turn; --seed for others
    --negatives 10000         names that nobody has, half of them one letter from somebody's

A peer slower than a tenth of a second is asked 200 of the questions, the same for each and of every kind.
"""

import argparse
import csv
import json
import os
import string
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")  # the frame says which engine

from config.demo import made_up, words
from registry import names
from tests.benchmarks import frame, questions
from tests.benchmarks.questions import Question

ROOT = Path(__file__).parents[2]
PREMISES = ROOT / "config" / "demo" / "food-establishments.csv"
SLOW = 0.1
SAMPLE = 200
WARM_UP = 24
#: The best of so many times counts: what else the machine does is not the question's cost.
TIMES = 2
# (peer, whether on PostgreSQL); the first of each engine makes the tables that the others read.
CONTESTANTS = (
    ("token index", False),
    ("token index", True),
    ("icontains", False),
    ("icontains", True),
    ("FTS5 words", False),
    ("pg_trgm + rapidfuzz", True),
    ("tantivy trigrams + rapidfuzz", False),
)
#: These are asked everything, however busy the machine is.
INDEXES = ("token index, SQLite", "token index, PostgreSQL")
OF_NO_ENGINE = ("FTS5 words", "tantivy trigrams + rapidfuzz")


@dataclass
class Peer:
    title: str
    process: "subprocess.Popen[str]"
    seconds: list[float] = field(default_factory=list)
    #: Of the processor, in its own process: a database server's own are not in it.
    spent: list[float] = field(default_factory=list)
    #: Kind of question → how many were asked, right first, right in the first five.
    right: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    said: dict[str, list[str]] = field(default_factory=dict)
    is_slow: bool = False

    def ask(self, text: str) -> tuple[float, float, list[str], bool]:
        pipes: tuple[IO[str], IO[str]] = (self.process.stdin, self.process.stdout)  # type: ignore[assignment]
        pipes[0].write(json.dumps(text) + "\n")
        pipes[0].flush()
        seconds, spent, found, says_exact = json.loads(pipes[1].readline())
        return seconds, spent, found, says_exact

    def take(self, question: Question) -> None:
        asked = [self.ask(question.text) for _time in range(1 if self.is_slow else TIMES)]
        found = asked[0][2]
        self.seconds.append(min(one[0] for one in asked))
        self.spent.append(min(one[1] for one in asked))
        self.said[question.text] = found
        places = [place for place, name in enumerate(found) if is_right(question, name)]
        counted = self.right[question.kind]
        counted[0] += 1
        counted[1] += places[:1] == [0]
        counted[2] += bool(places)

    def share(self, place: int, kinds: Iterator[str] | Sequence[str]) -> float:
        rows = [self.right[kind] for kind in kinds if kind in self.right]
        return sum(row[place] for row in rows) / max(1, sum(row[0] for row in rows))


def is_right(question: Question, name: str) -> bool:
    """The name that was meant, or, of what was typed only in part, another that holds all of it as well."""
    if names.squash(name) == names.squash(question.name):
        return True
    if question.kind not in ("a word missing", "ending missing"):
        return False
    held = names.tokens(name)
    return all(any(word.startswith(token) for word in held) for token in names.tokens(question.text))


def made_up_names(count: int, seed: int = 1) -> Iterator[str]:
    random = Random(seed)
    schemes = sorted(words.TRADES)
    for _number in range(count):
        language, scheme = random.choice(words.NAMES), random.choice(schemes)
        principal = made_up.person_name(random, language)
        status = "company" if random.random() < 0.8 else "partnership"
        yield made_up.firm_name(
            random, language, principal, status, scheme=scheme, invented_place=random.random() < 0.3
        )
        if random.random() < 0.35:
            yield made_up.trading_name(random, scheme)


def premises_names() -> list[str]:
    with PREMISES.open(encoding="utf-8-sig") as lines:
        return sorted({row["trading_name"].strip() for row in csv.DictReader(lines)} - {""})


def negatives(known: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """Names that nobody has: of another register, and those of this one with one letter changed, left out or added."""
    random, squashed = Random(seed), {names.squash(name) for name in known}
    others = made_up_names(10 * count, seed + 1000)
    given = 0
    while given < count:
        name = next(others) if given % 2 else _one_letter_off(random, random.choice(known))
        if names.squash(name) not in squashed:
            given += 1
            yield name


def _one_letter_off(random: Random, name: str) -> str:
    place = random.randrange(len(name))
    return name[:place] + random.choice(["", random.choice(string.ascii_lowercase)]) + name[place + 1 :]


def start(peer: str, on_postgresql: bool, asked: argparse.Namespace, folder: Path) -> Peer:
    url = asked.postgresql if on_postgresql else f"sqlite:///{folder / 'search.sqlite3'}"
    environment = {**os.environ, "DATABASE_URL": url, "PEER_FOLDER": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.peers", peer, str(folder / "names")],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    engine = "" if peer in OF_NO_ENGINE else ", PostgreSQL" if on_postgresql else ", SQLite"
    return Peer(peer + engine, process)


def ready(peers: Sequence[Peer]) -> list[Peer]:
    """Those that are, when all have been waited for."""
    answers = [(peer, peer.process.stdout and peer.process.stdout.readline().strip()) for peer in peers]
    for peer in (peer for peer, answer in answers if answer != "ready"):
        print(f"{peer.title}: not measured")
    return [peer for peer, answer in answers if answer == "ready"]


def measure(asked: argparse.Namespace, folder: Path) -> None:
    known = premises_names() if asked.premises else list(made_up_names(asked.providers))
    (folder / "names").write_text("\n".join(known) + "\n")
    print(f"{len(known):,} names, {asked.questions:,} questions; {frame.machine()}", flush=True)
    wanted = [one for one in CONTESTANTS if asked.postgresql or not one[1]]
    indexes = ready([start(*one, asked, folder) for one in wanted if one[0] == "token index"])
    peers = indexes + ready([start(*one, asked, folder) for one in wanted if one[0] != "token index"])
    asking = list(questions.ask(known, asked.questions, asked.seed))
    put(asking, peers)
    report(peers, asking)
    for peer in (peer for peer in peers if peer.title in INDEXES):
        wrong = sum(peer.ask(name)[3] for name in negatives(known, asked.negatives, asked.seed))
        print(f"\n{peer.title}: wrong “licensed” on {asked.negatives:,} names that nobody has: {wrong}", flush=True)
    for peer in peers:
        peer.process.terminate()


def put(asking: Sequence[Question], peers: Sequence[Peer]) -> None:
    """Question by question to every peer, another one first each time."""
    # The kinds come in turn: so many from the start are as many of each.
    in_sample = range(SAMPLE // len(questions.RULES) * len(questions.RULES))
    for peer in peers:
        warm = [peer.ask(question.text)[0] for question in asking[-WARM_UP:]]
        peer.is_slow = peer.title not in INDEXES and sum(warm) / len(warm) > SLOW
    for number, question in enumerate(asking):
        turn = number % len(peers)
        for peer in [*peers[turn:], *peers[:turn]]:
            if not peer.is_slow or number in in_sample:
                peer.take(question)


def report(peers: Sequence[Peer], asking: Sequence[Question]) -> None:
    first = peers[0]
    frame.table(
        "All ways, the same questions in turns",
        [
            *("way", "p50 ms", "p99 ms", "p99 / index", "p50 of processor", "p99 of processor"),
            *("right first", "in first five", "slips in first five", "asked"),
        ],
        [
            [
                peer.title + (" (sample)" if peer.is_slow else ""),
                frame.ms(frame.median(peer.seconds)),
                frame.ms(frame.within(peer.seconds, 0.99)),
                f"{frame.within(peer.seconds, 0.99) / frame.within(first.seconds, 0.99):.2f}",
                frame.ms(frame.median(peer.spent)),
                frame.ms(frame.within(peer.spent, 0.99)),
                *(f"{peer.share(place, list(questions.RULES)):.3f}" for place in (1, 2)),
                f"{peer.share(2, list(questions.SLIPS)):.3f}",
                len(peer.seconds),
            ]
            for peer in peers
        ],
    )
    indexes = [peer for peer in peers if peer.title in INDEXES]
    frame.table(
        "The index by kind of question",
        ["kind", *(f"{what}, {peer.title.split(', ')[1]}" for peer in indexes for what in ("first", "in five"))],
        [
            [kind, *(f"{peer.share(place, [kind]):.3f}" for peer in indexes for place in (1, 2))]
            for kind in questions.RULES
        ],
    )
    if len(indexes) == 2:
        unlike = [
            question.text for question in asking if len({tuple(peer.said[question.text]) for peer in indexes}) > 1
        ]
        print(f"\nFirst five unlike on the two engines: {len(unlike)} of {len(asking):,}", *unlike[:5])


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.search", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--providers", type=int, default=1000)
    parser.add_argument("--premises", action="store_true")
    parser.add_argument("--postgresql", default="")
    parser.add_argument("--questions", type=int, default=2400)
    parser.add_argument("--negatives", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=11)
    with tempfile.TemporaryDirectory(dir=os.environ.get("VAR_DIR")) as folder:
        measure(parser.parse_args(arguments), Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
