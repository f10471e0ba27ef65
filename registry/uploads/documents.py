"""What people hand in as evidence: a PDF or a picture by its bytes, made anew, measured and scanned, or refused with a sentence.

The sentences are the standard ones of the GOV.UK Design System's file upload.
"""

import struct
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import signing
from registry.errors import Reason, Refused, refuse_for
from registry.uploads import photos, scrub
from registry.uploads.handlers import InMemory
from registry.uploads.photos import made_anew
from registry.uploads.scanner import ScanVerdict, scanned

MOST_BYTES = InMemory.most_bytes
MOST_AT_ONCE = 5
PICTURE_SIDE = 3000  # small print of a page that was photographed can still be read
PAGES = 300
OBJECTS = 100_000
INFLATED = 256 * 1024 * 1024
SECONDS = 30
LONGEST_NAME = 100

# What a file begins with, at its very first byte: what stands further in is not what it is.
STARTS = {"pdf": (b"%PDF-",), "jpg": (b"\xff\xd8\xff",), "png": (b"\x89PNG\r\n\x1a\n",)}
ENDINGS = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png"}
WRITTEN = frozenset({"doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "pages", "txt", "csv"})
TELEPHONES = frozenset({"heic", "heif", "webp", "avif"})


class UploadKind(StrEnum):
    PDF = "pdf"
    PICTURE = "picture"


NOTHING_CHOSEN = Reason("nothing_chosen", _("Select a file."))
EMPTY = Reason("empty", _("The selected file is empty."))
TOO_BIG = Reason(
    "too_big", format_lazy(_("The selected file must be smaller than {size} MB."), size=MOST_BYTES // 1024**2)
)
PASSWORD = Reason(
    "password", _("The selected file is password protected. Remove the password and upload the file again.")
)
INFECTED = Reason("infected", _("The selected file contains a virus."))
DAMAGED = Reason(
    "damaged",
    _("The selected file could not be read: it is damaged or incomplete. Save it as a PDF again, or photograph it."),
)
TOO_MUCH = Reason("too_much", _("The selected file has too many pages or too much in it. Upload it in smaller parts."))
NO_PAGE = Reason("no_page", _("The selected file has no page."))
NAMED_OTHERWISE = Reason(
    "named_otherwise",
    _("The name of the selected file does not fit what is in it. Open the file, save it as a PDF and upload that."),
)
#: What may be wrong with a file that was received, by the code that is kept of it.
WRONG = {reason.code: reason for reason in (PASSWORD, DAMAGED, TOO_MUCH, NO_PAGE, INFECTED)}

FAULTS = {scrub.PASSWORD: PASSWORD, scrub.DAMAGED: DAMAGED, scrub.TOO_MUCH: TOO_MUCH, scrub.EMPTY: NO_PAGE}
# What the reader of pictures says, in the words of documents.
OF_PICTURES = {photos.NOT_A_PHOTO.code: DAMAGED, photos.TOO_MANY_PIXELS.code: TOO_MUCH}
MUST_BE: dict[frozenset[UploadKind], str | Promise] = {
    frozenset({UploadKind.PDF}): _("The selected file must be a PDF."),
    frozenset({UploadKind.PICTURE}): _("The selected file must be a JPEG or PNG."),
    frozenset(UploadKind): _("The selected file must be a PDF, JPEG or PNG."),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be kept, with the digest of what was uploaded.

    Before it was judged it has no `content`; afterwards `content` is what will be served, with its digest.
    """

    name: str
    media_type: str
    content: bytes
    digest: str
    original: bytes
    original_digest: str
    verdict: ScanVerdict


@dataclass(frozen=True, slots=True)
class UploadCheck:
    """What will be served of an upload, and what the scanner says of everything in it."""

    content: bytes
    digest: str
    verdict: ScanVerdict


def received(
    name: str, content: bytes, *, size: int | None = None, kinds: Collection[UploadKind] = tuple(UploadKind)
) -> Upload:
    """What can be said of an uploaded file at once, by its size, its first bytes and its name; nothing in it is read.

    This is all that a request does with a file: to read a crafted one may take long, and others are waiting. `size` is
    what was sent when that was too much to keep. Raises `Refused` (empty, too_big, wrong_type, named_otherwise).
    """
    measured = len(content) if size is None else size
    refuse_for(_blockers(name, content, measured, frozenset(kinds)))
    ending, media_type = ("pdf", "application/pdf") if _form_of(content) == "pdf" else ("jpg", "image/jpeg")
    return Upload(
        name=f"{_stem(shown_name(name))}.{ending}",
        media_type=media_type,
        content=b"",
        digest="",
        original=content,
        original_digest=signing.digest_of_bytes(content),
        verdict=ScanVerdict.UNKNOWN,
    )


def judged(content: bytes) -> UploadCheck:
    """Make a received file again without what acts, and ask the scanner about everything in it. For the background worker.

    Raises `Refused` (password, damaged, too_much, no_page, infected).
    """
    clean, *carried = _MADE_ANEW[_form_of(content)](content)
    verdict = _verdict([content, *carried])
    if verdict == ScanVerdict.INFECTED:
        refuse_for([INFECTED])
    return UploadCheck(clean, signing.digest_of_bytes(clean), verdict)


def document(
    name: str, content: bytes, *, size: int | None = None, kinds: Collection[UploadKind] = tuple(UploadKind)
) -> Upload:
    """A file of our own, received and judged in one call. `size` is what was sent when that was too much to keep.

    Raises `Refused` (empty, too_big, wrong_type, named_otherwise, password, damaged, too_much, no_page, infected).
    """
    upload = received(name, content, size=size, kinds=kinds)
    found = judged(content)
    return replace(upload, content=found.content, digest=found.digest, verdict=found.verdict)


def _verdict(parts: Iterable[bytes]) -> ScanVerdict:
    """Of all parts together: one that is infected, or that nobody can tell of, is enough."""
    found = {scanned(part) for part in parts}
    return next(one for one in WORST_FIRST if one in found)


WORST_FIRST = (ScanVerdict.INFECTED, ScanVerdict.UNKNOWN, ScanVerdict.NOT_SCANNED, ScanVerdict.CLEAN)


def titled(upload: Upload, title: str) -> Upload:
    """The same under a title, where there is one: documents have one name, and a title says more than that of a file."""
    seen = shown_name(title.replace("/", "-").replace("\\", "-"))
    if not seen:
        return upload
    ending = upload.name.rpartition(".")[2]
    return replace(upload, name=f"{seen[:LONGEST_NAME].strip(' .') or 'document'}.{ending}")


def shown_name(name: str) -> str:
    """The name as people may see it: no path, nothing invisible, nothing that turns the direction of reading."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if one.isspace() else one for one in unicodedata.normalize("NFC", last))
    seen = "".join(one for one in seen if unicodedata.category(one)[0] not in {"C", "Z"} or one == " ")
    return " ".join(seen.split())


def _stem(name: str) -> str:
    stem = name.rsplit(".", 1)[0] if _ending(name) else name
    return stem[:LONGEST_NAME].strip(" .") or "document"


def _ending(name: str) -> str:
    _stem, dot, ending = name.rpartition(".")
    return ending.strip().casefold() if dot and len(ending) <= 5 else ""


def _blockers(name: str, content: bytes, size: int, kinds: frozenset[UploadKind]) -> Iterator[Reason]:
    if size > MOST_BYTES:
        yield TOO_BIG
    elif not content:
        yield EMPTY
    else:
        yield from _type_blockers(_ending(shown_name(name)), _form_of(content), kinds)


def _type_blockers(ending: str, form: str, kinds: frozenset[UploadKind]) -> Iterator[Reason]:
    """Its bytes say what it is, and its name must not say otherwise. A JPEG named .png is a picture either way."""
    if not form or _kind_of(form) not in kinds:
        yield _wrong_type(ending, kinds)
    elif ending and (ending not in ENDINGS or _kind_of(ENDINGS[ending]) != _kind_of(form)):
        yield NAMED_OTHERWISE


def _wrong_type(ending: str, kinds: frozenset[UploadKind]) -> Reason:
    """What it must be, and for what people often choose, how to make it so."""
    text = MUST_BE[kinds]
    if ending in WRITTEN and UploadKind.PDF in kinds:
        text = format_lazy("{} {}", text, _("Save it as a PDF and upload that."))
    elif ending in TELEPHONES and UploadKind.PICTURE in kinds:
        text = format_lazy("{} {}", text, _("Save the photo as a JPEG, or take it again from this page."))
    return Reason("wrong_type", text)


def _form_of(content: bytes) -> str:
    return next((form for form, starts in STARTS.items() if content.startswith(starts)), "")


def _kind_of(form: str) -> UploadKind:
    return UploadKind.PDF if form == "pdf" else UploadKind.PICTURE


def _picture(content: bytes) -> list[bytes]:
    try:
        return [made_anew(content, formats=("JPEG", "PNG"), side=PICTURE_SIDE)]
    except Refused as refused:
        raise Refused(OF_PICTURES[reason.code] for reason in refused.reasons) from refused


def _pdf(content: bytes) -> list[bytes]:
    """Scrubbed by another process, which may break, or be stopped for asking too much, and take nothing with it."""
    limits = [str(limit) for limit in (PAGES, OBJECTS, INFLATED)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(scrub.__file__)), *limits],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        refuse_for([TOO_MUCH])
        raise AssertionError from None
    if done.returncode:
        refuse_for([FAULTS.get(done.returncode, TOO_MUCH)])
    return list(_parts(done.stdout))


def _parts(answer: bytes) -> Iterator[bytes]:
    while answer:
        (length,) = struct.unpack("!I", answer[:4])
        yield answer[4 : 4 + length]
        answer = answer[4 + length :]


_MADE_ANEW: dict[str, Callable[[bytes], list[bytes]]] = {"pdf": _pdf, "jpg": _picture, "png": _picture}
