"""Two people of one employer on one page: each is told what the other did, and nothing of either is lost."""

import re

import pytest
from django.test import Client

from licensing.applications.models import Answer, Application
from registry.accounts.models import User
from tests.people import person, signed_in
from tests.registry.stories import somebody_acting
from tests.stories import TYPED_OF_A_PERSON, an_application, an_application_answered, holder_of

pytestmark = pytest.mark.django_db

NAMES = {"legal_name": "Dyffryn Labour Ltd", "trading_names": "Dyffryn Harvest", "former_names": ""}
DIRECTOR = {
    "full_name": "Mair Parry",
    "date_of_birth_day": "3", "date_of_birth_month": "2", "date_of_birth_year": "1971",
    "address_line_1": "1 High Street", "address_town": "Bangor", "address_postcode": "LL57 1AA", "address_country": "wales",
    **TYPED_OF_A_PERSON,
}  # fmt: skip


def a_colleague(application: Application, name: str = "Nia Colleague") -> User:
    """Somebody else who acts for the same employer."""
    return somebody_acting(application.organisation, "representative", user=person("applicant", name=name))


def address(application: Application, page: str = "names") -> str:
    return f"/apply/{application.reference}/{page}/"


def opened(client: Client, where: str) -> dict[str, str]:
    """What the form of the page carries unseen."""
    html = client.get(where).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(opened|seal)" value="([^"]*)">', html))


def kept(application: Application, page: str = "names", item: str = "") -> Answer:
    return Answer.objects.get(application=application, page=page, item=item)


def test_what_a_colleague_saved_meanwhile_is_shown_beside_what_is_typed_and_not_overwritten() -> None:
    application = an_application()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    before = opened(mine, address(application))
    theirs.post(address(application), NAMES | opened(theirs, address(application)))

    page = mine.post(address(application), NAMES | {"trading_names": "DH Workers"} | before)

    words = page.content.decode()
    assert page.status_code == 422
    assert "Someone changed this page while you had it open" in words
    assert "Saved by Nia Colleague" in words and "Typed by you" in words
    assert words.count("Dyffryn Harvest") == 1  # what the colleague saved
    assert words.count("DH Workers") == 2  # what was typed, in the comparison and still in its field
    assert kept(application).data["trading_names"] == ["Dyffryn Harvest"]


def test_only_what_differs_is_compared() -> None:
    application = an_application()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    before = opened(mine, address(application))
    theirs.post(address(application), NAMES | opened(theirs, address(application)))

    words = mine.post(address(application), NAMES | {"trading_names": "DH"} | before).content.decode()

    compared = words.partition('id="meanwhile"')[2].partition("<form")[0]
    assert "Trading names" in compared
    assert "Legal name" not in compared


def test_whoever_has_seen_both_may_save_their_own() -> None:
    application = an_application()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    before = opened(mine, address(application))
    theirs.post(address(application), NAMES | opened(theirs, address(application)))
    page = mine.post(address(application), NAMES | {"trading_names": "DH"} | before).content.decode()
    seen = dict(re.findall(r'<input type="hidden" name="(opened)" value="([^"]*)">', page))

    answer = mine.post(address(application), NAMES | {"trading_names": "Both of us"} | seen)

    assert answer.status_code == 302
    assert kept(application).data["trading_names"] == ["Both of us"]


def test_or_keep_what_the_colleague_saved() -> None:
    application = an_application()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    before = opened(mine, address(application))
    theirs.post(address(application), NAMES | opened(theirs, address(application)))

    words = mine.post(address(application), NAMES | {"trading_names": "DH"} | before).content.decode()

    link = re.search(r'href="([^"]*)">Keep what Nia Colleague saved', words)
    assert link and "Dyffryn Harvest" in mine.get(link[1]).content.decode()


def test_a_third_change_after_the_comparison_is_compared_again() -> None:
    application = an_application()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    before = opened(mine, address(application))
    theirs.post(address(application), NAMES | opened(theirs, address(application)))
    page = mine.post(address(application), NAMES | {"trading_names": "DH"} | before).content.decode()
    seen = dict(re.findall(r'<input type="hidden" name="(opened)" value="([^"]*)">', page))
    theirs.post(address(application), NAMES | {"trading_names": "Once more"} | opened(theirs, address(application)))

    answer = mine.post(address(application), NAMES | {"trading_names": "DH"} | seen)

    assert answer.status_code == 422
    assert "Once more" in answer.content.decode()


def test_the_same_answers_are_no_quarrel() -> None:
    application = an_application()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    before = opened(mine, address(application))
    theirs.post(address(application), NAMES | opened(theirs, address(application)))

    assert mine.post(address(application), NAMES | before).status_code == 302


def test_ones_own_older_page_is_no_quarrel() -> None:
    """Back, mend, save: what somebody types last is what they mean."""
    application = an_application()
    mine = signed_in(holder_of(application.organisation))
    before = opened(mine, address(application))
    mine.post(address(application), NAMES | before)

    assert mine.post(address(application), NAMES | {"trading_names": "Mended"} | before).status_code == 302
    assert kept(application).data["trading_names"] == ["Mended"]


def test_ones_own_page_from_before_a_colleagues_change_is() -> None:
    application = an_application()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    before = opened(mine, address(application))
    theirs.post(address(application), NAMES | opened(theirs, address(application)))
    mine.post(address(application), NAMES | {"trading_names": "Agreed"} | opened(mine, address(application)))

    answer = mine.post(address(application), NAMES | {"trading_names": "From an old window"} | before)

    assert answer.status_code == 422
    assert kept(application).data["trading_names"] == ["Agreed"]


def test_what_is_wrong_with_ones_own_answers_is_said_as_well() -> None:
    application = an_application()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    before = opened(mine, address(application))
    theirs.post(address(application), NAMES | opened(theirs, address(application)))

    words = mine.post(address(application), NAMES | {"legal_name": ""} | before).content.decode()

    assert "There is a problem" in words
    assert "Someone changed this page while you had it open" in words


def test_a_thing_removed_meanwhile_is_said_and_not_put_back_unseen() -> None:
    application = an_application_answered()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    where = address(application, "directors/item-1")
    before = opened(mine, where)
    theirs.post(f"{where}remove/", opened(theirs, f"{where}remove/"))

    page = mine.post(where, DIRECTOR | before)

    words = page.content.decode()
    assert page.status_code == 422
    assert "Nia Colleague removed it on" in words and "Leave it removed" in words
    assert 'value="Mair Parry"' in words
    assert not application.answers.filter(page="directors").exists()


def test_whoever_has_seen_that_it_was_removed_may_add_it_again() -> None:
    application = an_application_answered()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    where = address(application, "directors/item-1")
    before = opened(mine, where)
    theirs.post(f"{where}remove/", opened(theirs, f"{where}remove/"))
    page = mine.post(where, DIRECTOR | before).content.decode()
    seen = dict(re.findall(r'<input type="hidden" name="(opened)" value="([^"]*)">', page))

    mine.post(where, DIRECTOR | seen)

    assert kept(application, "directors", "item-1").data["full_name"] == "Mair Parry"


def test_what_a_colleague_has_changed_is_not_removed_unseen() -> None:
    application = an_application_answered()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    where = address(application, "directors/item-1")
    before = opened(mine, f"{where}remove/")
    theirs.post(where, DIRECTOR | opened(theirs, where))

    page = mine.post(f"{where}remove/", before)

    assert page.status_code == 409
    assert "Nia Colleague saved this after you opened it." in page.content.decode()
    assert kept(application, "directors", "item-1")


@pytest.mark.parametrize("said", ["", "x", "-1", "9" * 40, "١"])
def test_a_version_that_is_none_counts_as_nothing_seen(said: str) -> None:
    application = an_application()
    mine, theirs = signed_in(holder_of(application.organisation)), signed_in(a_colleague(application))
    theirs.post(address(application), NAMES | opened(theirs, address(application)))

    answer = mine.post(address(application), NAMES | {"trading_names": "DH", "opened": said})

    assert answer.status_code == 422
    assert kept(application).data["trading_names"] == ["Dyffryn Harvest"]
