"""Whether pay is below the minimum: one table of cases for the page and for the script on the device."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from public_lookup.help import rules

pytestmark = pytest.mark.once

FILE = Path(__file__).with_name("wages.json")
CASES: dict[str, Any] = json.loads(FILE.read_text())
SCRIPT = settings.BASE_DIR / "config/static/help/calculator.js"
IN_NODE = """
import { readFileSync } from 'node:fs';
const [script, file] = process.argv.slice(-2);
const { hundredths, pounds, wageOf } = await import('data:text/javascript,' + encodeURIComponent(readFileSync(script, 'utf8')));
const cases = JSON.parse(readFileSync(file));
console.log(JSON.stringify({
  numbers: cases.numbers.map(([typed]) => [typed, hundredths(typed)]),
  amounts: cases.amounts.map(([pence]) => [pence, pounds(pence)]),
  wages: cases.wages.map((one) => ({ ...one, ...wageOf(one.work, one) })),
}));
"""


def test_the_page_counts_as_the_table_says() -> None:
    assert [[typed, rules.hundredths(typed)] for typed, _number in CASES["numbers"]] == CASES["numbers"]
    assert [[pence, rules.pounds(pence)] for pence, _said in CASES["amounts"]] == CASES["amounts"]
    for one in CASES["wages"]:
        answer = rules.wage_of(rules.WorkDone(**one["work"]), rate=one["rate"], offset=one["offset"])
        assert (answer.due, answer.counted, answer.short) == (one["due"], one["counted"], one["short"]), one["is"]


@pytest.mark.skipif(not shutil.which("node"), reason="not run: Node is not installed")
def test_the_script_on_the_device_counts_the_same() -> None:
    command = ["node", "--input-type=module", "-e", IN_NODE, str(SCRIPT), str(FILE)]
    counted = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    assert json.loads(counted) == CASES


@pytest.mark.parametrize(
    ("typed", "outward"),
    [("pe21 6ab", "PE21"), ("PE216AB", "PE21"), ("PE21", "PE21"), ("W1A 1AA", "W1A"), ("Boston", ""), ("", "")],
)
def test_the_first_half_of_a_postcode_is_enough(typed: str, outward: str) -> None:
    assert rules.outward_of(typed) == outward
