"""What is taken out of a PDF and how much of one is read, asked of the program itself, within this process."""

import io
import resource
import sys
import time
import zlib
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from registry.uploads import scrub
from tests.registry.uploads import pdfs
from tests.registry.uploads.corpus import NEUTRALISED, REFUSED, Hostile
from tests.registry.uploads.test_documents import unpacked

pytestmark = pytest.mark.once

LIMITS = {"pages": 300, "objects": 100_000, "inflated": 2**28}
PDFS = [one for one in NEUTRALISED if one.make().startswith(b"%PDF")]
FAULTS = {"damaged": scrub.DAMAGED, "password": scrub.PASSWORD, "no_page": scrub.EMPTY, "too_much": scrub.TOO_MUCH}


def scrubbed(content: bytes, **limits: int) -> bytes:
    return scrub.scrub(content, **{**LIMITS, **limits})[0]


def fault_of(content: bytes, **limits: int) -> int:
    """Why it was not taken; 0 where it was."""
    try:
        scrubbed(content, **limits)
    except scrub.ScrubFailure as refused:
        return refused.fault
    return 0


@pytest.mark.parametrize("hostile", PDFS, ids=lambda one: one.what)
def test_nothing_that_acts_is_left(hostile: Hostile) -> None:
    left = unpacked(scrubbed(hostile.make()))

    assert [trace for trace in hostile.gone if trace in left] == []


@pytest.mark.parametrize(
    "hostile", [one for one in REFUSED if one.becomes in FAULTS and "300" not in one.what], ids=lambda one: one.what
)
def test_what_cannot_be_scrubbed_says_why(hostile: Hostile) -> None:
    if (content := hostile.make()).startswith(b"%PDF"):
        assert fault_of(content) == FAULTS[hostile.becomes]


def test_a_damaged_file_is_not_repaired() -> None:
    given = pdfs.a_pdf()
    begins = given.rindex(b"startxref")

    assert fault_of(given[:begins] + b"startxref\n7\n%%EOF\n") == scrub.DAMAGED


def test_a_file_for_which_the_memory_does_not_suffice_has_too_much_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_args: Any, **_options: Any) -> None:
        raise MemoryError

    given = pdfs.a_pdf()
    monkeypatch.setattr(pikepdf, "open", opened)

    assert fault_of(given) == scrub.TOO_MUCH


def test_each_fault_has_a_status_of_its_own() -> None:
    assert len(scrub.FAULTS) == 4 and 0 not in scrub.FAULTS


def test_the_same_file_is_made_in_the_same_way_and_what_was_attached_comes_after_it() -> None:
    given = pdfs.with_attachment(b"MZ a program")

    assert scrub.scrub(given, **LIMITS) == scrub.scrub(given, **LIMITS)
    assert scrub.scrub(given, **LIMITS)[1:] == [b"MZ a program"]
    assert len(scrub.scrub(pdfs.a_pdf(), **LIMITS)) == 1


def test_the_same_file_is_made_in_the_same_way_a_second_later_too() -> None:
    given = pdfs.a_pdf()
    made = scrubbed(given)
    time.sleep(1.1)  # an identifier that is not made of the content is made of the second

    assert scrubbed(given) == made


def test_the_system_limits_memory_and_time_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    limited: dict[int, tuple[int, int]] = {}
    read: list[dict[int, tuple[int, int]]] = []

    class Given(io.BytesIO):
        def read(self, *_size: Any) -> bytes:
            read.append(dict(limited))
            return b"no PDF"

    monkeypatch.setattr(resource, "setrlimit", limited.__setitem__)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Given()))

    assert scrub.main(["1", "1", "1000"]) == scrub.DAMAGED
    assert set(limited) == {resource.RLIMIT_AS, resource.RLIMIT_CPU} and read == [limited]
    assert all(soft == hard > 0 for soft, hard in limited.values())


# --- what stays


def annotated(**fields: Any) -> Any:
    """What is left of an annotation with these fields."""
    with pikepdf.open(io.BytesIO(scrubbed(pdfs.with_annotation("/Link", **fields)))) as pdf:
        return [sorted(map(str, one.keys())) for one in pdf.pages[0].obj.Annots]


USUAL = ["/Rect", "/Subtype", "/Type"]


def test_a_link_stays_where_it_only_turns_a_page() -> None:
    assert annotated() == [USUAL]
    assert annotated(A=pdfs.action("/GoTo")) == [["/A", *USUAL]]
    assert annotated(A=Dictionary(Type=Name.Action)) == [["/A", *USUAL]]
    assert annotated(A=pdfs.action("/Unknown")) == [USUAL]
    assert annotated(S=Name("/Tag")) == [["/Rect", "/S", "/Subtype", "/Type"]]
    assert annotated(S=Name("/Launch")) == [[]]
    assert annotated(FS=Name("/URL")) == [[]]


def test_a_field_of_a_form_keeps_what_is_no_place_elsewhere() -> None:
    """/F of a dictionary is how it is drawn; of a stream, where its content is."""
    assert annotated(F=4) == [["/F", *USUAL]]


def test_what_is_no_annotation_goes() -> None:
    def add(pdf: Any) -> None:
        pdf.pages[0].obj.Annots = Array(
            [String("none"), Dictionary(Subtype=Name("/Link")), Dictionary(Subtype=Name("/Movie"))]
        )

    with pikepdf.open(io.BytesIO(scrubbed(pdfs.a_pdf(add)))) as pdf:
        assert [str(one.Subtype) for one in pdf.pages[0].obj.Annots] == ["/Link"]


def test_what_lies_deep_within_lists_is_found() -> None:
    def add(pdf: Any) -> None:
        pdf.Root.Extra = Array([Array([Dictionary(URI=String("https://evil.example"), Kept=1)]), 7])

    left = unpacked(scrubbed(pdfs.a_pdf(add)))

    assert b"evil.example" not in left and b"/Kept" in left


# --- how much is read


def test_pages_and_objects_are_counted_to_the_last() -> None:
    given = pdfs.a_pdf(pages=3)
    with pikepdf.open(io.BytesIO(given)) as pdf:
        objects = len(pdf.objects)

    assert fault_of(given, pages=3, objects=objects) == 0
    assert fault_of(given, pages=2) == scrub.TOO_MUCH
    assert fault_of(given, objects=objects - 1) == scrub.TOO_MUCH


def with_stream(content: bytes, *filters: str) -> bytes:
    def add(pdf: Any) -> None:
        names = [Name(one) for one in filters]
        given: dict[str, Any] = {"Filter": names[0] if len(names) == 1 else Array(names)} if names else {}
        pdf.Root.Extra = pdf.make_indirect(Stream(pdf, content, **given))

    return pdfs.a_pdf(add)


PLAIN, LENGTH = b"plain", 100_000
PACKED = zlib.compress(bytes(LENGTH))
TWICE = zlib.compress(PACKED)
RUNS = b"\x81\x00" * 100 + b"\x80"  # each pair is 128 zeroes


@pytest.mark.parametrize(
    ("given", "size"),
    [
        (with_stream(PLAIN), 2 * len(PLAIN)),
        (with_stream(PACKED, "/FlateDecode"), len(PACKED) + LENGTH),
        (with_stream(PACKED, "/Fl"), len(PACKED) + LENGTH),
        (with_stream(TWICE, "/FlateDecode", "/FlateDecode"), len(TWICE) + LENGTH),
        (with_stream(RUNS, "/RunLengthDecode"), len(RUNS) + 12_800),
        (with_stream(PLAIN, "/DCTDecode"), 2 * len(PLAIN)),  # a picture is as large as it looks
    ],
)
def test_a_stream_is_as_large_as_it_is_and_as_it_unpacks(given: bytes, size: int) -> None:
    with pikepdf.open(io.BytesIO(given)) as pdf:
        others = sum(scrub._size(one, 2**28) for one in pdf.objects if isinstance(one, Stream)) - size
    assert others >= 0

    assert fault_of(given, inflated=size + others) == 0
    assert fault_of(given, inflated=size + others - 1) == scrub.TOO_MUCH


@pytest.mark.parametrize(("many", "fault"), [(8, 0), (9, scrub.TOO_MUCH)])
def test_no_stream_is_packed_more_than_eight_times(many: int, fault: int) -> None:
    packed = PLAIN
    for _time in range(many):
        packed = zlib.compress(packed)

    assert fault_of(with_stream(packed, *["/FlateDecode"] * many)) == fault


def test_what_is_packed_is_measured_before_anything_is_parsed() -> None:
    two = b"stream\n" + PACKED + b"endstream stream\r\n" + PACKED

    scrub._measure_packed(two, 2 * LENGTH)
    with pytest.raises(scrub.ScrubFailure):
        scrub._measure_packed(two, 2 * LENGTH - 1)
    scrub._measure_packed(b"stream\nplain endstream", 0)


def test_unpacking_stops_a_little_beyond_the_limit_and_where_it_ends() -> None:
    large = zlib.compress(bytes(50_000_000))

    _read, unpacked_ = scrub._packed_at(memoryview(large), 1000)
    assert 1000 < unpacked_ < 3 * scrub.PIECE
    assert sum(map(len, scrub._inflated([large], 1000))) < 3 * scrub.PIECE
    assert scrub._packed_at(memoryview(PACKED + b"more"), 2**28) == (len(PACKED), LENGTH)
    assert scrub._packed_at(memoryview(b""), 2**28) == (0, 0)
    assert scrub._packed_at(memoryview(b"not packed" * 99), 2**28) == (0, 0)
    assert b"".join(scrub._inflated([PACKED + b"more"], 2**28)) == bytes(LENGTH)
    assert list(scrub._inflated([b"not packed"], 2**28)) == []


@pytest.mark.parametrize("reached", [scrub.PIECE, 64 * 1024])
def test_what_is_unpacked_to_exactly_the_limit_is_read_on_beyond_it(reached: int) -> None:
    """Else a stream that fills the limit would count as one that keeps to it."""
    content = zlib.compress(bytes(4 * scrub.PIECE))
    at_first = len(zlib.decompressobj().decompress(content[: scrub.FIRST_BITE]))

    assert sum(map(len, scrub._inflated([content], reached))) > reached
    assert scrub._packed_at(memoryview(content), scrub.PIECE)[1] > scrub.PIECE
    assert scrub._packed_at(memoryview(content), at_first)[1] > at_first
