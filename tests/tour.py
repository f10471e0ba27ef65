"""Reads the steps of docs/tour.md, and does at each what it says, as somebody at a browser without JavaScript."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from lxml import html

from tests.architecture.source import ROOT

TOUR = ROOT / "docs" / "tour.md"
STEP = re.compile(r"^## (\d+)\. (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (Who|Where|Do|See) \| (.+) \|$", re.MULTILINE)
#: What is done, in the order in which it is said.
ACT = re.compile(
    r'(Open) `([^`]+)`|(Press) "([^"]+)"|(Choose) "([^"]+)"|(Fill in) "([^"]+)" with (?:"([^"]+)"|(today|the name of step \d+))'
)
SIGNED_OUT = "signed out"


@dataclass(frozen=True, slots=True)
class TourStep:
    number: int
    title: str
    who: str
    where: str
    do: str
    see: tuple[str, ...]


def steps() -> list[TourStep]:
    return [
        _step(int(number), title, dict(ROW.findall(text))) for number, title, text in STEP.findall(TOUR.read_text())
    ]


def _step(number: int, title: str, rows: dict[str, str]) -> TourStep:
    key = re.search(r"`([\w-]+)`", rows["Who"])
    where = re.search(r"`([^`]+)`", rows["Where"])
    return TourStep(
        number,
        title,
        key[1] if key else SIGNED_OUT,
        where[1] if where else "",
        rows.get("Do", ""),
        tuple(re.findall(r'"([^"]+)"', rows["See"])),
    )


class Seat:
    """One browser: the page that is open, and what is done on it."""

    def __init__(self, who: str) -> None:
        self.client = Client()
        if who != SIGNED_OUT:
            self.client.post("/demo/", {"person": who})

    def open(self, address: str) -> None:
        self._show(self.client.get(address, follow=True), address)

    def do(self, words: str, *, today: date, names: Mapping[str, str]) -> None:
        """What a step says, in order. `names` holds the businesses that earlier steps were about."""
        for act in ACT.findall(words):
            match [part for part in act if part]:
                case ["Open", pattern]:
                    self.follow(pattern)
                case ["Press", label]:
                    self.press(label)
                case ["Choose", label]:
                    self._input_of(label).checked = True
                case ["Fill in", label, value]:
                    self.fill(label, names.get(value, value), today=today)

    @property
    def text(self) -> str:
        return _text(self.page.xpath("//main")[0])

    @property
    def heading(self) -> str:
        return _text(self.page.xpath("//h1")[0])

    def follow(self, pattern: str) -> None:
        """Open the first link of the page whose address is like this one; … is for anything."""
        wanted = re.compile(re.escape(pattern).replace("…", "[^/?]+"))
        addresses = [link.get("href") for link in self.page.xpath("//main//a[@href]")]
        found = [address for address in addresses if wanted.fullmatch(address)]
        assert found, f"{self.address} has no link like {pattern}, only {addresses}"
        self.open(found[0])

    def press(self, label: str) -> None:
        for link in self.page.xpath("//main//a[@href]"):
            if _text(link) == label:
                self.open(link.get("href"))
                return
        button = self._named(label, "//main//button")
        (form,) = button.xpath("ancestor::form")
        values = form.form_values() + ([(button.get("name"), button.get("value", ""))] if button.get("name") else [])
        address = form.get("action") or self.address
        asked = self.client.get if form.method == "GET" else self.client.post
        self._show(asked(address, _many(values), follow=True), address)

    def fill(self, label: str, value: str, *, today: date) -> None:
        if value != "today":
            box = self._input_of(label)
            options = {_text(option): option.get("value") for option in box.iter("option")}
            box.value = options[value] if options else value
            return
        fieldset = self._named(label, "//main//fieldset/legend").getparent()
        for box, part in zip(
            fieldset.xpath(".//input[not(@type='hidden')]"), (today.day, today.month, today.year), strict=True
        ):
            box.value = str(part)

    def _input_of(self, label: str) -> Any:
        found = self._named(label, "//main//label")
        (box,) = self.page.xpath(f"//*[@id='{found.get('for')}']")
        return box

    def _named(self, words: str, where: str) -> Any:
        """The first of these elements with these words."""
        found = self.page.xpath(where)
        assert words in map(_text, found), f"{self.address} has no “{words}”, only {[*map(_text, found)]}"
        return next(one for one in found if _text(one) == words)

    def _show(self, response: Any, address: str) -> None:
        self.address = response.redirect_chain[-1][0] if response.redirect_chain else address
        self.address = urlsplit(self.address)._replace(scheme="", netloc="").geturl()
        self.status = response.status_code
        self.page = html.fromstring(response.content)


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _many(values: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in values:
        found.setdefault(name, []).append(value)
    return found


def acts(words: str) -> Iterator[str]:
    """The verbs that a step says, to see that none of them was overlooked."""
    return (next(part for part in act if part) for act in ACT.findall(words))
