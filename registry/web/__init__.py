"""What all signed-in pages share: the typed request, showing reasons, lists by page, shared form fields. Import from here."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from traceback import format_tb
from typing import Any, TypeVar, cast

from allauth.account.authentication import get_authentication_records
from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.core.signing import BadSignature, dumps, loads
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry import permissions
from registry import uploads as files
from registry.accounts.models import User
from registry.documents.models import Document
from registry.schemes import contact
from registry.uploads import StorageArea
from registry.web.assets import asset as asset
from registry.web.attempts import asks_first as asks_first
from registry.web.attempts import attempt as attempt
from registry.web.attempts import form_page as form_page
from registry.web.attempts import is_sent as is_sent
from registry.web.attempts import reasons_on as reasons_on
from registry.web.attempts import status_of as status_of
from registry.web.faults import page_for_fault as page_for_fault
from registry.web.faults import status_of_fault as status_of_fault
from registry.web.limits import Allowance as Allowance
from registry.web.limits import Limit as Limit
from registry.web.limits import count as count
from registry.web.limits import is_too_often as is_too_often
from registry.web.lists import LINES_AT_ONCE as LINES_AT_ONCE
from registry.web.lists import Offered as Offered
from registry.web.lists import address_of as address_of
from registry.web.lists import list_file as list_file
from registry.web.lists import list_page as list_page
from registry.web.lists import query_to_keep as query_to_keep
from registry.web.lists import spreadsheet_cell as spreadsheet_cell
from registry.web.lists import table_file as table_file
from registry.web.printing import as_pdf as as_pdf
from registry.web.uploads import FilesField as FilesField
from registry.web.uploads import OneFileField as OneFileField
from registry.web.uploads import UploadForm as UploadForm

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)


class SignedIn(HttpRequest):
    """A request behind the sign-in: `LoginRequiredMiddleware` has let it through, so there is a user."""

    user: User


def needs(*codenames: str) -> Callable[[View], View]:
    """Only for those who hold one of these permissions: others get Django's 403 page. The action asks again."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            permissions.require_one(cast(User, request.user), *codenames)
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def for_workers(view: View) -> View:
    """What a worker reads: in every language that has a catalogue, not only in those of the whole service."""
    view.for_workers = True  # type: ignore[attr-defined]
    return view


def speaks(view: object) -> list[str]:
    """The languages of a page by its view: those of the whole service, or all of them."""
    if getattr(view, "for_workers", False):
        return [code for code, _name in settings.LANGUAGES]
    return settings.SITE_LANGUAGES


def lacks_second_factor(request: HttpRequest) -> bool:
    """Works for the authority, and has not shown a second factor in this session: may see nothing behind the sign-in yet."""
    if not isinstance(request.user, User) or not permissions.is_staff(request.user):
        return False
    return all(record["method"] != "mfa" for record in get_authentication_records(request, request.user))


# A second factor that somebody holds in the hand; a recovery code stands in for one to sign in, and for nothing more.
IN_HAND = frozenset({"totp", "webauthn"})
STEPPED_UP_FOR = 600


def is_stepped_up(request: HttpRequest) -> bool:
    """Whether this person has shown a second factor within the last ten minutes (docs/rules.md G16): asked before deciding.

    In a demonstration the one click that signs in shows it too, and another shows it again.
    """
    ways = IN_HAND | {"demo"} if settings.DEMO else IN_HAND
    shown = get_authentication_records(request, cast(User, request.user))
    fresh = time.time() - STEPPED_UP_FOR
    return any(one["method"] == "mfa" and one.get("type") in ways and one["at"] > fresh for one in shown)


def to_step_up(request: HttpRequest) -> HttpResponse:
    """Where the second factor is shown once more. What was typed waits, and is on the page again afterwards."""
    if hold(request):
        request.session[HELD] |= {"to_step_up": True}
    return redirect(f"{reverse('account_step_up')}?{urlencode({'next': request.get_full_path()})}")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, for a form: an empty post is an answer too, and must be told what is missing."""
    return request.POST if request.method == "POST" else None


def whole_number(request: HttpRequest, name: str) -> int:
    """What a hidden input carried back, at most nine digits; nonsense counts as nothing."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


# --- a form that arrives after its session has ended ---

HELD, SEAL, SINCE, SEEN = "held_form", "seal", "signed_in_since", "seen_at"
SEEN_AGAIN = 30
HELD_FOR = 3600
SEALED_FOR = 24 * 3600
LONGEST_HELD = 200_000


def seal_of(request: HttpRequest, *, who: int | str) -> str:
    """What a form carries so that what is typed into it survives a sign-in: who opened which page, signed by us.

    `who` is the key of a user, or whatever else a browser is let in by.
    """
    return dumps([who, request.path], salt=HELD)


def hold(request: HttpRequest) -> bool:
    """Keep what was posted until its writer has signed in again; False when the form carries no seal of this page.

    It waits in the session of this browser for an hour, for the person and the page of the seal alone; nothing is saved.
    """
    try:
        who, path = loads(request.POST.get(SEAL, ""), salt=HELD, max_age=SEALED_FOR)
    except BadSignature:
        return False
    typed = request.POST.urlencode()
    if path != request.path or len(typed) > LONGEST_HELD:
        return False
    request.session[HELD] = {"who": who, "path": path, "at": time.time(), "typed": typed}
    return True


def held(request: HttpRequest, *, who: int | str) -> QueryDict | None:
    """What this person typed into this page and could not save, because the session had ended."""
    is_here = request.method in ("GET", "HEAD") and page_held(request) == request.path
    if not is_here:
        return None
    found = request.session[HELD]
    if found.get("who") != who or found["at"] + HELD_FOR < time.time():
        let_go(request)
        return None
    return QueryDict(found["typed"])


def typed(request: SignedIn) -> QueryDict | None:
    """What was posted, for a form; or what this person could not send, to be shown once more: see `is_sent`."""
    if request.method == "POST":
        return request.POST
    request.has_stepped_up = request.session.get(HELD, {}).get("to_step_up", False)  # type: ignore[attr-defined]
    found = held(request, who=request.user.pk)
    request.is_held = found is not None  # type: ignore[attr-defined]
    return found


def page_held(request: HttpRequest) -> str:
    """The page of the form that waits in the session of this browser; empty for none."""
    return str(request.session.get(HELD, {}).get("path", ""))


def let_go(request: HttpRequest) -> None:
    """What was held has been saved, or is nobody's business any more."""
    request.session.pop(HELD, None)


def session_left(request: SignedIn) -> int:
    """For how many seconds this person stays signed in: counted from signing in, whatever was done since (docs/rules.md T18)."""
    shown = [record["at"] for record in get_authentication_records(request, request.user)]
    if not shown and SINCE not in request.session:  # who has just signed up has shown nothing yet
        request.session[SINCE] = time.time()
    since = min([*shown, request.session.get(SINCE, time.time())])
    return max(0, int(since + settings.SESSION_COOKIE_AGE - time.time()))


def idle_left(request: SignedIn) -> int | None:
    """For how many seconds somebody who works for the authority may do nothing; None for all others (docs/rules.md T18)."""
    if not permissions.is_staff(request.user):
        return None
    return max(0, int(request.session.get(SEEN, time.time()) + settings.STAFF_IDLE_SECONDS - time.time()))


def seen(request: SignedIn) -> None:
    """Note that somebody who works for the authority has done something; twice a minute at most, as it is written down."""
    if permissions.is_staff(request.user) and request.session.get(SEEN, 0) + SEEN_AGAIN < time.time():
        request.session[SEEN] = time.time()


def asks_only(view: View) -> View:
    """What a program asks while its reader may be away: to fetch it is not to do something."""
    view.asks_only = True  # type: ignore[attr-defined]
    return view


def end_what_is_over(request: HttpRequest) -> None:
    """Sign out whoever signed in too long ago, or has done nothing for too long, so that they sign in anew.

    What they send now can be held.
    """
    if not request.user.is_authenticated:
        return
    request = cast(SignedIn, request)
    if session_left(request) <= 0 or idle_left(request) == 0:
        logout(request)


# --- pages that anyone opens ---


def note(fault: Exception, *, what: str) -> None:
    """Where it happened, for those who mend it; never the message, which may hold what was asked (docs/rules.md G15)."""
    logger.error("%s: %s\n%s", what, type(fault).__name__, "".join(format_tb(fault.__traceback__)))


def out_of_order(template: str, **facts: str) -> HttpResponse:
    """A page that asks neither the database nor the base page: either may be what has failed."""
    try:
        stylesheet = static("vendor/public.css")
    except ValueError:  # the static files were never collected: the words matter more
        stylesheet = ""
    page = render_to_string(
        template, {"telephone": contact.telephone(timezone.localdate()), "stylesheet": stylesheet, **facts}
    )
    return HttpResponse(page, status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"})


def serve(document: Document) -> FileResponse:
    """A document that was handed in, to be saved: a browser neither shows it within a page nor runs anything in it.

    Whose it is has been asked: whoever calls this has found it among what this person may read.
    """
    response = FileResponse(
        files.opened(StorageArea.KEPT, document.stored_as),
        as_attachment=True,
        filename=document.name,
        content_type=document.media_type,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def not_kept(response: Response) -> Response:
    """Kept by no browser and found by no search engine (docs/rules.md T28)."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# --- shared form fields ---

DATE_PARTS = ("day", "month", "year")
THE_DATE = _("The date")
MONTH_NAMES = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)


def month_number(typed: str) -> int | None:
    """A month as people write it: 7, 07, July, jul, Gorffennaf, gorff. None when it is no month."""
    if typed.isdecimal():
        return int(typed) if len(typed) <= 2 else None
    start = typed.casefold().rstrip(".")
    found = [i for i, names in enumerate(MONTH_NAMES, 1) if any(name.startswith(start) for name in names)]
    return found[0] if len(start) >= 3 and len(found) == 1 else None


class DatePartsInput(forms.MultiWidget):
    """Day, month and year, each typed into an input of its own."""

    template_name = "parts/date_input.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(dict.fromkeys(DATE_PARTS, forms.TextInput), attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def use_required_attribute(self, initial: object) -> bool:
        return False


#: Of a date that was left out. Where forms are drawn, the question is named besides.
NO_DATE = _("Enter a date, for example 27 3 2026.")


class DatePartsField(forms.MultiValueField):
    """A date in three inputs. `name` begins its error sentences: "The date it starts" must include a year."""

    widget = DatePartsInput

    def __init__(self, *, name: str | Promise = THE_DATE, **kwargs: Any) -> None:
        self.name = name
        super().__init__(fields=[forms.CharField() for _part in DATE_PARTS], **kwargs)

    def clean(self, value: Any) -> date | None:
        typed = dict(zip(DATE_PARTS, (str(part or "").strip() for part in value or ("", "", "")), strict=True))
        if not any(typed.values()):
            if self.required:
                raise self._wrong(str(NO_DATE), DATE_PARTS, code="required")
            return None
        if missing := [part for part in DATE_PARTS if not typed[part]]:
            raise self._wrong(self._missing(missing), missing, code="incomplete")
        found = self._real(typed)
        self.run_validators(found)
        return found

    def compress(self, data_list: Any) -> Any:
        return data_list

    def _missing(self, parts: list[str]) -> str:
        words = {"day": gettext("a day"), "month": gettext("a month"), "year": gettext("a year")}
        named = gettext(" and ").join(words[part] for part in parts)
        return gettext("%(name)s must include %(parts)s.") % {"name": self.name, "parts": named}

    def _real(self, typed: dict[str, str]) -> date:
        day, month, year = typed["day"], month_number(typed["month"]), typed["year"]
        plain = {
            "day": day.isdecimal() and len(day) <= 2 and 1 <= int(day) <= 31,
            "month": month is not None and 1 <= month <= 12,
        }
        wrong = [part for part, right in plain.items() if not right]
        if not (year.isdecimal() and len(year) == 4 and int(year) >= 1):
            message = gettext("%(name)s must have a year of 4 numbers, for example 2026.") % {"name": self.name}
            raise self._wrong(message, [*wrong, "year"])
        message = gettext("%(name)s must be a real date.") % {"name": self.name}
        if wrong or month is None:
            raise self._wrong(message, wrong)
        try:
            return date(int(year), month, int(day))
        except ValueError as impossible:  # 30 February: nobody can say which part is the wrong one
            raise self._wrong(message, DATE_PARTS) from impossible

    def _wrong(self, message: str, parts: Iterable[str], code: str = "invalid") -> forms.ValidationError:
        return forms.ValidationError(message.replace("%", "%%"), code=code, params={"parts": tuple(parts)})
