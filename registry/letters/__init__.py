"""What is said to people outside a page: letters kept as rows, their words as HTML, mail and PDF, and the licence certificate.

A letter is a template and the facts as they were, so that it can be printed again as it was. Nothing is mailed inside a
transaction: `run_due` hands over what is due after commit, and the row itself keeps attempts, last error and next try.
"""

from registry.errors import PdfUnavailable
from registry.letters.bundles import bundle, pages_of
from registry.letters.editions import edition_of, replace
from registry.letters.papers import SampleEntry, batch, certificate, preview, printed, square
from registry.letters.press import PAPER, pdf, pdf_of_sealed
from registry.letters.rehearsals import Foreseen, rehearse
from registry.letters.rows import (
    LEASE,
    LONGEST_WAIT,
    Receiver,
    addressee,
    forget,
    posted,
    put_back,
    queue,
    send,
)
from registry.letters.seals import Seal
from registry.letters.seals import check as check_seal
from registry.letters.words import Sample, fragment, render, text

__all__ = [
    "LEASE",
    "LONGEST_WAIT",
    "PAPER",
    "Foreseen",
    "PdfUnavailable",
    "Receiver",
    "Sample",
    "SampleEntry",
    "Seal",
    "addressee",
    "batch",
    "bundle",
    "certificate",
    "check_seal",
    "edition_of",
    "forget",
    "fragment",
    "pages_of",
    "pdf",
    "pdf_of_sealed",
    "posted",
    "preview",
    "printed",
    "put_back",
    "queue",
    "rehearse",
    "render",
    "replace",
    "send",
    "square",
    "text",
]
