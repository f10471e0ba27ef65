"""What is new to pass on: by mail, without an account, at most once a week."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from public_lookup import web
from public_lookup.lookup.filters import sector_choices
from public_lookup.material_news import actions, forms, queries
from public_lookup.material_news.models import NewsReader
from registry.web import count, is_too_often, posted

#: In an hour, from one connection.
MOST_SENT = 20
HERE = "public_lookup/material_news"


@web.writing
def material_news(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether the address is known or not."""
    at = timezone.now()
    form = forms.AskForNews(posted(request), sectors=sector_choices(timezone.localdate(at)))
    too_many = is_too_often(request, "material news", most=MOST_SENT, at=at)
    if form.is_valid() and not too_many:
        count(request, "material news", at=at)
        language = get_language() or settings.LANGUAGE_CODE
        reader = actions.ask_for_news(**form.wish, language=language, by=None, at=at)
        return web.mail_sent(request, reader.address, onward="materials", text=_("Posters, cards and texts to pass on"))
    status = 429 if too_many else web.status_of(form)
    return web.not_kept(render(request, f"{HERE}/ask.html", {"form": form, "too_many": too_many}, status=status))


@web.writing
def material_news_reader(request: HttpRequest, key: str) -> HttpResponse:
    """From the mail: a page with a button, as programs that read mail open every address in it."""
    reader = _found(key)
    if request.method == "POST":
        actions.confirm_news(reader, by=None, at=timezone.now())
        reader.refresh_from_db()
    return web.not_kept(render(request, f"{HERE}/reader.html", {"reader": reader}))


@web.writing
def stop_material_news(request: HttpRequest, key: str) -> HttpResponse:
    """By the button of the page, or of the mail program itself (RFC 8058)."""
    reader = _found(key)
    page = {"reader": reader, "is_stopped": request.method == "POST"}
    if request.method == "POST":
        actions.stop_news(reader, by=None, at=timezone.now())
    return web.not_kept(render(request, f"{HERE}/reader.html", page))


def _found(key: str) -> NewsReader:
    """Raises Http404: also after it was stopped, when nothing is kept of it."""
    found = queries.reader_of(key)
    if found is None:
        raise Http404
    return found
