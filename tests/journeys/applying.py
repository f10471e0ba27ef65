"""How somebody applies in browsers: in at the start page, away half-way, back from another browser, to the end.

A journey says who it is and what they answer; where the form is typed, the pack says what stands on its pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from config.demo.answered import answer_all
from licensing.application_form.rules.facts import PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Application
from registry.accounts.models import User
from registry.schemes import Scheme, said
from tests.conftest import SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.people import person
from tests.registry.stories import with_proved_address

PASSWORD = "correct horse battery staple"
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
NO_SCRIPT: dict[str, Any] = {**PHONE, "java_script_enabled": False}


def somebody(name: str) -> User:
    """Somebody with an account and a password, who has proved their address."""
    return with_proved_address(person("applicant", name=name, password=PASSWORD))


def comes_in(desk: Desk, user: User) -> None:
    """From the start page, through the sign-in, to their own licences and applications."""
    desk.open("start")
    desk.follow("see your licences")
    desk.fill("login", user.email)
    desk.fill("password", PASSWORD)
    desk.press("Sign in")
    desk.must_say("Your licences and applications")


def read(desk: Desk) -> list[str]:
    """Every answer that has been given, as the page shows it."""
    return [
        text
        for text in desk.page.locator("main dd.govuk-summary-list__value").all_text_contents()
        if text != "Not provided"
    ]


@dataclass
class Applying:
    """One application and whoever fills it in, at whichever browser they sit now."""

    sit_down: SitDown
    set_clock: SetClock
    user: User
    scheme: Scheme
    items: list[PageAnswers]
    at: datetime
    reference: str = ""
    complaints: list[str] = field(default_factory=list)
    # The pages that this journey is about; without any it goes through all of them.
    typed: frozenset[str] = frozenset()

    @property
    def application(self) -> Application:
        return Application.objects.get(reference=self.reference)

    def sits_down(self, **options: Any) -> Desk:
        """At a browser in which nobody has been before."""
        desk = self.sit_down(**options)
        desk.complaints = self.complaints
        comes_in(desk, self.user)
        return desk

    def starts(self, desk: Desk, legal_name: str) -> None:
        """A draft, as far as its list of tasks."""
        desk.press("Start an application")
        desk.choose("scheme", self.scheme.name)
        desk.fill("legal_name", legal_name)
        desk.choose("whose", "own")
        desk.press("Continue")
        self.reference = desk.page.url.split("/")[-2]
        desk.must_say("Answer in any order", self.reference)

    def begins(self, desk: Desk, legal_name: str) -> None:
        self.starts(desk, legal_name)
        if self.typed:
            others = (item for item in self.items if item.page not in self.typed)
            answer_all(self.application, others, by=self.user, at=self.at)
        # Whoever prefers it sees each section whole; tests/journeys/test_step_by_step.py goes through the small steps.
        desk.open("question_page", self.reference, self.scheme.form.pages[0].slug)

    def walks(self, desk: Desk, *, until: str = "check-answers") -> None:
        """Page after page, as “Continue” leads; a page that this journey is not about is passed over."""
        order = [page.slug for page in self.scheme.form.pages]
        while (slug := desk.slug) != until:
            if not self.typed or slug in self.typed:
                desk.answer_page(self.scheme, self.items, slug)
                continue
            later = [one for one in order[order.index(slug) :] if one in self.typed]
            desk.open(*(("question_page", self.reference, later[0]) if later else ("check_answers", self.reference)))

    # --- half-way ---

    def leaves_at(self, desk: Desk, slug: str, **nonsense: str) -> "Left":
        """Types page after page to this one, looks back once before it, and leaves the form there."""
        before = self._before(slug)
        self.walks(desk, until=before.page)
        self.looks_back(desk, before)
        self.walks(desk, until=slug)
        return self.leaves(desk, slug, **nonsense)

    def looks_back(self, desk: Desk, item: PageAnswers) -> None:
        """Answers the page that is open, goes on, back once, reloads, and finds what was typed there."""
        desk.type_answers(self.scheme, item)
        typed = desk.typed
        desk.press("Continue")
        desk.page.go_back()
        # What an answer has called for since is there too, and empty.
        assert typed.items() <= desk.typed.items()
        desk.page.reload()
        assert typed.items() <= desk.typed.items()
        desk.page.go_forward()

    def leaves(self, desk: Desk, slug: str, **nonsense: str) -> "Left":
        """Answers the page that is open, with nonsense, reads what is wrong with it, keeps it, and is gone until tomorrow."""
        desk.type_answers(self.scheme, self.item(slug))
        if any(
            desk.page.locator(f"main [name='{name}']").count() == 0 for name in nonsense
        ):  # an answer calls for it, and must be saved first
            desk.press("Continue")
            desk.type_answers(self.scheme, self.item(slug))
        for name, text in nonsense.items():
            desk.fill(name, text)
        typed = desk.typed
        if nonsense:
            desk.press("Continue")
            assert len(desk.problems) == len(nonsense), desk.problems
            assert desk.typed == typed
        desk.press("Save for later")
        desk.press("Check your answers")
        left = Left(slug, typed, read(desk), is_wrong=bool(nonsense))
        desk.close()
        self.at += timedelta(days=1)
        self.set_clock(self.at)
        return left

    def comes_back(self, left: "Left", **options: Any) -> Desk:
        """From the start page to the page that was left; all that was typed is there, on this page and on the others."""
        desk = self.sits_down(**options)
        desk.follow("Finish the ")
        desk.must_say(self.reference)
        desk.press("Check your answers")
        assert [text for text in left.read if text not in read(desk)] == []
        desk.page.go_back()
        self.opens(desk, left.slug)
        assert left.typed.items() <= desk.typed.items()
        desk.must_say("Last saved: ", *(["This page is not completed yet"] if left.is_wrong else []))
        return desk

    def opens(self, desk: Desk, slug: str) -> None:
        """The whole page: from the list of a person who came by a link, or wherever one is."""
        if "/part/" in desk.page.url:
            desk.follow(said(self.scheme.form.page(slug).title, "en"))
        else:
            desk.open("question_page", self.reference, slug)

    def goes_on(self, desk: Desk) -> None:
        """To the last page; then every answer is there to be checked."""
        self.walks(desk)
        self.checks(desk)

    def goes_on_by_the_tasks(self, desk: Desk, items: Iterable[PageAnswers]) -> None:
        """Answers these from the list of tasks, to which each page leads back; then checks everything."""
        for item in items:
            self.opens(desk, item.page)
            if item.name:
                desk.click(
                    desk.page.locator("main li").filter(has_text="Incomplete").get_by_role("link", name="Change")
                )
            desk.type_answers(self.scheme, item)
            desk.press("Save for later")
        desk.must_say("Every page is completed.")
        desk.press("Check your answers")
        self.checks(desk)

    def checks(self, desk: Desk) -> None:
        """Unfolds all answers, and reads each."""
        desk.follow("Show all answers")
        desk.must_say("Check your answers", *self.words())

    def item(self, slug: str) -> PageAnswers:
        return next(item for item in self.items if item.page == slug)

    def _before(self, slug: str) -> PageAnswers:
        items = [item for item in self.items if not self.typed or item.page in self.typed]
        return items[items.index(self.item(slug)) - 1]

    def words(self) -> list[str]:
        """Every answer as people read it, in one line each."""
        filled = ApplicationForm.of(self.scheme, self.items)
        return [
            " ".join(filled.in_words(question, item.data[question.key]).split())
            for item in self.items
            for question in self.scheme.form.page(item.page).questions
            if question.key in item.data
        ]

    # --- sent ---

    def sends(self, desk: Desk) -> None:
        """Hands it in, and reads what it is called, what comes next, and where it stands from now on."""
        desk.press("Send the application")
        assert desk.problems == [], desk.problems
        desk.must_say("We have your application", self.reference, "What happens next")
        desk.follow("Progress of your application")
        desk.must_say(self.reference, "Submitted", "Whose turn it is", "What happens next")
        desk.page.get_by_text("What has happened").click()
        desk.must_say("You submitted it")
        assert not self.complaints

    def an_officer_reads(self, *words: str) -> Desk:
        """Finds the case from the staff home, with every answer that was given."""
        officer = self.sit_down(person("case_officer"))
        officer.open("staff_home")
        officer.follow("Applications")
        officer.open_row(self.reference)
        found = " ".join(officer.page.locator("main").text_content().split())  # type: ignore[union-attr]
        missing = [one for one in (*words, *self.words()) if one not in found]
        assert not missing, missing
        return officer


@dataclass(frozen=True)
class Left:
    """Where somebody left off: the page, what stood on it, and every answer as it was read then."""

    slug: str
    typed: Any
    read: list[str]
    is_wrong: bool
