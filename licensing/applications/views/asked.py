"""One page of one application, as somebody who acts for the applicant has asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from licensing.application_form.forms import fields as answers
from licensing.application_form.rules import choosing, steps
from licensing.application_form.rules.facts import COMPANY_NUMBER
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.steps import FormStep
from licensing.applications.models import Application
from licensing.applications.queries import applications, companies
from licensing.applications.rules.applications import ask_to_be_invited
from licensing.people_named.models import Part
from licensing.people_named.rules import part_of
from registry import web
from registry.schemes import FormPage, Scheme, said

CHECK = "check-answers"
STEPS = "steps"
LONGEST_NUMBER = 19
# As many characters as the name of a thing of a list has.
LONGEST_ITEM = 12


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One page of one application; `then` is where the applicant came from and goes back to.

    `arisen` are pages that a change on the way from there has called for, and that are asked before going back.
    """

    application: Application
    filled: ApplicationForm
    page: FormPage
    then: str
    today: date
    by_steps: bool = False
    arisen: tuple[str, ...] = ()

    @classmethod
    def by(
        cls, request: web.SignedIn, reference: str, slug: str, *, by_steps: bool = False
    ) -> "ApplicationPage | None":
        """None when the application is no draft any more, or its answers do not call for the page."""
        application = get_object_or_404(
            Application.objects.filled_in_by(request.user).select_related("organisation", "paper"), reference=reference
        )
        today = timezone.localdate()
        filled = applications.form_of(application, today=today)
        slugs = {page.slug for page in filled.scheme.form.pages}
        if slug not in slugs:
            raise Http404
        page = filled.scheme.form.page(slug)
        if application.status != "draft" or page not in filled.pages():
            return None
        then = CHECK if request.GET.get("then") == CHECK else ""
        arisen = tuple(one for one in request.GET.get("arisen", "").split(",") if one in slugs) if then else ()
        return cls(application, filled, page, then, today, by_steps or request.GET.get("by") == STEPS, arisen)

    def address(self, name: str, *arguments: str, **query: str) -> str:
        kept = {"then": self.then, "arisen": ",".join(self.arisen)} | query
        said = urlencode({name: words for name, words in kept.items() if words})
        return reverse(name, args=(self.application.reference, *arguments)) + (f"?{said}" if said else "")

    def address_of(self, page: FormPage) -> str:
        """Where a page is asked: in steps, or whole, as this one is."""
        return self.address("step_page" if self.by_steps else "question_page", page.slug)

    def address_of_step(self, step: FormStep, **query: str) -> str:
        if step.item:
            return self.address("item_step", step.page.slug, step.item, step.code, **query)
        return self.address("step", step.page.slug, step.code, **query)

    def address_of_item(self, item: str) -> str:
        return self.address("step" if self.by_steps else "item_page", self.page.slug, item)

    def company(self) -> companies.CompanyMatch | None:
        """What the companies register says, where its number is asked."""
        if self.filled.page_asking(COMPANY_NUMBER) != self.page:
            return None
        return companies.company_match(self.filled, today=self.today)

    def invitation(self, filled: ApplicationForm) -> str:
        """What to do where a licensed business has the number that was answered; empty where none has."""
        number = companies.normal_number(filled.facts.get(COMPANY_NUMBER))
        if not number or filled.page_asking(COMPANY_NUMBER) != self.page:
            return ""
        held = applications.licensed_with_number(number, but=self.application.organisation, today=self.today)
        return str(ask_to_be_invited(held)) if held else ""

    @property
    def back(self) -> str:
        name = "check_answers" if self.then else "application_tasks"
        return reverse(name, args=(self.application.reference,))

    def after_saving(self) -> str:
        """Where saving leads: back to the check, unless a new question has arisen; else to the next page."""
        filled = applications.form_of(self.application, today=self.today)
        return f"{self.address_of(self.page)}#company" if self.is_news(filled) else self.after(filled)

    def is_news(self, filled: ApplicationForm) -> bool:
        """Another company has just been named, and the companies register says something else than the answers."""
        named = filled.facts.get(COMPANY_NUMBER)
        if filled.page_asking(COMPANY_NUMBER) != self.page or named == self.filled.facts.get(COMPANY_NUMBER):
            return False
        saved = companies.company_match(filled, today=self.today)
        differs = saved is not None and (bool(saved.differences) or saved.is_missing)
        return differs or bool(self.invitation(filled))

    def after(self, filled: ApplicationForm) -> str:
        if self.then:
            return self._after_what_has_arisen(filled)
        if self.page is filled.page_asking("legal_status") and companies.can_take_over(filled, today=self.today):
            return self.address("company_register")
        following = steps.next_page(filled, self.page) if self.by_steps else filled.after(self.page)
        return self.address_of(following) if following else self.address("check_answers")

    def _after_what_has_arisen(self, filled: ApplicationForm) -> str:
        """To the first page that this or an earlier change has called for and that is not complete; else back."""
        missing = {reason.where for reason in filled.missing()}
        arisen = tuple(dict.fromkeys([*self.arisen, *steps.pages_arisen(self.filled, filled)]))
        still = tuple(slug for slug in arisen if slug in missing and slug != self.page.slug)
        if not still:
            return self.back
        return replace(self, arisen=still[1:]).address_of(filled.scheme.form.page(still[0]))

    def opened(self, posted: QueryDict | None, item: str) -> int:
        """The version of the answer that was opened: what the form sent says, else what is kept now; 0 for none."""
        if posted:
            said = posted.get("opened", "")
            return int(said) if said.isdecimal() and len(said) < LONGEST_NUMBER else 0
        found = self.filled.item(self.page, item)
        return found.version if found else 0

    def is_unfinished(self, item: str) -> bool:
        """Whether something was kept here that does not do yet."""
        found = self.filled.item(self.page, item)
        return found is not None and not self.filled.is_complete(self.page, found)

    def kept(self, item: str, typed: Mapping[str, Any], *, by_steps: bool, takes_offer: bool) -> Mapping[str, Any]:
        """What is kept of a page, also for questions not asked now; of one that was not saved, what the business's file says.

        Of a thing that is only looked for, what is `typed` about it waits with the words that were looked for.
        """
        found = self.filled.item(self.page, item)
        if found and not by_steps:
            return found.kept
        known = typed if item else applications.suggested(self.application.organisation, self.page)
        address = choosing.address_offered(self.filled, self.page)
        unasked = {address[0]} if address and not takes_offer else set()
        offered = choosing.answers_offered(self.filled, self.page)
        return {**{key: one for key, one in offered.items() if key not in unasked}, **known, **self.saved(item)}

    def saved(self, item: str) -> Mapping[str, Any]:
        found = self.filled.item(self.page, item)
        return found.kept if found else {}

    def saved_at(self, item: str) -> datetime | None:
        found = self.filled.item(self.page, item)
        return found.saved_at if found else None

    def part(self, item: str) -> Part | None:
        """The part that somebody answers for themselves, and that nobody else may."""
        return part_of(self.filled, self.application.parts.standing(), page=self.page.slug, item=item)

    def room_left(self) -> int:
        """How many things may still be added to the list of this page."""
        return self.page.list_of.at_most - len(self.filled.on(self.page)) if self.page.list_of else 0

    def words(self) -> dict[str, Any]:
        return {
            "application": self.application,
            "back": self.back,
            # Whoever types in paper acts for nobody, and may have another one open beside it.
            "of_paper": f"{self.application.organisation}, {self.application.reference}"
            if self.filled.on_paper
            else "",
            **words_of(self.filled.scheme, self.page),
        }


def words_of(scheme: Scheme, page: FormPage) -> dict[str, Any]:
    """What a page says besides its questions."""
    language = answers.language()
    section = next(s for s in scheme.form.sections if page in s.pages)
    return {
        "section": said(section.title, language),
        "heading": said(page.title, language),
        "why": said(page.why, language),
        "body": [said(text, language) for text in page.body],
        "noun": said(page.list_of.noun, language) if page.list_of else "",
    }
