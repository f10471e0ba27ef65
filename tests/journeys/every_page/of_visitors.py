"""Pages that anyone may open, and those of one's own account."""

from collections.abc import Iterator

from django.utils.http import urlencode

from licensing.applications.forms.applicant import as_query
from public_lookup.bulk_checks import actions as lists
from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import UploadedColumn
from public_lookup.follows.actions import follows
from public_lookup.receipts import actions as receipts
from registry import schemes
from registry.register.models import Listing
from registry.schemes import paths
from tests import stories
from tests.conftest import NOW
from tests.journeys.desk import scheme_on
from tests.journeys.every_page.views import PASSWORD, View, view
from tests.public_lookup.stories import one_of_each_standing


def public() -> Iterator[View]:
    for name in (
        "start",
        "accessibility",
        "cookies",
        "privacy",
        "terms",
        "how_we_choose",
        "service_figures",
        "shared_counts",
        "contact",
        "apply",
        "check",
        "many",
        "verify",
        "verify_document",
        "poster",
        "private",
        "help",
        "help_calculator",
        "help_near",
        "notes",
        "draft_report",
        "materials",
        "material_news",
        "order_materials",
        "report",
        "mailbox",
        "data",
        "own_table",
        "follow_ask",
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_inactive",
        "demo",
        "demo_mail",
        "demo_telephone",
    ):
        yield view("nobody", name)
    numbers = one_of_each_standing()
    for number in numbers.values():
        yield view("nobody", "entry", number)
    yield view("nobody", "poster_of", numbers["licensed"])
    yield view("nobody", "standards", stories.SCHEME)
    yield view("nobody", "help_topic", "housing")
    yield view("nobody", "help_topic_in", "pay", "northern_ireland")
    yield view("nobody", "help_calculator", query="?time=week")
    yield view("nobody", "help_letter", "claim")
    yield view("nobody", "entry", numbers["licensed"], query="?at=2026-10-01")
    yield view("nobody", "entry", numbers["licensed"], query="?at=2026-02-30")
    yield view("nobody", "entry", "ZZZZ9999")
    yield view("nobody", "code", "AAAAAAAA")
    proof = receipts.take(numbers["licensed_with_conditions"], as_at=NOW, by=None, at=NOW)
    yield view("nobody", "receipt", proof.number, proof.key)
    yield view("nobody", "verify_receipt", proof.number)
    followed = Listing.objects.get(licences__number=numbers["licensed"])
    wish = follows.ask(listing=followed, address="worker@mail.example", language="en-gb", by=None, at=NOW)
    yield view("nobody", "follow", wish.key)
    yield from _of_lists()
    yield from _of_eligibility()
    yield view("nobody", "check", query="?q=hands")
    yield view("nobody", "check", query="?q=nobody+of+this+name")
    yield View("nobody", "/no-such-page/")


def _of_eligibility() -> Iterator[View]:
    """The door, a question of each kind, the check, and one ending of each sort."""
    yield view("nobody", "eligibility")
    for name in schemes.names():
        yield view("nobody", "eligibility_about", name)
    scheme = scheme_on(NOW.date())
    assert scheme.eligibility is not None
    reached, shown = paths.reach(scheme.eligibility), set[str]()
    for ending in scheme.eligibility.endings:
        answers = reached.endings[ending.code]
        query = f"?{urlencode(list(as_query(answers)))}"
        if ending.says not in shown:
            shown.add(ending.says)
            yield view("nobody", "eligibility_result", scheme.name, query=query)
        if ending.when is None:  # the longest way
            yield view("nobody", "eligibility_answers", scheme.name, query=query)
            for page in scheme.eligibility.course(answers).answered:
                yield view("nobody", "eligibility_question", scheme.name, page.slug, query=query)


def _of_lists() -> Iterator[View]:
    """A list before its columns are confirmed, while it is looked up, and with every kind of answer."""
    rows = [["Plain Hands"], ["Plane Hands"], ["Hands"], ["Nobody of This Name"]]
    given, begun, done = (lists.make(rows=rows, by=None, at=NOW) for _list in range(3))
    for one in (begun, done):
        lists.begin(one, columns=["name"], has_heading=False, by=None, at=NOW)
    done.refresh_from_db()
    answers = many.check([{UploadedColumn.NAME: row[0]} for row in rows], NOW)
    lists.record(done, rows=list(done.rows.order_by("place")), answers=answers, by=None, at=NOW)
    yield view("nobody", "many_columns", given.key)
    yield view("nobody", "many_list", begun.key)
    for name in ("many_list", "many_follow", "many_remove"):
        yield view("nobody", name, done.key)
    yield view("nobody", "many_list", "0")


def half_way(email: str) -> Iterator[View]:
    """Between two pages of signing up or in."""
    yield View(
        "nobody", "/account/confirm-email/", "/account/signup/", {"email": "new@people.example", "password1": PASSWORD}
    )
    yield View("nobody", "/account/password/reset/confirm/", "/account/password/reset/", {"email": email})
    yield View("nobody", "/account/2fa/authenticate/", "/account/login/", {"login": email, "password": PASSWORD})


def with_passkeys(has_passkey: str, has_password: str) -> Iterator[View]:
    """To rename and to remove one takes the passkey itself: the journey of passkeys looks at those pages."""
    add = "/account/2fa/webauthn/add/"
    yield View("nobody", add, f"/account/login/?next={add}", {"login": has_password, "password": PASSWORD})
    yield View("nobody", "/account/2fa/authenticate/", "/account/login/", {"login": has_passkey, "password": PASSWORD})
    # Asks who has signed in some time ago to show who they are first.
    change = "/account/email/"
    yield View("nobody", change, f"/account/login/?next={change}", {"login": has_password, "password": PASSWORD})
    for name in ("mfa_index", "mfa_list_webauthn", "mfa_reauthenticate_webauthn"):
        yield view("has_passkey", name)
    yield view("has_passkey", "own_sessions")
    yield view("applicant", "mfa_list_webauthn")


def own_account() -> Iterator[View]:
    for name in (
        "account",
        "account_email",
        "change_own_name",
        "account_change_password",
        "account_reauthenticate",
        "account_logout",
        "mfa_index",
    ):
        yield view("applicant", name)
    yield view("applicant", "mfa_activate_totp")
    yield view("applicant", "staff_home")  # not for them
    yield view("no_factor", "staff_home")
    yield view("has_factor", "mfa_reauthenticate")
    yield view("officer_with_factor", "mfa_index")
