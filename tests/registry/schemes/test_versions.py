"""Which rules hold on a day, and what a version answers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from registry import schemes
from tests.registry.schemes.drafts import PACKS, car_washes

FIRST, SECOND = date(2030, 1, 1), date(2031, 1, 1)
EVE = timedelta(days=1)


@pytest.fixture(autouse=True)
def only_car_washes() -> Iterator[None]:
    with car_washes():
        yield


def test_a_version_holds_from_its_day_until_the_eve_of_the_next() -> None:
    assert schemes.in_force("car-wash", FIRST).version == FIRST
    assert schemes.in_force("car-wash", SECOND - EVE).version == FIRST
    assert schemes.in_force("car-wash", SECOND).version == SECOND
    assert schemes.in_force("car-wash", date(2099, 12, 31)).version == SECOND


def test_nothing_held_before_the_first_version() -> None:
    with pytest.raises(schemes.NoSchemeInForce, match="no version of car-wash was in force on 2029-12-31"):
        schemes.in_force("car-wash", FIRST - EVE)


def test_a_case_finds_the_version_it_was_pinned_to() -> None:
    assert schemes.get("car-wash", "2030-01-01") is schemes.get("car-wash", FIRST)


@pytest.mark.parametrize("version", ["2030-01-02", date(1999, 1, 1)])
def test_a_version_that_never_was_is_not_replaced_by_another(version: date | str) -> None:
    with pytest.raises(schemes.NoSchemeInForce, match="car-wash has no version of"):
        schemes.get("car-wash", version)


def test_an_unknown_scheme_is_said_to_be_unknown() -> None:
    for ask in (
        lambda: schemes.get("nails", FIRST),
        lambda: schemes.in_force("nails", FIRST),
        lambda: schemes.versions("nails"),
    ):
        with pytest.raises(schemes.NoSchemeInForce, match="there is no scheme named nails"):
            ask()


def test_schemes_and_versions_are_listed_in_order() -> None:
    assert schemes.names() == ("car-wash",)
    assert schemes.versions("car-wash") == (FIRST, SECOND)


def test_nothing_of_a_loaded_scheme_can_be_changed() -> None:
    scheme = schemes.get("car-wash", FIRST)

    with pytest.raises(ValidationError, match="frozen"):
        scheme.fail_at = 1
    with pytest.raises(ValidationError, match="frozen"):
        scheme.standard("1.1").points = 1


def test_packs_are_read_once() -> None:
    assert schemes.in_force("car-wash", FIRST) is schemes.in_force("car-wash", FIRST + EVE)


def test_the_block_over_the_former_packs_are_back() -> None:
    with schemes.use([Path(schemes.__file__).parent / "packs"]):
        assert "car-wash" not in schemes.names()

    assert schemes.names() == ("car-wash",)


def test_an_installation_may_name_further_folders_of_packs() -> None:
    names = subprocess.run(
        [sys.executable, "-c", "from registry import schemes; print(*schemes.names())"],
        env={**os.environ, "REGISTRY_PACKS": os.pathsep.join(["", str(PACKS)])},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "car-wash" in names.stdout.split()
    assert len(names.stdout.split()) > 1


def test_schemes_need_no_django() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys; from registry import schemes; schemes.names(); print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert not [name for name in loaded if name.split(".")[0] in ("django", "ninja")]


# --- what a version answers ------------------------------------------------------------------------------------------


def test_a_turnover_falls_in_one_band_and_costs_its_fee() -> None:
    scheme = schemes.get("car-wash", FIRST)

    assert scheme.band(Decimal("49999.99")).code == "small"
    assert scheme.band(50_000).code == "large"
    assert scheme.fee(0) == Decimal("12.50")
    assert scheme.fee(Decimal("50000"), "inspection") == 200
    assert scheme.fee("large", "renewal") == 50


def test_a_fee_is_that_of_the_version() -> None:
    assert schemes.in_force("car-wash", SECOND - EVE).fee("small") == Decimal("12.50")
    assert schemes.in_force("car-wash", SECOND).fee("small") == Decimal("15.00")


def test_what_has_no_fee_is_refused() -> None:
    scheme = schemes.get("car-wash", FIRST)

    with pytest.raises(schemes.Unknown, match="no fee band for a turnover of -1"):
        scheme.fee(-1)
    with pytest.raises(schemes.Unknown, match="no application fee for band huge"):
        scheme.fee("huge")


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_every_turnover_falls_in_exactly_one_band(turnover: Decimal) -> None:
    bands = schemes.get("car-wash", FIRST).fees.bands

    assert sum(band.takes(turnover) for band in bands) == 1


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, ["1.1"]),
        ({"chemicals": False, "sectors": ["washing"]}, ["1.1"]),
        ({"chemicals": True}, ["1.1", "1.2"]),
        ({"chemicals": False, "sectors": ["washing", "valeting"]}, ["1.1", "1.2"]),
    ],
)
def test_only_what_a_business_does_is_tested(facts: dict[str, Any], codes: list[str]) -> None:
    relevant = schemes.get("car-wash", FIRST).relevant_standards(facts)

    assert [standard.code for standard in relevant] == codes


def test_checks_are_opened_where_they_apply() -> None:
    scheme = schemes.get("car-wash", FIRST)

    assert [check.code for check in scheme.checks_for({"chemicals": False})] == ["police"]
    assert [check.code for check in scheme.checks_for({"chemicals": True})] == ["water", "police"]


def test_triggers_give_the_reasons_to_inspect_at_their_stage() -> None:
    scheme = schemes.get("car-wash", FIRST)
    facts = {"chemicals": True, "adverse_reply": True}

    assert [trigger.code for trigger in scheme.triggers_for("application", facts)] == ["acid"]
    assert not scheme.triggers_for("application", {"chemicals": True})
    assert not scheme.triggers_for("granted", facts)


def test_things_are_found_by_their_code() -> None:
    scheme = schemes.get("car-wash", FIRST)

    assert scheme.sector("valeting").title["en"] == "Valeting"
    assert scheme.nation("england").title["en"] == "England"
    assert scheme.check("water").authority["en"] == "Water company"
    assert scheme.letter("request").paragraphs[0]["en"] == "It is so."
    assert scheme.standard("1.2").points == 4


@pytest.mark.parametrize("kind", ["sector", "nation", "check", "letter", "standard"])
def test_what_a_scheme_does_not_have_is_said_to_be_unknown(kind: str) -> None:
    with pytest.raises(schemes.Unknown):
        getattr(schemes.get("car-wash", FIRST), kind)("nothing")


# --- the form --------------------------------------------------------------------------------------------------------


def form() -> schemes.Form:
    return schemes.get("car-wash", FIRST).form


def test_a_page_is_shown_when_its_condition_holds() -> None:
    assert [page.slug for page in form().shown({})] == ["business", "work", "director"]
    assert [page.slug for page in form().shown({"chemicals": True})] == ["business", "work", "director", "basins"]


def test_a_question_is_shown_when_its_condition_holds() -> None:
    number = form().question("company_number")

    assert number.is_shown({"legal_status": "company"})
    assert not number.is_shown({"legal_status": "sole_trader"})


def test_a_list_needs_its_least_number_only_when_the_condition_holds() -> None:
    basins = form().page("basins").list_of

    assert basins is not None
    assert basins.needed({"turnover": 49_999}) == 0
    assert basins.needed({"turnover": 50_000}) == 1


def test_a_question_may_offer_what_the_scheme_lists() -> None:
    assert [choice.value for choice in form().question("sectors").choices] == ["washing", "valeting"]
    assert [choice.label["en"] for choice in form().question("countries_supplied").choices] == ["England"]


def test_the_same_key_may_be_asked_of_the_organisation_and_of_a_person() -> None:
    assert form().question("telephone") == form().page("business").question("telephone")
    assert form().page("director").question("telephone").personal


def test_only_what_is_asked_of_the_organisation_is_a_fact_for_everyone() -> None:
    assert {"turnover", "chemicals"} <= form().facts()
    assert not {"litres", "leaks", "full_name"} & form().facts()


@pytest.mark.parametrize(
    "ask", [lambda: form().page("no"), lambda: form().question("litres"), lambda: form().page("work").question("no")]
)
def test_what_a_form_does_not_ask_is_not_found(ask: Any) -> None:
    with pytest.raises(KeyError):
        ask()
