"""A sample of `python -m tests.benchmarks.legal_forms`: no name that nobody has is answered, whatever its legal form."""

import pytest

from registry import search as index
from tests.benchmarks import legal_forms

pytestmark = pytest.mark.django_db


def test_no_name_of_another_form_or_letter_is_anybodys() -> None:
    held = legal_forms.register(400, seed=15)

    assert legal_forms.wrong(held, list(legal_forms.questions(held, 400, seed=15))) == []


def test_each_name_of_that_register_is_found_exactly() -> None:
    held = legal_forms.register(60, seed=16)

    assert {found for _typed, found in legal_forms.wrong(held, [one.name for one in held])} == {
        one.name for one in held
    }
    assert index.equal_to([held[0].core.upper()], index.PUBLIC)
