"""Page and API answer alike: the same query, the same words, the same refusals."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from public_lookup.lookup.queries import instants
from registry import schemes
from registry.licences.actions import licences
from registry.register.actions import listings
from registry.register.states import OUTCOMES, Standing
from tests.conftest import LONDON, NOW, SetClock
from tests.people import person
from tests.public_lookup.stories import (
    FACES,
    Answer,
    Statements,
    a_holder,
    an_applicant,
    an_instant,
    ask,
    one_of_each_standing,
    read,
    rename,
    show_application,
)
from tests.registry.stories import SCHEME, a_decider, a_licence, an_organisation, day

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("face", FACES)]

ONE_MICROSECOND = timedelta(microseconds=1)
SENTENCES = {
    Standing.LICENSED: "is licensed, from 2 November 2026 until the end of 1 November 2027.",
    Standing.LICENSED_WITH_CONDITIONS: "is licensed until the end of 1 November 2027, with 1 condition that it must meet.",
    Standing.REVOCATION_TO_COME: "is licensed until the end of 1 December 2026, and not licensed from 2 December 2026.",
    Standing.SUSPENDED: "The licence is suspended from 2 November 2026 until the end of 11 November 2026",
    Standing.REVOKED: "was licensed until 1 November 2026. We took the licence away",
    Standing.EXPIRED: "was licensed until 1 November 2026. The licence ended because",
    Standing.SURRENDERED: "was licensed until 1 November 2026. It gave the licence up",
    Standing.REFUSED: "was refused one on 2 November 2026. It is not licensed.",
    Standing.APPLIED: "applied for a licence on 2 November 2026. It is not licensed.",
}


def says(client: Client, face: str, number: str, standing: Standing, **asked: str) -> bool:
    """Whether the face says that this is the standing, and nothing else."""
    answer = read(client, face, number, **asked)
    if answer.status != 200:
        return False
    if face == "api":
        return bool(answer.json["standing"] == standing and answer.json["outcome"] == OUTCOMES[standing])
    (word,) = re.findall(r'<span (?:class="app-answer__word"|data-then)>([^<]*)', answer.text)
    return str(word).startswith(str(OUTCOMES[standing].label))


def is_found(client: Client, face: str, q: str, **asked: str) -> bool:
    """Whether the same name, or the number, is found."""
    answer = ask(client, face, q=q, **asked)
    assert answer.status == 200
    if face == "api":
        return any(item["exact"] for item in answer.json["items"])
    return "with this name or number" in answer.text or bool(
        re.search(r'class="app-answer app-answer--(?!none)', answer.text)
    )


def test_each_standing_is_said(client: Client, face: str) -> None:
    numbers = one_of_each_standing()

    assert set(numbers) == set(Standing)
    for standing, number in numbers.items():
        assert says(client, face, number, Standing(standing)), standing
        text = read(client, face, number).text
        if face == "page":
            assert SENTENCES[Standing(standing)] in " ".join(text.split())


def test_licensed_is_true_for_three_standings_only(client: Client, face: str) -> None:
    numbers = one_of_each_standing()
    licensed = {"licensed", "licensed_with_conditions", "revocation_to_come"}

    for standing, number in numbers.items():
        answer = read(client, face, number)
        if face == "api":
            assert answer.json["licensed"] is (standing in licensed)
        else:
            about_it, _, _about_others = answer.text.lower().partition("not to be confused with")
            is_denied = "it is not licensed" in about_it or "it has not been licensed" in about_it
            assert is_denied is (standing not in licensed), standing


def test_a_holder_is_found_by_any_spelling_of_its_name_and_by_its_number(client: Client, face: str) -> None:
    number = a_holder("Harvest Hands Ltd", trading_names=["Orchard Crew"]).number

    for q in [
        "Harvest Hands",
        "HARVESTHANDS LIMITED",
        "orchard crew",
        number,
        number.lower(),
        f"{number[:4]} {number[4:]}",
    ]:
        assert is_found(client, face, q), q


def test_a_near_name_is_never_a_yes(client: Client, face: str) -> None:
    a_holder("Harvest Hands Ltd")

    for q in ["Harvest", "Harvest Hand", "Hands Harvest", "Harvest Hands Wales", "arvest Hands"]:
        answer = ask(client, face, q=q)
        assert answer.status == 200
        if face == "api":
            assert not any(item["exact"] for item in answer.json["items"]), q
        else:
            assert "with this name or number" not in answer.text, q
            assert not re.search(r"app-(answer|outcome)--yes", answer.text), q
            assert "No exact match. Is it one of these?" in answer.text, q
            assert "Nothing on the register matches" not in answer.text, q


def test_similar_names_are_offered_with_their_standing(client: Client, face: str) -> None:
    a_holder("Harvest Hands Ltd")

    answer = ask(client, face, q="Harvest Han")

    if face == "api":
        (item,) = answer.json["items"]
        assert (item["exact"], item["near_by"], item["standing"]) == (False, "beginning", "licensed")
    else:
        assert "No exact match. Is it one of these?" in answer.text
        assert "offence" not in answer.text
        assert re.search(r'app-outcome--past">.*?Licensed</strong> <bdi>HARV0001</bdi>', answer.text, re.DOTALL)
        # Symbol and word without colour: nothing that could be read as a yes.
        assert not re.search(r"app-(answer|outcome)--yes", answer.text)


def test_a_name_that_was_given_up_is_not_an_exact_answer(client: Client, face: str, set_clock: SetClock) -> None:
    licence = a_holder("Harvest Hands Ltd")
    rename(licence.organisation, NOW + timedelta(days=1), legal_name="Orchard Crew Ltd")
    set_clock(NOW + timedelta(days=2))

    assert not is_found(client, face, "Harvest Hands")
    assert is_found(client, face, "Orchard Crew")
    assert "Orchard Crew" in ask(client, face, q="Harvest Hands").text


def test_a_past_day_knows_the_names_of_that_day_only(client: Client, face: str, set_clock: SetClock) -> None:
    licence = a_holder("Harvest Hands Ltd")
    rename(licence.organisation, NOW + timedelta(days=1), legal_name="Orchard Crew Ltd")
    set_clock(NOW + timedelta(days=2))

    assert is_found(client, face, "Harvest Hands", at="2026-11-02")
    assert not is_found(client, face, "Orchard Crew", at="2026-11-02")
    assert licence.number not in ask(client, face, q="Orchard Crew", at="2026-11-02").text


def test_a_past_day_says_what_the_register_said_then(client: Client, face: str, set_clock: SetClock) -> None:
    organisation = an_organisation("Harvest Hands")
    show_application(organisation)
    set_clock(NOW + timedelta(days=5))
    licence = a_licence(organisation, starts=day(5), until=day(300), at=NOW + timedelta(days=5))
    set_clock(NOW + timedelta(days=20))
    licences.revoke(licence, takes_effect=day(40), because="Test.", by=a_decider(), at=NOW + timedelta(days=20))
    set_clock(NOW + timedelta(days=60))

    for at, standing in {
        "2026-11-02": Standing.APPLIED,
        "2026-11-06": Standing.APPLIED,
        "2026-11-07": Standing.LICENSED,
        "2026-11-21": Standing.LICENSED,
        "2026-11-22": Standing.REVOCATION_TO_COME,
        "2026-12-11": Standing.REVOCATION_TO_COME,
        "2026-12-12": Standing.REVOKED,
        "": Standing.REVOKED,
    }.items():
        assert says(client, face, licence.number, standing, at=at), at


def test_an_instant_with_its_zone_may_be_asked_for(client: Client, face: str, set_clock: SetClock) -> None:
    licence = a_holder()
    set_clock(NOW + timedelta(hours=3))
    licences.revoke(licence, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW + timedelta(hours=3))
    set_clock(NOW + timedelta(hours=5))

    assert says(client, face, licence.number, Standing.LICENSED, at="2026-11-02T12:59:59Z")
    assert says(client, face, licence.number, Standing.REVOKED, at="2026-11-02T13:00:00Z")


@pytest.mark.parametrize(
    "last",
    [
        pytest.param(date(2027, 3, 27), id="the eve of the clocks going forward"),
        pytest.param(date(2027, 3, 28), id="the day that the clocks go forward"),
        pytest.param(date(2027, 6, 30), id="summer: midnight in London is 11pm elsewhere"),
        pytest.param(date(2027, 10, 31), id="the day that the clocks go back"),
        pytest.param(date(2026, 12, 31), id="the last day of a year"),
        pytest.param(date(2028, 2, 28), id="the eve of a leap day"),
        pytest.param(date(2028, 2, 29), id="a leap day"),
    ],
)
def test_a_licence_holds_until_the_last_instant_of_its_last_day_in_london(
    client: Client, face: str, last: date, set_clock: SetClock
) -> None:
    number = a_licence(an_organisation("Harvest Hands"), until=last).number
    midnight = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=LONDON)

    set_clock(midnight - ONE_MICROSECOND)
    assert says(client, face, number, Standing.LICENSED)
    set_clock(midnight)
    assert says(client, face, number, Standing.EXPIRED)
    set_clock(midnight + timedelta(days=3))
    assert says(client, face, number, Standing.LICENSED, at=last.isoformat())
    assert says(client, face, number, Standing.EXPIRED, at=(last + timedelta(days=1)).isoformat())


def test_a_suspension_and_a_revocation_begin_with_their_day(client: Client, face: str, set_clock: SetClock) -> None:
    suspended, revoked = a_holder("Paused Hands"), a_holder("Gone Hands")
    licences.suspend(suspended, starts=day(10), until=day(19), because="Test.", by=a_decider(), at=NOW)
    licences.revoke(revoked, takes_effect=day(10), because="Test.", by=a_decider(), at=NOW)
    set_clock(NOW + timedelta(days=60))

    for number, at, standing in [
        (suspended.number, day(9), Standing.LICENSED),
        (suspended.number, day(10), Standing.SUSPENDED),
        (suspended.number, day(19), Standing.SUSPENDED),
        (suspended.number, day(20), Standing.LICENSED),
        (revoked.number, day(9), Standing.REVOCATION_TO_COME),
        (revoked.number, day(10), Standing.REVOKED),
    ]:
        assert says(client, face, number, standing, at=at.isoformat()), (number, at)


def test_before_the_first_entry_it_was_not_on_the_register(client: Client, face: str) -> None:
    number = a_holder().number

    answer = read(client, face, number, at="2026-11-01")

    assert answer.status == 404
    assert "not on the register on" in answer.text


def test_a_number_that_nobody_has_had_is_not_found(client: Client, face: str) -> None:
    for number in ["ABCD0001", "nonsense", "APP-00077", "%27", "%00", "APP-9999999999", "x" * 300]:
        answer = read(client, face, number)
        assert answer.status == 404, number
        if face == "api":
            assert answer.json["type"] == "/problems/not-found"
            assert answer.json["licensed"] is False


def test_an_application_that_was_withdrawn_is_not_found_but_past_days_still_are(
    client: Client, face: str, set_clock: SetClock
) -> None:
    organisation = an_organisation("Meadow Staff")
    number = show_application(organisation).number
    listings.hide_applicant(organisation, scheme=SCHEME, by=person("case_officer"), at=NOW + timedelta(days=2))
    set_clock(NOW + timedelta(days=3))

    assert read(client, face, number).status == 404
    assert not is_found(client, face, "Meadow Staff")
    assert says(client, face, number, Standing.APPLIED, at="2026-11-03")
    assert is_found(client, face, "Meadow Staff", at="2026-11-03")


def test_old_numbers_still_answer(client: Client, face: str, set_clock: SetClock) -> None:
    organisation = an_organisation("Harvest Hands")
    applicant = show_application(organisation).number
    first = a_licence(organisation, until=day(30)).number
    set_clock(NOW + timedelta(days=90))
    licences.surrender(organisation.licences.get(), takes_effect=day(20), because="Test.", by=a_decider(), at=NOW)
    second = a_licence(organisation, starts=day(90), until=day(400), at=NOW + timedelta(days=90)).number

    assert len({applicant, first, second}) == 3
    for number in (applicant, first, second):
        assert says(client, face, number, Standing.LICENSED)
        assert is_found(client, face, number)


@pytest.mark.parametrize("at", ["2026-11-03", "2027-01-01", "9999-12-31", "2026-11-02T10:00:01Z"])
def test_a_day_to_come_is_refused_and_what_was_typed_is_kept(client: Client, face: str, at: str) -> None:
    number = a_holder().number

    for answer in (read(client, face, number, at=at), ask(client, face, q="harvest", at=at)):
        assert answer.status == 422
        assert number not in answer.text or face == "page"
        if face == "api":
            assert [reason["where"] for reason in answer.json["reasons"]] == ["at"]
        else:
            assert at[:4] in answer.text
            assert "There is a problem" in answer.text


@pytest.mark.parametrize(
    "at", ["2026-02-30", "2025-02-29", "tomorrow", "2026-13-01", "0000-00-00", "1", "2026-11-02T10:00"]
)
def test_an_impossible_day_is_refused_and_what_was_typed_is_kept(client: Client, face: str, at: str) -> None:
    number = a_holder().number

    for answer in (read(client, face, number, at=at), ask(client, face, q="harvest", at=at)):
        assert answer.status == 422
        assert not re.search(r"app-outcome|app-answer--(?!cannot)", answer.text)
        if face == "page":
            assert "There is a problem" in answer.text
            assert all(
                f'value="{part.lstrip("0") or part}"' in answer.text or part in answer.text for part in at.split("-")
            )


def test_a_question_about_nobody_is_refused(client: Client, face: str) -> None:
    for asked in ({"q": ""}, {"q": "   "}, {"q": "", "sector": ""}):
        answer = ask(client, face, **asked)
        assert answer.status == 422
        assert "Enter a name or a licence number." in answer.text


def test_a_whole_message_of_300_characters_is_enough(client: Client, face: str) -> None:
    assert ask(client, face, q="a" * 300).status == 200
    answer = ask(client, face, q="a" * 301)
    assert answer.status == 422
    assert "a" * 301 in answer.text or face == "api"


@pytest.mark.parametrize(
    "asked", [{"sector": "piracy"}, {"standing": "splendid"}, {"supplies_to": "mars"}, {"q": "a\x00b"}]
)
def test_a_filter_that_cannot_be_read_is_refused(client: Client, face: str, asked: dict[str, str]) -> None:
    assert ask(client, face, **asked).status == 422


def test_filters_leave_those_who_match_all_of_them(client: Client, face: str) -> None:
    a_holder("Hereford Hands")
    a_holder("Kent Hands", address={"town": "Ashford", "county": "Kent", "postcode": "TN23 1AA"})
    an_applicant("Hopeful Hands")

    def names(**asked: str) -> set[str]:
        text = ask(client, face, **asked).text
        return {name for name in ("Hereford Hands", "Kent Hands", "Hopeful Hands") if name in text}

    assert names(place="hereford") == {"Hereford Hands"}
    assert names(place="kent") == {"Kent Hands"}
    assert names(place="TN2") == names(place="tn231aa") == names(place="tn23 1") == {"Kent Hands"}
    assert names(standing="applied") == {"Hopeful Hands"}
    assert names(standing="licensed") == {"Hereford Hands", "Kent Hands"}
    assert names(sector="horticulture") == {"Hereford Hands", "Kent Hands", "Hopeful Hands"}
    assert names(sector="agriculture") == set()
    assert names(supplies_to="wales", sector="horticulture", standing="licensed", place="ashf") == {"Kent Hands"}
    assert names(q="hands", standing="applied") == {"Hopeful Hands"}
    assert names(supplies_to="england") == set()


@pytest.mark.parametrize("fail_at", range(1, 9))
def test_a_database_that_fails_at_any_statement_never_gives_an_answer(client: Client, face: str, fail_at: int) -> None:
    licence = a_holder()
    rename(licence.organisation, NOW, legal_name="Orchard Crew Ltd")

    questions: list[tuple[Callable[..., Answer], dict[str, str]]] = [
        (ask, {"q": "harvest hands"}),
        (ask, {"q": licence.number}),
        (ask, {"standing": "licensed"}),
        (read, {"number": licence.number}),
        (read, {"number": licence.number, "at": "2026-11-01"}),
        (read, {"number": "ABCD0001"}),
    ]
    for method, asked in questions:
        statements = Statements(fail_at)
        with connection.execute_wrapper(statements):
            answer = method(client, face, **asked)
        if statements.count < fail_at:
            continue
        assert answer.status == 503
        assert not re.search(r"app-outcome|app-answer--(?!cannot)", answer.text)
        if face == "api":
            assert answer.json["licensed"] is None
            assert answer.json["type"] == "/problems/cannot-tell"
        else:
            assert "We cannot tell now" in answer.text


def test_without_the_rules_of_the_day_we_cannot_tell(client: Client, face: str) -> None:
    number = a_holder().number

    with schemes.use([]):
        answer = read(client, face, number)

    if face == "page":
        assert answer.status == 503
        assert not re.search(r"app-outcome|app-answer--(?!cannot)", answer.text)
    else:
        assert answer.json["licensed"] is None


def test_asking_costs_a_known_number_of_statements(client: Client, face: str) -> None:
    number = a_holder("Harvest Hands", trading_names=["Orchard Crew"]).number
    for name in ("Harvest Help", "Harvest Home", "Harvest Hearts"):
        a_holder(name)

    def cost(**asked: str) -> int:
        statements = Statements()
        with connection.execute_wrapper(statements):
            answer = read(client, face, number) if not asked else ask(client, face, **asked)
        assert answer.status == 200
        return statements.count

    ninja = 1 if face == "api" else 0  # the newest entry, for the ETag
    assert cost() == 2  # its entries, and names that are like its own
    assert cost(q=number) == 2 + ninja
    assert cost(q="harvest") == 6 + ninja
    assert cost(q="Harvest Hands") == 6 + ninja
    assert cost(standing="licensed") == 1 + ninja

    a_holder("Harvest Hands UK")
    assert cost() == 3  # the entries of those, too

    a_holder("Harvest Hands of Lincolnshire")
    # A name that says enough: the names of those who may be mistaken for it are one statement.
    assert cost(q="Harvest Hands of Lincolnshire") == 4 + ninja


def test_the_last_instant_of_any_day_is_in_that_day(face: str) -> None:
    for last in (date(2026, 3, 29), date(2026, 10, 25), date(2024, 2, 29), date(2026, 7, 1)):
        end = instants.end_of(last, now=an_instant(date(2026, 11, 2)))

        assert end.astimezone(LONDON).date() == last
        assert (end + ONE_MICROSECOND).astimezone(LONDON).date() == last + timedelta(days=1)
