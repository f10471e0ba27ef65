"""The page of a board: what each supplier may do, what is missing, what is to be done; and that only its people see it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from public_lookup.board import jobs
from public_lookup.board.actions import boards, lines
from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.queries.boards import board_page
from public_lookup.board.states import Gap, SupplierTask
from registry.accounts.models import User
from registry.licences.actions import licences
from registry.memberships.models import Membership
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.public_lookup.board.world import a_board, a_line, line_of, put
from tests.public_lookup.stories import a_holder, one_of_each_standing
from tests.registry.stories import a_decider, an_organisation, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def labour_user() -> User:
    return person("labour_user", name="Priya Nair")


def test_the_board_says_what_each_may_do_and_what_is_to_be_done(labour_user: User) -> None:
    numbers = one_of_each_standing()
    board = a_board(
        labour_user,
        a_line("Plain Hands", workers=65),
        a_line("J & B Labour", of="Plain Hands"),
        a_line(number=numbers["revoked"], workers=22),
        a_line("Going Hands", site="Fields"),
    )
    said = signed_in(labour_user).get(f"/suppliers/{board.reference}/").content.decode()

    assert "Gone Hands" in said and "Stop using it and say since when" in said and "Still used" in said
    assert "Find another provider for 2 December 2026" in said
    assert "Ask who “J &amp; B Labour” is" in said
    assert "87 workers from 2 providers" in said
    counts = board_page(board, site=None, needs=False, on=None, page="", now=NOW).facts.counts
    assert (counts.may_not, counts.ending, counts.gaps, counts.old_proofs) == (1, 1, 2, 3)
    # One gap is the name that is on no register, the other that the revoked one supplies today without a licence.
    assert line_of(board, "").unlicensed == [[day(0).isoformat(), day(0).isoformat()]]


def test_a_board_is_of_its_people_alone(labour_user: User) -> None:
    board = a_board(labour_user, a_line("Harvest Hands Ltd"))
    line = SupplierLine.objects.get()
    for other in (person("labour_user"), person("applicant"), person("case_officer"), person("manager")):
        client = signed_in(other)
        for page in ("", f"{line.pk}/", f"{line.pk}/stop/", "pack/", "suppliers.csv", "names/", "delete/", "alerts/"):
            assert client.get(f"/suppliers/{board.reference}/{page}").status_code in (403, 404), page
        assert client.get(f"/api/v1/suppliers/{board.reference}").status_code in (403, 404)


def test_a_board_of_an_organisation_goes_with_acting_for_it() -> None:
    boss, left = person("labour_user"), person("labour_user")
    organisation = an_organisation("Orchard Farms Ltd", by=boss)
    Membership.objects.create(organisation=organisation, user=left, kind="representative", since=NOW)
    board = a_board(left, a_line("Harvest Hands Ltd"), of=organisation.reference)
    client = signed_in(left)
    assert client.get("/suppliers/", follow=True).redirect_chain[-1][0] == f"/suppliers/{board.reference}/"

    Membership.objects.filter(user=left).update(until=NOW)

    assert client.get(f"/suppliers/{board.reference}/").status_code == 404
    assert client.get("/suppliers/").status_code == 200
    assert signed_in(boss).get(f"/suppliers/{board.reference}/").status_code == 200


def test_a_board_can_be_begun_for_no_one_else(labour_user: User) -> None:
    other = an_organisation("Somebody Else Ltd")

    answer = signed_in(labour_user).post("/suppliers/", {"of": other.reference})

    assert answer.status_code == 422 and not SupplierBoard.objects.exists()


def test_stopping_it_ends_the_supply_of_those_below_it_too(labour_user: User) -> None:
    old = day(-10)
    board = a_board(labour_user, a_line("Plain Hands", starts=old), a_line("Through Ltd", of="Plain Hands", starts=old))
    line = line_of(board, "Plain Hands")
    address = f"/suppliers/{board.reference}/{line.pk}/stop/"
    typed = {"until_day": "1", "until_month": "11", "until_year": "2026", "opened": str(line.version)}

    wrong = signed_in(labour_user).post(address, {**typed, "until_year": "9999"})
    assert wrong.status_code == 422 and "must have a year from" in wrong.content.decode()
    assert signed_in(labour_user).post(address, typed).status_code == 302

    assert set(SupplierLine.objects.values_list("until", flat=True)) == {date(2026, 11, 1)}
    stale = signed_in(labour_user).post(address, typed)
    assert stale.status_code == 422 and "Someone has changed this supplier" in stale.content.decode()


def test_the_same_provider_twice_is_refused_and_what_was_typed_is_kept(labour_user: User) -> None:
    licence = a_holder("Harvest Hands Ltd")
    board = a_board(labour_user, a_line("Harvest Hands Ltd"))
    typed = {
        "site": "Packhouse",
        "number": licence.number,
        "starts_day": "2",
        "starts_month": "11",
        "starts_year": "2026",
    }

    answer = signed_in(labour_user).post(f"/suppliers/{board.reference}/add/", typed)

    assert answer.status_code == 422
    assert "This provider is on the board for this site and these days already." in answer.content.decode()
    assert licence.number in answer.content.decode() and SupplierLine.objects.count() == 1


def test_as_it_was_on_a_day_and_never_on_a_day_to_come(labour_user: User, set_clock: SetClock) -> None:
    licence = a_holder("Harvest Hands Ltd")
    board = a_board(labour_user, a_line("Harvest Hands Ltd"))
    later = NOW + timedelta(days=5)
    licences.revoke(licence, takes_effect=day(3), because="Test.", by=a_decider(), at=NOW + timedelta(days=1))
    set_clock(later)
    client = signed_in(labour_user)

    today = client.get(f"/suppliers/{board.reference}/").content.decode()
    then = client.get(f"/suppliers/{board.reference}/?on=2026-11-02").content.decode()

    assert "Changed on 5 November 2026" in today and "Stop using it" in today
    assert "Stop using it" not in then and "Licensed until" in then
    for on in ("9999-01-01", "0001-01-01", "2026-02-30", "x"):
        assert client.get(f"/suppliers/{board.reference}/", {"on": on}).status_code == 422


def test_the_board_asks_as_much_for_many_as_for_few(labour_user: User) -> None:
    a_holder("Plain Hands")
    board = a_board(labour_user, a_line("Plain Hands"), a_line("Through Ltd", of="Plain Hands"))

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            board_page(board, site=None, needs=False, on=None, page="", now=NOW)
        return len(asked)

    few = statements()
    put(board, labour_user, *(a_line(f"Supplier {number}", site=f"Site {number % 7}") for number in range(60)))

    assert statements() == few == 6


def test_a_site_with_no_provider_is_a_gap_until_one_is_named(labour_user: User) -> None:
    board = a_board(labour_user, a_line("Harvest Hands Ltd"))
    site = board.sites.get()
    boards.report_unnamed(site, people=41, starts=day(-7), by=labour_user, at=NOW)
    page = board_page(board, site=None, needs=True, on=None, page="", now=NOW)
    assert page.sites[0].site.is_gap
    said = signed_in(labour_user).get(f"/suppliers/{board.reference}/").content.decode()
    assert "41 people have worked here since 26 October 2026" in said and "Name the provider" in said

    put(board, labour_user, a_line("Night Hands Ltd"))

    assert not board_page(board, site=None, needs=True, on=None, page="", now=NOW).sites[0].site.is_gap


def test_a_choice_among_similar_names_is_made_once_and_stays(labour_user: User) -> None:
    licence = a_holder("Harvest Hands Ltd")
    board = a_board(labour_user, a_line("Harvst Hands Ltd"), a_line("Harvst Hands Ltd", site="Fields"))
    line = SupplierLine.objects.filter(site__name="Packhouse").get()
    facts = board_page(board, site=None, needs=False, on=None, page="", now=NOW).facts
    provider = facts.sites[0].providers[0]
    assert list(provider.line.gaps()) == [Gap.UNCLEAR] and provider.tasks[0][0] == SupplierTask.CHOOSE
    client = signed_in(labour_user)
    assert "Harvest Hands Ltd" in client.get(f"/suppliers/{board.reference}/names/").content.decode()

    client.post(f"/suppliers/{board.reference}/names/", {f"meant_{line.pk}": str(licence.listing_id)})
    put(board, labour_user, a_line("Harvst Hands Ltd", site="Third site"))

    assert set(SupplierLine.objects.values_list("listing", flat=True)) == {licence.listing_id}
    lines.settle(board, meant={line.pk: None}, by=labour_user, at=NOW)
    assert SupplierLine.objects.get(pk=line.pk).listing_id == licence.listing_id


def test_a_line_that_the_number_alone_had_settled_is_a_question_again(labour_user: User) -> None:
    """As a board of before: the number decided, and nothing asked about the name beside it."""
    lender, named = a_holder("Fescue Teams Ltd"), a_holder("Harvest Hands Ltd")
    licences.revoke(named, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)
    board = a_board(labour_user, a_line("Harvest Hands Ltd", lender.number), a_line("Fescue Teams Ltd", lender.number))
    SupplierLine.objects.update(listing=lender.listing_id, confidence="number", near=[])

    jobs.look_at_boards(at=NOW + timedelta(days=1))

    line = line_of(board, "Harvest Hands Ltd")
    assert (line.listing_id, line.confidence, line.near) == (None, "borrowed", [named.listing_id])
    assert line_of(board, "Fescue Teams Ltd").listing_id == lender.listing_id


def test_a_borrowed_number_never_makes_a_board_say_licensed(labour_user: User) -> None:
    lender, named = a_holder("Fescue Teams Ltd"), a_holder("Harvest Hands Ltd")
    licences.revoke(named, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)
    board = a_board(labour_user, a_line("Harvest Hands Ltd", lender.number))
    line = line_of(board, "Harvest Hands Ltd")
    client, page = signed_in(labour_user), f"/suppliers/{board.reference}/names/"

    words = client.get(page).content.decode()
    assert "This number is not theirs. It may be borrowed: report it." in words
    assert named.number in words and "Fescue Teams Ltd" not in words

    client.post(page, {f"meant_{line.pk}": str(lender.listing_id)})
    assert SupplierLine.objects.get(pk=line.pk).listing_id is None
    client.post(page, {f"meant_{line.pk}": str(named.listing_id)})
    assert SupplierLine.objects.get(pk=line.pk).listing_id == named.listing_id
    assert "Not licensed" in client.get(f"/suppliers/{board.reference}/").content.decode()
