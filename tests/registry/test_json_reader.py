"""JSON of others is read as every other reader reads it, or not at all."""

import pytest

from registry.json_reader import UnreadableJson, read_json


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
        "9" * 5000,
        '["half a character \\ud800"]',
        '{"\\udfff": 1}',
        '["a NUL \\u0000"]',
        '{"a\\u0000": 1}',
        "[" * 101 + "]" * 101,
        "[" * 100_000,
    ],
    ids=lambda content: str(content)[:30],
)
def test_what_two_readers_would_understand_differently_is_not(content: str | bytes) -> None:
    with pytest.raises(UnreadableJson):
        read_json(content)
