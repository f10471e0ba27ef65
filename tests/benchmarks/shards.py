"""Ten million names, in one index and in several beside each other: `python -m tests.benchmarks.shards --providers 7400000`.

    --shards 4            how many; each name belongs to one of them, by a hash of its folded form
    --questions 1200      how many, of all kinds in turn; --seed for others
    --negatives 2000      names that no one has, half of them one letter from a true one

Each index is a database of its own with a process of its own, as on a read replica. A question is put to all of them, one after the other so
that they do not share a processor; it takes as long as the slowest, and their answers become one list by the same likeness as in one index.
"""

import argparse
import os
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import quantiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")  # the frame says which engine

from registry import names
from tests.benchmarks import frame, questions
from tests.benchmarks.questions import Question
from tests.benchmarks.search import Peer, is_right, made_up_names, negatives, ready, start

FIRST = 5
#: Of so many names one is kept in memory, to make questions of.
KEPT = 100
PROMISED_MS = 200


def shard_of(name: str, shards: int) -> int:
    return zlib.crc32(names.squash(name).encode()) % shards


def written(asked: argparse.Namespace, folders: Sequence[Path]) -> tuple[list[str], int]:
    """The names, each in the file of its shard; some of them to ask for, and how many there are."""
    kept, count = [], 0
    with ExitStack() as stack:
        files = [stack.enter_context((folder / "names").open("w")) for folder in folders]
        for name in made_up_names(asked.providers):
            files[shard_of(name, len(files))].write(name + "\n")
            count += 1
            if count % KEPT == 0:
                kept.append(name)
    return kept, count


def asked_of_all(peers: Sequence[Peer], text: str) -> tuple[float, float, list[str], bool]:
    """What the slowest took, by the clock and of a processor, the first five of all, and whether one says that it has this name."""
    answers = [peer.ask(text) for peer in peers]
    found = [name for _seconds, _spent, some, _exact in answers for name in some]
    folded = names.fold(text)
    scores = names.scores([folded], [names.fold(name) for name in found]).tolist() if found else []
    best = [name for _score, name in sorted(zip((-score for score in scores), found, strict=True))]
    if len(peers) == 1:
        best = found
    return max(one[0] for one in answers), max(one[1] for one in answers), best[:FIRST], any(one[3] for one in answers)


def measure(asked: argparse.Namespace, folder: Path) -> None:
    folders = [folder / str(shard) for shard in range(asked.shards)]
    for one in folders:
        one.mkdir()
    kept, count = written(asked, folders)
    print(f"{count:,} names in {asked.shards} parts, {asked.questions:,} questions; {frame.machine()}", flush=True)
    peers = [peer for one in folders for peer in ready([start("token index", False, asked, one)])]
    assert len(peers) == asked.shards
    size = sum((one / "search.sqlite3").stat().st_size for one in folders)
    print(f"{size / 1e9:.1f} GB together", flush=True)
    report(list(_answered(peers, questions.ask(kept, asked.questions, asked.seed))))
    wrong = sum(asked_of_all(peers, name)[3] for name in _nobody(asked, kept))
    print(f"said to be exact, of {asked.negatives:,} names that no one of those asked for has: {wrong}", flush=True)
    for peer in peers:
        peer.process.terminate()


@dataclass(frozen=True, slots=True)
class Asked:
    kind: str
    milliseconds: float
    of_processor: float
    is_first: bool
    is_found: bool


def _answered(peers: Sequence[Peer], asking: Iterator[Question]) -> Iterator[Asked]:
    for question in asking:
        seconds, spent, found, _exact = asked_of_all(peers, question.text)
        places = [place for place, name in enumerate(found) if is_right(question, name)]
        yield Asked(question.kind, seconds * 1000, spent * 1000, places[:1] == [0], bool(places))


def _nobody(asked: argparse.Namespace, kept: Sequence[str]) -> Iterator[str]:
    return (f"{name} zqx" for name in negatives(kept, asked.negatives, asked.seed))


def report(rows: Sequence[Asked]) -> None:
    taken = {"by the clock": [row.milliseconds for row in rows], "of a processor": [row.of_processor for row in rows]}
    frame.table(
        f"Milliseconds; 95% within {PROMISED_MS} is promised",
        ["", "median", "95% within", "99% within"],
        [[title, *(f"{quantiles(some, n=100)[at - 1]:.1f}" for at in (50, 95, 99))] for title, some in taken.items()],
    )
    kinds = dict.fromkeys(row.kind for row in rows)
    frame.table(
        "Found, by kind of slip",
        ["kind", "asked", "right first", "in the first five"],
        map(partial(_found, rows), [*kinds, ""]),
    )


def _found(rows: Sequence[Asked], kind: str) -> list[str]:
    of_kind = [row for row in rows if kind in ("", row.kind)]
    shares = (
        sum(some) / len(of_kind) for some in ([row.is_first for row in of_kind], [row.is_found for row in of_kind])
    )
    return [kind or "all", str(len(of_kind)), *(f"{share:.3f}" for share in shares)]


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in {"providers": 7_400_000, "shards": 4, "questions": 1200, "negatives": 2000, "seed": 11}.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="registry-shards-") as folder:
        measure(asked, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
