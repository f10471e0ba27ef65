"""What all signed-in pages share: who may see a page and for how long, what is held of a form, and what cannot be told."""

import io
import logging
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from pytest_django import Settings

from registry import uploads as files
from registry import web
from registry.accounts.models import User
from registry.documents.models import Document
from registry.web import access, downloads
from registry.web.assets import style_sheet
from tests.people import person

pytestmark = pytest.mark.django_db

BEGAN = 1_800_000_000
PLACE = "/staff/somewhere/"

Passes = Callable[[float], None]


@pytest.fixture(autouse=True)
def passes(monkeypatch: pytest.MonkeyPatch) -> Passes:
    """`passes(n)`: the clock of the sessions goes on by `n` seconds; otherwise it stands still."""
    clock = SimpleNamespace(now=float(BEGAN))
    monkeypatch.setattr(time, "time", lambda: clock.now)

    def pass_by(seconds: float) -> None:
        clock.now += seconds

    return pass_by


def a_request(user: User | AnonymousUser, posted: dict[str, str] | None = None, session: Any = None) -> Any:
    make = RequestFactory()
    request: Any = make.get(PLACE) if posted is None else make.post(PLACE, posted)
    request.user = user
    request.session = SessionStore() if session is None else session
    return request


def shown(request: Any, method: str, kind: str = "") -> None:
    """The person of the request signs in by this now."""
    record_authentication(request, request.user, method, **({"type": kind} if kind else {}))


@pytest.fixture
def officer() -> User:
    return person("case_officer")


def a_view(*_args: Any, **_kwargs: Any) -> HttpResponse:
    return HttpResponse("shown")


# --- who sees a page


def test_a_page_is_for_those_who_hold_one_of_its_permissions(officer: User) -> None:
    guarded = web.needs("licensing.decide", "licensing.assess_application")(a_view)

    assert guarded(a_request(officer)).status_code == 200
    with pytest.raises(PermissionDenied):
        guarded(a_request(person("inspector")))


def test_only_what_workers_read_speaks_every_language() -> None:
    def of_workers() -> HttpResponse:
        return a_view()

    assert web.speaks(a_view) == settings.SITE_LANGUAGES
    assert web.speaks(web.for_workers(of_workers)) == [code for code, _name in settings.LANGUAGES]
    assert len(settings.LANGUAGES) > len(settings.SITE_LANGUAGES)


def test_what_is_asked_while_a_reader_may_be_away_says_so() -> None:
    def asked() -> HttpResponse:
        return a_view()

    assert web.asks_only(asked).asks_only is True  # type: ignore[attr-defined]


def test_staff_lack_a_second_factor_until_they_have_shown_one(officer: User) -> None:
    request = a_request(officer)
    assert web.lacks_second_factor(request)
    shown(request, "password")
    assert web.lacks_second_factor(request)
    shown(request, "mfa", "totp")
    assert not web.lacks_second_factor(request)

    assert not web.lacks_second_factor(a_request(AnonymousUser()))
    assert not web.lacks_second_factor(a_request(person("applicant")))


@pytest.mark.parametrize(
    ("kind", "in_demo", "is_stepped_up"),
    [
        ("totp", False, True),
        ("webauthn", False, True),
        ("recovery_codes", False, False),
        ("demo", False, False),
        ("demo", True, True),
        ("totp", True, True),
    ],
)
def test_a_second_factor_in_the_hand_counts_for_ten_minutes(
    officer: User, settings: Settings, passes: Passes, kind: str, in_demo: bool, is_stepped_up: bool
) -> None:
    settings.DEMO = in_demo
    request = a_request(officer)
    shown(request, "password")
    assert not web.is_stepped_up(request)

    shown(request, "mfa", kind)

    assert web.is_stepped_up(request) == is_stepped_up
    passes(599)
    assert web.is_stepped_up(request) == is_stepped_up
    passes(1)
    assert not web.is_stepped_up(request)


def test_who_must_show_it_again_comes_back_to_what_was_typed(officer: User) -> None:
    bare = a_request(officer, {"because": "Unsafe."})
    assert web.to_step_up(bare).headers["Location"].endswith("/account/step-up/?next=%2Fstaff%2Fsomewhere%2F")
    assert web.HELD not in bare.session

    sealed = sent_by(officer)
    web.to_step_up(sealed)
    again = a_request(officer, session=sealed.session)
    typed = web.typed(again)
    assert typed is not None and typed["because"] == "Unsafe."
    assert (again.has_stepped_up, again.is_held) == (True, True)


# --- what was posted


def test_an_empty_post_is_an_answer_and_a_get_is_none(officer: User) -> None:
    assert web.posted(a_request(officer)) is None
    assert web.posted(a_request(officer, {})) == QueryDict()


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", 0), ("12", 12), ("999999999", 999_999_999), ("1000000000", 0), ("-1", 0), ("١٢", 0), ("²", 0), ("a", 0)],
)
def test_nonsense_in_a_hidden_input_counts_as_nothing(officer: User, typed: str, number: int) -> None:
    assert web.whole_number(a_request(officer, {"version": typed}), "version") == number
    assert web.whole_number(a_request(officer, {}), "version") == 0


# --- a form that arrives after its session has ended


def sent_by(user: User, **typed: str) -> Any:
    """The form of the page, sealed for this person, sent when the session has ended."""
    seal = web.seal_of(a_request(user), who=user.pk)
    return a_request(user, {"because": "Unsafe.", "seal": seal, **typed})


def held_for(user: User, request: Any, **changes: Any) -> QueryDict | None:
    again = a_request(user, session=request.session)
    for name, value in changes.items():
        setattr(again, name, value)
    return web.held(again, who=user.pk)


def test_what_was_typed_waits_for_its_writer_and_its_page_alone(officer: User) -> None:
    request = sent_by(officer)
    assert web.hold(request)
    assert web.page_held(request) == PLACE

    assert held_for(officer, request, path="/staff/elsewhere/") is None
    assert held_for(officer, request, method="POST") is None
    for method in ("GET", "HEAD"):
        found = held_for(officer, request, method=method)
        assert found is not None and found["because"] == "Unsafe."

    assert held_for(person("case_officer"), request) is None
    assert web.page_held(request) == ""  # and it is there for nobody any more
    assert held_for(officer, request) is None


def test_it_waits_for_an_hour(officer: User, passes: Passes) -> None:
    request = sent_by(officer)
    web.hold(request)

    passes(3600)
    assert held_for(officer, request) is not None
    passes(1)
    assert held_for(officer, request) is None
    assert web.HELD not in request.session


def test_a_seal_is_good_for_a_day_and_for_its_own_page(officer: User, passes: Passes) -> None:
    request, elsewhere = sent_by(officer), sent_by(officer)
    elsewhere.path = "/staff/elsewhere/"

    assert not web.hold(elsewhere)
    assert not web.hold(a_request(officer, {"because": "Unsafe."}))
    assert not web.hold(a_request(officer, {"because": "Unsafe.", "seal": "made up"}))
    passes(24 * 3600)
    assert web.hold(request)
    passes(1)
    assert not web.hold(request)


@pytest.mark.parametrize(("length", "is_held"), [(200_000, True), (200_001, False)])
def test_a_form_that_is_too_long_is_not_held(officer: User, length: int, is_held: bool) -> None:
    short = len(sent_by(officer, more="").POST.urlencode())
    request = sent_by(officer, more="a" * (length - short))
    assert len(request.POST.urlencode()) == length

    assert web.hold(request) == is_held


def test_a_page_knows_whether_it_shows_what_was_held(officer: User) -> None:
    request = a_request(officer)
    assert web.typed(request) is None
    assert (request.is_held, request.has_stepped_up) == (False, False)

    sent = sent_by(officer)
    assert web.typed(sent) == sent.POST
    web.hold(sent)
    again = a_request(officer, session=sent.session)
    assert web.typed(again) is not None
    assert (again.is_held, again.has_stepped_up) == (True, False)

    web.let_go(again)
    assert web.typed(a_request(officer, session=sent.session)) is None


# --- how long somebody stays signed in


def test_a_session_lasts_from_the_first_that_was_shown(officer: User, passes: Passes) -> None:
    request = a_request(officer)
    shown(request, "password")
    passes(100)
    shown(request, "mfa", "totp")
    passes(50)

    assert web.session_left(request) == settings.SESSION_COOKIE_AGE - 150
    assert web.SINCE not in request.session
    passes(settings.SESSION_COOKIE_AGE)
    assert web.session_left(request) == 0


def test_the_session_of_who_has_shown_nothing_yet_lasts_from_its_first_page(passes: Passes) -> None:
    request = a_request(person("applicant"))

    assert web.session_left(request) == settings.SESSION_COOKIE_AGE
    passes(10)
    assert web.session_left(request) == settings.SESSION_COOKIE_AGE - 10


def test_only_staff_are_signed_out_for_doing_nothing(officer: User, passes: Passes) -> None:
    applicant = a_request(person("applicant"))
    web.seen(applicant)
    assert web.idle_left(applicant) is None and web.SEEN not in applicant.session

    request = a_request(officer)
    assert web.idle_left(request) == settings.STAFF_IDLE_SECONDS
    web.seen(request)
    passes(7)
    assert web.idle_left(request) == settings.STAFF_IDLE_SECONDS - 7
    passes(settings.STAFF_IDLE_SECONDS)
    assert web.idle_left(request) == 0


def test_what_somebody_does_is_written_down_twice_a_minute_at_most(officer: User, passes: Passes) -> None:
    request = a_request(officer)
    web.seen(request)

    passes(30)
    web.seen(request)
    assert request.session[web.SEEN] == BEGAN
    passes(1)
    web.seen(request)
    assert request.session[web.SEEN] == BEGAN + 31


def is_signed_out(request: Any) -> bool:
    web.end_what_is_over(request)
    return not request.user.is_authenticated


def test_what_is_over_ends_and_nothing_before(officer: User, passes: Passes) -> None:
    assert is_signed_out(a_request(AnonymousUser()))  # nobody was signed in, and nothing is asked

    idle = a_request(officer)
    web.seen(idle)
    passes(settings.STAFF_IDLE_SECONDS - 1)
    assert not is_signed_out(idle)
    passes(1)
    assert is_signed_out(idle)

    applicant = a_request(person("applicant"))
    assert not is_signed_out(applicant)
    passes(settings.SESSION_COOKIE_AGE - 1)
    assert not is_signed_out(applicant)
    passes(1)
    assert is_signed_out(applicant)


# --- pages that anyone opens


def test_a_fault_is_noted_by_its_kind_and_place_and_never_by_what_it_says(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="registry.web"):
        try:
            raise LookupError("Harvest Hands")
        except LookupError as fault:
            web.note(fault, what="the look-up cannot tell")

    assert "the look-up cannot tell: LookupError" in caplog.text
    assert "test_web.py" in caplog.text and "Harvest" not in caplog.text.replace(
        'raise LookupError("Harvest Hands")', ""
    )


def test_what_is_out_of_order_says_so_and_asks_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def never_collected(_name: str) -> str:
        raise ValueError

    for find in (style_sheet, never_collected):
        monkeypatch.setattr(downloads, "style_sheet", find)
        page = web.out_of_order("public_lookup/cannot_tell.html")
        assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
        assert page.headers["Cache-Control"] == "no-store"


def test_a_document_is_given_to_be_saved_and_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "opened", lambda _shelf, _name: io.BytesIO(b"<script>"))

    answer = web.serve(Document(name="accounts.html", media_type="text/html", stored_as="a1"))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="accounts.html"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == web.not_kept(HttpResponse()).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("methods", "is_required", "has_shown"),
    [([], True, True), (["password"], False, True), (["password"], True, False)],
)
def test_who_has_a_way_to_show_who_they_are_must_have_shown_it(
    monkeypatch: pytest.MonkeyPatch, methods: list[str], is_required: bool, has_shown: bool
) -> None:
    adapter = Mock()
    adapter.get_reauthentication_methods.return_value = methods
    adapter.is_reauthentication_required.return_value = is_required
    monkeypatch.setattr(access, "get_adapter", lambda request: adapter)
    monkeypatch.setattr(access, "get_authentication_records", lambda request, user: [])

    assert access.has_shown_who(Mock()) is has_shown
