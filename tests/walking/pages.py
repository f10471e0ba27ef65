"""Pages read as a browser without a script reads them: what they offer, and their forms filled in at random."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from tests.registry.uploads.corpus import jpeg

#: Addresses that a walk does not open: those that leave the work, and files, which change nothing.
ELSEWHERE = ("/account/", "/accounts/", "/demo/", "/i18n/", "/api/", "/check", "/report/")
FILES = (".pdf", ".csv", ".zip", ".json", ".ics", ".xlsx", ".xml", ".csv/", "/file/", "/bundle/")
TEXT = "Seen on the day and written down, number {}."
#: One field in this many is filled with what no one should type.
NONSENSE_EACH = 25
NONSENSE = ("", " ", "-1", "0", "9" * 40, "31", "½", "\u202ex'; --", "<b>x</b>", "None", "é" * 300)
DAYS_FROM_TODAY = (-400, -30, -7, -1, 0, 0, 0, 1, 7, 14, 28, 60, 90, 365)
NUMBERS = (1, 2, 12, 24, 120)
TIMES = ("09:00", "10:30", "17:15")
#: What is typed into a field whose name contains this.
BY_NAME: Mapping[str, Sequence[object]] = {
    "time": TIMES,
    "starts": TIMES,
    "ends": TIMES,
    "mail": ("someone-{}@people.example",),
    "telephone": ("07700 900123",),
    **dict.fromkeys(("pounds", "amount", "minutes", "points", "workers", "months", "days"), NUMBERS),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that a page offers: a link that looks like a button, another link, or a form to send."""

    address: str
    label: str
    is_button: bool = False
    form: Any = None


def ways(content: bytes, address: str) -> list[Way]:
    """What may be done from this page, in its order; without files and without what leads out of the work."""
    found = html.fromstring(content)
    main = found.xpath("//main") or [found]
    return [*_links(main[0], address), *_forms(main[0], address)]


def _links(main: Any, address: str) -> Iterator[Way]:
    for link in main.xpath(".//a[@href]"):
        leads = _inside(link.get("href"), address)
        if leads:
            yield Way(leads, " ".join(link.text_content().split()), "govuk-button" in (link.get("class") or ""))


def _forms(main: Any, address: str) -> Iterator[Way]:
    for form in main.xpath(".//form"):
        leads = _inside(form.get("action") or address, address)
        if leads and form.method == "POST":
            yield Way(leads, "send", form=form)


def _inside(href: str, address: str) -> str:
    """The address within the work, without what follows #; empty for any other."""
    if href.startswith(("#", "mailto:", "tel:")):
        return ""
    leads = urlsplit(urljoin(address, href))
    if leads.netloc or leads.path.startswith(ELSEWHERE) or any(end in leads.path for end in FILES):
        return ""
    return leads._replace(fragment="").geturl()


def problems(content: bytes) -> str:
    """What the page says is wrong."""
    found = html.fromstring(content).xpath("//*[contains(@class, 'govuk-error-summary__list')]//li")
    return "; ".join(" ".join(one.text_content().split()) for one in found)[:200]


def typed(form: Any, random: Random, today: date) -> dict[str, Any]:
    """Something for each field of a form, mostly what could be meant; pressed by one of its buttons."""
    given: dict[str, Any] = {}
    for name, value in _of_dates(form, random, today):
        given[name] = value
    for name in dict.fromkeys(field.get("name") for field in form.xpath(".//input|.//select|.//textarea")):
        if name and name not in given and (value := _value(form, name, random, today)) is not None:
            given[name] = value
    buttons = [one for one in form.xpath(".//button") if one.get("name")]
    if buttons and random.random() < 0.3:
        pressed = random.choice(buttons)
        given[pressed.get("name")] = pressed.get("value", "")
    return given


def _of_dates(form: Any, random: Random, today: date) -> Iterator[tuple[str, str]]:
    """Three inputs of one date are filled with one day."""
    for box in form.xpath(".//input[substring(@name, string-length(@name) - 3) = '_day']"):
        name = box.get("name").removesuffix("_day")
        day = today + timedelta(days=random.choice(DAYS_FROM_TODAY))
        for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            yield f"{name}_{part}", _or_nonsense(str(number), random)


def _value(form: Any, name: str, random: Random, today: date) -> Any:
    fields = [one for one in form.xpath(".//input|.//select|.//textarea") if one.get("name") == name]
    first = fields[0]
    match first.tag, first.get("type", "text"):
        case "select", _:
            options = [option.get("value") for option in first.iter("option")]
            return random.choice([one for one in options if one] or options or [""])
        case "input", "radio":
            return random.choice([one.get("value") for one in fields if one.get("disabled") is None] or [""])
        case "input", "checkbox":
            return [one.get("value", "on") for one in fields if random.random() < 0.6]
        case "input", "hidden":
            return first.get("value") or ""
        case "input", "file":
            return SimpleUploadedFile("seen.jpg", jpeg(), "image/jpeg") if random.random() < 0.5 else None
    return _or_nonsense(_text(first, name, random, today), random)


def _text(field: Any, name: str, random: Random, today: date) -> str:
    """What the name of a field lets one expect; a field that is filled in already mostly keeps what it says."""
    said = field.get("value") or (field.text if field.tag == "textarea" else "") or ""
    if said.strip() and random.random() < 0.8:
        return str(said.strip())
    if field.get("type") == "date":
        return (today + timedelta(days=random.choice(DAYS_FROM_TODAY))).isoformat()
    if field.get("inputmode") in ("numeric", "decimal"):
        return str(random.choice(NUMBERS))
    found = next((texts for word, texts in BY_NAME.items() if word in name), (TEXT,))
    return str(random.choice(found)).format(random.randrange(1000))


def _or_nonsense(text: str, random: Random) -> str:
    return random.choice(NONSENSE) if random.randrange(NONSENSE_EACH) == 0 else text
