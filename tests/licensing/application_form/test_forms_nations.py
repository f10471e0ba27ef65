"""The nation is asked with every address, of every scheme in every version: the bank holidays of a person hang on it."""

from collections.abc import Iterator

import pytest
from django import forms

from licensing.application_form.forms.fields import FIELDS
from licensing.application_form.forms.places import ELSEWHERE, Address
from registry import schemes
from registry.schemes import FormQuestion, Scheme

TYPED = ["1 High Street", "", "Hereford", "", "HR1 1AA"]


def addresses() -> Iterator[tuple[Scheme, FormQuestion]]:
    for name in schemes.names():
        for version in schemes.versions(name):
            scheme = schemes.get(name, version)
            for page in scheme.form.pages:
                yield from ((scheme, question) for question in page.questions if question.kind == "address")


def test_no_address_is_taken_without_its_nation() -> None:
    found = list(addresses())

    assert len(found) > 80
    for scheme, question in found:
        is_not_taken_without_its_nation(scheme, question)


def is_not_taken_without_its_nation(scheme: Scheme, question: FormQuestion) -> None:
    field = FIELDS[question.kind](scheme, question, scheme.version, {})

    assert isinstance(field, Address)
    with pytest.raises(forms.ValidationError, match="Choose the nation"):
        field.clean([*TYPED, ""])
    for nation in ("england", "wales", "scotland", "northern_ireland"):
        assert field.clean([*TYPED, nation])["country"] == nation
    assert field.clean(["1 Rue Haute", "", "Lille", "France", "59000", ELSEWHERE])["country"] == ELSEWHERE
