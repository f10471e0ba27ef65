"""Hostile files: none is taken as it is, and each that is refused has its sentence (docs/rules.md G19, T20 to T23)."""

import io
import random
import time
import unicodedata
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from registry import uploads as files
from registry.errors import Refused
from registry.signing import digest_of_bytes
from registry.uploads import Upload, UploadKind, scrub
from tests.registry.uploads import pdfs
from tests.registry.uploads.corpus import CORPUS, NEUTRALISED, REFUSED, Hostile, jpeg, zipped

pytestmark = pytest.mark.once

SENTENCES = {
    "empty": "The selected file is empty.",
    "too_big": "The selected file must be smaller than 10 MB.",
    "wrong_type": "The selected file must be a PDF, JPEG or PNG.",
    "password": "The selected file is password protected.",
    "infected": "The selected file contains a virus.",
    "damaged": "The selected file could not be read",
    "too_much": "The selected file has too many pages or too much in it.",
    "no_page": "The selected file has no page.",
    "named_otherwise": "The name of the selected file does not fit what is in it.",
}


def refusal(name: str, content: bytes, **options: object) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        files.document(name, content, **options)  # type: ignore[arg-type]
    (reason,) = refused.value.reasons
    return reason.code, str(reason.text)


def unpacked(content: bytes) -> bytes:
    """All that a reader could come to see of a file: of a PDF, with every stream laid open."""
    if not content.startswith(b"%PDF"):
        return content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        out = io.BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
        return out.getvalue()


def test_there_are_at_least_forty_hostile_files() -> None:
    assert len(CORPUS) >= 40
    assert len({hostile.what for hostile in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("hostile", REFUSED, ids=lambda one: one.what)
def test_a_hostile_file_is_refused_with_its_sentence(hostile: Hostile) -> None:
    code, text = refusal(hostile.name, hostile.make())

    assert code == hostile.becomes
    assert text.startswith(SENTENCES[code])


@pytest.mark.parametrize("hostile", NEUTRALISED, ids=lambda one: one.what)
def test_of_a_hostile_file_that_is_taken_nothing_hostile_is_left(hostile: Hostile) -> None:
    given = hostile.make()

    taken = files.document(hostile.name, given)

    assert taken.content != given
    assert [trace for trace in hostile.gone if trace in unpacked(taken.content)] == []
    assert [trace for trace in hostile.gone if trace not in unpacked(given) and trace not in given] == [] or (
        "escaped" in hostile.what
    )


def test_the_digest_of_what_was_uploaded_stands_beside_that_of_what_is_served() -> None:
    given = jpeg()

    taken = files.document("photo.jpg", given)

    assert taken.original_digest == digest_of_bytes(given)
    assert taken.digest == digest_of_bytes(taken.content) != taken.original_digest
    assert (taken.name, taken.media_type) == ("photo.jpg", "image/jpeg")


def test_the_same_pdf_is_made_anew_in_the_same_way() -> None:
    given = pdfs.a_pdf()

    assert files.document("a.pdf", given).digest == files.document("b.pdf", given).digest


def test_what_a_form_was_filled_in_with_is_kept() -> None:
    taken = files.document("form.pdf", pdfs.with_field_that_calculates())

    assert b"kept as typed" in unpacked(taken.content)


def test_a_link_within_the_document_still_works() -> None:
    with pikepdf.open(io.BytesIO(files.document("a.pdf", pdfs.with_chain_of_actions()).content)) as pdf:
        assert pdf.pages[0].obj.Annots[0].A.S == "/GoTo"


def test_too_large_a_file_is_refused_by_its_size_alone() -> None:
    assert refusal("a.pdf", b"", size=11 * 1024 * 1024) == ("too_big", SENTENCES["too_big"])


def test_what_people_often_choose_is_refused_with_what_to_do() -> None:
    assert "Save it as a PDF" in refusal("contract.docx", zipped())[1]
    assert "Save the photo as a JPEG" in refusal("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic")[1]
    assert refusal("setup.exe", b"MZ")[1] == SENTENCES["wrong_type"]


def test_a_requirement_may_want_one_kind_only() -> None:
    assert refusal("a.jpg", jpeg(), kinds=[UploadKind.PDF])[1] == "The selected file must be a PDF."
    assert refusal("a.pdf", pdfs.a_pdf(), kinds=[UploadKind.PICTURE])[1] == "The selected file must be a JPEG or PNG."


def test_a_scan_of_twenty_pages_is_taken() -> None:
    """Of a sheet each, at 300 dots an inch, as a copier sends it."""
    sheet = Image.effect_noise((124, 175), 60).resize((2480, 3508))
    scan = io.BytesIO()
    sheet.save(scan, "PDF", save_all=True, append_images=[sheet] * 19, quality=40)

    made = files.document("scan.pdf", scan.getvalue())

    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert len(pdf.pages) == 20


def test_a_pdf_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.uploads.documents.SECONDS", 0.01)

    assert refusal("a.pdf", pdfs.a_pdf())[0] == "too_much"


def test_the_work_on_many_small_streams_grows_with_the_length_of_the_file_and_no_faster() -> None:
    """One megabyte of them took 18 seconds, and ten would never end: what follows a stream was copied for each."""
    took = {}
    for size in (1_000_000, 4_000_000):
        given = pdfs.with_small_streams(size)
        began = time.process_time()
        scrub._measure_packed(given, 2**28)
        took[size] = time.process_time() - began

    assert took[4_000_000] < 8 * took[1_000_000] < 16


def test_streams_in_each_other_are_no_more_work_than_they_are_long() -> None:
    given = pdfs.with_streams_in_each_other(20_000, 4_000_000)
    began = time.process_time()

    with pytest.raises(scrub.ScrubFailure):
        scrub._measure_packed(given, 2**28)

    assert time.process_time() - began < 2


def test_a_stream_that_is_longer_than_a_bite_is_measured_whole() -> None:
    packed = zlib.compress(random.Random(7).randbytes(1_000_000) + bytes(5_000_000))

    assert scrub._packed_at(memoryview(packed + b"and what follows"), 2**28) == (len(packed), 6_000_000)


def test_what_is_scrubbed_has_nothing_left_to_scrub() -> None:
    limits = {"pages": 300, "objects": 100_000, "inflated": 2**28}
    for hostile in NEUTRALISED:
        if hostile.name.endswith(".pdf"):
            once, *_carried = scrub.scrub(hostile.make(), **limits)
            with pikepdf.open(io.BytesIO(once)) as pdf:
                left = [key for thing in scrub._dictionaries(pdf) for key in scrub.DROPPED if key in thing]
            assert left == [], hostile.what


# --- names


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\Ann\\photo.jpg", "photo.jpg"),
        ("photo\r\nSet-Cookie: a=b.jpg", "photo Set-Cookie: a=b.jpg"),
        ("evil‮gpj.exe.jpg", "evilgpj.exe.jpg"),
        ("Tystysgrif nwy – Tŷ Gwyn.jpg", "Tystysgrif nwy – Tŷ Gwyn.jpg"),
        ("договор аренды.jpg", "договор аренды.jpg"),
        ("合同.JPG", "合同.jpg"),
        ("عقد.jpeg", "عقد.jpg"),
        ("\x00.jpg", "document.jpg"),
        (".jpg", "document.jpg"),
        ("", "document.jpg"),
        ("x" * 300 + ".jpg", "x" * 100 + ".jpg"),
        ("photo", "photo.jpg"),
        ("<script>alert(1)</script>.jpg", "script>.jpg"),
    ],
)
def test_a_name_is_shown_without_what_nobody_sees(given_name: str, shown: str) -> None:
    assert files.document(given_name, jpeg()).name == shown


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_no_name_hides_anything(name: str) -> None:
    shown = files.shown_name(name)

    assert "/" not in shown and "\\" not in shown
    assert all(unicodedata.category(one)[0] not in "C" for one in shown)
    assert "\n" not in shown and "\r" not in shown


# --- how uploads arrive


def chosen(content: bytes, *, how_many: int = 1) -> list[UploadedFile[bytes]]:
    post = RequestFactory().post("/", {"files": [io.BytesIO(content) for _file in range(how_many)]})
    handler: FileUploadHandler = files.InMemory(post)
    post.upload_handlers = [handler]
    return [upload for upload in post.FILES.getlist("files") if isinstance(upload, UploadedFile)]


def test_an_upload_that_is_too_large_leaves_none_of_its_bytes() -> None:
    (upload,) = chosen(b"x" * (files.InMemory.most_bytes + 1))

    assert upload.size == files.InMemory.most_bytes + 1
    assert upload.read() == b""


def test_more_files_than_anybody_may_send_leave_none_of_their_bytes() -> None:
    sizes = [len(upload.read()) for upload in chosen(b"xy", how_many=12)]

    assert sizes == [2] * 10 + [0] * 2


def test_an_upload_says_whether_it_was_scanned() -> None:
    taken: Upload = files.document("photo.jpg", jpeg())

    assert taken.verdict == files.ScanVerdict.UNKNOWN  # there is no scanner
