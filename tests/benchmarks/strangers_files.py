"""What the files of an attacker cost: those that stopped the look-up, made here, and others found from them by search.

    python -m tests.benchmarks.strangers_files [--mutations 200] [--seed 36]

Of each file: the processor and memory of the program that reads it (registry/uploads/pictures.py, registry/table_reader/program.py).
"""

import argparse
import io
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from PIL import Image

from tests.registry.table_reader.workbooks import packed, parts

ROOT = Path(__file__).resolve().parents[2]
PICTURES = (str(ROOT / "registry/uploads/pictures.py"), "2000", "JPEG", "PNG", "WEBP")
TABLES = (str(ROOT / "registry/table_reader/program.py"), str(ROOT))
#: What a file may cost, of the request and of all that it starts.
MOST_SECONDS, MOST_MEGABYTES = 1.0, 300
TIMES = 3
#: A small process starts the program: memory of the one that starts it would be counted too.
LAUNCHER = (
    "import json, os, sys; pid = os.posix_spawn(sys.executable, [sys.executable, '-I', *sys.argv[1:]], {});"
    "used = os.wait4(pid, 0)[2];"
    "print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]), file=sys.stderr)"
)


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    megabytes: float
    answer: bytes

    @property
    def is_within(self) -> bool:
        return self.seconds <= MOST_SECONDS and self.megabytes <= MOST_MEGABYTES


def cost(program: tuple[str, ...], content: bytes) -> Cost:
    """The least of some times, where the first is too much: a processor that does other work takes longer for the same."""
    costs: list[Cost] = []
    while len(costs) < TIMES and not any(one.is_within for one in costs):
        costs.append(_cost(program, content))
    return min(costs, key=lambda one: one.seconds)


def _cost(program: tuple[str, ...], content: bytes) -> Cost:
    done = subprocess.run(
        [sys.executable, "-I", "-c", LAUNCHER, *program], input=content, capture_output=True, check=False
    )
    seconds, megabytes = json.loads(done.stderr.splitlines()[-1])
    return Cost(seconds, megabytes, done.stdout)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that says something again and again, in its sheet, in the texts that cells share, or beside them."""

    program = TABLES
    most_bytes = 5 * 1024 * 1024

    said: str = "<a/>"
    times: int = 1_990_000
    place: str = "beside"
    parts: int = 7
    in_a_row: int = 0

    SAID = (
        "<a/>",
        "<c>",
        "<c/>",
        "<row/>",
        '<c a="1" b="2"/>',
        "<c><v>1</v></c>",
        "<c><v>4.41632960123E11</v></c>",
        '<c t="s"><v>0</v></c>',
        '<c t="inlineStr"><is><t>x</t></is></c>',
        '<c r="ALL1048576"><v>1</v></c>',
        "<si><t>x</t></si>",
        "&amp;",
        "<!---->",
        "<?x?>",
        "<![CDATA[x]]>",
        "x" * 50,
        "<",
        "=",
    )

    def make(self) -> bytes:
        body = self.said * self.times
        if self.in_a_row:
            row = f"<row>{self.said * self.in_a_row}</row>"
            body = row * (self.times // self.in_a_row)
        written: dict[str, Any] = parts(body if self.place == "sheet" else "<row><c><v>1</v></c></row>", ["<t>x</t>"])
        if self.place == "shared":
            written["xl/sharedStrings.xml"] = f"<sst>{body}</sst>"
        if self.place == "styles":
            written["xl/styles.xml"] = f"<styleSheet>{body}</styleSheet>"
        if self.place == "beside":
            written |= {f"xl/p{number}.xml": f"<r>{body}</r>" for number in range(self.parts)}
        return packed(written)

    def mutated(self, chance: random.Random) -> "Book":
        return chance.choice(
            (
                replace(self, said=chance.choice(self.SAID)),
                replace(self, times=max(1, int(self.times * chance.choice((0.1, 0.25, 0.5, 0.9, 1.1, 2))))),
                replace(self, place=chance.choice(("sheet", "shared", "styles", "beside"))),
                replace(self, in_a_row=chance.choice((0, 1, 10, 40, 1000))),
            )
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """A list as text."""

    program = TABLES
    most_bytes = 5 * 1024 * 1024

    cell: str = "1"
    between: str = ","
    in_a_row: int = 1
    rows: int = 400_000
    encoding: str = "utf-8"

    def make(self) -> bytes:
        line = self.between.join([self.cell] * self.in_a_row)
        return ((line + "\n") * min(self.rows, 6_000_000 // (len(line) + 1))).encode(self.encoding, "replace")

    def mutated(self, chance: random.Random) -> "Lines":
        return chance.choice(
            (
                replace(
                    self, cell=chance.choice(("1", "", " ", "x" * 300, '"', '"x', "é", "ж", "\x7f" * 40, "“", "a b"))
                ),
                replace(self, between=chance.choice((",", ";", "\t", "|", "\r", ", "))),
                replace(self, in_a_row=chance.choice((1, 2, 20, 40, 41, 1000))),
                replace(self, rows=chance.choice((1, 50, 9_999, 100_000, 400_000, 5_000_000))),
                replace(self, encoding=chance.choice(("utf-8", "utf-16", "cp1252", "cp1251", "utf-8-sig"))),
            )
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of one colour, or of noise, which packs badly, with its bytes as they were written or one of them changed."""

    program = PICTURES
    most_bytes = 10 * 1024 * 1024

    form: str = "WEBP"
    mode: str = "RGBA"
    width: int = 7071
    height: int = 7071
    noise: bool = False
    option: str = "lossless"
    changed: int = 0

    OPTIONS: ClassVar[dict[str, dict[str, Any]]] = {
        "lossless": {"lossless": True, "quality": 0, "method": 0},
        "lossy": {"quality": 30, "method": 0},
        "progressive": {"progressive": True, "subsampling": 0, "quality": 60},
        "optimised": {"optimize": True},
    }

    def make(self) -> bytes:
        picture = Image.new(self.mode, (self.width, self.height))
        if self.noise:
            small = Image.effect_noise((max(1, self.width // 8), max(1, self.height // 8)), 90)
            picture = small.resize((self.width, self.height)).convert(self.mode)
        if self.form == "JPEG" and self.mode in {"RGBA", "LA", "P", "I;16"}:
            picture = picture.convert("RGB")
        written = io.BytesIO()
        picture.save(written, self.form, **self.OPTIONS[self.option])
        content = bytearray(written.getvalue())
        if self.changed:
            content[self.changed % min(len(content), 400)] ^= 1 << self.changed % 8
        return bytes(content)

    def mutated(self, chance: random.Random) -> "Picture":
        side = chance.choice((0.4, 0.7, 0.9, 1.1))
        return chance.choice(
            (
                replace(self, form=chance.choice(("WEBP", "PNG", "JPEG"))),
                replace(self, mode=chance.choice(("RGB", "RGBA", "L", "LA", "P", "1"))),
                replace(self, width=int(self.width * side) + 1, height=int(self.height * side) + 1),
                replace(self, width=min(16_000, self.width * 2), height=self.height // 2 + 1),
                replace(self, noise=not self.noise),
                replace(self, option=chance.choice(tuple(self.OPTIONS))),
                replace(self, changed=chance.randrange(1, 4000)),
            )
        )


Recipe = Book | Lines | Picture

#: The files with which the look-up was stopped.
ATTACKS: dict[str, Recipe] = {
    "XLSX of seven parts with 1,990,000 elements each": Book(),
    "XLSX with <c> nested 8,000,000 deep": Book("<c>", 8_000_000, "sheet"),
    "XLSX of 400,000 rows": Book("<c><v>1</v></c>", 400_000, "sheet", in_a_row=1),
    "CSV of 400,000 rows": Lines(),
    "WebP of 7071 by 7071, one colour": Picture(),
    "PNG of 7071 by 7071, one colour": Picture("PNG", "RGB"),
}
#: What people send, and is taken.
HONEST: dict[str, Recipe] = {
    "XLSX of 10,000 rows of 20 numbers": Book("<c><v>441632960123</v></c>", 200_000, "sheet", in_a_row=20),
    "CSV of 10,000 rows of 20 cells, Windows-1250": Lines("Łódź", ";", 20, 9_999, "cp1250"),
    "JPEG of 50 megapixels": Picture("JPEG", "RGB", 8660, 5773, True, "lossy"),
    "WebP of a telephone, 12 megapixels": Picture("WEBP", "RGB", 4080, 3060, True, "lossy"),
    "PNG, a scanned sheet at 600 dots an inch": Picture("PNG", "L", 4960, 7016),
}


def search(start: Recipe, chance: random.Random, mutations: int) -> Iterator[tuple[Recipe, Cost]]:
    """Others made from it: what costs most is changed further, and sometimes any of them, so that it does not stop at a hill."""
    best, most, seen = start, 0.0, [start]
    for _time in range(mutations):
        made = _worth_making(best if chance.random() < 0.7 else chance.choice(seen), chance)
        content = made.make()
        if len(content) > made.most_bytes:
            continue  # a page refuses it by its size
        spent = cost(made.program, content)
        seen.append(made)
        if spent.seconds > most:
            best, most = made, spent.seconds
        yield made, spent


def _worth_making(start: Recipe, chance: random.Random) -> Recipe:
    """Some steps on from it, no larger than what a machine makes in a moment."""
    while True:
        made: Recipe = start
        for _step in range(chance.choice((1, 1, 2, 3))):
            made = made.mutated(chance)
        if (
            isinstance(made, Book)
            and len(made.said) * made.times * (made.parts if made.place == "beside" else 1) > 80e6
        ):
            continue
        if isinstance(made, Picture) and (max(made.width, made.height) > 16_000 or made.width * made.height > 90e6):
            continue
        return made


def say(words: str, spent: Cost, size: int) -> None:
    sys.stdout.write(
        f"| {words} | {size / 1000:,.0f} | {1000 * spent.seconds:,.0f} | {spent.megabytes:,.0f} |"
        f"{'' if spent.is_within else ' TOO MUCH'}\n"
    )


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--mutations", type=int, default=200)
    asked.add_argument("--seed", type=int, default=36)
    given = asked.parse_args()
    good = True
    for words, recipe in {**HONEST, **ATTACKS}.items():
        content = recipe.make()
        spent = cost(recipe.program, content)
        say(words, spent, len(content))
        good &= spent.is_within
    for words, recipe in ATTACKS.items():
        found = list(search(recipe, random.Random(given.seed), given.mutations))
        dearest, spent = max(found, key=lambda one: one[1].seconds)
        largest = max(one[1].megabytes for one in found)
        say(f"{len(found)} made from: {words}: {dearest}", replace(spent, megabytes=largest), len(dearest.make()))
        good &= all(one.is_within for _recipe, one in found)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
