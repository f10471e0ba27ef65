"""Letting named persons answer for themselves: whom, by which link, and how far they are."""

import secrets
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.application_form.forms import fields as answers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.registered import RegisterPerson, register_people
from licensing.applications.actions import people
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.people_named import actions, forms, queries, rules
from licensing.people_named.models import Part
from registry import web
from registry.organisations.models import RoleKind
from registry.schemes import FormPage, said


def draft(request: web.SignedIn, reference: str) -> Application:
    return get_object_or_404(
        Application.objects.acted_for_by(request.user).select_related("organisation"), reference=reference
    )


def standing(request: web.SignedIn, reference: str, part: str) -> Part:
    own = Application.objects.acted_for_by(request.user)
    found = Part.objects.standing().filter(application__in=own, application__reference=reference)
    return get_object_or_404(found.select_related("application__organisation"), reference=part)


@web.page_with_form("licensing.apply")
def parts(request: web.SignedIn, reference: str) -> HttpResponse:
    """Everyone in the business that the application asks about, each once: as what they are named, and what waits."""
    application = draft(request, reference)
    if application.status != "draft":
        return redirect("application_tasks", reference)
    filled = applications.form_of(application, today=timezone.localdate())
    form = forms.AnyoneElse(web.typed(request), roles={page.slug: _meaning(page) for page in _lists(filled)})
    tried = web.attempt(request, form, people.name_person, application)
    if tried.is_done:
        page = form.cleaned_data["page"]
        name = "send_part_of" if "send" in request.POST else "step"
        return redirect(name, reference, page, tried.result)
    return _people(request, application, filled, form)


@web.button("licensing.apply")
def name_from_register(request: web.SignedIn, reference: str) -> HttpResponse:
    """One button for each person of the companies register: the rest of what is asked about them follows."""
    application = draft(request, reference)
    form = forms.FromRegister(request.POST)
    done = _("You have added a person. Answer the questions about them, or send them a link.")
    web.attempt(request, form, people.name_from_register, application, done=done, made_of=[])
    # What is refused is offered no more: the page shows who is there now.
    return redirect("parts", reference)


def _lists(filled: ApplicationForm) -> list[FormPage]:
    """The lists of people that take one more."""
    pages = (page for page in filled.pages() if page.list_of and page.list_of.of == "person")
    return [page for page in pages if page.list_of and len(filled.on(page)) < page.list_of.at_most]


def _meaning(page: FormPage) -> str:
    noun = _noun(page)
    return f"{noun[:1].upper()}{noun[1:]}"


def _people(
    request: web.SignedIn, application: Application, filled: ApplicationForm, form: forms.AnyoneElse
) -> HttpResponse:
    context = {
        "application": application,
        "people": [_row(application, one) for one in queries.named_people(application, filled)],
        "sends_links": filled.sends_links,
        "form": form,
        "offered": [_offered(one) for one in register_people(filled)],
        "roles": [
            {"name": _meaning(page), "means": said(page.why, answers.language())}
            for page in [*_own_pages(filled), *_lists(filled)]
        ],
    }
    return web.form_page(request, "licensing/people_named/applicant_parts.html", context)


def _own_pages(filled: ApplicationForm) -> list[FormPage]:
    """Of each person in a role of their own, the first page."""
    return [page for page in filled.pages() if page.person and filled.about_same_person(page.slug)[0] == page]


@web.page_with_form("licensing.apply")
def send_part(request: web.SignedIn, reference: str, page: str, item: str = "") -> HttpResponse:
    """Names the person and sends the link. Who is not in a list yet has an address of their own, so twice is once."""
    application = draft(request, reference)
    filled = applications.form_of(application, today=timezone.localdate())
    asked = filled.about_same_person(page)
    if application.status != "draft" or not asked or filled.scheme.parts is None:
        return redirect("application_tasks", reference)
    if asked[0].list_of and not item:
        return redirect("send_part_of", reference, page, secrets.token_hex(5))
    if not asked[0].list_of and item:
        raise Http404
    if existing := rules.part_of(filled, application.parts.standing(), page=page, item=item):
        return redirect("part_sent", reference, existing.reference)
    form = forms.Send(web.posted(request), initial={"name": _name(filled, asked[0].slug, item), "how": forms.EMAIL})
    tried = web.attempt(
        request,
        form,
        actions.send,
        application,
        typed=lambda: {"name": form.cleaned_data["name"], "address": form.address},
        page=page,
        item=item,
    )
    if tried.is_done:
        return _after(request, tried.result)
    context = {
        "application": application,
        "form": form,
        "noun": _noun(asked[0]),
    }
    return web.form_page(request, "licensing/people_named/applicant_send_part.html", context)


@web.page("licensing.apply")
def part_sent(request: web.SignedIn, reference: str, part: str) -> HttpResponse:
    return _sent(request, standing(request, reference, part))


@web.page_with_form("licensing.apply")
def send_part_again(request: web.SignedIn, reference: str, part: str) -> HttpResponse:
    found = standing(request, reference, part)
    initial = {"how": forms.EMAIL if found.address else forms.PRINT, "email": found.address}
    form = forms.SendAgain(web.posted(request), initial=initial)
    tried = web.attempt(
        request, form, actions.send_again, found, made_of=[found.application], typed=lambda: {"address": form.address}
    )
    if tried.is_done:
        return _after(request, tried.result)
    context = {"application": found.application, "part": found, "form": form}
    context["blockers"] = list(rules.again_blockers(found))
    return web.form_page(request, "licensing/people_named/applicant_send_part.html", context)


@web.page_with_form("licensing.apply")
def withdraw_part(request: web.SignedIn, reference: str, part: str) -> HttpResponse:
    found = standing(request, reference, part)
    form = forms.Withdraw(web.posted(request))
    done = _("You have withdrawn the link. It does not open any more.")
    tried = web.attempt(request, form, actions.withdraw, found, made_of=[found.application], done=done)
    if tried.is_done:
        return redirect("parts", reference)
    context = {"application": found.application, "part": found, "form": form}
    context["blockers"] = list(rules.withdraw_blockers(found))
    return web.form_page(request, "licensing/people_named/applicant_withdraw_part.html", context)


def _after(request: web.SignedIn, sent: actions.PartInvitation) -> HttpResponse:
    """A printed link is shown this once: nobody can read it again."""
    if sent.code:
        return _sent(request, sent.part, sent)
    return redirect("part_sent", sent.part.application.reference, sent.part.reference)


def _sent(request: web.SignedIn, part: Part, sent: actions.PartInvitation | None = None) -> HttpResponse:
    address = f"{settings.SITE_ADDRESS}{reverse('part', args=(sent.code,))}" if sent else ""
    context = {
        "application": part.application,
        "part": part,
        "role": RoleKind(part.role).label,
        "is_expired": not part.is_open(timezone.now()),
        "address": address,
        "pin": sent.pin if sent else "",
        "blockers": list(rules.withdraw_blockers(part)),
        "again_blockers": list(rules.again_blockers(part)),
    }
    return render(request, "licensing/people_named/applicant_part_sent.html", context)


def _row(application: Application, one: queries.NamedPerson) -> dict[str, Any]:
    return {
        "name": one.name,
        "roles": [_noun(page) for page in one.roles],
        "left": len(one.waiting),
        "answer": _answer(application, one),
        "part": one.part,
        "must_sign": one.must_sign,
        "href": reverse("part_sent", args=(application.reference, one.part.reference))
        if one.part
        else _send(application, one.page.slug, one.item),
    }


def _offered(one: RegisterPerson) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "roles": [_noun(page) for page in one.pages],
        "own_role": _noun(one.own_page) if one.own_page else "",
    }


def _answer(application: Application, one: queries.NamedPerson) -> str:
    """Where the applicant goes on answering about them, or changes what was answered."""
    page, item = (one.waiting[0].page, one.waiting[0].item) if one.waiting else (one.page, one.item)
    where = ("step", page.slug, item) if item else ("step_page", page.slug)
    return reverse(where[0], args=(application.reference, *where[1:]))


def _noun(page: FormPage) -> str:
    """What the person is whom the page asks about: a director, the principal authority."""
    if page.list_of:
        return said(page.list_of.noun, answers.language())
    return str(RoleKind(page.person or "").label)


def _send(application: Application, page: str, item: str = "") -> str:
    if item:
        return reverse("send_part_of", args=(application.reference, page, item))
    return reverse("send_part", args=(application.reference, page))


def _name(filled: ApplicationForm, page: str, item: str) -> str:
    asked = filled.scheme.form.page(page)
    found = filled.item(asked, item)
    return str(found.data.get("full_name", "")) if found else ""
