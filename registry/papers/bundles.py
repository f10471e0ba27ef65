"""Papers that belong together, printed as one: an index, pages numbered through, and at the end the pages of documents."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pikepdf
from PIL import Image

from registry.papers import pades
from registry.papers import pdf as press

# Where the page of a document stands on the page of the bundle, in points: below its heading, above the number.
LEFT, BOTTOM, RIGHT, TOP = 57, 68, 538, 730


def pages_of(content: bytes, media_type: str) -> int:
    """How many pages a document takes up in a bundle; a picture takes one."""
    with pikepdf.open(io.BytesIO(_as_pdf(content, media_type))) as document:
        return len(document.pages)


def bundle(
    template: str,
    *,
    facts: Mapping[str, Any],
    documents: Iterable[tuple[bytes, str]],
    record: Mapping[str, Any],
    language: str,
    at: datetime,
) -> bytes:
    """Print the template, whose last pages are one for each page of the documents, and put each of them on its page.

    Each document is its bytes and its media type. Raises `PdfUnavailable`. It claims no more to be PDF/A: the documents of
    others are as they are.
    """
    sheets = [sheet for content, kind in documents for sheet in _sheets(content, kind)]
    record = {**record, **press.PAPER}
    made = press.pdf(template, facts=facts, record=record, language=language, at=at, unfinished=True)
    return pades.sealed_and_signed(_filled(made, sheets) if sheets else made)


def _filled(made: bytes, sheets: Sequence[pikepdf.Pdf]) -> bytes:
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as whole:
        for page, sheet in zip(whole.pages[-len(sheets) :], sheets, strict=True):
            page.add_overlay(sheet.pages[0], pikepdf.Rectangle(LEFT, BOTTOM, RIGHT, TOP))
        del whole.Root.Metadata
        whole.save(finished, deterministic_id=True)
    return finished.getvalue()


def _sheets(content: bytes, media_type: str) -> Iterable[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(_as_pdf(content, media_type))) as document:
        for page in document.pages:
            one = pikepdf.new()
            one.pages.append(page)
            yield one


def _as_pdf(content: bytes, media_type: str) -> bytes:
    if media_type == "application/pdf":
        return content
    paper = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        picture.convert("RGB").save(paper, "PDF", resolution=150)
    return paper.getvalue()
