"""A picture is made anew, so that nothing rides along."""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps

from registry import signing
from registry.errors import Reason, refuse_for

PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_PIXELS = 50_000_000
PHOTO_SIDE = 2000
PHOTO_FORMATS = ("JPEG", "PNG", "WEBP")
#: What a picture takes to unpack at most, in bytes, by what its head says: a photograph of 50 megapixels from a camera fits, for
#: the reader makes it smaller while it unpacks it. All else is unpacked whole.
MOST_UNPACKED = 200 * 1024 * 1024
#: Of a WebP: the reader has two canvases and the picture itself, and two copies of it. Of a PNG, a byte costs twice the time.
WEBP_PIXEL, PNG_BYTE, COPY_PIXEL = 16, 2, 4
#: How often a JPEG that becomes sharper by and by goes over all of its pixels; programs make about ten.
MOST_SCANS = 25
SCAN = b"\xff\xda"
#: Bytes of the samples of such a JPEG, which are all kept until the last scan.
SAMPLE = 2

TOO_BIG = Reason("photo_too_big", _("The photo must be smaller than 10 MB."))
TOO_MANY_PIXELS = Reason("photo_too_many_pixels", _("The photo has too many pixels. Choose a smaller one."))
NOT_A_PHOTO = Reason("not_a_photo", _("The photo must be a JPEG, PNG or WebP picture."))
EMPTY = Reason("photo_empty", _("The photo is empty."))


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture made anew: a JPEG with nothing in it but the picture, and the SHA-256 of its bytes."""

    content: bytes
    digest: str


def photo(content: bytes) -> Photo:
    """The picture in these bytes, turned upright, at most 2000 pixels a side, without place, time, device or thumbnail.

    Raises `Refused` (photo_empty, photo_too_big, not_a_photo, photo_too_many_pixels). What is drawn, moves or runs is no
    photograph: SVG, HTML and PDF are refused; what follows or hides in a true picture is left behind.
    """
    if not content:
        refuse_for([EMPTY])
    if len(content) > PHOTO_BYTES:
        refuse_for([TOO_BIG])
    clean = made_anew(content)
    return Photo(clean, signing.digest_of_bytes(clean))


def made_anew(content: bytes, *, formats: Sequence[str] = PHOTO_FORMATS, side: int = PHOTO_SIDE) -> bytes:
    """A JPEG of what the picture shows, at most `side` pixels wide and high. Raises `Refused` as `photo` does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is odd in a file: it is refused or left behind
        opened = _opened(content, formats)
        if _moves(opened):
            refuse_for([NOT_A_PHOTO])
        pixels = opened.width * opened.height
        kept = _samples(opened, content)
        opened.draft("RGB", (side, side))  # a JPEG is unpacked no larger than needed
        if pixels > PHOTO_PIXELS or kept + _unpacked(opened) > MOST_UNPACKED:
            refuse_for([TOO_MANY_PIXELS])
        return _encoded(_decoded(opened, side))


def _opened(content: bytes, formats: Sequence[str]) -> Image.Image:
    """The picture by its head alone; nothing has been unpacked yet."""
    try:
        return Image.open(io.BytesIO(content), formats=tuple(formats))
    except Image.DecompressionBombError:
        refuse_for([TOO_MANY_PIXELS])
    except Exception:  # a hostile file may break the reader in any way
        refuse_for([NOT_A_PHOTO])
    raise AssertionError


def _moves(opened: Image.Image) -> bool:
    """A JPEG may hold the same photograph twice, for telephones; of it, only the first is read."""
    return opened.format in {"PNG", "WEBP"} and getattr(opened, "n_frames", 1) > 1


def _unpacked(opened: Image.Image) -> int:
    """The memory that it takes to unpack, by its head. A JPEG has been told how large it is wanted, and says so."""
    pixels = opened.width * opened.height
    if opened.format == "WEBP":
        return pixels * WEBP_PIXEL
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
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint turns it on for the whole process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        opened.thumbnail((side, side))  # first: to turn it makes a copy
        return ImageOps.exif_transpose(opened).convert("RGBA")
    except Exception:  # the same
        refuse_for([NOT_A_PHOTO])
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    raise AssertionError


def _encoded(picture: Image.Image) -> bytes:
    # A new picture has no comments, profiles or blocks of its own, whatever the old one carried.
    clean = Image.new("RGB", picture.size, "white")
    clean.paste(picture, mask=picture.getchannel("A"))
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=85)
    return written.getvalue()
