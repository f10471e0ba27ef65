"""Makes a new picture from the bytes of a stranger: run as a program of its own, with limits that the system keeps.

    python pictures.py <most pixels a side> <format>... < given > made.jpg

Nothing of the product is imported: whatever breaks here breaks nothing else. A picture that is not taken ends it with the status
`REFUSED` and says why in one word.
"""

import io
import os
import resource
import sys
import warnings
from collections.abc import Sequence

from PIL import Image, ImageFile, ImageOps

MEMORY = 300 * 1024 * 1024
SECONDS = 2
REFUSED = 10
NOT_A_PICTURE, TOO_MUCH = "not_a_photo", "photo_too_many_pixels"

MOST_PIXELS = 50_000_000
#: What a picture takes to unpack at most, in bytes, by what its head says: a photograph of 50 megapixels from a camera fits, for
#: the reader makes it smaller while it unpacks it. All else is unpacked whole.
MOST_UNPACKED = 200 * 1024 * 1024
#: Of a WebP: the reader has two canvases and the picture itself, and two copies of it. Of a PNG, a byte costs twice the time.
WEBP_PIXEL, PNG_BYTE, COPY_PIXEL = 16, 2, 4
WEBP_SIDE = 0x3FFF
#: How often a JPEG that becomes sharper by and by goes over all of its pixels; programs make about ten.
MOST_SCANS = 25
SCAN = b"\xff\xda"
#: Bytes of the samples of such a JPEG, which are all kept until the last scan.
SAMPLE = 2


class PictureFailure(Exception):
    """Raised with one word that says why a picture is not taken."""


def made_anew(content: bytes, *, formats: Sequence[str], side: int) -> bytes:
    """A JPEG of what the picture shows, at most `side` pixels wide and high. Raises `PictureFailure`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is odd in a file: it is refused or left behind
        if _pixels_of_webp(content) * WEBP_PIXEL > MOST_UNPACKED:
            raise PictureFailure(TOO_MUCH)
        opened = _opened(content, formats)
        if _moves(opened):
            raise PictureFailure(NOT_A_PICTURE)
        pixels = opened.width * opened.height
        kept = _samples(opened, content)
        opened.draft("RGB", (side, side))  # a JPEG is unpacked no larger than needed
        if pixels > MOST_PIXELS or kept + _unpacked(opened) > MOST_UNPACKED:
            raise PictureFailure(TOO_MUCH)
        return _encoded(_decoded(opened, side))


def _pixels_of_webp(content: bytes) -> int:
    """By its head, in its three forms: the reader makes room for them before it tells how many there are."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return 0
    head = content[12:30].ljust(18, b"\0")
    if head.startswith(b"VP8X"):
        return (1 + int.from_bytes(head[12:15], "little")) * (1 + int.from_bytes(head[15:18], "little"))
    if head.startswith(b"VP8L"):
        sides = int.from_bytes(head[9:13], "little")
        return (1 + (sides & WEBP_SIDE)) * (1 + (sides >> 14 & WEBP_SIDE))
    return (int.from_bytes(head[14:16], "little") & WEBP_SIDE) * (int.from_bytes(head[16:18], "little") & WEBP_SIDE)


def _opened(content: bytes, formats: Sequence[str]) -> Image.Image:
    """The picture by its head alone; nothing has been unpacked yet."""
    try:
        return Image.open(io.BytesIO(content), formats=tuple(formats))
    except Image.DecompressionBombError as bomb:
        raise PictureFailure(TOO_MUCH) from bomb
    except Exception as broken:  # a hostile file may break the reader in any way
        raise PictureFailure(NOT_A_PICTURE) from broken


def _moves(opened: Image.Image) -> bool:
    """A JPEG may hold the same photograph twice, for telephones; of it, only the first is read."""
    return opened.format in {"PNG", "WEBP"} and getattr(opened, "n_frames", 1) > 1


def _unpacked(opened: Image.Image) -> int:
    """The memory that it takes to unpack, by its head. A JPEG has been told how large it is wanted, and says so."""
    pixels = opened.width * opened.height
    if opened.format == "WEBP":
        return pixels * WEBP_PIXEL  # again: its head may have said otherwise
    if opened.format == "PNG":
        return pixels * PNG_BYTE * _bytes_of_pixel(opened)
    return pixels * COPY_PIXEL


def _bytes_of_pixel(opened: Image.Image) -> int:
    """Of a PNG, as it is packed: "RGB;16B" are three times two bytes."""
    form = str(opened.tile[0].args) if isinstance(opened, ImageFile.ImageFile) and opened.tile else "RGBA;16B"
    bands, _semicolon, depth = form.partition(";")
    return {"LA": 2, "RGB": 3, "RGBA": 4}.get(bands, 1) * (2 if depth.startswith("16") else 1)


def _samples(opened: Image.Image, content: bytes) -> int:
    """What a JPEG keeps that is sent in several scans; more than can be when there are too many of them."""
    if not opened.info.get("progressive"):
        return 0
    if content.count(SCAN) > MOST_SCANS:
        return MOST_UNPACKED + 1
    layers = getattr(opened, "layer", [])
    finest = max((across * down for _name, across, down, *_table in layers), default=1)
    pixels = opened.width * opened.height
    return sum(SAMPLE * pixels * across * down // finest for _name, across, down, *_table in layers)


def _decoded(opened: Image.Image, side: int) -> Image.Image:
    try:
        opened.thumbnail((side, side))  # first: to turn it makes a copy
        return ImageOps.exif_transpose(opened).convert("RGBA")
    except MemoryError as too_much:
        raise PictureFailure(TOO_MUCH) from too_much
    except Exception as broken:  # the same
        raise PictureFailure(NOT_A_PICTURE) from broken


def _encoded(picture: Image.Image) -> bytes:
    # A new picture has no comments, profiles or blocks of its own, whatever the old one carried.
    clean = Image.new("RGB", picture.size, "white")
    clean.paste(picture, mask=picture.getchannel("A"))
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=85)
    return written.getvalue()


def main(arguments: list[str]) -> int:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.nice(10)  # after who waits for a page
    side, *formats = arguments
    try:
        sys.stdout.buffer.write(made_anew(sys.stdin.buffer.read(), formats=formats, side=int(side)))
    except PictureFailure as refused:
        sys.stdout.write(str(refused))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
