"""The lists of the form: what is in them, adding a thing, removing one."""

import secrets
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from licensing.application_form.forms.fields import language
from licensing.application_form.rules import choosing
from licensing.application_form.rules.facts import PageAnswers
from licensing.applications.actions import applications
from licensing.applications.forms.applicant import ChoosePerson
from licensing.applications.forms.tables import takes_table
from licensing.applications.queries import applications as queries
from licensing.applications.views.asked import LONGEST_ITEM, STEPS, ApplicationPage
from registry import web
from registry.accounts.models import User
from registry.errors import Reason, Refused


def list_page(request: web.SignedIn, asked: ApplicationPage) -> HttpResponse:
    assert asked.page.list_of is not None
    items = asked.filled.on(asked.page)
    own = {part.item: part for part in asked.application.parts.standing() if part.page == asked.page.slug}
    return render(
        request,
        "licensing/applications/applicant_list.html",
        {
            **asked.words(),
            "items": [{**_row(asked, item), "part": own.get(item.name)} for item in items],
            "sends_links": asked.filled.sends_links and asked.filled.about_same_person(asked.page.slug),
            "page_slug": asked.page.slug,
            "needed": asked.filled.needed(asked.page),
            "short_of": max(asked.filled.needed(asked.page) - len(items), 0),
            "at_most": asked.page.list_of.at_most,
            "is_full": asked.room_left() <= 0,
            "add": asked.address("add_item", asked.page.slug, **_by(asked)),
            "upload": asked.address("upload_list", asked.page.slug, **_by(asked)) if takes_table(asked.page) else "",
            "continue": asked.after(asked.filled),
        },
    )


def _by(asked: ApplicationPage) -> dict[str, str]:
    return {"by": STEPS} if asked.by_steps else {}


def _row(asked: ApplicationPage, item: PageAnswers) -> dict[str, Any]:
    return {
        "title": asked.filled.title_of(asked.page, item),
        "is_complete": asked.filled.is_complete(asked.page, item),
        "change": asked.address_of_item(item.name),
        "remove": asked.address("remove_item", asked.page.slug, item.name, **_by(asked)),
    }


@web.page("licensing.apply", "licensing.enter_paper_application")
def add_item(request: web.SignedIn, reference: str, page: str) -> HttpResponse:
    """To the page of a thing that is not there yet. Its address is its own, so handing it in twice adds it once."""
    asked = ApplicationPage.by(request, reference, page)
    if asked is None or not asked.page.list_of:
        return redirect("application_tasks", reference)
    item = secrets.token_hex(5)
    if any(choosing.offered(asked.filled, asked.page)):
        return redirect(asked.address("choose_person", asked.page.slug, item, **_by(asked)))
    return redirect(asked.address_of_item(item))


@web.page_with_form("licensing.apply", "licensing.enter_paper_application")
def choose_person(request: web.SignedIn, reference: str, page: str, item: str) -> HttpResponse:
    """Whether a person to be added is named in the form already: then nothing is asked that is answered there."""
    asked = ApplicationPage.by(request, reference, page)
    if asked is None or not asked.page.list_of:
        return redirect("application_tasks", reference)
    if len(item) > LONGEST_ITEM:
        raise Http404
    if asked.filled.item(asked.page, item):  # the button was pressed twice: the first time counted
        return redirect(asked.address_of_item(item))
    form = ChoosePerson(web.typed(request), people=_offered(asked))
    tried = web.attempt(request, form, _add_chosen, asked, item)
    if tried.is_done:
        return redirect(_after_choosing(asked, item))
    words = {**asked.words(), "form": form, "back": asked.address_of(asked.page)}
    return web.form_page(request, "licensing/applications/applicant_choose_person.html", words)


def _offered(asked: ApplicationPage) -> dict[str, str]:
    """The people who can be chosen, by the place where they are named."""
    people = choosing.offered(asked.filled, asked.page)
    return {one.place: choosing.in_words(asked.filled, one, language()) for one in people}


def _add_chosen(asked: ApplicationPage, item: str, *, person: str, by: User, at: datetime) -> None:
    """Someone else is asked about on a page of their own, and is added when that is saved."""
    if person != ChoosePerson.OTHER:
        page = asked.page.slug
        applications.add_person(asked.application, page=page, item=item, person=person, by=by, at=at)


def _after_choosing(asked: ApplicationPage, item: str) -> str:
    """To what is still to be asked; where all about the person is answered, back to the list."""
    now = queries.form_of(asked.application, today=asked.today)
    found = now.item(asked.page, item)
    is_done = found is not None and now.is_complete(asked.page, found)
    return asked.address_of(asked.page) if is_done else asked.address_of_item(item)


@web.page_with_form("licensing.apply", "licensing.enter_paper_application")
def remove_item(request: web.SignedIn, reference: str, page: str, item: str) -> HttpResponse:
    asked = ApplicationPage.by(request, reference, page)
    if asked is None:
        return redirect("application_tasks", reference)
    found = asked.filled.item(asked.page, item)
    if found is None or not item:
        return redirect(asked.address_of(asked.page))
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            applications.remove_item(
                asked.application,
                page=page,
                item=item,
                opened=asked.opened(request.POST, item),
                by=request.user,
                at=timezone.now(),
            )
            return redirect(asked.address_of(asked.page))
        except Refused as refused:
            reasons = refused.reasons
    context = {
        **asked.words(),
        "title": asked.filled.title_of(asked.page, found),
        "reasons": reasons,
        "opened": found.version,
        "see": asked.address_of_item(item),
        "back": asked.address_of(asked.page),
    }
    return render(request, "licensing/applications/applicant_remove_item.html", context, status=409 if reasons else 200)
