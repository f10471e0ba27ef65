"""JSON of others is read as every other reader reads it, or not at all."""

import contextlib
import json
import time

import pytest

from registry.json_reader import MOST_PARTS, UnreadableJson, read_json


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"name": "Dyffryn", "rows": [1, -2.5, true, null]}', {"name": "Dyffryn", "rows": [1, -2.5, True, None]}),
        ('"\\\\u0000 is no NUL"', "\\u0000 is no NUL"),
        ('"\\ud83d\\ude00"', "😀"),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        ("[" * 100 + "]" * 100, None),
    ],
)
def test_what_every_reader_understands_is_read(content: str | bytes, said: object) -> None:
    assert said in (None, read_json(content))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no JSON",
        b"\xff\xfe\x00[",
        '{"number": "A", "number": "B"}',
        '{"a": {"b": 1, "b": 1}}',
        "NaN",
        "[-Infinity]",
        "[1e400]",
        "9" * 309,
        '["half a character \\ud800"]',
        '{"\\udfff": 1}',
        '["a NUL \\u0000"]',
        '{"a\\u0000": 1}',
        "[" * 101 + "]" * 101,
        "[" * 100_000,
        "[" + "0," * MOST_PARTS + "0]",
        b"[" + b"1" * 4_000 + b",0]",
    ],
    ids=lambda content: str(content)[:30],
)
def test_what_two_readers_would_understand_differently_is_not(content: str | bytes) -> None:
    with pytest.raises(UnreadableJson):
        read_json(content)


@pytest.mark.parametrize("value", ["0", "[[[[[[]]]]]]", '{"a":0}', "1.5", "1" * 4_000])
def test_a_body_of_a_megabyte_costs_a_request_little(value: str) -> None:
    """As much as the largest form and the largest call of an API hold; once each value, once as many as are read."""
    signs = 1 + sum(map(value.count, ",[{"))
    for times in (1_000_000 // (len(value) + 1), (MOST_PARTS - 1) // signs):
        hostile = "[" + ",".join([value] * min(times, 1_000_000 // (len(value) + 1))) + "]"
        assert min(spent(hostile) for _time in range(3)) < 0.03


def spent(content: str) -> float:
    began = time.process_time()
    with contextlib.suppress(UnreadableJson):
        read_json(content)
    return time.process_time() - began


def test_a_caller_may_take_more_values() -> None:
    said = list(range(MOST_PARTS + 1))

    assert read_json(json.dumps(said), most=2 * MOST_PARTS) == said
