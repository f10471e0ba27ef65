"""One page of one application, as somebody who acts for the applicant has asked for it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from licensing.application_form.forms import fields as answers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Application
from licensing.applications.queries import applications, companies
from licensing.people_named.models import Part
from licensing.people_named.rules import part_of
from registry import web
from registry.schemes import FormPage, Scheme, said

CHECK = "check-answers"
LONGEST_NUMBER = 19


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One page of one application; `then` is where the applicant came from and goes back to."""

    application: Application
    filled: ApplicationForm
    page: FormPage
    then: str
    today: date

    @classmethod
    def by(cls, request: web.SignedIn, reference: str, slug: str) -> "ApplicationPage | None":
        """None when the application is no draft any more, or its answers do not call for the page."""
        application = get_object_or_404(
            Application.objects.filled_in_by(request.user).select_related("organisation", "paper"), reference=reference
        )
        today = timezone.localdate()
        filled = applications.form_of(application, today=today)
        if slug not in {page.slug for page in filled.scheme.form.pages}:
            raise Http404
        page = filled.scheme.form.page(slug)
        if application.status != "draft" or page not in filled.pages():
            return None
        then = CHECK if request.GET.get("then") == CHECK else ""
        return cls(application, filled, page, then, today)

    def address(self, name: str, *arguments: str, **query: str) -> str:
        said = urlencode({"then": self.then} | query if self.then else query)
        return reverse(name, args=(self.application.reference, *arguments)) + (f"?{said}" if said else "")

    def company(self) -> companies.CompanyMatch | None:
        """What the companies register says, where its number is asked."""
        if self.filled.page_asking(companies.COMPANY_NUMBER) != self.page:
            return None
        return companies.company_match(self.filled, today=self.today)

    @property
    def back(self) -> str:
        name = "check_answers" if self.then else "application_tasks"
        return reverse(name, args=(self.application.reference,))

    def after_saving(self) -> str:
        """Where saving leads: back to the check, unless a new question has arisen; else to the next page."""
        filled = applications.form_of(self.application, today=self.today)
        return (
            f"{self.address('question_page', self.page.slug)}#company" if self._is_news(filled) else self.after(filled)
        )

    def _is_news(self, filled: ApplicationForm) -> bool:
        """Another company has just been named, and the companies register says something else than the answers."""
        named = filled.facts.get(companies.COMPANY_NUMBER)
        if filled.page_asking(companies.COMPANY_NUMBER) != self.page or named == self.filled.facts.get(
            companies.COMPANY_NUMBER
        ):
            return False
        saved = companies.company_match(filled, today=self.today)
        return saved is not None and (bool(saved.differences) or saved.is_missing)

    def after(self, filled: ApplicationForm) -> str:
        if self.then:
            before = {reason.where for reason in self.filled.missing()}
            arisen = [reason.where for reason in filled.missing() if reason.where not in before]
            return self.address("question_page", arisen[0]) if arisen else self.back
        following = filled.after(self.page)
        return self.address("question_page", following.slug) if following else self.address("check_answers")

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

    def saved_at(self, item: str) -> datetime | None:
        found = self.filled.item(self.page, item)
        return found.saved_at if found else None

    def part(self, item: str) -> Part | None:
        """The part that somebody answers for themselves, and that nobody else may."""
        return part_of(self.filled, self.application.parts.standing(), page=self.page.slug, item=item)

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
