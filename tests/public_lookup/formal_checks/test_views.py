"""The account of a labour user: what is kept there, who sees it, and what is said before somebody else is told."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from config.management.commands.run_due import run_due
from public_lookup.formal_checks.models import FormalCheck
from public_lookup.receipts.models import Receipt
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.licences.models import Licence
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.public_lookup.stories import a_holder

pytestmark = pytest.mark.django_db

SAID = {"business": "Orchard Farms Ltd", "name": "Priya Nair", "telephone": "", "because": "They offer us workers."}


@pytest.fixture
def licence() -> Licence:
    return a_holder("Harvest Hands Ltd", email="office@harvest.example")


@pytest.fixture
def labour_user() -> User:
    return person("labour_user", name="Priya Nair")


def test_it_says_before_that_the_holder_is_told(licence: Licence, labour_user: User) -> None:
    said = signed_in(labour_user).get(f"/checks/{licence.number}/").content.decode()

    assert "Harvest Hands Ltd is licensed" in said
    assert said.index("The labour provider is told that you checked") < said.index(
        "Make the formal check and tell them"
    )
    assert "Active check" in said and f"For 12 months we write to {labour_user.email}" in said
    assert 'value="Priya Nair"' in said
    assert not Receipt.objects.exists() and not Letter.objects.exists()


def test_a_formal_check_leads_to_its_proof_and_tells_both(licence: Licence, labour_user: User) -> None:
    client = signed_in(labour_user)

    answer = client.post(f"/checks/{licence.number}/", SAID, follow=True)

    said = answer.content.decode()
    assert answer.status_code == 200 and "Proof of check" in said
    assert "Orchard Farms Ltd, Priya Nair" in said and "They offer us workers" not in said
    run_due(NOW)
    acting = licence.organisation.memberships.get().user
    assert {one.to[0] for one in mail.outbox} == {"office@harvest.example", acting.email, labour_user.email}
    to_holder = next(one for one in mail.outbox if one.to == ["office@harvest.example"])
    assert "Orchard Farms Ltd checked" in str(to_holder.body)
    # The next time, who they are need not be typed again; and today they cannot tell the holder twice.
    again = client.get(f"/checks/{licence.number}/").content.decode()
    assert "You have made this check today" in again and "Make the formal check and tell them" not in again


def test_nonsense_is_refused_and_kept(licence: Licence, labour_user: User) -> None:
    answer = signed_in(labour_user).post(f"/checks/{licence.number}/", {**SAID, "business": " ", "because": "x" * 501})

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter the name of your business." in said and "Enter at most 500 characters." in said
    assert "x" * 501 in said
    assert not FormalCheck.objects.exists()


def test_a_proof_is_kept_in_the_account_and_tells_nobody(licence: Licence, labour_user: User) -> None:
    client = signed_in(labour_user)

    client.post(f"/checks/{licence.number}/keep/")

    receipt = Receipt.objects.get()
    assert receipt.taken_by == labour_user and "Priya" not in str(receipt.sealed)
    assert not Letter.objects.exists()
    assert receipt.number in client.get("/checks/").content.decode()


def test_everybody_sees_their_own_checks_only(licence: Licence, labour_user: User) -> None:
    signed_in(labour_user).post(f"/checks/{licence.number}/keep/")
    number = Receipt.objects.get().number

    for who in ("labour_user", "applicant"):
        client = signed_in(person(who))
        assert number not in client.get("/checks/").content.decode()
        assert number not in b"".join(client.get("/checks/checks.csv")).decode()


def test_the_number_of_a_formal_check_alone_says_nobody(client: Client, licence: Licence, labour_user: User) -> None:
    signed_in(labour_user).post(f"/checks/{licence.number}/", SAID)

    said = client.get(f"/verify/{Receipt.objects.get().number}/").content.decode()

    assert "This proves a formal check" in said
    assert "Orchard Farms" not in said and "Priya" not in said


def test_a_worker_who_looks_up_leaves_no_row_and_tells_nobody(client: Client, licence: Licence) -> None:
    client.get(f"/check/{licence.number}/")
    client.post(f"/check/{licence.number}/proof/")

    assert not FormalCheck.objects.exists() and not Letter.objects.exists()


def test_nobody_of_this_number_is_no_page(labour_user: User) -> None:
    client = signed_in(labour_user)

    assert client.get("/checks/WXYZ0009/").status_code == 404
    assert client.post("/checks/WXYZ0009/keep/").status_code == 404


def test_a_connection_checks_only_so_often_in_an_hour(labour_user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("public_lookup.formal_checks.views.MOST_CHECKS", 2)
    client, numbers = signed_in(labour_user), [a_holder(f"Number {n} Hands").number for n in range(3)]

    statuses = [client.post(f"/checks/{number}/", SAID).status_code for number in numbers]
    kept = [client.post(f"/checks/{number}/keep/").status_code for number in numbers]

    assert statuses == kept == [302, 302, 429]


def test_the_list_can_be_searched_and_taken_away(labour_user: User, set_clock: SetClock) -> None:
    client = signed_in(labour_user)
    for hours, name in enumerate(("=Harvest Hands", "Meadow Staff")):
        set_clock(NOW + timedelta(hours=hours))
        client.post(f"/checks/{a_holder(name).number}/keep/")

    assert "Meadow Staff" not in client.get("/checks/?q=harvest").content.decode()
    assert client.get("/checks/?q=" + "x" * 200).status_code == 422
    rows = list(csv.reader(io.StringIO(client.get("/checks/checks.csv").getvalue().decode("utf-8-sig"))))
    assert [row[4] for row in rows] == ["Name", "Meadow Staff", "'=Harvest Hands"]


def test_the_list_costs_the_same_however_long(
    labour_user: User, licence: Licence, django_assert_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(labour_user)
    client.post(f"/checks/{licence.number}/", SAID)
    for _number in range(30):
        client.post(f"/checks/{licence.number}/keep/")
    client.get("/checks/")

    with django_assert_num_queries(9):
        client.get("/checks/")


def test_a_labour_user_signs_up_and_comes_to_their_checks(client: Client) -> None:
    page = client.get("/account/signup/").content.decode()
    assert page.index('value="labour_user"') < page.index('name="email"')

    client.post(
        "/account/signup/",
        {"purpose": "labour_user", "email": "new@orchard.example", "password1": "four plain long words"},
    )

    joined = User.objects.get(email="new@orchard.example")
    assert joined.roles == {"labour_user"}
    home = signed_in(joined).get("/home/", follow=True)
    assert home.redirect_chain == [("/checks/", 302)]
    assert "Apply for a licence" not in home.content.decode()


def test_nobody_signs_up_as_staff(client: Client) -> None:
    answer = client.post(
        "/account/signup/",
        {"purpose": "case_officer", "email": "new@orchard.example", "password1": "four plain long words"},
    )

    assert answer.status_code == 200 and not User.objects.filter(email="new@orchard.example").exists()


def test_the_entry_and_the_start_page_lead_there(client: Client, licence: Licence) -> None:
    assert f'href="/checks/{licence.number}/"' in client.get(f"/check/{licence.number}/").content.decode()
    assert 'href="/checks/"' in client.get("/").content.decode()
    asked = client.get(f"/checks/{licence.number}/")
    assert asked.status_code == 302 and asked.headers["Location"].startswith("/account/login/?next=/checks/")
