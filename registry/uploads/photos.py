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
        if opened.width * opened.height > PHOTO_PIXELS:
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


def _decoded(opened: Image.Image, side: int) -> Image.Image:
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint turns it on for the whole process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        opened.draft("RGB", (side, side))  # a JPEG is unpacked no larger than needed
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((side, side))
        return upright.convert("RGBA")
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
