"""“Tell me when it is out”: by mail, without an account, for one release."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from public_lookup import web
from public_lookup.release_notices import actions, forms, queries
from public_lookup.release_notices.models import ReleaseNotice
from registry.editions.rules.quarters import in_words
from registry.web import count, is_too_often, posted

#: In an hour, from one connection.
MOST_SENT = 20


@web.writing
def ask_for_notice(request: HttpRequest, edition: str) -> HttpResponse:
    """The answer is the same whether the address is known or not."""
    at = timezone.now()
    found = queries.announced_edition(edition, at)
    if found is None:
        raise Http404
    form = forms.AskForNotice(posted(request))
    too_many = is_too_often(request, "release notice", most=MOST_SENT, at=at)
    page = {"form": form, "one": found.edition, "quarter": in_words(edition), "too_many": too_many}
    if form.is_valid() and not too_many:
        count(request, "release notice", at=at)
        address, language = form.cleaned_data["email"], get_language() or settings.LANGUAGE_CODE
        actions.ask_for_notice(found, address=address, language=language, by=None, at=at)
        return web.mail_sent(request, address, onward="statistics", text=_("All releases and dates"))
    status = 429 if too_many else web.status_of(form)
    return web.not_kept(render(request, "public_lookup/release_notices/ask.html", page, status=status))


@web.writing
def release_notice(request: HttpRequest, key: str) -> HttpResponse:
    """From the mail: a page with a button, as programs that read mail open every address in it."""
    notice = _found(key)
    if request.method == "POST":
        actions.confirm_notice(notice, by=None, at=timezone.now())
        notice.refresh_from_db()
    page = {"notice": notice, "quarter": in_words(notice.edition.code)}
    return web.not_kept(render(request, "public_lookup/release_notices/notice.html", page))


@web.writing
def stop_release_notice(request: HttpRequest, key: str) -> HttpResponse:
    """By the button of the page, or of the mail program itself (RFC 8058)."""
    notice = _found(key)
    page = {"notice": notice, "quarter": in_words(notice.edition.code), "is_stopped": request.method == "POST"}
    if request.method == "POST":
        actions.stop_notice(notice, by=None, at=timezone.now())
    return web.not_kept(render(request, "public_lookup/release_notices/notice.html", page))


def _found(key: str) -> ReleaseNotice:
    """Raises Http404: also after it was stopped or told, when nothing is kept of it."""
    found = queries.notice_of(key)
    if found is None:
        raise Http404
    return found
