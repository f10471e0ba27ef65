"""One text message is one message, in whatever alphabet; and a name is cut before what is said of it."""

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from registry.clients.texts import fitted, is_one_message
from registry.register.states import Outcome

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("a" * 160, True),
        ("a" * 161, False),
        ("€" * 80, True),
        ("€" * 80 + "a", False),
        ("ü" * 160, True),
        ("ł" * 70, True),
        ("ł" * 71, False),
        ("а" + "a" * 70, False),
        ("😀" * 35, True),
        ("😀" * 36, False),
    ],
)
def test_a_message_is_160_septets_or_70_units(words: str, fits: bool) -> None:
    assert is_one_message(words) == fits


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["Harvest Hands Ltd", "Świeże Ręce " * 20, "Збір врожаю " * 20, "A" * 300])
def test_whatever_is_said_of_whomever_is_one_message(language: str, name: str) -> None:
    with override(language):
        for said in (*(outcome.label for outcome in Outcome), gettext("Not on the register")):
            words = fitted(name, f" (HARV0001): {said}")

            assert is_one_message(words)
            assert words.endswith(f"(HARV0001): {said}")


def test_a_name_that_fits_is_whole() -> None:
    assert fitted("Harvest Hands Ltd", " (HARV0001): Licensed") == "Harvest Hands Ltd (HARV0001): Licensed"
    assert fitted("Ż" * 90, " (HARV0001): Licensed") == "Ż" * 47 + ".. (HARV0001): Licensed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixed_messages_are_one_message_in_every_language(language: str) -> None:
    with override(language):
        code = gettext("%(code)s is your code for alerts about changes. Do not share it with anyone.") % {
            "code": "123456"
        }

        assert is_one_message(code)
        assert is_one_message(gettext("More has changed on the register today. Look it up there."))
