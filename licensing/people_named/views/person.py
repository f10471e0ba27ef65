"""What a named person does by the link that they were sent: opens it, answers what is asked about them, and signs.

There is no account. The link alone opens nothing: the browser is let in by a second fact, a number mailed to the same
address or told to the person. Whatever is wrong with a link, the answer is the same.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from licensing.application_form.forms import answers, fields
from licensing.application_form.rules.facts import Progress
from licensing.applications.queries.applications import reported
from licensing.applications.rules.applications import merged
from licensing.people_named import actions as parts
from licensing.people_named import queries
from licensing.people_named.forms import Pin, RefusePart, Sign
from licensing.people_named.models import Part
from licensing.people_named.queries import PartPages
from licensing.people_named.rules import refuse_blockers
from registry import web
from registry.errors import Refused
from registry.organisations.models import RoleKind
from registry.schemes import FormPage, said

# Links and numbers that one connection may get wrong in an hour, and numbers that it may have mailed.
MOST_WRONG, MOST_MAILED = 30, 10

View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """Finds the part of the link: what is wrong, too old or withdrawn is one and the same page, and guesses are counted."""

    @wraps(view)
    def shown(request: HttpRequest, code: str, **given: Any) -> HttpResponse:
        now = timezone.now()
        if web.is_too_often(request, "part", most=MOST_WRONG, at=now):
            return web.not_kept(render(request, "licensing/people_named/person_too_many.html", status=429))
        part = queries.part_of_code(code, at=now)
        if part is None:
            web.count(request, "part", at=now)
            return web.not_kept(render(request, "licensing/people_named/person_closed.html", status=404))
        return web.not_kept(view(request, part, code, **given))

    return login_not_required(shown)


def let_in(view: View) -> View:
    """Only a browser that has shown the second fact goes on; any other is sent to where it is asked for.

    What somebody sends who was let in before is there again afterwards: its form is sealed (decision 0019).
    """

    @wraps(view)
    def shown(request: HttpRequest, part: Part, code: str, **given: Any) -> HttpResponse:
        if not _is_let_in(request, part):
            if request.method == "POST":
                web.hold(request)
            return redirect("part", code)
        return view(request, queries.own_part(part, today=timezone.localdate()), code, **given)

    return shown


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, part: Part, code: str) -> HttpResponse:
    """Who asks, why, and what is left to answer; before that, the second fact."""
    if _is_let_in(request, part):
        return _overview(request, queries.own_part(part, today=timezone.localdate()), code)
    form = Pin(web.posted(request))
    if form.is_valid():
        for reason in parts.try_pin(part, pin=form.cleaned_data["pin"], by=None, at=timezone.now()):
            form.add_error("pin", str(reason.text))
        if not form.errors:
            _let_in(request, part)
            return redirect(_waiting(request, code) or reverse("part", args=(code,)))
        web.count(request, "part", at=timezone.now())
    context = {"form": form, "is_mailed": bool(part.address), "code": code, "is_sent": "sent" in request.GET}
    return web.form_page(request, "licensing/people_named/person_open.html", context)


@by_link
@require_POST
def part_pin(request: HttpRequest, part: Part, code: str) -> HttpResponse:
    """Mails the number, to the one address that the link went to."""
    now = timezone.now()
    if web.is_too_often(request, "part pin", most=MOST_MAILED, at=now):
        return render(request, "licensing/people_named/person_too_many.html", status=429)
    web.count(request, "part pin", at=now)
    try:
        parts.ask_pin(part, by=None, at=now)
    except Refused:
        return redirect("part", code)
    return redirect(f"{reverse('part', args=(code,))}?sent=yes")


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
@let_in
def part_page(request: HttpRequest, own: PartPages, code: str, page: str) -> HttpResponse:
    asked = next((one for one in own.pages if one.slug == page), None)
    if asked is None or own.part.application.status != "draft":
        return redirect("part", code)
    found, held = own.filled.item(asked, own.part.item), web.held(request, who=_key(own.part))
    form = answers.Answers(
        own.filled,
        asked,
        kept=found.kept if found else {},
        today=timezone.localdate(),
        data=held or web.posted(request),
    )
    if held is None and (form.is_valid() or (form.is_bound and "later" in request.POST)):
        with web.reasons_on(form):
            is_complete = form.is_valid() and form.is_right_elsewhere()
            data = merged(form.kept, form.answered(), keys=form.keys)
            parts.answer(own.part, page=page, data=data, is_complete=is_complete, by=None, at=timezone.now())
            web.let_go(request)
            if form.arisen and "later" not in request.POST:
                return redirect("part_page", code, page)
            return redirect(*_following(request, own, asked, code))
    context = {**_words(own, code), "form": form, "heading": _heading(own, asked), "why": _said(asked.why)}
    context |= {"body": [_said(text) for text in asked.body], "seal": web.seal_of(request, who=_key(own.part))}
    context["is_held"] = held is not None
    status = 422 if form.errors and held is None else 200
    return render(request, "licensing/people_named/person_question.html", context, status=status)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
@let_in
def sign_part(request: HttpRequest, own: PartPages, code: str) -> HttpResponse:
    """All that was answered, the words that are signed, and the name."""
    if own.part.signed_at and request.method == "POST":  # pressed twice: the first time counted
        return redirect("part", code)
    form = Sign(web.posted(request))

    def signed(*, name: str, at: datetime, **_who: Any) -> object:
        # Whoever has signed in here: the part is signed by the person of the link.
        return parts.sign(own.part, name=name, by=None, at=at)

    if web.attempt(request, form, signed).is_done:
        return redirect("part", code)
    assert own.filled.scheme.parts is not None
    context = {
        **_words(own, code),
        "form": form,
        "pages": [_answered(own, page, code) for page in own.pages],
        "declaration": _said(own.filled.scheme.parts.declaration),
    }
    return web.form_page(request, "licensing/people_named/person_sign.html", context)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
@let_in
def refuse_part(request: HttpRequest, own: PartPages, code: str) -> HttpResponse:
    """What it means not to answer; the button says so to who applies."""
    if own.part.refused_at and request.method == "POST":  # pressed twice: the first time counted
        return redirect("part", code)
    form = RefusePart(web.posted(request))

    def refused(*, at: datetime, **_who: Any) -> object:
        return parts.refuse_part(own.part, by=None, at=at)

    if web.attempt(request, form, refused).is_done:
        return redirect("part", code)
    context = {**_words(own, code), "form": form, "blockers": list(refuse_blockers(own.part, at=timezone.now()))}
    return web.form_page(request, "licensing/people_named/person_refuse.html", context)


@by_link
@require_POST
def leave_part(request: HttpRequest, part: Part, code: str) -> HttpResponse:
    """This browser is not let in any more: for whoever sits at somebody else's."""
    request.session.pop(_key(part), None)
    return redirect("part", code)


def _key(part: Part) -> str:
    return f"part {part.reference}"


def _let_in(request: HttpRequest, part: Part) -> None:
    # Nobody who knew the session before gets in with it.
    request.session.cycle_key()
    request.session[_key(part)] = part.code_digest


def _is_let_in(request: HttpRequest, part: Part) -> bool:
    """A link sent anew asks anew: what a browser was let in by before is worth nothing."""
    return bool(request.session.get(_key(part)) == part.code_digest)


def _waiting(request: HttpRequest, code: str) -> str:
    """The page of this part whose form arrived after the session had ended; empty for none."""
    path = web.page_held(request)
    return path if path.startswith(reverse("part", args=(code,))) else ""


def _overview(request: HttpRequest, own: PartPages, code: str) -> HttpResponse:
    left = [page for page in own.pages if own.progress(page) is not Progress.COMPLETED]
    return render(
        request,
        "licensing/people_named/person_part.html",
        {
            **_words(own, code),
            "is_draft": own.part.application.status == "draft",
            "becomes": [_said(text) for text in own.filled.scheme.parts.becomes] if own.filled.scheme.parts else [],
            "tasks": [
                {
                    "title": _heading(own, page),
                    "state": own.progress(page).value,
                    "href": reverse("part_page", args=(code, page.slug)),
                }
                for page in own.pages
            ],
            "left": len(left),
        },
    )


def _words(own: PartPages, code: str) -> dict[str, Any]:
    """What every page of the part says of whom it is for."""
    scheme = own.filled.scheme
    return {
        "part": own.part,
        "code": code,
        "organisation": own.part.application.organisation.legal_name,
        "scheme": _said(scheme.title),
        "authority": _said(scheme.authority.name),
        "authority_email": scheme.authority.email,
        "authority_telephone": scheme.authority.telephone,
        "role": RoleKind(own.part.role).label,
        "reports": reported(own.part.application, scheme) is not None,
        "back": reverse("part", args=(code,)),
    }


def _heading(own: PartPages, page: FormPage) -> str:
    """A list asks “Who are the directors?”, which is not what one of them is asked."""
    return gettext("About you") if page.list_of else _said(page.title)


def _answered(own: PartPages, page: FormPage, code: str) -> dict[str, Any]:
    item = own.filled.item(page, own.part.item)
    data = item.data if item else {}
    change = reverse("part_page", args=(code, page.slug)) if own.part.application.status == "draft" else ""
    rows = [
        {
            "key": _said(question.label),
            "value": own.filled.in_words(question, data.get(question.key)),
            "change": change,
            "what": gettext("your answer to “%s”") % _said(question.label),
        }
        for question in own.filled.questions(page, data)
    ]
    return {"title": _heading(own, page), "rows": rows}


def _following(request: HttpRequest, own: PartPages, page: FormPage, code: str) -> tuple[str, ...]:
    """The next page about the person; after the last one, all of them."""
    later = own.pages[own.pages.index(page) + 1 :]
    if "later" in request.POST or not later:
        return ("part", code)
    return ("part_page", code, later[0].slug)


def _said(text: Any) -> str:
    return said(text, fields.language())
