"""Printing: HTML to PDF/A-3a and PDF/UA-1, with our own fonts and nothing from outside. The only importer of WeasyPrint."""

import contextlib
import io
import os
import tempfile
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from registry import signing
from registry.errors import PdfUnavailable
from registry.papers import pades
from registry.papers.words import PRINT

SCRIPTS = ("latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext", "vietnamese", "devanagari", "arabic")
WEIGHTS = (400, 700)
ASSETS = {
    f"asset:{script}-{weight}": f"vendor/fonts/noto-sans-{script}-{weight}.woff2"
    for script in SCRIPTS
    for weight in WEIGHTS
}
#: In the signed record of every paper that bears a seal, so that a paper without its seal is known to be altered.
PAPER = {"paper": "sealed"}
STYLES = Path(__file__).parent.parent / "templates" / "registry" / "letters" / "print.css"


def pdf(
    template: str,
    *,
    facts: Mapping[str, Any],
    record: Mapping[str, Any],
    language: str,
    at: datetime,
    unfinished: bool = False,
    keeps: bool = True,
) -> bytes:
    """A printed page from a template, PDF/A-3a and PDF/UA-1, with `record` attached as signed JSON; kept by the hash of its content.

    The template extends `layout`, and finds the facts under their own names. Sealed, and signed where a certificate is
    configured, unless it is `unfinished`: what adds to it seals it then. What is
    printed once for one person is not kept (`keeps`). Raises `PdfUnavailable`.
    """
    sealed = signing.seal(settings.SIGNING_KEY, record if unfinished else {**record, **PAPER})
    return pdf_of_sealed(
        template, facts=facts, sealed=sealed, language=language, at=at, unfinished=unfinished, keeps=keeps
    )


def pdf_of_sealed(
    template: str,
    *,
    facts: Mapping[str, Any],
    sealed: Mapping[str, Any],
    language: str,
    at: datetime,
    unfinished: bool = False,
    keeps: bool = True,
) -> bytes:
    """The same of a record that was signed before, perhaps by a key that signs no more: it is attached as it is."""
    with translation.override(language):
        html = render_to_string(template, {"layout": PRINT, "language": language, "at": at, **facts})
    return _print_sealed(html, sealed, at=at, unfinished=unfinished, keeps=keeps)


def print_page(html: str, record: Mapping[str, Any], *, at: datetime) -> bytes:
    return _print_sealed(html, signing.seal(settings.SIGNING_KEY, {**record, **PAPER}), at=at)


def _print_sealed(
    html: str, sealed: Mapping[str, Any], *, at: datetime, unfinished: bool = False, keeps: bool = True
) -> bytes:
    attached = signing.canonical(sealed)
    of = {"html": html, "sealed": sealed, "at": at, "styles": STYLES.read_text(encoding="utf-8")}
    made_with = {} if unfinished else {"certificate": pades.mark(), "seal": signing.public_key(settings.SIGNING_KEY)}
    key = signing.digest({**of, **made_with})
    kept = settings.VAR_DIR / "pdf" / f"{key}.pdf"
    if keeps:
        with contextlib.suppress(OSError):
            return kept.read_bytes()
    made = _finished(_press()(html, attached, at))
    if not unfinished:
        made = pades.sealed_and_signed(made)
    if keeps:
        # A full or read-only disk costs time, not the document.
        with contextlib.suppress(OSError):
            _keep(kept, made)
    return made


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all: two processes may print the same page at once. Only this service may read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


@lru_cache(maxsize=1)
def _press() -> Callable[[str, bytes, datetime], bytes]:
    """WeasyPrint with our fonts and styles, kept for the life of the process: loading them costs more than printing."""
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as error:
        raise PdfUnavailable from error

    class PackagedAssets(URLFetcher):
        """Reads our fonts and pictures that are written in the page itself; nothing else, wherever it is (docs/rules.md T31)."""

        def __init__(self) -> None:
            # The parent's would build openers for files and for the network. We have none.
            self._fail_on_errors = False

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            content, kind = _packaged(url)
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    fetcher, fonts = PackagedAssets(), FontConfiguration()
    styles = weasyprint.CSS(
        string=_font_faces() + STYLES.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=fetcher
    )

    def write(html: str, record: bytes, at: datetime) -> bytes:
        attachment = weasyprint.Attachment(
            file_obj=io.BytesIO(record),
            name="record.json",
            description="The facts of this document, for programs",
            created=at,
            modified=at,
            relationship="Data",
            url_fetcher=fetcher,
        )
        document = weasyprint.HTML(string=html, url_fetcher=fetcher)
        made: bytes = document.write_pdf(
            stylesheets=[styles],
            font_config=fonts,
            attachments=[attachment],
            pdf_variant="pdf/a-3a",
            # Both would write everything twice; `_finished` packs, and gives an identifier that depends on the content.
            uncompressed_pdf=True,
            pdf_identifier=False,
        )
        return made

    return write


PICTURE = "data:image/png;base64,"


def _packaged(url: str) -> tuple[bytes, str]:
    if url.startswith(PICTURE):
        return b64decode(url.removeprefix(PICTURE)), "image/png"
    found = finders.find(ASSETS[url]) if url in ASSETS else None
    if not isinstance(found, str):
        raise ValueError(f"only packaged assets are read, not {url[:80]}")
    return Path(found).read_bytes(), "font/woff2"


def _font_faces() -> str:
    """Each subset under a family name of its own: under one name WeasyPrint takes the glyphs of one for those of another."""
    faces = [
        f'@font-face {{ font-family: "Noto {script}"; font-weight: {weight}; src: url("asset:{script}-{weight}"); }}'
        for script in SCRIPTS
        for weight in WEIGHTS
    ]
    families = ", ".join(f'"Noto {script}"' for script in SCRIPTS)
    return "\n".join([*faces, f"@page {{ font-family: {families}; }} html {{ font-family: {families}; }}", ""])


# PDF/UA-1 is claimed in the metadata (ISO 14289-1, 5). PDF/A wants every foreign property described (ISO 19005-3, 6.6.2.3).
_PDFUA = b"""
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def _finished(made: bytes) -> bytes:
    """Claims PDF/UA-1 beside PDF/A-3a, packs, and gives the file an identifier that depends on its content alone."""
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as document:
        before, end, after = document.Root.Metadata.read_bytes().partition(b"</rdf:RDF>")
        document.Root.Metadata = document.make_stream(
            before + _PDFUA + end + after, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        _name_headers(document)
        document.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return finished.getvalue()


def _name_headers(document: pikepdf.Pdf) -> None:
    """Says of each header cell whether it heads a row or a column, and lists the identifiers that cells refer to."""
    headers = [
        thing
        for thing in document.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name.TH
    ]
    for header in headers:
        heads_row = any(cell.S == pikepdf.Name.TD for cell in header.P.K)
        header.A.Scope = pikepdf.Name.Row if heads_row else pikepdf.Name.Column
    named = sorted(((bytes(header.ID), header) for header in headers), key=itemgetter(0))
    if named:
        names = pikepdf.Array([item for identifier, header in named for item in (pikepdf.String(identifier), header)])
        document.Root.StructTreeRoot.IDTree = document.make_indirect(pikepdf.Dictionary(Names=names))
