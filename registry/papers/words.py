"""What a letter says: its template filled with the facts as they were, as a document, as part of a page, and as plain text."""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString

from registry import schemes
from registry.languages import direction
from registry.letters.models import FormerLetter, Letter
from registry.schemes import contact, said
from registry.trail.models.events import Counter

MAIL, PRINT, BARE = (f"registry/letters/{layout}.html" for layout in ("mail", "print", "bare"))
KEPT = "registry/letters/kept.html"


@dataclass(frozen=True, slots=True)
class SampleLetter:
    """A letter that nobody gets: to read the wording of a pack before it is in force. `facts` as a letter keeps them."""

    template: str
    subject: str
    language: str
    facts: Mapping[str, Any]
    at: datetime
    number: str = "L-0000-0000"
    reference: str = ""
    trail_number: int = 0
    trail_hash: str = "0" * 64
    sheet: str = ""
    address: str = ""


def render(letter: Letter) -> str:
    """The whole letter as an HTML document, as it is mailed."""
    return written(letter, MAIL)


def fragment(letter: Letter | FormerLetter | SampleLetter) -> str:
    """The letter without head and body tags, to be shown inside a page; its h1 is the page's."""
    return written(letter, BARE)


def lowered(words: str) -> SafeString:
    """A fragment with its headings one lower, to stand below the heading of a page."""
    return SafeString(re.sub(r"(</?h)([1-5])\b", lambda found: f"{found[1]}{int(found[2]) + 1}", words))


def text(letter: Letter) -> str:
    """The same words as plain text."""
    reader = _PlainText(isolates=direction(letter.language) == "rtl")
    reader.feed(written(letter, BARE))
    return reader.text()


def written(letter: Letter | FormerLetter | SampleLetter, layout: str) -> str:
    """The letter in one of the layouts: in the words with which it was sent where they were kept, else filled in anew."""
    if letter.sheet:
        with translation.override(letter.language):
            return render_to_string(KEPT, _frame(letter, layout))
    return composed(letter, layout)


def composed(letter: Letter | FormerLetter | SampleLetter, layout: str) -> str:
    """The template of today filled with the facts as they were."""
    with translation.override(letter.language):
        return render_to_string(
            letter.template,
            {
                **_frame(letter, layout),
                "facts": _revived(dict(letter.facts)),
                "wording": wording(letter.facts, letter.language),
                "site": host(),
            },
        )


def _frame(letter: Letter | FormerLetter | SampleLetter, layout: str) -> dict[str, Any]:
    return {
        "layout": layout,
        "language": letter.language,
        "title": letter.subject,
        "letter": letter,
        "at": letter.at,
        "authority": authority(letter.facts, letter.language, timezone.localdate(letter.at)),
        "replaced_at": letter.replaced_at if isinstance(letter, FormerLetter) else None,
    }


def authority(facts: Mapping[str, Any], language: str, on: date) -> dict[str, Any]:
    """Who writes: the authority of the scheme on the day of the letter, else whoever runs this service."""
    if "scheme" not in facts:
        return {
            "name": translation.gettext(settings.ORGANISATION_NAME),
            "email": contact.email(on),
            "telephone": contact.telephone(on),
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


def wording(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
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
    """Our own letters as text: a blank line between blocks, a dash before an item, a colon after the head of a row.

    Numbers and names among words from right to left stand between the signs that isolate them (`isolates`); an address
    that is a link does not, as mail programs would take the sign for a part of it.
    """

    BLOCKS = frozenset({"p", "h1", "h2", "h3", "ul", "ol", "table", "div", "section", "header", "footer", "caption"})
    LINES = frozenset({"li", "tr", "br"})

    def __init__(self, *, isolates: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._isolates, self._is_in_link = isolates, False

    def _isolate(self, tag: str, sign: str) -> None:
        if tag == "bdi" and self._isolates and not self._is_in_link:
            self._parts.append(sign)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_in_link = self._is_in_link or tag == "a"
        self._isolate(tag, "\u2068")
        if tag in self.BLOCKS:
            self._parts.append("\n\n")
        elif tag in self.LINES:
            self._parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._isolate(tag, "\u2069")
        self._is_in_link = self._is_in_link and tag != "a"
        if tag in self.BLOCKS:
            self._parts.append("\n\n")
        elif tag in {"th", "td"}:
            self._parts.append(": " if tag == "th" else "; ")

    def handle_data(self, data: str) -> None:
        self._parts.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        lines = (re.sub(r"[ ]+", " ", line).strip().removesuffix(";") for line in "".join(self._parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def head() -> tuple[int, str]:
    # Read here and not from registry.trail.actions.events: the public face may use letters, and must not reach what writes history.
    counter = Counter.objects.filter(name=Counter.EVENTS).first()
    return (counter.value, counter.hash) if counter else (0, "")


def host() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
