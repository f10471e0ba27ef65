"""Being told by text message: the telephone, the code that was sent to it, and what it is told of."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from public_lookup import web
from public_lookup.follows.actions import codes
from public_lookup.follows.forms import follows as forms
from public_lookup.follows.queries.follows import follows_of_number
from public_lookup.lookup.queries import entries
from registry import identifiers
from registry.web import count, is_too_often

#: Mails and codes that one connection may have sent in an hour: what was typed may be somebody else's.
MOST_SENT = 10
#: Codes that it may try in an hour, of whatever telephone.
MOST_TRIED = 30


@web.keeping
def texts(request: HttpRequest) -> HttpResponse:
    """A telephone: a code is sent to it; and with the code, what it is told of, and the buttons that stop it.

    The answer to a number is the same whether it is known or not; only who reads the code learns more.
    """
    if not settings.TEXT_SENDER:
        raise entries.NotShown("texts")
    now = timezone.now()
    if request.method == "POST" and "code" in request.POST:
        return _try_code(request, at=now)
    form = forms.Telephone(request.POST if request.method == "POST" else None)
    too_many = is_too_often(request, "follow", most=MOST_SENT, at=now)
    if form.is_valid() and not too_many:
        count(request, "follow", at=now)
        return send_code(request, form.cleaned_data["telephone"], at=now)
    page = {"form": form, "too_many": too_many, "posted": web.posted(request)}
    return web.not_kept(render(request, "public_lookup/follows/texts.html", page, status=_status(form, too_many)))


def send_code(request: HttpRequest, number: str, *, at: datetime) -> HttpResponse:
    """Send one, and show the page on which it is typed: the same whether the number is known or not."""
    codes.send(number, language=get_language() or settings.LANGUAGE_CODE, by=None, at=at)
    return _code_page(request, forms.Code(initial={"telephone": number}), number)


def _try_code(request: HttpRequest, *, at: datetime) -> HttpResponse:
    form = forms.Code(request.POST)
    too_many = is_too_often(request, "code", most=MOST_TRIED, at=at)
    number = form.cleaned_data.get("telephone", "") if form.is_valid() or "telephone" not in form.errors else ""
    if form.is_valid() and not too_many:
        count(request, "code", at=at)
        if codes.use(number, code=form.cleaned_data["code"], by=None, at=at):
            page = {"number": identifiers.telephone_display(number), "followed": follows_of_number(number)}
            return web.not_kept(render(request, "public_lookup/follows/confirmed.html", page))
        form.add_error("code", _("This is not the code that we sent, or it is older than 10 minutes. Check it."))
    return _code_page(request, form, number, too_many=too_many)


def _code_page(request: HttpRequest, form: forms.Code, number: str, *, too_many: bool = False) -> HttpResponse:
    shown = identifiers.telephone_display(number) if number else ""
    page = {"form": form, "number": shown, "too_many": too_many}
    return web.not_kept(render(request, "public_lookup/follows/code.html", page, status=_status(form, too_many)))


def _status(form: forms.Telephone, too_many: bool) -> int:
    return 429 if too_many else 422 if form.errors else 200
