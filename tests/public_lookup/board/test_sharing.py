"""Asking a provider, showing a chain, being told, proofs by the clock, files in and out: by the people they are for."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from config.management.commands.run_due import run_due
from public_lookup.board import jobs
from public_lookup.board.actions import alerts, lines
from public_lookup.board.actions import boards as board_actions
from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.models.sharing import ChainShare, SupplierInvitation, SupplierProof
from public_lookup.board.queries.boards import board_page
from public_lookup.board.states import Gap
from public_lookup.follows.models.follows import Follow
from public_lookup.receipts.models import Receipt
from public_lookup.receipts.queries.documents import sealed_in
from public_lookup.receipts.queries.receipts import RecordVerdict, judge_file
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.memberships.models import Membership
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.public_lookup.board.world import a_board, a_line, line_of
from tests.public_lookup.stories import a_holder
from tests.registry.stories import a_decider, an_organisation, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence() -> Licence:
    return a_holder("Harvest Hands Ltd", email="office@harvest.example")


@pytest.fixture
def labour_user() -> User:
    return person("labour_user", name="Priya Nair")


def asked(board: SupplierBoard, user: User) -> SupplierInvitation:
    line = line_of(board, "Harvest Hands Ltd")
    answer = signed_in(user).post(
        f"/suppliers/{board.reference}/{line.pk}/ask/", {"email": "office@harvest.example", "about": "J & B Labour"}
    )
    assert answer.status_code == 302
    return SupplierInvitation.objects.latest("pk")


def test_a_provider_answers_once_and_its_answer_is_looked_up(licence: Licence, labour_user: User) -> None:
    a_holder("Through Hands Ltd")
    board = a_board(labour_user, a_line("Harvest Hands Ltd"))
    invitation = asked(board, labour_user)
    run_due(NOW)
    letter = next(one for one in mail.outbox if one.to == ["office@harvest.example"])
    assert f"/supply/{invitation.key}/" in str(letter.body) and "Priya Nair" in str(letter.body)
    address = f"/supply/{invitation.key}/"
    page = Client().get(address)
    assert page.headers["Cache-Control"] == "no-store" and "noindex" in page.headers["X-Robots-Tag"]

    nonsense = Client().post(address, {"named": "x" * 300})
    assert nonsense.status_code == 422 and "x" * 300 in nonsense.content.decode()
    assert (
        Client()
        .post(address, {"supplies": "yes", "named": "Through Hands Ltd\nNobody Knows Ltd, QQQQ0001"})
        .status_code
        == 302
    )
    again = Client().post(address, {"supplies": "no", "named": "Other Ltd"})

    assert "Your answer was sent" in again.content.decode()
    found = {line.name: line for line in SupplierLine.objects.exclude(supplier_of=None)}
    assert found["Through Hands Ltd"].listing_id and found["Through Hands Ltd"].told_by_provider
    assert set(found) == {"Through Hands Ltd", "Nobody Knows Ltd"} and found["Nobody Knows Ltd"].listing_id is None


def test_an_invitation_that_is_old_replaced_or_made_up_opens_nothing(
    licence: Licence, labour_user: User, set_clock: SetClock
) -> None:
    board = a_board(labour_user, a_line("Harvest Hands Ltd"))
    first, second = asked(board, labour_user), asked(board, labour_user)
    for key in (first.key, f"{second.pk}-{'0' * 32}", "nonsense"):
        assert Client().get(f"/supply/{key}/").status_code == 404
    set_clock(NOW + timedelta(days=15))

    assert Client().post(f"/supply/{second.key}/", {"supplies": "yes"}).status_code == 404

    provider = (
        board_page(board, site=None, needs=True, on=None, page="", now=NOW + timedelta(days=15))
        .facts.sites[0]
        .providers[0]
    )
    assert Gap.NOT_ANSWERED in provider.line.gaps()


@pytest.fixture
def chain(licence: Licence) -> tuple[User, ChainShare]:
    """A holder who shows one of its two suppliers."""
    a_holder("Through Hands Ltd")
    boss = licence.organisation.memberships.get().user
    board = a_board(boss, a_line("Through Hands Ltd"), a_line("Secret Hands Ltd"), of=licence.organisation.reference)
    line = line_of(board, "Through Hands Ltd")
    typed = {"lines": [str(line.pk)], "until_day": "2", "until_month": "12", "until_year": "2026"}
    too_long = signed_in(boss).post(f"/suppliers/{board.reference}/chain/", {**typed, "until_year": "2027"})
    assert too_long.status_code == 422 and "at most 90 days" in too_long.content.decode()
    assert signed_in(boss).post(f"/suppliers/{board.reference}/chain/", typed).status_code == 302
    return boss, ChainShare.objects.get()


def test_a_chain_is_shown_by_its_link_alone_until_it_ends(
    chain: tuple[User, ChainShare], licence: Licence, labour_user: User, set_clock: SetClock
) -> None:
    boss, share = chain
    address = f"/chain/{share.key}/"
    page = Client().get(address)
    said = page.content.decode()
    assert "Through Hands Ltd" in said and "Secret Hands" not in said and "Packhouse" not in said
    assert page.headers["Cache-Control"] == "no-store" and "noindex" in page.headers["X-Robots-Tag"]

    taken = signed_in(labour_user).post(f"/suppliers/take/{share.key}/", {"site": "Ledbury"})
    assert taken.status_code == 302
    own = SupplierBoard.objects.get(owner=labour_user)
    first = SupplierLine.objects.get(site__board=own, supplier_of=None)
    assert first.listing_id == licence.listing_id and first.sub_suppliers.get().name == "Through Hands Ltd"
    # Once more with the same press doubles nothing.
    assert signed_in(labour_user).post(f"/suppliers/take/{share.key}/", {"site": "Ledbury"}).status_code == 302
    assert SupplierLine.objects.filter(site__board=own).count() == 2

    set_clock(NOW + timedelta(days=31))
    assert Client().get(address).status_code == 404
    set_clock(NOW)
    signed_in(labour_user).post(f"/suppliers/{share.board.reference}/chain/{share.pk}/end/")
    assert Client().get(address).status_code == 200
    signed_in(boss).post(f"/suppliers/{share.board.reference}/chain/{share.pk}/end/")
    assert Client().get(address).status_code == 404
    assert signed_in(labour_user).get(f"/suppliers/take/{share.key}/").status_code == 404


def test_who_asks_to_be_told_is_told_once_of_a_change_and_no_more_after_leaving(licence: Licence) -> None:
    boss, other = person("labour_user"), person("labour_user")
    organisation = an_organisation("Orchard Farms Ltd", by=boss)
    Membership.objects.create(organisation=organisation, user=other, kind="representative", since=NOW)
    board = a_board(
        boss, a_line("Harvest Hands Ltd"), a_line("Harvest Hands Ltd", site="Fields"), of=organisation.reference
    )
    for user in (boss, other):
        signed_in(user).post(f"/suppliers/{board.reference}/alerts/")
    Membership.objects.filter(user=other).update(until=NOW)

    later = NOW + timedelta(minutes=5)
    licences.revoke(licence, takes_effect=day(30), because="Test.", by=a_decider(), at=NOW + timedelta(minutes=1))

    run_due(later)

    run_due(later)

    told = Letter.objects.filter(subject="Something changed on the register")
    assert [letter.address for letter in told] == [boss.email]
    assert Letter.objects.filter(facts__has_key="news", organisation=licence.organisation).count() == 0
    alerts.turn_off(board, by=boss, at=later)
    assert not Follow.objects.live().exists()


def test_each_provider_is_proved_once_a_month_and_no_proof_says_for_whom(licence: Licence, labour_user: User) -> None:
    board = a_board(
        labour_user, a_line("Harvest Hands Ltd"), a_line("Harvest Hands Ltd", site="Fields"), a_line("Nobody Ltd")
    )

    for days in (0, 1, 27, 29):
        jobs.look_at_boards(at=NOW + timedelta(days=days))
        jobs.keep_proofs(at=NOW + timedelta(days=days))

    assert SupplierProof.objects.count() == Receipt.objects.count() == 2
    assert not Receipt.objects.exclude(taken_by=None).exists()
    assert "Priya" not in str(Receipt.objects.values_list("sealed", flat=True))
    page = board_page(board, site=None, needs=False, on=None, page="", now=NOW + timedelta(days=30))
    assert page.facts.counts.old_proofs == 0


def test_the_nightly_look_finds_who_came_onto_the_register_and_what_changed(labour_user: User) -> None:
    board = a_board(labour_user, a_line("Late Hands Ltd"))
    assert line_of(board, "Late Hands Ltd").listing_id is None
    licence = a_holder("Late Hands Ltd")

    assert jobs.look_at_boards(at=NOW + timedelta(days=1)) == 1 and jobs.look_at_boards(at=NOW + timedelta(days=1)) == 0
    licences.revoke(licence, takes_effect=day(2), because="Test.", by=a_decider(), at=NOW + timedelta(days=1))
    jobs.look_at_boards(at=NOW + timedelta(days=3))

    line = line_of(board, "Late Hands Ltd")
    assert (line.listing_id, line.changed_on) == (licence.listing_id, day(3))
    assert line.unlicensed == [[day(2).isoformat(), day(3).isoformat()]]


CSV = "Site;Provider;Licence number;Workers;From;Until;Sub-supplier of\r\n"


@pytest.fixture
def send(labour_user: User) -> Callable[[str], str]:
    board = a_board(labour_user)

    def upload(rows: str) -> str:
        file = io.BytesIO((CSV + rows).encode("cp1250"))
        file.name = "suppliers.csv"
        answer = signed_in(labour_user).post(f"/suppliers/{board.reference}/import/", {"file": file}, follow=True)
        return answer.content.decode()

    return upload


def test_a_spreadsheet_in_an_old_encoding_is_read_said_and_not_doubled(
    licence: Licence, send: Callable[[str], str]
) -> None:
    rows = "Wisła;Harvest Hands Ltd;;65;1.11.2026;;\r\nWisła;Żebrowski Budowa;;;;;Harvest Hands Ltd\r\n"

    said = send(rows)
    assert "We read it as Windows-1250" in said and "2 rows were read, 2 of them new." in said
    assert "Wisła" in said and "Żebrowski Budowa" in said
    assert "2 rows were read, 0 of them new." in send(rows.replace(";65;", ";70;"))

    assert SupplierLine.objects.count() == 2
    assert SupplierLine.objects.get(name="Harvest Hands Ltd").workers == 70


def test_with_one_faulty_row_nothing_is_written(send: Callable[[str], str]) -> None:
    said = send("Wisła;Good Ltd;;;;;\r\nWisła;Bad Ltd;;many;;;\r\n")

    assert "Row 3: The number of workers must be a whole number, like 12." in said
    assert not SupplierLine.objects.exists()


def test_the_file_that_goes_out_can_come_in_again(licence: Licence, labour_user: User) -> None:
    board = a_board(labour_user, a_line("Harvest Hands Ltd", workers=3), a_line("=Formula Ltd", of="Harvest Hands Ltd"))
    client = signed_in(labour_user)
    out = b"".join(client.get(f"/suppliers/{board.reference}/suppliers.csv").streaming_content)  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(out.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Site", "Provider", "Licence number"] and rows[1][7] == "Harvest Hands Ltd"
    assert rows[2][1].startswith("'=")

    file = io.BytesIO(out)
    file.name = "suppliers.csv"
    client.post(f"/suppliers/{board.reference}/import/", {"file": file})

    assert SupplierLine.objects.filter(name="Harvest Hands Ltd").count() == 1


def test_the_pack_for_an_auditor_is_sealed_and_holds_every_line_and_receipt(
    licence: Licence, labour_user: User
) -> None:
    board = a_board(labour_user, a_line("Harvest Hands Ltd"), a_line("Nobody Ltd"))
    jobs.keep_proofs(at=NOW)
    typed = {
        f"{name}_{part}": value
        for name, date in (("starts", day(-1)), ("until", day(0)))
        for part, value in (("day", date.day), ("month", date.month), ("year", date.year))
    }
    made = signed_in(labour_user).post(f"/suppliers/{board.reference}/pack/", {**typed, "zip": "1"})

    assert made.headers["Content-Type"] == "application/zip" and made.headers["Cache-Control"] == "no-store"
    pack = zipfile.ZipFile(io.BytesIO(made.content))
    proof = SupplierProof.objects.get().receipt
    assert pack.namelist() == ["pack.pdf", "lines.csv", f"receipts/{proof.number}.json"]
    content = pack.read("pack.pdf")
    sealed = sealed_in(content)
    assert sealed is not None and judge_file(sealed, content).verdict == RecordVerdict.GENUINE
    assert sealed["record"]["receipts"] == [proof.number]
    future = signed_in(labour_user).post(f"/suppliers/{board.reference}/pack/", {**typed, "until_year": "2027"})
    assert future.status_code == 422 and "The last day must be today or in the past." in future.content.decode()


def test_the_program_reads_what_the_page_shows(licence: Licence, labour_user: User) -> None:
    board = a_board(labour_user, a_line("Harvest Hands Ltd"), a_line("J & B Labour", of="Harvest Hands Ltd"))
    client = signed_in(labour_user)

    assert client.get("/api/v1/suppliers").json()["items"][0]["reference"] == board.reference
    said = client.get(f"/api/v1/suppliers/{board.reference}").json()
    [provider] = said["sites"][0]["providers"]
    assert (provider["outcome"], provider["sub_suppliers"][0]["gaps"]) == ("licensed", ["not_found"])
    assert client.get(f"/api/v1/suppliers/{board.reference}?on=9999-01-01").status_code == 422
    stranger = Client().get(f"/api/v1/suppliers/{board.reference}")
    assert (stranger.status_code, stranger.headers["Content-Type"]) == (401, "application/problem+json")


def test_a_line_that_is_removed_or_erased_takes_the_mail_of_its_invitation_along(
    licence: Licence, labour_user: User
) -> None:
    board = a_board(labour_user, a_line("Harvest Hands Ltd"))
    invitation = asked(board, labour_user)
    line = SupplierLine.objects.get()

    days = {"starts": NOW.date() - timedelta(days=9), "until": NOW.date() - timedelta(days=1)}
    SupplierLine.objects.filter(pk=line.pk).update(**days)
    assert lines.erase_ended(before=NOW.date(), by=None, at=NOW) == 1

    assert not Letter.objects.filter(reference=invitation.reference).exists()


def test_a_board_that_is_deleted_leaves_nothing_that_says_whose_it_was(licence: Licence, labour_user: User) -> None:
    board = a_board(labour_user, a_line("Harvest Hands Ltd"))
    invitation = asked(board, labour_user)
    alerts.turn_on(board, by=labour_user, at=NOW)
    jobs.keep_proofs(at=NOW)

    board_actions.delete(board, by=labour_user, at=NOW)

    assert not SupplierLine.objects.exists() and not Follow.objects.exists()
    assert not Letter.objects.filter(reference=invitation.reference).exists()
    assert Receipt.objects.count() == 1


def test_what_ended_long_ago_is_erased(licence: Licence, labour_user: User) -> None:
    a_board(labour_user, a_line("Harvest Hands Ltd", starts=day(-20), until=day(-10)), a_line("Other Ltd"))

    assert jobs.erase_ended_lines(at=NOW) == 0
    assert jobs.erase_ended_lines(at=NOW + timedelta(days=84 * 31)) == 1
    assert SupplierLine.objects.get().name == "Other Ltd"
