"""A picture is made anew, so that nothing rides along."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from registry import signing
from registry.checking.children import NotTaken, answer_of
from registry.errors import Reason, Refused, refuse_for
from registry.uploads import pictures

PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDE = 2000
PHOTO_FORMATS = ("JPEG", "PNG", "WEBP")
TOO_BIG = Reason("photo_too_big", _("The photo must be smaller than 10 MB."))
TOO_MANY_PIXELS = Reason(pictures.TOO_MUCH, _("The photo has too many pixels. Choose a smaller one."))
NOT_A_PHOTO = Reason(pictures.NOT_A_PICTURE, _("The photo must be a JPEG, PNG or WebP picture."))
EMPTY = Reason("photo_empty", _("The photo is empty."))
WRONG_PHOTO = {reason.code: reason for reason in (TOO_BIG, TOO_MANY_PIXELS, NOT_A_PHOTO, EMPTY)}


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture made anew: a JPEG with nothing in it but the picture, and the SHA-256 of its bytes."""

    content: bytes
    digest: str

    @classmethod
    def of(cls, clean: bytes) -> "Photo":
        return cls(clean, signing.digest_of_bytes(clean))


def photo(content: bytes) -> Photo:
    """The picture in these bytes, turned upright, at most 2000 pixels a side, without place, time, device or thumbnail.

    Raises `Refused` (photo_empty, photo_too_big, not_a_photo, photo_too_many_pixels). What is drawn, moves or runs is no
    photograph: SVG, HTML and PDF are refused; what follows or hides in a true picture is left behind.
    """
    if not content:
        refuse_for([EMPTY])
    if len(content) > PHOTO_BYTES:
        refuse_for([TOO_BIG])
    return Photo.of(made_anew(content))


def made_anew(content: bytes, *, formats: Sequence[str] = PHOTO_FORMATS, side: int = PHOTO_SIDE) -> bytes:
    """A JPEG of what the picture shows, at most `side` pixels wide and high. Raises `Refused` as `photo` does.

    Made by another process, which may break, or be stopped for asking too much, and take nothing with it.
    """
    try:
        return answer_of(Path(pictures.__file__), str(side), *formats, content=content)
    except NotTaken as refused:
        raise Refused([WRONG_PHOTO.get(refused.code, TOO_MANY_PIXELS)]) from refused
