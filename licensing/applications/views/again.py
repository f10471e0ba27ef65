"""A renewal on one page: all that waits to be answered or confirmed again, before it is signed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from licensing.application_form.forms.answers import Answers
from licensing.application_form.forms.fields import language
from licensing.application_form.rules import steps
from licensing.application_form.rules.facts import SIGNATURE
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.applications.queries import applications as queries
from licensing.applications.views.asked import ApplicationPage
from registry import web
from registry.schemes import said


@dataclass(frozen=True, slots=True)
class StepForm:
    """One step on the page: its questions, the person they are about, and the version of the answer that was opened."""

    asked: ApplicationPage
    step: steps.FormStep
    form: Answers
    opened: int

    @property
    def heading(self) -> str:
        """The person or thing that it is about, if any; and what a list of questions has in common."""
        title = (
            "" if self.step.is_single else said(steps.heading_of(self.asked.filled.scheme.form, self.step), language())
        )
        return ": ".join(filter(None, (self._about, title)))

    @property
    def _about(self) -> str:
        filled, page = self.asked.filled, self.step.page
        if page.person:
            return str(filled.person(page.person).get("full_name", ""))
        item = filled.item(page, self.step.item) if self.step.item else None
        return filled.title_of(page, item) if item else ""


@web.page_with_form("licensing.apply")
def answer_again(request: web.SignedIn, reference: str) -> HttpResponse:
    """Everything that waits, until there is nothing: then the signature, then the check."""
    application = get_object_or_404(
        Application.objects.acted_for_by(request.user).select_related("organisation"), reference=reference
    )
    if application.status != "draft" or application.renews is None:
        return redirect("application_tasks", reference)
    held = web.held(request, who=request.user.pk)
    sent = held or web.posted(request)
    asked = list(_forms(application, sent))
    if not asked:
        return redirect(_next(application))
    if request.method == "POST" and _saved(request, asked):
        web.let_go(request)
        return redirect("answer_again", reference)
    page: dict[str, Any] = {
        "application": application,
        "asked": asked,
        "forms": [one.form for one in asked],
        "seal": web.seal_of(request, who=request.user.pk),
        "is_held": held is not None,
        "sends_links": any(one.asked.filled.sends_links for one in asked),
    }
    status = 200 if held is not None else web.status_of(*(one.form for one in asked))
    page["is_wrong"] = status != 200
    return render(request, "licensing/applications/applicant_again.html", page, status=status)


def _forms(application: Application, sent: QueryDict | None) -> Iterator[StepForm]:
    today = timezone.localdate()
    filled = queries.form_of(application, today=today)
    for step in steps.waiting_steps(filled):
        asked = ApplicationPage(application, filled, step.page, "", today, by_steps=True)
        if asked.part(step.item) is None:
            yield _form(asked, step, sent)


def _form(asked: ApplicationPage, step: steps.FormStep, sent: QueryDict | None) -> StepForm:
    prefix = "-".join(filter(None, (step.page.slug, step.item, step.code)))
    found = asked.filled.item(asked.page, step.item)
    kept: Mapping[str, Any] = found.kept if found else {}
    form = Answers(asked.filled, asked.page, kept=kept, today=asked.today, data=sent, only=step.keys, prefix=prefix)
    return StepForm(asked, step, form, asked.opened(_opened(sent, prefix), step.item))


def _opened(sent: QueryDict | None, prefix: str) -> QueryDict | None:
    """The version that was opened of one answer, as a form of its own says it."""
    if sent is None:
        return None
    opened = QueryDict(mutable=True)
    opened["opened"] = sent.get(f"{prefix}-opened", "")
    return opened


def _saved(request: web.SignedIn, asked: list[StepForm]) -> bool:
    """Saves one after the other, once all is right. What another person has saved meanwhile is said beside its question."""
    if [one for one in asked if not one.form.is_valid()]:  # each of them says what is wrong
        return False
    for one in asked:
        with web.reasons_on(one.form):
            applications.save_page(
                one.asked.application,
                page=one.step.page.slug,
                item=one.step.item,
                data=one.form.answered(),
                is_complete=one.form.is_right_elsewhere(),
                keys=one.form.keys,
                opened=one.opened,
                by=request.user,
                at=timezone.now(),
            )
    return not any(one.form.errors for one in asked)


def _next(application: Application) -> str:
    """To the signature while it is missing; then to the check."""
    filled: ApplicationForm = queries.form_of(application, today=timezone.localdate())
    page = filled.page_asking(SIGNATURE)
    asked = ApplicationPage(application, filled, page or filled.pages()[0], "", timezone.localdate(), by_steps=True)
    is_signed = page is None or filled.done()[page.slug]
    return asked.address("check_answers") if is_signed else asked.address_of(asked.page)
