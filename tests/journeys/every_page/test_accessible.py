"""Every page template, and with its errors showing: axe, small screens, furniture, what is kept.

What anyone may open, or a business, is opened in both languages; what only staff open, in Welsh, whose words are longer. Forms
are handed in in Welsh: which fields are wrong, where the summary leads and what is kept is the same in both. Where a form takes nonsense for an answer, it is handed in empty; where it takes that too,
there is nothing to get wrong.
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from operator import itemgetter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.in_part import WHOLE, in_part
from tests.journeys.conftest import SitDown
from tests.journeys.desk import leads_on
from tests.journeys.every_page.looking import (
    NONSENSE,
    faults,
    faults_of_telling,
    hand_in,
    is_told_off,
    violations,
)
from tests.journeys.every_page.undone import KEEP
from tests.journeys.every_page.views import View, localised
from tests.journeys.every_page.world import ROLES, World
from tests.people import signed_in

pytestmark = pytest.mark.browser

HANDED_IN = "cy"
VISITORS = ("nobody", "no_factor", "has_factor", "officer_with_factor", "has_passkey", *ROLES)


# Those who have most pages open them in turns, so that nobody waits for the last.
TURNS = {"applicant": 2, "case_officer": 2, "manager": 2, "nobody": 2}
#: One page in so many is looked at, another one whenever something changes: tests/in_part.py.
PART = 8
# Of staff every journey reads English pages.
IN_BOTH = frozenset({"nobody", "no_factor", "has_factor", "has_passkey", "applicant", "labour_user"})


@pytest.mark.parametrize(("who", "turn"), [(who, turn) for who in VISITORS for turn in range(TURNS.get(who, 1))])
def test_every_page_is_for_everybody(world: World, sit_down: SitDown, who: str, turn: int) -> None:
    user = world.people.get(who)
    desk = sit_down(user, second_factor=who != "no_factor")
    found: list[str] = []

    of_them = in_part(
        [view for view in world.views if view.who == who], of=PART, named=lambda view: f"{who} {view.path}"
    )
    languages = settings.SITE_LANGUAGES if who in IN_BOTH else [HANDED_IN]
    for view, language in product(of_them[turn :: TURNS.get(who, 1)], languages):
        found += [f"{view.in_language(language)} {fault}" for fault in _faults(desk.page, view, language)]
        found += [f"{view.in_language(language)} {complaint}" for complaint in desk.complaints]
        desk.complaints.clear()

    assert found == []
    assert desk.hosts == {desk.address.removeprefix("http://")}
    assert {cookie["name"] for cookie in desk.context.cookies()} <= {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
    }


def _faults(page: Page, view: View, language: str) -> Iterator[str]:
    _open(page, view, language)
    yield from faults(page, language)
    for nonsense in (NONSENSE, "") if language == HANDED_IN else ():
        typed = hand_in(page, nonsense)
        if typed is None:
            return
        if is_told_off(page):
            telling = [*faults_of_telling(page, typed, language), *faults(page, language)]
            yield from (f"with {nonsense!r}: {fault}" for fault in telling)
            return
        _open(page, view, language)


def _open(page: Page, view: View, language: str) -> None:
    if view.begins:
        page.context.clear_cookies()
        page.set_extra_http_headers({KEEP: "1"})
        page.goto(localised(view.begins, language))
        for name, text in view.typed.items():
            page.locator(f"[name={name}]").fill(text)
        # It need not lead to the page itself: a link for one's own part opens on what is asked.
        leads_on(page.locator("main form[method=post] button[type=submit]:not([name])").first)
        page.set_extra_http_headers({})
    page.goto(view.in_language(language))


# --- the test of the test ---

PLAIN = '<!doctype html><html lang="en"><head><title>{0}</title></head><body><main><h1>{0}</h1>{1}</main></body></html>'


def test_axe_looks_again_at_whatever_is_not_the_same_page_in_other_words(sit_down: SitDown) -> None:
    page = sit_down().page

    def found(words: str, rest: str) -> list[str]:
        page.goto("about:blank")
        page.set_content(PLAIN.format(words, rest))
        return [fault.split(":")[0] for fault in violations(page)]

    assert found("Send", "<button>Send it now</button>") == []
    assert page.evaluate("typeof axe") == "object"
    assert found("Anfon", "<button>Anfonwch nawr</button>") == []
    assert page.evaluate("typeof axe") == "undefined"
    assert found("Anfon", "<button></button>") == ["axe button-name"]
    assert found("Anfon", '<button style="color: #eee; background: #fff">Anfonwch nawr</button>') == [
        "axe color-contrast"
    ]


# --- the list of pages is whole ---

# What only a broken machine shows; what our settings switch off; what a code from the mail
# or the password typed again leads to.
NOT_WALKED = {
    "400.html",
    # Only while a migration is lacking: tests/config/management/test_not_set_up.py reads it.
    "503_upgrading.html",
    # Only while the database, or the storage of documents, does not answer: tests/config/test_unavailable.py reads them.
    "503.html",
    "storage/away.html",
    # Only while no mail can be sent: tests/config/test_sign_in.py.
    "mail/away.html",
    "checking/away.html",
    # Only on a database that is older than the last head: tests/registry/integrity/test_head_file.py opens it.
    "read_only.html",
    # Only for a client that has asked too often: tests/config/test_limits.py reads it.
    "429.html",
    "account/confirm_login_code.html",
    "account/password_reset_done.html",
    "account/password_reset_from_key.html",
    "account/password_reset_from_key_done.html",
    "account/signup_closed.html",
    "account/verification_sent.html",
    "allauth/layouts/base.html",
    # What only a form leads to that keeps nothing: the journey of a report looks at each.
    "compliance/reports/reporter_call.html",
    "compliance/reports/reporter_check.html",
    "compliance/reports/reporter_mailbox.html",
    "compliance/reports/reporter_sent.html",
    "compliance/reports/reporter_step.html",
    "compliance/reports/reporter_what.html",
    # After a provider has answered by its link: tests/public_lookup/board/test_sharing.py reads it.
    "public_lookup/board/answered.html",
    # Only where a directory is set: tests/config/directory reads them.
    "directory/again.html",
    "directory/only_there.html",
    "directory/sign_in_again.html",
    "directory/silent.html",
    "directory/refused.html",
    # The same: the journeys of a follower and of a complaint look at them.
    "public_lookup/mail_sent.html",
    "registry/material_orders/ordered.html",
    "registry/complaints/sent.html",
    # The frame of the page of each mail about an account: no page of the site.
    "account/email/message.html",
    # And where text messages are sent: the journey of whoever is told by them looks at each.
    "public_lookup/follows/code.html",
    "public_lookup/follows/texts.html",
    "public_lookup/follows/confirmed.html",
    "licensing/holding/holder_misuse_sent.html",
    # What is checked before it is sent: the journeys of a holder at a phone and of a transfer look at these, with axe.
    "licensing/holding/holder_check_change.html",
    "licensing/holding/holder_surrender_check.html",
    "licensing/holding/holder_transfer_check.html",
    "registry/no_pdf.html",
    # The sheets of PDFs: tests/compliance/hand_overs/test_dossier.py and tests/licensing/retention/test_retention.py read them.
    "licensing/dossiers/paper.html",
    "licensing/retention/your_data_paper.html",
    "public_lookup/receipts/no_pdf.html",
    "registry/letter_pages/no_pdf.html",
    # The secret of a new key is shown once: tests/config/test_staff_api.py reads it there.
    "registry/accounts/key_made.html",
    # A scheme that refers nobody, and what consent keeps from being written: tests/compliance/safeguarding/test_safeguarding.py.
    "compliance/safeguarding/refused.html",
    "compliance/safeguarding/switched_off.html",
    # Whoever asks too often, which would shut the doors to the rest of the walk.
    "licensing/people_named/person_too_many.html",
    "public_lookup/too_often.html",
    # What a web server gives out by itself: tests/public_lookup/lookup/test_views.py reads them.
    "public_lookup/cannot_save_anybody.html",
    "public_lookup/cannot_tell_anybody.html",
    "public_lookup/too_many_anybody.html",
    "mfa/recovery_codes/generate.html",
    "mfa/recovery_codes/index.html",
    "mfa/totp/deactivate_form.html",
    # Whose second factor was shown more than ten minutes ago: tests/licensing/decisions/test_step_up.py is somebody like that.
    "account/step_up.html",
    # The journey of passkeys looks at these.
    "mfa/webauthn/authenticator_confirm_delete.html",
    "mfa/webauthn/edit_form.html",
    "409.html",
}


def test_every_page_template_is_opened_by_somebody(world: World) -> None:
    """Page after page until only what is never walked is left; a whole run opens all, and so learns too what is walked by now."""
    unopened = _page_templates()
    for view in _a_page_of_each_address_first(world.views):
        unopened -= _templates(world, view)
        if unopened <= NOT_WALKED and not os.environ.get(WHOLE):
            break
    assert unopened - NOT_WALKED == set()
    assert not os.environ.get(WHOLE) or NOT_WALKED - unopened == set()


def _a_page_of_each_address_first(views: Sequence[View]) -> list[View]:
    """Pages of one address mostly show the same template."""
    seen: Counter[tuple[str, ...]] = Counter()
    turns = []
    for view in views:
        route = _route(view)
        turns.append((seen[route], view))
        seen[route] += 1
    return [view for _turn, view in sorted(turns, key=itemgetter(0))]


def _route(view: View) -> tuple[str, ...]:
    """What is asked for in the address may show another template, as a past day does."""
    address = urlsplit(view.path)
    try:
        return resolve(address.path).route, *parse_qs(address.query)
    except Resolver404:  # the page of an address that leads nowhere
        return (view.path,)


def _templates(world: World, view: View) -> set[str]:
    user = world.people.get(view.who)
    client = signed_in(user, second_factor=view.who != "no_factor") if user else Client()
    if view.begins:
        client.post(view.begins, view.typed)
    return {str(template.name) for template in client.get(view.path, follow=True).templates}


def _page_templates() -> set[str]:
    """Whatever extends another template is a page; a letter is looked at elsewhere."""
    folders = [Path(folder) for folder in engines["django"].template_dirs]
    ours = [folder for folder in folders if settings.BASE_DIR in folder.parents and ".venv" not in folder.parts]
    names = {path.relative_to(folder): path for folder in ours for path in folder.rglob("*.html")}
    return {
        name.as_posix()
        for name, path in names.items()
        if "{% extends" in path.read_text() and "letters" not in name.parts
    }
