"""Photographs: judged by their bytes, made anew, and nothing rides along."""

import io
import os
import struct
import zlib

import pytest
from PIL import Image, ImageFile, PngImagePlugin

from registry import uploads as files
from registry.errors import Refused
from registry.signing import digest_of_bytes

GPS = {0x8825: {1: "N", 2: (52.0, 24.0, 0.0), 3: "W", 4: (4.0, 5.0, 0.0)}}
TOO_MANY = "photo_too_many_pixels"
CANARY = b"Canary Telephone 7"


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    made = Image.new(mode, size, "red" if mode != "RGBA" else (255, 0, 0, 128))
    made.paste("blue" if mode != "RGBA" else (0, 0, 255, 255), (0, 0, size[0] // 2, size[1]))
    return made


def written(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825).update(GPS[0x8825])
    return written(picture(), exif=exif, comment=CANARY, quality=95)


def test_where_and_with_what_it_was_taken_is_gone() -> None:
    taken = with_gps()
    assert CANARY in taken
    assert Image.open(io.BytesIO(taken)).getexif().get_ifd(0x8825)

    made = files.photo(taken)

    seen = Image.open(io.BytesIO(made.content))
    assert not seen.getexif()
    assert set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert CANARY not in made.content
    assert made.digest == digest_of_bytes(made.content)


def test_it_stands_upright_and_shows_the_same() -> None:
    seen = Image.open(io.BytesIO(files.photo(with_gps()).content))

    assert seen.size == (40, 60)
    top, bottom = seen.getpixel((20, 5)), seen.getpixel((20, 55))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[2] > 200 and bottom[0] > 200


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_every_usual_kind_becomes_a_jpeg(form: str) -> None:
    made = files.photo(written(picture(mode="RGBA" if form != "JPEG" else "RGB"), form))

    assert made.content.startswith(b"\xff\xd8\xff")
    assert Image.open(io.BytesIO(made.content)).size == (60, 40)


def test_words_within_a_png_are_left_behind() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", CANARY.decode())
    said.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY.decode()}</x>")

    assert CANARY not in files.photo(written(picture(), "PNG", pnginfo=said)).content


def test_a_large_one_becomes_smaller() -> None:
    assert Image.open(io.BytesIO(files.photo(written(picture((4000, 1000)))).content)).size == (2000, 500)


def noisy(size: tuple[int, int]) -> Image.Image:
    """As a camera sees it: no two places alike."""
    return Image.effect_noise((size[0] // 8, size[1] // 8), 80).convert("RGB").resize(size)


LARGE = {
    "camera of 50 megapixels": lambda: written(noisy((8660, 5773)), quality=80),
    "telephone that writes WebP": lambda: written(noisy((4080, 3060)), "WEBP", quality=70, method=0),
    "scan in grey": lambda: written(noisy((4960, 7016)).convert("L").quantize(16), "PNG"),
    "scan in colour": lambda: written(Image.new("RGB", (4960, 6700), "white"), "PNG"),
    "made sharper by and by": lambda: written(noisy((6000, 4000)), quality=70, progressive=True),
}


@pytest.mark.parametrize("what", sorted(LARGE))
def test_a_large_photograph_or_scan_is_taken(what: str) -> None:
    assert max(Image.open(io.BytesIO(files.photo(LARGE[what]()).content)).size) == 2000


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 40,000 by 40,000."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def scans(times: int) -> bytes:
    """A JPEG that says the last scan of itself again and again."""
    once = written(picture((4000, 3000)), progressive=True)
    last = once.rindex(b"\xff\xda")
    return once[:-2] + once[last:-2] * times + once[-2:]


def moving(form: str) -> bytes:
    return written(picture(), form, save_all=True, append_images=[picture(mode="L").convert("RGB")])


HOSTILE = {
    "WebP that moves": (moving("WEBP"), "not_a_photo"),
    "PNG that moves": (moving("PNG"), "not_a_photo"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not_a_photo"),
    "html": (b"<!doctype html><script>alert(1)</script>", "not_a_photo"),
    "pdf": (b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript>>>>endobj", "not_a_photo"),
    "gif": (written(picture(), "GIF"), "not_a_photo"),
    "tiff": (written(picture(), "TIFF"), "not_a_photo"),
    "program": (b"MZ\x90\x00\x03", "not_a_photo"),
    "first bytes only": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not_a_photo"),
    "cut short": (written(picture((600, 400)), quality=95)[:800], "not_a_photo"),
    "in front of a picture": (b"<script>alert(1)</script>" + written(picture()), "not_a_photo"),
    "pixel bomb": (bomb(), TOO_MANY),
    "too many pixels": (written(Image.new("L", (8000, 7000)), "PNG"), TOO_MANY),
    "too big": (b"\xff\xd8\xff" + b"\0" * files.PHOTO_BYTES, "photo_too_big"),
    "empty": (b"", "photo_empty"),
}


@pytest.mark.parametrize("lenient", [False, True], ids=["strict", "lenient"])
@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_what_is_no_photograph_is_refused(what: str, lenient: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """However lenient another library has made the reader."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    content, code = HOSTILE[what]

    with pytest.raises(Refused) as refused:
        files.photo(content)

    assert [reason.code for reason in refused.value.reasons] == [code]


def spent() -> float:
    """Seconds of processor, of this process and of all that it has started."""
    return sum(os.times()[:4])


HUGE = {
    "WebP of a few bytes": lambda: written(Image.new("RGB", (7071, 7071)), "WEBP", lossless=True, method=0),
    "PNG that unpacks huge": lambda: written(Image.new("RGBA", (7071, 7071)), "PNG"),
    "JPEG of a thousand scans": lambda: scans(1000),
    "JPEG whose samples are all kept": lambda: written(Image.new("RGB", (7071, 7071)), progressive=True, subsampling=0),
}


@pytest.mark.parametrize("what", sorted(HUGE))
def test_what_takes_too_much_to_unpack_is_refused_by_its_head(what: str) -> None:
    """However few bytes it has: nothing of it is unpacked."""
    content, began = HUGE[what](), spent()

    with pytest.raises(Refused) as refused:
        files.photo(content)

    assert [reason.code for reason in refused.value.reasons] == [TOO_MANY]
    assert spent() - began < 0.2


POLYGLOTS = {
    "script after a picture": written(picture()) + b"<script>alert('Canary Telephone 7')</script>",
    "archive after a picture": written(picture()) + b"PK\x03\x04" + CANARY,
    "script in the comment": written(picture(), comment=b"<script>Canary Telephone 7</script>"),
    "profile that is none": written(picture(), icc_profile=CANARY * 10),
}


@pytest.mark.parametrize("what", sorted(POLYGLOTS))
def test_what_hides_in_a_picture_is_left_behind(what: str) -> None:
    content = POLYGLOTS[what]
    assert b"Canary" in content

    assert b"Canary" not in files.photo(content).content
