"""Walking pages as a browser without scripts does: open, answer what is empty, press the button, follow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from lxml import html

WRONG = "//*[contains(@class, 'error-summary__list')]//text()"
# What is signed is ticked whole.
SIGNED = ("agree that", "declare that")
NONE = "none-of-these"
Typing = Callable[[str], str | None]


@dataclass
class Walk:
    """The pages that somebody has seen, and what they have typed, ticked or chosen: what stood there already is not."""

    client: Client
    typing: Typing = lambda name: None
    seen: list[str] = field(default_factory=list)
    typed: list[tuple[str, str]] = field(default_factory=list)
    fields: set[tuple[str, str]] = field(default_factory=set)

    def open(self, address: str) -> Any:
        """Follow to the page that is shown, and note it."""
        answer = self.client.get(address)
        while answer.status_code in (302, 303):
            address = answer.headers["Location"]
            answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        self.seen.append(address)
        return html.fromstring(answer.content.decode())

    def answer_until(self, page: Any, end: str) -> Any:
        """Answer page after page, taking what is offered and adding what a list still needs, until the address ends so."""
        while not self.seen[-1].partition("?")[0].endswith(end):
            page = self.answer_one(page)
        return page

    def answer_one(self, page: Any) -> Any:
        """Take what is offered, and answer the page or follow its button."""
        offered = page.xpath("//main//a[contains(@href, 'offer=yes')]/@href")
        page = self.open(offered[0]) if offered else page
        return self.press(page) if _forms(page) else self.open(_button(page))

    def press(self, page: Any, address: str = "", **changes: str) -> Any:
        """Fill in the form of the page and send it."""
        form = _forms(page)[0]
        where = address or form.get("action") or self.seen[-1]
        sent = self.client.post(where.partition("#")[0], {**self._filled(form), **changes})
        assert sent.status_code == 302, (where, html.fromstring(sent.content.decode()).xpath(WRONG))
        return self.open(sent.headers["Location"])

    def _filled(self, form: Any) -> dict[str, Any]:
        filled: dict[str, Any] = {}
        for name, boxes in _by_name(form):
            if boxes[0].get("type") != "hidden":
                self.fields.add((self.seen[-1].partition("?")[0], name))
            kind = boxes[0].get("type") or boxes[0].tag
            if kind in ("radio", "checkbox"):
                filled[name] = [box.get("value") for box in boxes if box.get("checked") is not None]
                if not filled[name]:
                    filled[name] = self._chosen(name, boxes, is_one=kind == "radio")
            else:
                filled[name] = self._written(name, boxes[0])
        return filled

    def _chosen(self, name: str, boxes: list[Any], *, is_one: bool) -> list[str]:
        values = [box.get("value") for box in boxes]
        wanted = self.typing(name)
        self.typed.append((name, ""))
        if wanted is not None:
            return [wanted]
        if NONE in values:
            return [NONE]
        if is_one:
            return values[-1:]
        legend = str(boxes[0].xpath("string(ancestor::fieldset[1]/legend)"))
        return values if any(word in legend for word in SIGNED) else values[:1]

    def _written(self, name: str, box: Any) -> str:
        held = str(box.value or "").strip()
        if held or box.get("type") == "hidden" or (wanted := self.typing(name)) is None:
            return held
        self.typed.append((name, wanted))
        return wanted


def _button(page: Any) -> str:
    """Where one goes on from a list or the tasks: to what is incomplete, to add what is missing, or on."""
    incomplete = page.xpath("//main//li[contains(@class, 'summary-list') and contains(., 'Incomplete')]//a/@href")
    if incomplete:
        return str(incomplete[0])
    plain = "contains(@class, 'govuk-button') and not(contains(@class, 'secondary'))"
    return str(page.xpath(f"//main//a[{plain}]/@href")[0])


def _forms(page: Any) -> list[Any]:
    """What is sent from the page; that by which something is looked for first, with a button beside the main one, comes last."""
    forms = page.xpath("//main//form[@method='post']")
    return sorted(forms, key=lambda form: not form.xpath(".//button[not(contains(@class, 'button--secondary'))]"))


def _by_name(form: Any) -> Iterator[tuple[str, list[Any]]]:
    boxes: dict[str, list[Any]] = {}
    for box in form.xpath(".//input | .//select | .//textarea"):
        if box.get("name"):
            boxes.setdefault(box.get("name"), []).append(box)
    yield from boxes.items()
