"""What is said to people outside a page: letters kept as rows, their words as HTML, mail and PDF, and the licence certificate.

A letter is a template and the facts as they were, so that it can be printed again as it was. Nothing is mailed inside a
transaction: `run_due` hands over what is due after commit, and the row itself keeps attempts, last error and next try.
"""

import contextlib
import io
import os
import re
import tempfile
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from html.parser import HTMLParser
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import schemes, signing
from registry.errors import Reason, Refused
from registry.identifiers import new_reference
from registry.models import Counter, Entry, Letter, Listing, Organisation, User
from registry.schemes import said

MAIL, PRINT, BARE = (f"registry/letters/{layout}.html" for layout in ("mail", "print", "bare"))

# How long one attempt may take before the letter is handed over again, and how long we wait after a failure.
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)

Receiver = Organisation | Listing | User | str


class PdfUnavailable(Exception):
    """No PDF can be made on this machine. Every page still works, and says this sentence instead."""

    def __str__(self) -> str:
        return str(
            _("PDFs cannot be made on this machine: the Pango library is not installed. The page shows the same.")
        )


# --- letters as rows -------------------------------------------------------------------------------------------------


def queue(
    template: str,
    *,
    to: Receiver,
    subject: str | Promise,
    facts: Mapping[str, Any],
    about: str,
    at: datetime,
) -> Letter:
    """Write a letter down, in the receiver's language, to be mailed once this transaction has committed.

    `facts` hold all that the template says. With `scheme` among them the letter bears the head of the authority in force
    on that day; with `wording`, the legal wording of that letter of the pack. A lazy subject is said in the language of
    the receiver. The head of the trail is copied, so that each letter is a witness of it.
    """
    organisation, address, language, name = _receiver(to)
    number = new_reference("L")
    head_number, head_hash = _head()
    with translation.override(language):
        words = str(subject)
    return Letter.objects.create(
        number=number,
        template=template,
        language=language,
        organisation=organisation,
        address=address,
        subject=words,
        reference=about,
        facts=signing.plain({**_issued_under(facts, at), **facts, "receiver": _addressee(organisation, name)}),
        at=at,
        trail_number=head_number,
        trail_hash=head_hash,
        message_id=f"<{number.lower()}@{_host()}>",
        next_try=at,
    )


def send(letter: Letter, *, at: datetime) -> bool:
    """Mail the letter once; a failure is written on its row with the time of the next try. Says whether it was mailed.

    The attempt is claimed first, by its count: of two workers with the same letter only one goes on. A worker that is
    killed in between leaves a letter that falls due again; a second copy would bear the same Message-ID.
    """
    mine = Letter.objects.filter(pk=letter.pk, sent_at=None, attempts=letter.attempts)
    if not mine.update(attempts=F("attempts") + 1, next_try=at + LEASE):
        return False
    try:
        _mail(letter).send()
    except Exception as error:
        # Anything may go wrong between here and a mailbox; whatever it was, the letter is tried again.
        wait = min(FIRST_WAIT * 2 ** min(letter.attempts, 20), LONGEST_WAIT)
        Letter.objects.filter(pk=letter.pk).update(last_error=f"{type(error).__name__}: {error}", next_try=at + wait)
        return False
    Letter.objects.filter(pk=letter.pk).update(sent_at=at, last_error="", next_try=None)
    return True


def _receiver(to: Receiver) -> tuple[Organisation | None, str, str, str]:
    if isinstance(to, Listing):
        to = to.organisation
    if isinstance(to, Organisation):
        return to, to.email or _address_of_member(to), to.language, to.legal_name
    if isinstance(to, User):
        return None, to.email, to.language, to.name
    return None, to, translation.get_language() or settings.LANGUAGE_CODE, ""


def _address_of_member(organisation: Organisation) -> str:
    """Where the organisation has given no address of its own: that of whoever has acted for it longest."""
    member = organisation.memberships.filter(until=None).select_related("user").order_by("since", "pk").first()
    return member.user.email if member else ""


def _addressee(organisation: Organisation | None, name: str) -> dict[str, Any]:
    return {"name": name, "address": _lines(organisation.address) if organisation else []}


def _lines(address: Mapping[str, str]) -> list[str]:
    return [line for key in ("line_1", "line_2", "town", "county", "postcode") if (line := address.get(key, ""))]


def _issued_under(facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    if "scheme" not in facts:
        return {}
    return {"issued_under": schemes.in_force(facts["scheme"], timezone.localdate(at)).version}


def _head() -> tuple[int, str]:
    # Read here and not from registry.trail: the public face may use letters, and must not reach what writes history.
    counter = Counter.objects.filter(name=Counter.EVENTS).first()
    return (counter.value, counter.hash) if counter else (0, "")


def _host() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"


def _mail(letter: Letter) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=text(letter),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.address],
        reply_to=[_authority(letter.facts, letter.language)["email"]],
        # Auto-Submitted keeps out-of-office replies from answering us (RFC 3834).
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated", "X-Letter": letter.number},
    )
    mail.attach_alternative(render(letter), "text/html")
    return mail


# --- the words of a letter -------------------------------------------------------------------------------------------


def render(letter: Letter) -> str:
    """The whole letter as an HTML document, as it is mailed."""
    return _words(letter, MAIL)


def fragment(letter: Letter) -> str:
    """The letter without head and body tags, to be shown inside a page; its h1 is the page's."""
    return _words(letter, BARE)


def text(letter: Letter) -> str:
    """The same words as plain text."""
    reader = _PlainText()
    reader.feed(_words(letter, BARE))
    return reader.text()


def printed(letter: Letter) -> bytes:
    """The letter as a PDF with its facts attached as JSON: the same whenever it is printed again."""
    record = {
        "letter": letter.number,
        "at": letter.at,
        "about": letter.reference,
        "subject": letter.subject,
        "template": letter.template,
        "language": letter.language,
        "facts": letter.facts,
        "trail": {"number": letter.trail_number, "hash": letter.trail_hash},
    }
    return _pdf(_words(letter, PRINT), record, at=letter.at)


def _words(letter: Letter, layout: str) -> str:
    with translation.override(letter.language):
        return render_to_string(
            letter.template,
            {
                "layout": layout,
                "language": letter.language,
                "title": letter.subject,
                "letter": letter,
                "at": letter.at,
                "facts": _revived(letter.facts),
                "authority": _authority(letter.facts, letter.language),
                "wording": _wording(letter.facts, letter.language),
                "site": _host(),
            },
        )


def _authority(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Who writes: the authority of the scheme on the day of the letter, else whoever runs this service."""
    if "scheme" not in facts:
        return {
            "name": settings.ORGANISATION_NAME,
            "email": settings.CONTACT_EMAIL,
            "telephone": settings.CONTACT_TELEPHONE,
        }
    authority = schemes.get(facts["scheme"], facts["issued_under"]).authority
    return {
        "name": said(authority.name, language),
        "legal_basis": said(authority.legal_basis, language),
        "address": authority.address,
        "telephone": authority.telephone,
        "email": authority.email,
        "hours": said(authority.hours, language),
    }


def _wording(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The legal wording of the pack for this letter, in the language of the receiver."""
    if not facts.get("wording"):
        return {}
    scheme = schemes.get(facts["scheme"], facts["issued_under"])
    wording = scheme.letter(facts["wording"])
    return {
        "title": said(wording.title, language),
        "law": [said(one, language) for one in wording.law],
        "paragraphs": [said(one, language) for one in wording.paragraphs],
        "appeal": [said(one, language) for one in wording.appeal],
        "appeal_to": said(scheme.appeal.to, language),
        "appeal_address": scheme.appeal.address,
        "appeal_how": said(scheme.appeal.how, language),
    }


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+Z")


def _revived(value: Any) -> Any:
    """Facts as a template likes them: what was written as a day or an instant is one again."""
    if isinstance(value, dict):
        return {key: _revived(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_revived(item) for item in value]
    return _revived_text(value) if isinstance(value, str) else value


def _revived_text(value: str) -> Any:
    with contextlib.suppress(ValueError):
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
        if _INSTANT.fullmatch(value):
            return parse_datetime(value) or value
    return value


class _PlainText(HTMLParser):
    """Our own letters as text: a blank line between blocks, a dash before an item, a colon after the head of a row."""

    BLOCKS = frozenset({"p", "h1", "h2", "h3", "ul", "ol", "table", "div", "section", "header", "footer", "caption"})
    LINES = frozenset({"li", "tr", "br"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self._parts.append("\n\n")
        elif tag in self.LINES:
            self._parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self._parts.append("\n\n")
        elif tag in {"th", "td"}:
            self._parts.append(": " if tag == "th" else "; ")

    def handle_data(self, data: str) -> None:
        self._parts.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        lines = (re.sub(r"[ ]+", " ", line).strip().removesuffix(";") for line in "".join(self._parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


# --- PDF -------------------------------------------------------------------------------------------------------------

SCRIPTS = ("latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext", "vietnamese", "devanagari")
WEIGHTS = (400, 700)
ASSETS = {
    f"asset:{script}-{weight}": f"vendor/fonts/noto-sans-{script}-{weight}.woff2"
    for script in SCRIPTS
    for weight in WEIGHTS
}
STYLES = Path(__file__).parent / "templates" / "registry" / "letters" / "print.css"


def pdf(template: str, *, facts: Mapping[str, Any], record: Mapping[str, Any], language: str, at: datetime) -> bytes:
    """A printed page from a template, PDF/A-3a and PDF/UA-1, with `record` attached as JSON; kept by the hash of its content.

    The template extends `layout`, and finds the facts under their own names. Raises `PdfUnavailable`.
    """
    with translation.override(language):
        html = render_to_string(template, {"layout": PRINT, "language": language, "at": at, **facts})
    return _pdf(html, record, at=at)


def _pdf(html: str, record: Mapping[str, Any], *, at: datetime) -> bytes:
    attached = signing.canonical(record)
    key = signing.digest({"html": html, "record": record, "at": at, "styles": STYLES.read_text(encoding="utf-8")})
    kept = settings.VAR_DIR / "pdf" / f"{key}.pdf"
    with contextlib.suppress(OSError):
        return kept.read_bytes()
    made = _finished(_press()(html, attached, at, key))
    # A full or read-only disk costs time, not the document.
    with contextlib.suppress(OSError):
        _keep(kept, made)
    return made


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all: two processes may print the same page at once. Only this service may read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(name, path)


@lru_cache(maxsize=1)
def _press() -> Callable[[str, bytes, datetime, str], bytes]:
    """WeasyPrint with our fonts and styles, kept for the life of the process: loading them costs more than printing."""
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as error:
        raise PdfUnavailable from error

    class PackagedAssets(URLFetcher):  # type: ignore[misc]
        """Reads our fonts and pictures that are written in the page itself; nothing else, wherever it is (trust.md T31)."""

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

    def write(html: str, record: bytes, at: datetime, key: str) -> bytes:
        attachment = weasyprint.Attachment(
            file_obj=io.BytesIO(record),
            name="record.json",
            description=str(_("The facts of this document, for programs")),
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
            pdf_identifier=bytes.fromhex(key)[:16],
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
    """Claims PDF/UA-1 beside PDF/A-3a, and gives the file an identifier that depends on its content alone."""
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as document:
        before, end, after = document.Root.Metadata.read_bytes().partition(b"</rdf:RDF>")
        document.Root.Metadata = document.make_stream(
            before + _PDFUA + end + after, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        _name_headers(document)
        document.save(finished, deterministic_id=True)
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


# --- the certificate -------------------------------------------------------------------------------------------------


def certificate(entry: Entry, *, language: str, at: datetime) -> bytes:
    """The licence certificate of a listing as the register shows it now; refused unless it is licensed on that day.

    It says that it is valid only if the register says so, and how to ask: a QR code, a short code and an address in
    words (trust.md T1, T3). Made of what the public may see, and of nothing else.
    """
    day = timezone.localdate(at)
    entry = Entry.objects.standing_on(day).select_related("listing").get(pk=entry.pk)
    if not entry.is_licensed:
        raise Refused(
            [Reason("not_licensed", _("There is no certificate: the register does not show a licence today."))]
        )
    number, head = _head()
    facts = {
        **_certified(entry, language, day),
        "trail": {"number": number, "hash": head},
        "host": urlsplit(settings.SITE_ADDRESS).netloc,
        "qr": segno.make(f"{settings.SITE_ADDRESS}/c/{entry.listing.code}/", error="m").png_data_uri(scale=8, border=4),
    }
    record = {
        "certificate_of": entry.number,
        "at": at,
        "entry": {"number": entry.entry_number, "hash": entry.hash},
        "code": entry.listing.code,
        "name": entry.name,
        "scheme": entry.scheme,
        "issued_by": entry.issued_by,
        "sectors": entry.sectors,
        "valid_from": entry.valid_from,
        "valid_until": entry.valid_until,
        "revoked_from": entry.revoked_from,
        "conditions": entry.condition_count,
        "trail": {"number": number, "hash": head},
    }
    return pdf("registry/letters/certificate.html", facts=facts, record=record, language=language, at=at)


def _certified(entry: Entry, language: str, day: date) -> dict[str, Any]:
    scheme = schemes.in_force(entry.scheme, day)
    with translation.override(language):
        title = str(_("Licence %(number)s") % {"number": entry.number})
    letter = {"scheme": entry.scheme, "wording": "licence", "issued_under": scheme.version}
    return {
        "title": title,
        "entry": entry,
        "code": entry.listing.code,
        "holder_address": _lines(entry.address),
        "authority": _authority(letter, language),
        "wording": _wording(letter, language),
        "sectors": [said(scheme.sector(code).title, language) for code in entry.sectors],
        "supplies_to": [said(scheme.nation(code).title, language) for code in entry.supplies_to],
    }
