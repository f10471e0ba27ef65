"""Welsh: the catalogue is whole, and no page that anybody may open speaks English in it (docs/rules.md C50 to C54)."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import formats, translation
from django.utils.html import strip_tags
from pytest_django import Settings

from config import context
from config.translators import places
from config.views import faults as views
from registry.accounts.models import User
from registry.templatetags import registry_parts
from tests.config.catalogue import Message, compare, left_in_english, read
from tests.people import person, signed_in
from tests.public_lookup.stories import Statements, a_holder, one_of_each_standing

pytestmark = pytest.mark.once

FOLDER = settings.BASE_DIR / "config" / "locale" / "cy" / "LC_MESSAGES"
CATALOGUE = read(FOLDER / "django.po")
PASSWORD = "correct horse battery staple"

# Where the messages stand that the public, applicants and holders read.
PUBLIC = (
    "public_lookup/",
    "compliance/templates/compliance/reports/reporter_",
    "compliance/reports/views/intake.py",
    "compliance/reports/forms/intake",
    "compliance/reports/rules/reports.py",
    "registry/uploads/photos.py",
    "compliance/*/states.py",
    "licensing/*/states.py",
    "registry/*/states.py",
    "config/templates/",
    "config/settings.py",
    "config/forms.py",
    "registry/web/",
    "registry/templatetags/",
    "registry/templates/registry/letters/",
    "registry/letters/",
    "registry/papers/",
    "licensing/*/letters",
    "licensing/application_form/forms/",
    "licensing/application_form/rules/",
    "licensing/templates/licensing/*/applicant_",
    "licensing/templates/licensing/*/holder_",
    "licensing/templates/licensing/letters/",
    "registry/codes.py",
    "django/",
    "allauth/",
)


@pytest.fixture(autouse=True)
def english_outside() -> Iterator[None]:
    """The stories are told in English, whatever page was asked for before; and no limit is left over."""
    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield


# --- the catalogue ---


def test_every_message_that_the_public_meets_has_welsh() -> None:
    public = [message for message in CATALOGUE.values() if message.stands_in(*PUBLIC)]

    assert len(public) > 800
    assert [message.key for message in public if not message.is_translated] == []


def test_every_part_of_the_public_face_has_messages_in_the_catalogue() -> None:
    """A folder that has moved away would otherwise be left unproved."""
    empty = [part for part in PUBLIC if not any(message.stands_in(part) for message in CATALOGUE.values())]

    assert [part for part in empty if not (settings.BASE_DIR / part).exists()] == []


def test_no_message_is_a_guess() -> None:
    assert [message.key for message in CATALOGUE.values() if message.is_fuzzy] == []


def test_welsh_leaves_open_what_english_leaves_open() -> None:
    wrong = [
        message.key
        for message in CATALOGUE.values()
        if message.is_translated and message.parts["msgid"]
        for form in message.forms
        if not places(form) <= _open_in(message)
        or ("msgid_plural" not in message.parts and places(form) != _open_in(message))
    ]

    assert wrong == []


def _open_in(message: Message) -> set[str]:
    return places(message.parts["msgid"]) | places(message.parts.get("msgid_plural", ""))


def test_plurals_are_those_of_djangos_welsh() -> None:
    """Other rules would set our plurals apart from Django's: it merges only catalogues that count alike."""
    django = read(_folder_of("django") / "conf/locale/cy/LC_MESSAGES/django.po")
    rule = re.compile(r"plural=\(.*;")

    ours = rule.search(CATALOGUE["", ""].parts["msgstr"])
    theirs = rule.search(django["", ""].parts["msgstr"])

    assert ours and theirs and ours[0] == theirs[0]
    assert {len(message.forms) for message in CATALOGUE.values() if "msgid_plural" in message.parts} == {4}


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    with (FOLDER / "django.mo").open("rb") as compiled:
        said = dict(gettext.GNUTranslations(compiled)._catalog)  # type: ignore[attr-defined]
    said.pop("")

    assert said == dict(_compiled())


def _compiled() -> Iterator[tuple[Any, str]]:
    for (about, english), message in CATALOGUE.items():
        key = f"{about}\x04{english}" if about else english
        if english and message.is_translated:
            if "msgid_plural" in message.parts:
                yield from (((key, number), form) for number, form in enumerate(message.forms))
            else:
                yield key, message.forms[0]


def test_the_catalogue_says_that_it_is_a_draft() -> None:
    assert "DRAFT" in (FOLDER / "django.po").read_text(encoding="utf-8")[:400]


@pytest.mark.skipif(not shutil.which("xgettext"), reason="not run: gettext is not installed")
def test_the_catalogue_holds_every_message_that_the_public_meets(tmp_path: Path) -> None:
    """What `makemessages` finds today, in a copy: a message added since and not put into Welsh is found here."""
    for name in ("config", "licensing", "compliance", "public_lookup", "registry"):
        shutil.copytree(
            settings.BASE_DIR / name, tmp_path / name, ignore=shutil.ignore_patterns("theme", "static", "__pycache__")
        )
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    surroundings = {
        **os.environ,
        "SECRET_KEY": "only for this",
        "VAR_DIR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }

    subprocess.run(
        [sys.executable, "manage.py", "makemessages"], cwd=tmp_path, env=surroundings, check=True, capture_output=True
    )

    found = read(tmp_path / "config/locale/cy/LC_MESSAGES/django.po")
    assert len(found) > 1000
    lacking = [message.key for message in found.values() if message.stands_in(*PUBLIC) and not message.is_translated]
    assert lacking == []


# --- what others say on our pages ---


def _folder_of(package: str) -> Path:
    return Path(str(find_spec(package).origin)).parent  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("package", "catalogue", "parts"),
    [
        ("django", "conf/locale/en", ("core/", "forms/", "utils/")),
        ("django", "contrib/auth/locale/en", ("contrib/auth/",)),
        ("allauth", "locale/de", ("account/", "core/", "mfa/", "templates/account/", "templates/mfa/")),
    ],
)
def test_whatever_others_can_say_on_our_pages_has_welsh(package: str, catalogue: str, parts: tuple[str, ...]) -> None:
    source = _folder_of(package) / catalogue / "LC_MESSAGES" / "django.po"
    theirs = source.parents[2] / "cy" / "LC_MESSAGES" / "django.po"
    known = {**(read(theirs) if theirs.exists() else {}), **CATALOGUE}
    sayable = [key for key, message in read(source).items() if message.stands_in(*parts)]

    lacking = [key for key in sayable if key not in known or not known[key].is_translated]

    assert len(sayable) > 50
    assert lacking == []


def test_july_is_spelt_as_in_welsh_wherever_a_date_is_written() -> None:
    with translation.override("cy"):
        assert registry_parts.day(date(2026, 7, 2)) == "2 Gorffennaf 2026"
        assert formats.date_format(date(2026, 7, 2), "j F Y") == "2 Gorffennaf 2026"


def test_the_names_of_the_installation_are_said_in_welsh(settings: Settings) -> None:
    page = Client().get("/cy/").content.decode()

    assert "Cofrestrfa Trwyddedu Llafur" in page
    assert settings.ORGANISATION_NAME not in page
    assert settings.SERVICE_NAME not in page


def test_a_name_that_the_catalogue_does_not_know_is_said_as_it_is(settings: Settings) -> None:
    settings.ORGANISATION_NAME = "Awdurdod Arall"
    settings.PHASE = ""

    page = Client().get("/cy/").content.decode()

    assert "Awdurdod Arall" in page
    assert "Plural-Forms" not in page


# --- the pages ---


STATEMENTS = ["/", "/accessibility/", "/cookies/", "/privacy/", "/terms/", "/contact/", "/apply/"]
ENTRY = ("Hereford", "Herefordshire", "1 Orchard Lane", "HR1 1AA", "Nobody Atall")
HELP_LINES = ["Acas", "Crimestoppers", "Samaritans"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", STATEMENTS)
def test_no_statement_is_left_in_english(address: str) -> None:
    compare(Client(), address, None, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)


@pytest.mark.django_db
def test_reporting_a_concern_is_not_left_in_english() -> None:
    compare(Client(), "/report/", None, *HELP_LINES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/check/", None),
        ("/check/", {"q": ""}),
        ("/check/", {"q": "x" * 301}),
        ("/check/", {"q": "harvest"}),
        ("/check/", {"q": "nobody of this name"}),
        ("/check/", {"q": "harvest", "at_day": "31", "at_month": "2", "at_year": "2026"}),
        ("/check/?q=harvest&at=2099-01-01", None),
        ("/check/?q=harvest&at=2026-11-02", None),
        ("/check/NONE0001/", None),
        ("/verify/", None),
        ("/verify/", {"code": ""}),
        ("/verify/", {"code": "not one of ours"}),
        ("/c/ABCDEFGH/", None),
    ],
)
def test_no_page_of_the_register_is_left_in_english(address: str, data: dict[str, str] | None) -> None:
    a_holder("Harvest Hands Ltd")
    a_holder("Harvest Home Ltd")

    compare(
        Client(), address, data, "harvest", "nobody of this name", "Harvest Hands Ltd", "Harvest Home Ltd", "Hereford"
    )


@pytest.mark.django_db
def test_no_standing_is_left_in_english() -> None:
    names = [
        f"{first} Hands"
        for first in ["Plain", "Mending", "Hopeful", "Going", "Gone", "Paused", "Finished", "Ended", "Refused"]
    ]

    for number in one_of_each_standing().values():
        compare(Client(), f"/check/{number}/", None, *ENTRY, *HELP_LINES, *names, "Keep records of hours.")


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [{"person": ""}, {"person": "Nobody Atall"}])
def test_asking_for_a_person_is_not_left_in_english(typed: dict[str, str]) -> None:
    compare(Client(), f"/check/{a_holder('Harvest Hands Ltd').number}/", typed, *ENTRY, "Harvest Hands Ltd")


@pytest.mark.django_db
def test_a_past_day_is_not_left_in_english() -> None:
    number = a_holder("Harvest Hands Ltd").number

    for address in (
        f"/check/{number}/?at=2026-11-02",
        f"/check/{number}/?at=2020-01-01",
        f"/check/{number}/?at=2099-01-01",
    ):
        compare(Client(), address, None, *ENTRY, "Harvest Hands Ltd")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/check/?q=harvest", "/check/HARV0001/"])
def test_cannot_tell_now_is_said_in_welsh_too(address: str) -> None:
    a_holder("Harvest Hands Ltd")

    with connection.execute_wrapper(Statements(fail_at=1)):
        english = Client().get(address)
    with connection.execute_wrapper(Statements(fail_at=1)):
        welsh = Client().get(f"/cy{address}")

    assert english.status_code == welsh.status_code == 503
    assert left_in_english(english.content.decode(), welsh.content.decode()) == []


# --- when something goes wrong ---


@pytest.mark.django_db
def test_no_page_of_something_missing_is_left_in_english() -> None:
    compare(Client(), "/no-such-page/", None)


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html"])
def test_no_error_page_is_left_in_english(template: str) -> None:
    english, welsh = in_both(lambda: render_to_string(template, context.site(RequestFactory().get("/x/"))))

    assert left_in_english(english, welsh) == []


def test_the_page_of_last_resort_is_not_left_in_english() -> None:
    request = RequestFactory().get("/x/")

    english, welsh = in_both(lambda: views.server_error(request).content.decode())

    assert left_in_english(english, welsh) == []


def in_both(draw: Callable[[], str]) -> tuple[str, str]:
    english = draw()
    with translation.override("cy"):
        return english, draw()


# --- accounts ---


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/account/login/", None),
        ("/account/login/", {"login": "", "password": ""}),
        ("/account/login/", {"login": "nobody@people.example", "password": "not this one"}),
        ("/account/signup/", None),
        ("/account/signup/", {"email": "", "password1": ""}),
        ("/account/signup/", {"email": "not an address", "password1": "short"}),
        ("/account/signup/", {"email": "new@people.example", "password1": "password"}),
        ("/account/signup/", {"email": "new@people.example", "password1": PASSWORD}),
        ("/account/password/reset/", None),
        ("/account/password/reset/", {"email": ""}),
        ("/account/password/reset/", {"email": "nobody@people.example"}),
        ("/account/password/reset/key/done/", None),
        ("/account/inactive/", None),
        ("/account/confirm-email/", None),
    ],
)
def test_no_page_before_the_sign_in_is_left_in_english(address: str, data: dict[str, str] | None) -> None:
    compare(Client(), address, data, other=Client())


@pytest.fixture
def somebody() -> User:
    user = person("applicant", name="Mair", email="mair@people.example", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/account/", None),
        ("/account/password/change/", None),
        ("/account/password/change/", {"oldpassword": "not it", "password1": "short"}),
        ("/account/password/change/", {"oldpassword": PASSWORD, "password1": "mair@people.example"}),
        ("/account/reauthenticate/", None),
        ("/account/reauthenticate/", {"password": "not it"}),
        ("/account/2fa/", None),
        ("/account/2fa/totp/activate/", None),
        ("/account/2fa/totp/activate/", {"code": "000000"}),
        ("/licences/", None),
        ("/apply/start/", None),
        ("/apply/start/", {"organisation": "", "legal_name": ""}),
    ],
)
def test_no_page_behind_the_sign_in_is_left_in_english(
    somebody: User, address: str, data: dict[str, str] | None
) -> None:
    client = signed_in(somebody)
    client.login(email=somebody.email, password=PASSWORD)

    compare(client, address, data, "Mair")


@pytest.mark.django_db
def test_staff_set_up_their_second_factor_in_their_language() -> None:
    english, welsh = (_setting_up(language) for language in ("en-gb", "cy"))

    secrets = re.findall(r"\b[A-Z2-7]{32}\b", english + welsh)
    assert secrets
    assert "Gosod eich ail ffactor" in welsh
    assert "Cod anghywir." in welsh
    assert left_in_english(english, welsh, "Mair", *secrets) == []


def _setting_up(language: str) -> str:
    """Where the sign-in leads, and the same with a code that is wrong."""
    officer = person("case_officer", name="Mair", password=PASSWORD, language=language)
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    client = Client()
    shown = client.post("/account/login/", {"login": officer.email, "password": PASSWORD}, follow=True)
    refused = client.post(shown.wsgi_request.get_full_path(), {"code": "1"})
    return shown.content.decode() + refused.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/account/signup/", {"email": "new@people.example", "password1": PASSWORD}),
        ("/account/signup/", {"email": "mair@people.example", "password1": PASSWORD}),
        ("/account/password/reset/", {"email": "mair@people.example"}),
        ("/account/password/reset/", {"email": "nobody@people.example"}),
    ],
)
def test_mail_about_an_account_is_in_the_language_of_the_page(
    somebody: User, address: str, data: dict[str, str]
) -> None:
    Client().post(address, data)
    cache.clear()
    Client().post(f"/cy{address}", {**data, "email": data["email"].replace("new@", "newydd@")})

    english, welsh = mail.outbox
    assert english.subject != welsh.subject
    assert lines(english) & lines(welsh) == set()
    for message, language in ((english, "en-gb"), (welsh, "cy")):
        assert isinstance(message, mail.EmailMultiAlternatives)
        ((page, kind),) = message.alternatives
        assert (kind, f'<html lang="{language}" dir="ltr">' in str(page)) == ("text/html", True)
        assert all(line in unescape(strip_tags(str(page))) for line in lines(message))


def lines(message: mail.EmailMessage) -> set[str]:
    """The lines that hold at least two words; an address alone on a line is the same in every language."""
    return {line.strip() for line in str(message.body).splitlines() if re.search(r"[a-z]{2} [a-z]{2}", line)}


# --- the way from one language to the other ---


@pytest.mark.django_db
def test_the_other_language_keeps_what_was_posted_and_sets_no_cookie() -> None:
    client = Client()
    a_holder("Harvest Hands Ltd")

    page = client.post("/check/", {"q": "harvest", "place": "Hereford", "trace": "no"}).content.decode()

    form = re.search(r'<form[^>]*>((?:(?!</form>).)*formaction="/cy/check/".*?)</form>', page, re.DOTALL)
    assert form
    assert 'name="q" value="harvest"' in form[1]
    assert 'name="place" value="Hereford"' in form[1]
    assert "Cymraeg" in form[1]
    welsh = client.post(
        "/cy/check/", dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1])), follow=True
    ).content.decode()
    assert "Harvest Hands Ltd" in welsh
    assert 'value="harvest"' in welsh
    assert not client.cookies


@pytest.mark.parametrize("address", [*STATEMENTS, "/report/", "/check/", "/verify/", "/account/login/"])
@pytest.mark.django_db
def test_each_page_names_itself_in_both_languages(address: str) -> None:
    for prefix in ("", "/cy"):
        answer = Client().get(f"{prefix}{address}?a=1&b=2")
        page = answer.content.decode()

        other = "" if prefix else "/cy"
        assert f'href="{other}{address}?a=1&amp;b=2" rel="alternate"' in page
        for language, start in (("en-gb", ""), ("cy", "/cy")):
            assert f'hreflang="{language}" href="{settings.SITE_ADDRESS}{start}{address}?a=1&amp;b=2"' in page
        assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
