"""Do I need a licence? Anyone may ask. The answers stand in the address and nowhere else: no cookie, no session, no row."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from licensing.application_form.forms.fields import language
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.forms.applicant import Ask, answers_in, as_query
from licensing.applications.queries import eligibility as queries
from registry import web
from registry.schemes import FormPage, Scheme, said
from registry.schemes.eligibility import Course, Eligibility, only_question

# The name of the button: without it in the address, nothing has been answered yet.
ANSWERED = "answer"


@dataclass(frozen=True, slots=True)
class EligibilityQuestions:
    """The questions of one scheme, with the answers that the address holds."""

    scheme: Scheme
    eligibility: Eligibility
    answers: dict[str, Any]
    today: date

    @classmethod
    def by(cls, request: HttpRequest, name: str) -> "EligibilityQuestions":
        today = timezone.localdate()
        scheme = queries.checkers(today).get(name)
        if scheme is None or scheme.eligibility is None:
            raise Http404
        return cls(scheme, scheme.eligibility, answers_in(request.GET, scheme.eligibility), today)

    @property
    def course(self) -> Course:
        return self.eligibility.course(self.answers)

    def address(self, name: str, *arguments: str) -> str:
        query = urlencode(list(as_query(self.answers)))
        return reverse(name, args=(self.scheme.name, *arguments)) + (f"?{query}" if query else "")

    def following(self) -> str:
        """To the first question without an answer; when there is none, to the check of all of them."""
        asks = self.course.asks
        return self.address("eligibility_question", asks.slug) if asks else self.address("eligibility_answers")

    def before(self, page: FormPage) -> str:
        """Back from a page: to the question before it, or to where it all began."""
        earlier = [one.slug for one in self.pages[: self.pages.index(page)]]
        return self.address("eligibility_question", earlier[-1]) if earlier else self.address("eligibility_about")

    @property
    def pages(self) -> list[FormPage]:
        """The pages that these answers have called for so far."""
        return [*self.course.answered, *([self.course.asks] if self.course.asks else [])]

    def words(self) -> dict[str, Any]:
        return {
            "scheme_title": said(self.scheme.title, language()),
            "is_draft": self.scheme.is_draft,
            "version": self.scheme.version,
        }

    def rows(self) -> list[dict[str, str]]:
        """The answers that count, each with the way to change it."""
        filled = ApplicationForm(self.scheme)
        return [
            {
                "key": said(page.title, language()),
                "value": filled.in_words(only_question(page), self.answers[only_question(page).key]),
                "change": self.address("eligibility_question", page.slug),
            }
            for page in self.course.answered
        ]


@login_not_required
@require_safe
def eligibility(request: HttpRequest) -> HttpResponse:
    """Under which scheme, when there are several."""
    offered = queries.checkers(timezone.localdate())
    if len(offered) == 1:
        return redirect("eligibility_about", next(iter(offered)))
    choices = [(name, said(one.title, language()), said(one.summary, language())) for name, one in offered.items()]
    return render(request, "licensing/applications/applicant_eligibility.html", {"offered": choices})


@login_not_required
@require_safe
def eligibility_about(request: HttpRequest, scheme: str) -> HttpResponse:
    asked = EligibilityQuestions.by(request, scheme)
    facts = {
        "about": [said(text, language()) for text in asked.eligibility.about],
        "promise": [said(text, language()) for text in asked.eligibility.promise],
        "start": asked.address("eligibility_question", asked.eligibility.pages[0].slug),
        "several": len(queries.checkers(asked.today)) > 1,
    }
    return render(request, "licensing/applications/applicant_eligibility_about.html", {**asked.words(), **facts})


@login_not_required
@require_safe
def eligibility_question(request: HttpRequest, scheme: str, page: str) -> HttpResponse:
    asked = EligibilityQuestions.by(request, scheme)
    here = next((one for one in asked.pages if one.slug == page), None)
    if here is None:  # the answers in the address do not call for it
        return redirect(asked.following())
    answered = request.GET if ANSWERED in request.GET else None
    form = Ask(asked.scheme, here, known=asked.answers, today=asked.today, data=answered)
    if form.is_valid():
        return redirect(asked.following())
    own = only_question(here).key
    facts = {
        "form": form,
        "others": [(key, value) for key, value in as_query(asked.answers) if key != own],
        "why": said(here.why, language()),
        "back": asked.before(here),
    }
    status = 422 if form.errors else 200
    return web.not_kept(
        render(
            request,
            "licensing/applications/applicant_eligibility_question.html",
            {**asked.words(), **facts},
            status=status,
        )
    )


@login_not_required
@require_safe
def eligibility_answers(request: HttpRequest, scheme: str) -> HttpResponse:
    asked = EligibilityQuestions.by(request, scheme)
    if asked.course.ending is None:
        return redirect(asked.following())
    facts = {
        "rows": asked.rows(),
        "back": asked.before(asked.course.answered[-1]),
        "result": asked.address("eligibility_result"),
    }
    return web.not_kept(
        render(request, "licensing/applications/applicant_eligibility_answers.html", {**asked.words(), **facts})
    )


@login_not_required
@require_safe
def eligibility_result(request: HttpRequest, scheme: str) -> HttpResponse:
    """What the answers come to, to be printed: with the day, the version of the scheme, and what it does not promise."""
    asked = EligibilityQuestions.by(request, scheme)
    ending = asked.course.ending
    if ending is None:
        return redirect(asked.following())
    authority = asked.scheme.authority
    facts = {
        "says": ending.says,
        "because": said(ending.because, language()),
        "provided": [said(text, language()) for text in ending.provided],
        "law": said(ending.law, language()),
        "is_unconfirmed": ending.needs_review,
        "promise": [said(text, language()) for text in asked.eligibility.promise],
        "rows": asked.rows(),
        "at": timezone.now(),
        "since": queries.asked_since(asked.scheme),
        "authority": authority,
        "authority_name": said(authority.name, language()),
        "authority_hours": said(authority.hours, language()),
        "back": asked.address("eligibility_answers"),
        "again": reverse("eligibility_about", args=(scheme,)),
        "apply": f"{reverse('start_application')}?{urlencode([('scheme', scheme), *as_query(asked.course.facts)])}",
    }
    return web.not_kept(
        render(request, "licensing/applications/applicant_eligibility_result.html", {**asked.words(), **facts})
    )
