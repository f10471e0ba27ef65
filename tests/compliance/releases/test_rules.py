"""Names and numbers of sources are found however they are written, and near-equal texts are told from others."""

import pytest

from compliance.intelligence.rules import is_nearly_equal
from compliance.releases import rules
from tests.compliance.intelligence.world import HEARD, SANITISED

END = "700900987"


@pytest.mark.parametrize(
    "text",
    [
        "Ring 07700 900987.",
        "Ring 07700900987",
        "+44 7700 900987",
        "0044 (0) 7700-900-987",
        "077.00.90.09.87",
        "0 7 7 0 0 9 0 0 9 8 7",
        "07700/900/987",
        "oh double seven double oh nine double oh nine eight seven",
        "zero seven seven zero zero nine zero zero nine eight seven",
        "07700 nine hundred and then 07700 900987",
        "٠٧٧٠٠ ٩٠٠٩٨٧",
        "０７７００９００９８７",
        "07700\u200b900\u200d987",
        "07700 900\n987",
    ],
)
def test_a_number_is_found_in_any_spelling(text: str) -> None:
    assert END in rules.ends_of_numbers(text)


@pytest.mark.parametrize(
    "text", ["Ring 07700 900986.", "Twelve workers, 700 pounds, 900 hours and 987 boxes", "700900 987x6"]
)
def test_other_numbers_are_not_taken_for_it(text: str) -> None:
    assert rules.ends_of_numbers(text) & {END} == ({END} if "987x6" in text else set())


@pytest.mark.parametrize(
    "text",
    [
        "Ffion Canarybird said so.",
        "CANARYBIRD’s van",
        "the canarybirds van",
        "canary-bird",
        "Canary bird",
        "C a n a r y b i r d",
        "Cánarybïrd",
        "Сanary\u200bbird (Canarybird)",
        "Ｃanarybird",
    ],
)
def test_a_part_of_a_name_is_found_in_any_spelling(text: str) -> None:
    assert "canarybird" in rules.words_in(text)


@pytest.mark.parametrize(
    "text", ["ffion@canarybird.example", "FFION @ Canarybird.example", "ffion (at) canarybird dot example"]
)
def test_an_address_is_found_in_any_spelling(text: str) -> None:
    assert "ffion@canarybird.example" in rules.addresses_in(text)


@pytest.mark.parametrize(
    "text",
    [
        HEARD,
        HEARD.upper(),
        HEARD.replace(" ", "  ").replace(".", "!"),
        f"We were told: {HEARD} We believe it, and more was said of the same place by others.",
        HEARD.replace("Marek", "Somebody"),
        " ".join(reversed(HEARD.split())),
    ],
)
def test_what_was_heard_is_known_again(text: str) -> None:
    assert is_nearly_equal(text, HEARD, 80)


@pytest.mark.parametrize("text", [SANITISED, "Passports are kept back.", ""])
def test_our_own_words_are_not(text: str) -> None:
    assert not is_nearly_equal(text, HEARD, 80)
