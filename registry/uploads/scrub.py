"""A PDF made anew without what acts: run as a program of its own, with limits that the system keeps, on bytes of strangers.

    python scrub.py <most pages> <most objects> <most bytes inflated> < given.pdf > answer

The answer is the clean PDF and then each file that was attached to the given one, for the scanner, which does not look into
all of them by itself; before each stand its length in four bytes.

Nothing of the product is imported: whatever breaks here breaks nothing else. The status that it ends with says why a file was
not taken (`FAULTS`); a status that is none of them, or no end in time, means that it needed more than it may have.
"""

import io
import os
import re
import resource
import struct
import sys
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

MEMORY = 1536 * 1024 * 1024
SECONDS = 20

PASSWORD, DAMAGED, TOO_MUCH, EMPTY = 10, 11, 12, 13
FAULTS = frozenset({PASSWORD, DAMAGED, TOO_MUCH, EMPTY})

# Keys under which something acts, hides or is carried along, in whatever dictionary they stand.
DROPPED = (
    "/OpenAction",
    "/AA",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/AF",
    "/XFA",
    "/Collection",
    "/RichMediaContent",
    "/RichMediaSettings",
    "/3DD",
    "/3DA",
    "/Next",
    "/Requirements",
    "/NeedsRendering",
    "/Movie",
    "/Sound",
    "/PA",
    "/URI",
    # What a reader would fetch from elsewhere: pages, pictures, colours and media that are not in the file itself.
    "/SpiderInfo",
    "/Ref",
    "/OPI",
    "/DestOutputProfileRef",
    "/Renditions",
)
# The content of a stream that is not in the file, but in another one or at an address.
ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
# What may happen on a click: going to another place of the same document.
HARMLESS = frozenset({"/GoTo"})
# What else can stand under /S and acts. Other dictionaries have an /S too: tags, borders, labels.
ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/URI",
        "/SubmitForm",
        "/ResetForm",
        "/ImportData",
        "/GoToR",
        "/GoToE",
        "/GoTo3DView",
        "/Rendition",
        "/RichMediaExecute",
        "/Sound",
        "/Movie",
        "/Hide",
        "/Named",
        "/SetOCGState",
        "/Trans",
        "/Thread",
    }
)
ANNOTATIONS = frozenset({"/RichMedia", "/Screen", "/Movie", "/Sound", "/FileAttachment", "/3D"})


STREAM = re.compile(rb"stream\r?\n")
PIECE = 1024 * 1024
FIRST_BITE, BITE = 64, 64 * 1024  # what is given to the unpacker at once
MOST_FILTERS = 8
FLATE = frozenset({"/FlateDecode", "/Fl"})
OTHERWISE = frozenset({"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})


class ScrubFailure(Exception):
    """Raised with one of `FAULTS`."""

    @property
    def fault(self) -> int:
        (fault,) = self.args
        return int(fault)


def scrub(content: bytes, *, pages: int, objects: int, inflated: int) -> list[bytes]:
    """The same pages, with no script, action, attachment, rich media or form that calculates; then what was attached.

    Raises `Refused`.
    """
    _measure_packed(content, inflated)
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            _measure(pdf, pages=pages, objects=objects, inflated=inflated)
            carried = [thing.read_bytes() for thing in pdf.objects if _is_attached(thing)]
            for thing in _dictionaries(pdf):
                _disarm(thing)
            written = io.BytesIO()
            pdf.save(written, encryption=False, deterministic_id=True, preserve_pdfa=False)
            return [written.getvalue(), *carried]
    except pikepdf.PasswordError:
        raise ScrubFailure(PASSWORD) from None
    except MemoryError:
        raise ScrubFailure(TOO_MUCH) from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        raise ScrubFailure(DAMAGED) from None


def _measure_packed(content: bytes, limit: int) -> None:
    """Before anything is parsed: a stream that holds the objects themselves is unpacked by the parser at once, and whole.

    Streams of a true file do not overlap, so all of them together are no longer than the file. Streams within streams are
    crafted: what they cost is counted too, so that the work grows with the length of the file and no faster.
    """
    left, unread, view = limit, 2 * len(content) + PIECE, memoryview(content)
    for found in STREAM.finditer(content):
        read, unpacked = _packed_at(view[found.end() :], left)
        left, unread = left - unpacked, unread - read
        if left < 0 or unread < 0:
            raise ScrubFailure(TOO_MUCH)


def _packed_at(content: memoryview, limit: int) -> tuple[int, int]:
    """How much is packed at the start of these bytes, and how large it is unpacked, no further than a little beyond the limit.

    It is read in bites, at first small ones: what follows the end of a short stream is copied by the unpacker.
    """
    packed, read, unpacked, bite = zlib.decompressobj(), 0, 0, FIRST_BITE
    while read < len(content) and unpacked <= limit and not packed.eof:
        given: bytes | memoryview = content[read : read + bite]
        read, bite = read + len(given), min(2 * bite, BITE)
        while len(given) and unpacked <= limit and not packed.eof:
            try:
                unpacked += len(packed.decompress(given, PIECE))
            except zlib.error:
                return max(read - FIRST_BITE, 0), unpacked
            given = packed.unconsumed_tail
    return read - len(packed.unused_data), unpacked


def _inflated(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Unpacked piece by piece, and no further than a little beyond the limit; what is not packed so is nothing."""
    packed, so_far = zlib.decompressobj(), 0
    for chunk in chunks:
        left = chunk
        while left and so_far <= limit and not packed.eof:
            try:
                piece = packed.decompress(left, PIECE)
            except zlib.error:
                return
            so_far += len(piece)
            yield piece
            left = packed.unconsumed_tail


def _measure(pdf: Any, *, pages: int, objects: int, inflated: int) -> None:
    if len(pdf.objects) > objects or len(pdf.pages) > pages:
        raise ScrubFailure(TOO_MUCH)
    if not len(pdf.pages):
        raise ScrubFailure(EMPTY)
    left = inflated
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            left -= _size(thing, left)
        if left < 0:
            raise ScrubFailure(TOO_MUCH)


def _size(stream: Any, limit: int) -> int:
    """How much it is, and how much it unpacks to through each of its filters in turn; a picture is as large as it looks.

    Streams that share their bytes are counted each: reading them costs as much as if they did not.
    """
    raw = stream.read_raw_bytes()
    chunks: Iterable[bytes] = [raw]
    filters = _filters(stream)
    if len(filters) > MOST_FILTERS:
        raise ScrubFailure(TOO_MUCH)
    for one in filters:
        if one in OTHERWISE:
            return len(raw) + len(stream.read_bytes(pikepdf.StreamDecodeLevel.specialized))
        if one not in FLATE:
            break
        chunks = _inflated(chunks, limit)
    return len(raw) + sum(map(len, chunks))


def _filters(stream: Any) -> list[str]:
    filters = stream.get("/Filter")
    return [str(one) for one in (filters if isinstance(filters, pikepdf.Array) else [filters]) if one is not None]


def _dictionaries(pdf: Any) -> Iterator[Any]:
    """Every dictionary and stream, wherever it stands. What is referred to comes round by itself, so nothing is followed."""
    waiting = [*pdf.objects, pdf.trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing
            inner = [thing.get(key) for key in list(thing.keys())]
        elif isinstance(thing, pikepdf.Array):
            inner = list(thing)
        else:
            continue
        waiting.extend(one for one in inner if isinstance(one, pikepdf.Object) and not one.is_indirect)


def _is_attached(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Stream) and str(thing.get("/Type", "")) == "/EmbeddedFile"


def _disarm(thing: Any) -> None:
    if str(thing.get("/S", "")) in ACTIONS or _is_address(thing):
        for key in list(thing.keys()):
            del thing[key]
        return
    for key in (*DROPPED, *(ELSEWHERE if isinstance(thing, pikepdf.Stream) else ())):
        if key in thing:
            del thing[key]
    _unlink(thing)
    if isinstance(thing.get("/Annots"), pikepdf.Array):
        thing["/Annots"] = pikepdf.Array([one for one in thing["/Annots"] if not _acts(one)])


def _is_address(thing: Any) -> bool:
    """A file specification that names an address and no file."""
    return isinstance(thing, pikepdf.Dictionary) and str(thing.get("/FS", "")) == "/URL"


def _unlink(thing: Any) -> None:
    """What happens on a click goes, unless it only turns to another page."""
    action = thing.get("/A")
    if isinstance(action, pikepdf.Dictionary) and "/S" in action and str(action["/S"]) not in HARMLESS:
        del thing["/A"]


def _acts(annotation: Any) -> bool:
    return not isinstance(annotation, pikepdf.Dictionary) or str(annotation.get("/Subtype", "")) in ANNOTATIONS


def main(arguments: list[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.nice(10)  # after who waits for a page
    pages, objects, inflated = map(int, arguments)
    try:
        answer = scrub(sys.stdin.buffer.read(), pages=pages, objects=objects, inflated=inflated)
    except ScrubFailure as refused:
        return refused.fault
    for part in answer:
        sys.stdout.buffer.write(struct.pack("!I", len(part)) + part)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
