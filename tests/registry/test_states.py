from django.utils import translation

from registry.licences.states import CONDITION, LICENCE, LicenceStatus
from registry.register.states import LICENSED_STANDINGS, OUTCOMES, Outcome, Standing


def test_every_standing_has_an_outcome() -> None:
    assert set(OUTCOMES) == set(Standing)


def test_only_three_standings_count_as_licensed() -> None:
    assert {standing.value for standing in LICENSED_STANDINGS} == {
        "licensed",
        "licensed_with_conditions",
        "revocation_to_come",
    }


def test_an_outcome_says_licensed_exactly_when_the_standing_does() -> None:
    says_licensed = {Outcome.LICENSED, Outcome.LICENSED_WITH_CONDITIONS, Outcome.LOSING_LICENCE}

    assert {standing for standing, outcome in OUTCOMES.items() if outcome in says_licensed} == set(LICENSED_STANDINGS)


def test_expiry_and_suspension_are_dates_and_not_statuses() -> None:
    assert {"expired", "suspended"}.isdisjoint(LicenceStatus.values)


def test_nothing_leads_back_from_an_end() -> None:
    assert [status for status in LICENCE.statuses if not LICENCE.moves_from(status)] == ["ended"]
    assert LICENCE.moves_from("surrendered") == ("take_back_surrender",)
    assert CONDITION.moves_from("discharged") == CONDITION.moves_from("failed") == ()


def test_every_standing_and_status_has_words() -> None:
    with translation.override("en-gb"):
        for choice in [*Standing, *Outcome, *LicenceStatus]:
            assert str(choice.label)
            assert "_" not in str(choice.label)
