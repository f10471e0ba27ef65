"""Words in the languages of a pack."""

import pytest
from pydantic import ValidationError

from registry.schemes import Text, said


def test_a_text_is_said_in_the_readers_language() -> None:
    text = Text.model_validate({"en": "Licence", "cy": "Trwydded"})

    assert said(text, "cy") == "Trwydded"
    assert said(text, "en-gb") == "Licence"
    assert str(text) == "Licence"


@pytest.mark.parametrize("language", ["pl", "pl-pl", "", None])
def test_a_text_that_is_not_translated_is_said_in_english(language: str | None) -> None:
    assert said(Text.model_validate({"en": "Licence", "cy": "Trwydded"}), language) == "Licence"


def test_an_empty_translation_counts_as_none() -> None:
    text = Text.model_validate({"en": "Licence", "cy": ""})

    assert said(text, "cy") == "Licence"
    assert text.languages == {"en"}


def test_a_bare_string_is_english() -> None:
    assert Text.model_validate("Licence") == Text.model_validate({"en": "Licence"})


@pytest.mark.parametrize("given", [{"cy": "Trwydded"}, {"en": " "}, "", {}])
def test_a_text_without_english_is_refused(given: object) -> None:
    with pytest.raises(ValidationError, match="English text is missing"):
        Text.model_validate(given)
