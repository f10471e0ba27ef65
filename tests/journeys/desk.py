"""One person at one browser: sign in, open a page, answer what it asks, press what it offers; by the words on the page."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from playwright.sync_api import TimeoutError as TooLong

from licensing.application_form.rules.facts import PageAnswers
from registry import schemes
from registry.accounts.models import User
from registry.schemes import FormQuestion, Scheme, drawn_as_one
from tests.people import signed_in

# A person waits longer than this for nothing.
PATIENCE = 20_000
DATE_PARTS = ("day", "month", "year")
TYPED = """() => Object.fromEntries(
  [...document.querySelectorAll('main form [name]:not([type=hidden], button)')].map(field =>
    ['radio', 'checkbox'].includes(field.type) ? [`${field.name}=${field.value}`, field.checked] : [field.name, field.value])
)"""


class Desk:
    """What this person does in this browser. Whatever the browser complained of is kept in `complaints`."""

    def __init__(
        self, browser: Browser, address: str, user: User | None = None, *, second_factor: bool = True, **options: Any
    ) -> None:
        self.address, self.user = address, user
        self.context: BrowserContext = browser.new_context(base_url=address, **options)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", lambda said: self._heard(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))
        if user:
            session = signed_in(user, second_factor=second_factor).cookies[settings.SESSION_COOKIE_NAME].value
            self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])

    def open(self, name: str, *arguments: object, query: str = "") -> None:
        self.go(reverse(name, args=arguments) + query)

    def go(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer and answer.status == 200, f"{path} answers {answer and answer.status}: {self.page.title()}"

    def follow(self, words: str) -> None:
        """Follow this link of the page; or, where the page has none, of the menu of staff."""
        link = self.page.locator("main").get_by_role("link", name=words)
        menu = self.page.locator("nav details summary")
        if menu.count() and not link.count():
            menu.click()
            link = self.page.locator("nav details").get_by_role("link", name=words, exact=True)
        self.click(link, f"no link {words}")

    def unfold(self, words: str) -> None:
        """Open what is folded around these words; nothing where they can be read already."""
        folded = self.page.locator("main details:not([open])").filter(has_text=words)
        for _ in range(folded.count()):
            folded.first.locator("summary").first.click()

    def open_row(self, *words: str) -> None:
        """Follow the link of the first row of a list that says all this."""
        rows = self.page.locator("tbody tr")
        for one in words:
            rows = rows.filter(has_text=one)
        self.click(rows.first.get_by_role("link"), f"no row {words}")

    def _note(self, address: str) -> None:
        """The host that is asked. What the browser reads of itself, like its viewer of PDFs, is no host."""
        if not address.startswith(("chrome:", "chrome-extension:")):
            self.hosts.add(address.split("/")[2])

    def press(self, words: str) -> None:
        """Press the button, which may be a link that looks like one."""
        self.click(self.button(words), f"no button {words}")

    def click(self, what: Locator, otherwise: str = "nothing to click") -> None:
        """Click what leads to another page, and wait for that page."""
        try:
            what.first.wait_for()
        except TooLong:
            raise AssertionError(f"{otherwise} on {self.page.url}: {self.text}") from None
        leads_on(what.first)

    def button(self, words: str) -> Locator:
        button = self.page.locator("main").get_by_role("button", name=words, exact=True)
        return button.or_(self.page.locator("main a.govuk-button").filter(has_text=re.compile(rf"^\s*{words}")))

    def fill(self, field: str, value: object) -> None:
        """Type into the field of this name, whatever kind of field it is; a date goes into its three inputs."""
        if isinstance(value, date):
            for part, text in zip(DATE_PARTS, (value.day, value.month, value.year), strict=True):
                self.page.locator(f"[name='{field}_{part}']").fill(str(text))
        else:
            self.page.locator(f"[name='{field}']").fill(str(value))

    def choose(self, field: str, value: str) -> None:
        """Choose one of several: a radio button, a tick box or a line of a select."""
        chosen = self.page.locator(f"select[name='{field}']")
        if chosen.count():
            chosen.select_option(value)
        else:
            self.page.locator(f"input[name='{field}'][value='{value}']").check(force=True)

    def must_say(self, *words: str) -> None:
        """Every one of these is on the page."""
        missing = [one for one in words if one not in self.text]
        assert not missing, f"{self.page.url} does not say {missing}: {self.text}"

    @property
    def text(self) -> str:
        """What the page says, in one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return self.page.url.split("/")[-2]

    @property
    def problems(self) -> list[str]:
        return self.page.locator(".govuk-error-summary__list li").all_inner_texts()

    @property
    def typed(self) -> Any:
        """What stands in each field of the form that is open: its text, or for each box whether it is ticked."""
        return self.page.evaluate(TYPED)

    def close(self) -> None:
        self.context.close()

    def _heard(self, kind: str, text: str) -> None:
        # The page itself may well answer 422; that is no fault of the page.
        if kind in {"error", "warning"} and "Failed to load resource" not in text:
            self.complaints.append(text)

    # --- the application form ---

    def answer_all(self, scheme: Scheme, items: list[PageAnswers], *, until: str = "check-answers") -> None:
        """Walk the form as somebody does who presses “Continue” until this page, or there is none left."""
        while (slug := self.slug) != until:
            self.answer_page(scheme, items, slug)

    def answer_page(self, scheme: Scheme, items: list[PageAnswers], slug: str) -> None:
        """Answer the page that is open, or fill its list, and go on to the next."""
        of_page = [item for item in items if item.page == slug]
        if scheme.form.page(slug).list_of:
            self._answer_list(scheme, of_page)
        else:
            self._answer_page(scheme, of_page[0])

    def _answer_list(self, scheme: Scheme, items: list[PageAnswers]) -> None:
        for item in items:
            self.click(self.button("Add"))
            if self.page.url.endswith("/who/"):
                self.page.get_by_label("Someone else").check()
                self.press("Continue")
            self._answer_page(scheme, item)
        self.press("Continue")

    def _answer_page(self, scheme: Scheme, item: PageAnswers) -> None:
        """A page that an answer has called for more on comes again with it; one that shows a company comes again once."""
        asked: set[str] = set()
        here = self.page.url.partition("#")[0]
        while self.page.url.partition("#")[0] == here and asked != (asked := self.asked()):
            self.type_answers(scheme, item)
            self.press("Continue")
            assert not self.problems, (item.page, self.problems)

    def type_answers(self, scheme: Scheme, item: PageAnswers) -> None:
        """Type what is answered on the page that is open; what an answer newly calls for is there once it is saved."""
        asked = self.asked()
        answered = [one for one in scheme.form.page(item.page).questions if one.key in item.data and one.key in asked]
        for first, *others in drawn_as_one(answered):
            if first.tick:
                ticked = [one.key for one in (first, *others) if item.data[one.key]]
                self._several(f"ticked-{first.asked_in}", ticked or ["none-of-these"])
            else:
                self.answer(first, item.data[first.key])

    def asked(self) -> set[str]:
        """The questions that the form which is open asks."""
        seen = self.page.locator("main input[name='seen']").get_attribute("value", timeout=PATIENCE) or ""
        return {one.partition("~")[0] for one in seen.split()}

    def answer(self, question: FormQuestion, value: Any) -> None:
        ANSWERS.get(question.kind, Desk._type)(self, question.key, value)

    def _type(self, key: str, value: Any) -> None:
        self.fill(key, value)

    def _yes_no(self, key: str, value: bool) -> None:
        self.choose(key, "yes" if value else "no")

    def _several(self, key: str, value: list[str]) -> None:
        for one in value:
            self.choose(key, one)

    def _lines(self, key: str, value: list[str]) -> None:
        self.fill(key, "\n".join(value))

    def _date(self, key: str, value: str) -> None:
        self.fill(key, date.fromisoformat(value))

    def _address(self, key: str, value: Mapping[str, str]) -> None:
        for part, text in value.items():
            (self.choose if part == "country" else self.fill)(f"{key}_{part}", text)

    def _by_hand(self, key: str, value: list[Mapping[str, Any]]) -> None:
        """The one place, which no list has."""
        (place,) = value
        self.page.locator("main details:not([open]) summary").first.click()
        self.fill(f"{key}_name", place["name"])
        self._address(f"{key}_address", place["address"])


ANSWERS: Mapping[str, Any] = {
    "yes_no": Desk._yes_no,
    "choice": Desk.choose,
    "choices": Desk._several,
    "lines": Desk._lines,
    "paye_references": Desk._lines,
    "date": Desk._date,
    "address": Desk._address,
    "premises": Desk._by_hand,
}


def leads_on(what: Locator) -> None:
    """Click what leads to another page, and be on that page: what is asked next is not asked of a page that is going."""
    if (what.get_attribute("href") or "").startswith("#"):
        what.click()
        return
    with another_page(what.page):
        what.click()


@contextmanager
def another_page(page: Page) -> Iterator[None]:
    """Until another page is there: what a script notes in the history of this one (`back.js`) is not taken for it."""
    with page.expect_event("domcontentloaded"):
        yield
    page.wait_for_load_state()


def scheme_on(day: date, name: str = "gla-food") -> Scheme:
    return schemes.in_force(name, day)
