"""The pages of the form, one after the other: questions, lists, and what is in them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from licensing import queries
from licensing.actions import applications
from licensing.forms import answers
from licensing.models import Application
from licensing.sections import Filled, Item
from registry import index, web
from registry.schemes import Page, Scheme, said

CHECK = "check-answers"
LONGEST_ITEM = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """One page of one application; `then` is where the applicant came from and goes back to."""

    application: Application
    filled: Filled
    page: Page
    then: str
    today: date

    @classmethod
    def by(cls, request: web.SignedIn, reference: str, slug: str) -> "Asked | None":
        """None when the application is no draft any more, or its answers do not call for the page."""
        application = get_object_or_404(
            Application.objects.acted_for_by(request.user).select_related("organisation"), reference=reference
        )
        today = timezone.localdate()
        filled = queries.form_of(application, today=today)
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

    @property
    def back(self) -> str:
        name = "check_answers" if self.then else "application_tasks"
        return reverse(name, args=(self.application.reference,))

    def after(self) -> str:
        """Where saving leads: back to the check, unless a new question has arisen; else to the next page."""
        filled = queries.form_of(self.application, today=self.today)
        if self.then:
            before = {reason.where for reason in self.filled.missing()}
            arisen = [reason.where for reason in filled.missing() if reason.where not in before]
            return self.address("question_page", arisen[0]) if arisen else self.back
        following = filled.after(self.page)
        return self.address("question_page", following.slug) if following else self.address("check_answers")

    def words(self) -> dict[str, Any]:
        return {"application": self.application, "back": self.back, **words_of(self.filled.scheme, self.page)}


def words_of(scheme: Scheme, page: Page) -> dict[str, Any]:
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


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def question_page(request: web.SignedIn, reference: str, page: str) -> HttpResponse:
    asked = Asked.by(request, reference, page)
    if asked is None:
        return redirect("application_tasks", reference)
    if asked.page.list_of:
        return _list(request, asked)
    found = asked.filled.item(asked.page, "")
    kept = found.data if found else queries.suggested(asked.application.organisation, asked.page)
    return _question(request, asked, "", kept)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def item_page(request: web.SignedIn, reference: str, page: str, item: str) -> HttpResponse:
    """One thing of a list: to change it, or, when there is none under this name yet, to add it."""
    asked = Asked.by(request, reference, page)
    if asked is None:
        return redirect("application_tasks", reference)
    if not asked.page.list_of or len(item) > LONGEST_ITEM:
        raise Http404
    found = asked.filled.item(asked.page, item)
    return _question(request, asked, item, found.data if found else {})


@require_safe
@web.needs("licensing.apply")
def add_item(request: web.SignedIn, reference: str, page: str) -> HttpResponse:
    """To the page of a thing that is not there yet. Its address is its own, so handing it in twice adds it once."""
    asked = Asked.by(request, reference, page)
    if asked is None or not asked.page.list_of:
        return redirect("application_tasks", reference)
    return redirect(asked.address("item_page", page, secrets.token_hex(5)))


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def remove_item(request: web.SignedIn, reference: str, page: str, item: str) -> HttpResponse:
    asked = Asked.by(request, reference, page)
    if asked is None:
        return redirect("application_tasks", reference)
    found = asked.filled.item(asked.page, item)
    if found is None or not item:
        return redirect(asked.address("question_page", page))
    if request.method == "POST":
        applications.remove_item(asked.application, page=page, item=item, by=request.user, at=timezone.now())
        return redirect(asked.address("question_page", page))
    context = {**asked.words(), "title": asked.filled.title_of(asked.page, found)}
    context["back"] = asked.address("question_page", page)
    return render(request, "licensing/applicant/remove.html", context)


def _question(request: web.SignedIn, asked: Asked, item: str, kept: Mapping[str, Any]) -> HttpResponse:
    form = answers.Answers(
        asked.filled,
        asked.page,
        kept=kept,
        today=asked.today,
        searched=request.GET.get("find", "").strip()[: index.LONGEST],
        data=web.posted(request),
    )
    find = form.to_find()
    if form.is_valid() or find or (form.is_bound and "later" in request.POST):
        with web.reasons_on(form):
            _save(request, asked, item, form, kept)
            return redirect(_following(request, asked, item, find))
    context = {**asked.words(), "form": form, "is_list": bool(asked.page.list_of)}
    if asked.page.list_of:
        context["back"] = asked.address("question_page", asked.page.slug)
    return render(request, "licensing/applicant/question.html", context, status=422 if form.errors else 200)


def _save(request: web.SignedIn, asked: Asked, item: str, form: answers.Answers, kept: Mapping[str, Any]) -> None:
    """Keeps what was typed, right or not; nothing typed is nothing to keep, and neither is a mere search."""
    is_complete, data = form.is_valid(), form.answered()
    if (is_complete or data) and not (form.to_find() and data == kept):
        applications.save_page(
            asked.application,
            page=asked.page.slug,
            item=item,
            data=data,
            is_complete=is_complete,
            by=request.user,
            at=timezone.now(),
        )


def _following(request: web.SignedIn, asked: Asked, item: str, find: str) -> str:
    """Where the button leads: to what was found, back to this page for one more, to the tasks, or on."""
    slug = asked.page.slug
    here = ("item_page", slug, item) if item else ("question_page", slug)
    if "later" in request.POST:
        return reverse("application_tasks", args=(asked.application.reference,))
    if find:
        return f"{asked.address(*here, find=find)}#found"
    if "another" in request.POST:
        return asked.address(*here)
    return asked.address("question_page", slug) if item else asked.after()


def _list(request: web.SignedIn, asked: Asked) -> HttpResponse:
    assert asked.page.list_of is not None
    items = asked.filled.on(asked.page)
    return render(
        request,
        "licensing/applicant/list.html",
        {
            **asked.words(),
            "items": [_row(asked, item) for item in items],
            "needed": asked.filled.needed(asked.page),
            "short_of": max(asked.filled.needed(asked.page) - len(items), 0),
            "at_most": asked.page.list_of.at_most,
            "is_full": len(items) >= asked.page.list_of.at_most,
            "add": asked.address("add_item", asked.page.slug),
            "continue": asked.after(),
        },
    )


def _row(asked: Asked, item: Item) -> dict[str, Any]:
    return {
        "title": asked.filled.title_of(asked.page, item),
        "is_complete": asked.filled.is_complete(asked.page, item),
        "change": asked.address("item_page", asked.page.slug, item.name),
        "remove": asked.address("remove_item", asked.page.slug, item.name),
    }
