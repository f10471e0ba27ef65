"""Which posts are believed: those that the provider has signed, each of them once, and no more than we will pay for."""

import base64
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from registry.register.states import Outcome
from registry.telephone.verbs import Reject, TextAnswer, Verb, clip, written
from registry.web import Limit, not_kept, note
from registry.web.limits import is_repeated

View = Callable[..., Sequence[Verb]]
#: What keys can say: figures and the star. The hash key ends what is typed, and is not sent.
DIGITS = re.compile(r"[0-9*]{1,40}")
#: Where providers put the signature: an HMAC (SHA-1, base64) of the address and of all fields in the order of their names.
HEADER = "X-Twilio-Signature"


def is_on() -> bool:
    return bool(settings.TELEPHONE_SECRET)


def signature(address: str, fields: Mapping[str, Sequence[str]]) -> str:
    """The signature of a form that is posted to this address."""
    said = "".join(f"{name}{value}" for name in sorted(fields) for value in sorted(set(fields[name])))
    digest = hmac.digest(settings.TELEPHONE_SECRET.encode(), f"{address}{said}".encode(), "sha1")
    return base64.b64encode(digest).decode()


def webhook(*, begins: bool = False) -> Callable[[View], Callable[..., HttpResponse]]:
    """A view that answers with verbs. The provider alone may post to it, and each post is taken once.

    What `begins` something counts towards two limits: of the caller, by a digest alone, with another key each
    hour, and of all callers together in a day, which caps what it can cost. Over either, nothing is said and nothing is paid for.
    """

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: HttpRequest, **known: str) -> HttpResponse:
            if not is_on():
                raise Http404
            if not _is_believed(request, timezone.now()):
                return not_kept(HttpResponse(status=403))
            if begins and _is_too_much(request):
                return _xml([] if "Body" in request.POST else [Reject()])
            return _xml(_asked(view, request, known))

        return csrf_exempt(login_not_required(require_POST(answered)))

    return decorate


def digits_of(request: HttpRequest) -> str:
    """The keys that were pressed; empty for none, and for what no telephone sends."""
    typed = request.POST.get("Digits", "")
    return typed if DIGITS.fullmatch(typed) else ""


def _is_believed(request: HttpRequest, at: datetime) -> bool:
    """Whether the provider signed this post, and it was not posted before. Nothing is read of the caller until then."""
    given = request.headers.get(HEADER, "")
    form = request.POST
    expected = signature(f"{settings.SITE_ADDRESS}{request.path}", _fields(form))
    is_signed = hmac.compare_digest(expected.encode(), given.encode()) and not request.META.get("QUERY_STRING")
    return is_signed and not is_repeated(f"telephone {request.path} {given}", at=at)


def _fields(form: QueryDict) -> dict[str, Sequence[str]]:
    return {name: form.getlist(name) for name in form}


def _is_too_much(request: HttpRequest) -> bool:
    if Limit("telephone").spend(request, client=f"caller {request.POST.get('From', '')}").is_spent:
        return True
    return Limit("telephone_all").spend(request, client="all").is_spent


def _asked(view: View, request: HttpRequest, known: Mapping[str, str]) -> Sequence[Verb]:
    """Any fault says that we cannot tell now, in words that anyone can hear; what was asked is in no log (docs/rules.md G3, G15)."""
    try:
        return view(request, **known)
    except Exception as fault:
        note(fault, what="the telephone cannot tell")
        return cannot_tell(request)


def cannot_tell(request: HttpRequest) -> Sequence[Verb]:
    language = language_of(request.POST.get("To", ""))
    if "Body" not in request.POST:
        return [clip("outcome-cannot_tell", language.split("-")[0])]
    with translation.override(language):
        return [TextAnswer(str(Outcome.CANNOT_TELL.label))]


def language_of(number: str) -> str:
    """The language of the number that was called or written to; the first of the service where it has none."""
    return settings.TELEPHONE_LANGUAGES.get(number, settings.LANGUAGE_CODE)


def number_for(language: str | None) -> str:
    """The number that a reader of this language is told to ring or to write to; empty where there is none."""
    own = (number for number, spoken in settings.TELEPHONE_LANGUAGES.items() if spoken == language)
    return next(own, str(settings.TELEPHONE_NUMBER)) if is_on() else ""


def _xml(verbs: Sequence[Verb]) -> HttpResponse:
    return not_kept(HttpResponse(written(verbs), content_type="text/xml; charset=utf-8"))
