"""What all public pages share: no cookie, no session, no trace, and any fault says that we cannot tell."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import Confidence
from public_lookup.lookup.queries import entries, instants, replica
from public_lookup.lookup.queries.answers import word_of
from registry.errors import TooManyAtOnce
from registry.integrity import head_file
from registry.register.rules import look_of
from registry.register.states import Outcome
from registry.web import LimitSpent, for_workers, note, out_of_order, page_for_fault, page_while_away, status_of_fault
from registry.web import not_kept as not_kept
from registry.web import status_of as status_of

#: More letters than these do not fit beside the symbol of a badge.
_LONG = 30

View = Callable[..., Any]
Answered = TypeVar("Answered", bound=HttpResponseBase)
Answer = Callable[[HttpRequest, Exception], HttpResponse]


def everybody(view: View) -> View:
    """For everyone, leaving no trace: the forms post, without session or cookie, and only ask (docs/rules.md T27).

    Any fault answers "we cannot tell now": never a default (docs/rules.md G3). What was asked stays out of the log.
    """
    return _open_to_all(view, _not_shown, _cannot_tell, "GET", "HEAD", "POST")


def public(view: View) -> View:
    """The same, for pages that a worker reads: in every language that has a catalogue."""
    return for_workers(everybody(view))


def keeping(view: View) -> View:
    """The same for pages that keep something of what they are given: they read where they write, and no copy."""
    return for_workers(writing(view))


def writing(view: View) -> View:
    """As `keeping`, for pages in the languages of the whole service alone."""
    return _open_to_all(view, _not_shown, _cannot_save, "GET", "HEAD", "POST", answer=_answered)


def data(view: View) -> View:
    """For programs of any site, without key or cookie; a fault is a problem, never half a file. It takes no parameters."""
    return data_by()(view)


def data_by(*known: str, methods: Sequence[str] = ("GET", "HEAD")) -> Callable[[View], View]:
    """The same for what is asked for by parameters: any other, and one that is repeated, is refused, as it would be passed over in silence."""

    def decorate(view: View) -> View:
        return _open_to_all(_understood(view, known), _no_data, _no_data, *methods)

    return decorate


def picture(view: View) -> View:
    """For the pages of any site: a picture in every case, and one that says "we cannot tell now" where we cannot."""
    return for_workers(_open_to_all(view, _no_picture, _no_picture, "GET", "HEAD"))


def _understood(view: View, known: Sequence[str]) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if refused := _misasked(request, known):
                raise refused
            answer: HttpResponse = view(request, *args, **kwargs)
            return answer
        except instants.UnreadableQuestion as misread:
            return _no_data(request, misread)

    return shown


def _misasked(request: HttpRequest, known: Sequence[str]) -> instants.UnreadableQuestion | None:
    unknown = instants.UnknownParameter.among([*request.GET, *request.POST], known)
    return unknown or instants.RepeatedParameter.among(request.GET, request.POST)


def from_register(view: View, *args: Any, **kwargs: Any) -> Any:
    """The answer of a view that reads the register, from a copy of it where there is one that can be believed.

    A copy that fails while it is read is left alone for some seconds, and the primary is asked the same. With a clock that was set
    back nothing is answered: `ClockSetBack`.
    """
    head_file.refuse_earlier(timezone.now())
    place = replica.place(time.monotonic())
    try:
        return _read(view, place, *args, **kwargs)
    except Error:
        if place != replica.REPLICA:
            raise
        replica.watch.leave_alone(time.monotonic())
        return _read(view, replica.primary(), *args, **kwargs)


def _read(view: View, place: str, *args: Any, **kwargs: Any) -> Any:
    with replica.reading(place):
        answer = view(*args, **kwargs)
    if isinstance(answer, StreamingHttpResponse) and not isinstance(answer, FileResponse):
        answer.streaming_content = _carried_on(iter(answer), place)
    return answer


def _carried_on(parts: Iterator[bytes], place: str) -> Iterator[bytes]:
    """A file is still being read when the view has long returned."""
    while True:
        with replica.reading(place):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _answered(view: View, *args: Any, **kwargs: Any) -> Any:
    head_file.refuse_earlier(timezone.now())
    return view(*args, **kwargs)


def _open_to_all(view: View, missing: Answer, faulty: Answer, *methods: str, answer: View = from_register) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            found: HttpResponse = answer(view, request, *args, **kwargs)
            return found
        except entries.NotShown as refused:
            return missing(request, refused)
        except Exception as fault:
            if not status_of_fault(fault) and not isinstance(fault, Http404 | TooManyAtOnce):
                note(fault, what="the look-up cannot tell")
            return faulty(request, fault)

    return csrf_exempt(login_not_required(require_http_methods(list(methods))(shown)))


def mail_sent(request: HttpRequest, address: str, *, onward: str, text: str | Promise) -> HttpResponse:
    """That a message was sent, by which its receiver confirms the address; and the way on to another page."""
    page = {"address": address, "onward": reverse(onward), "onward_text": text}
    return not_kept(render(request, "public_lookup/mail_sent.html", page))


def _not_shown(request: HttpRequest, missing: Exception) -> HttpResponse:
    return not_kept(render(request, "public_lookup/lookup/not_shown.html", {"missing": missing}, status=404))


def _no_data(request: HttpRequest, reason: Exception) -> HttpResponse:
    answer = problem_of(reason)
    return reason.allowance.told(answer) if isinstance(reason, LimitSpent) else answer


MISREAD = _("We could not read the question")
CANNOT_TELL: list[Any] = ["cannot-tell", _("We cannot tell now"), 503]
PROBLEMS: tuple[tuple[type[Exception], str, Any, int], ...] = (
    (LimitSpent, "too-many-requests", _("Too many requests from this connection"), 429),
    (instants.UnknownParameter, "unknown-parameter", MISREAD, 422),
    (instants.UnreadableQuestion, "not-understood", MISREAD, 422),
    (entries.NotShown, "not-found", _("Not on the register"), 404),
    (Http404, "not-found", _("There is nothing here"), 404),
)


def problem_of(reason: Exception) -> HttpResponse:
    """For programs: what could not be read or is not there; for any other reason, that we cannot tell now."""
    code, title, status = next((said for kind, *said in PROBLEMS if isinstance(reason, kind)), CANNOT_TELL)
    if (wrong := status_of_fault(reason)) in {400, 413}:
        code, title, status = ("not-understood", MISREAD, wrong)
    reasons = [{"code": one.code, "text": str(one.text), "where": one.where} for one in getattr(reason, "reasons", ())]
    body = {"type": f"/problems/{code}", "title": str(title), "status": status, "licensed": None, "reasons": reasons}
    return open_to_sites(not_kept(JsonResponse(body, status=status, content_type="application/problem+json")))


def _no_picture(request: HttpRequest, reason: Exception) -> HttpResponse:
    status = 404 if isinstance(reason, entries.NotShown) else status_of_fault(reason) or 503
    return not_kept(drawn({"missing": status == 404}, status=status))


def drawn(facts: dict[str, Any], status: int = 200) -> HttpResponse:
    """The badge with these facts. It may stand on any site, and opened by itself it can do nothing."""
    image = render_to_string("public_lookup/open_data/badge.svg", {**facts, **_look_of_badge(facts)})
    response = HttpResponse(image, content_type="image/svg+xml", status=status)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return open_to_sites(response)


def _look_of_badge(facts: dict[str, Any]) -> dict[str, Any]:
    """The word, the symbol and the colours of a badge. A long word is drawn narrower, so that none is cut off."""
    entry = facts.get("entry")
    outcome = entry.outcome if entry else Outcome.NOT_FOUND if facts.get("missing") else Outcome.CANNOT_TELL
    look = look_of(outcome)
    is_dark = look.tone.surface == look.tone.ink
    word = word_of(entry) if entry else str(_("Not on the register") if facts.get("missing") else outcome.label)
    drawing = SafeString(look.drawn(inverted=is_dark))
    return {"look": look, "is_dark": is_dark, "word": word, "is_long": len(word) > _LONG, "drawing": drawing}


def open_to_sites(response: Answered) -> Answered:
    """Readable by the pages of any site: they send no cookie along."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = (
        "ETag, RateLimit, RateLimit-Policy, Register-Position, Retry-After"
    )
    return response


def answered(asked: Sequence[many.Asked], at: datetime) -> list[many.RowMatch]:
    """What the register said at an instant to each row of a list. A row that any fault befalls is not guessed."""
    try:
        return many.check(asked, at)
    except Exception as fault:
        note(fault, what="a list is looked up row by row")
        return [_answered_alone(one, at) for one in asked]


def _answered_alone(asked: many.Asked, at: datetime) -> many.RowMatch:
    try:
        return many.check([asked], at)[0]
    except Exception as fault:
        note(fault, what="the look-up cannot tell")
        return many.RowMatch(Confidence.CANNOT_TELL)


def posted(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, so that the same page can be asked for in another language without an address that holds it."""
    return [(name, str(value)) for name, value in request.POST.items()]


def asked_for_anew(response: Answered, etag: str) -> Answered:
    """May be kept, but must be asked for each time: a revocation is seen at once."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return response


def kept_nowhere(response: Answered) -> Answered:
    """On no device, as whoever takes it later must not see what was looked up; search engines may find it all the same."""
    response.headers["Cache-Control"] = "no-store"
    return response


def known_by(request: HttpRequest, etag: str) -> HttpResponse | None:
    """304 for a program that has this answer already, with all that the answer itself says of keeping it (RFC 9110, 15.4.5)."""
    known = get_conditional_response(request, etag=etag)
    return known and open_to_sites(asked_for_anew(known, etag))


def known_already(request: HttpRequest, number: str, at: datetime) -> HttpResponse | None:
    """304 for who has this answer already, found without making it again."""
    if request.method == "POST" or "If-None-Match" not in request.headers:
        return None
    if not (etag := entries.etag(number, at)):
        return None
    answer = get_conditional_response(request, etag=etag, response=asked_for_anew(HttpResponse(), etag))
    return answer if answer is not None and answer.status_code == 304 else None


def _cannot_save(request: HttpRequest, fault: Exception) -> HttpResponse:
    """What was typed is on the page, to be sent once more; nothing was asked of the register that could be told."""
    page = page_while_away(request, fault) if request.method == "POST" else None
    return page or _cannot_tell(request, fault)


def _cannot_tell(request: HttpRequest, fault: Exception) -> HttpResponse:
    if isinstance(fault, Http404):
        return not_kept(render(request, "404.html", status=404))
    page = page_while_away(request, fault) if isinstance(fault, TooManyAtOnce) else page_for_fault(request, fault)
    return page or out_of_order("public_lookup/cannot_tell.html")
