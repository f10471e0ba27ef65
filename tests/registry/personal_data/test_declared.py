"""Every field of every table is declared as personal, or as one that says nothing about a person."""

from typing import get_args

import pytest
from django.apps import apps
from django.db import models

from compliance.reports.models.reports import Report
from registry import personal_data
from registry.personal_data import EVERYONE, NO_ONE, OWN
from registry.roles import ROLES
from registry.schemes.retention import Erased, Kept


def named(field: models.Field[object, object], name: str) -> models.Field[object, object]:
    field.set_attributes_from_name(name)
    return field


def test_no_field_is_left_undeclared() -> None:
    """A fault says the field, and where to write what it holds."""
    assert list(personal_data.faults()) == []


@pytest.mark.parametrize(
    "field",
    [
        models.TextField(),
        models.CharField(max_length=20),
        models.JSONField(),
        models.BinaryField(),
        models.EmailField(),
    ],
)
def test_a_new_field_that_can_hold_words_is_a_fault_until_it_is_declared(field: models.Field[object, object]) -> None:
    assert not personal_data.use_of(Report, named(field, "nickname")).is_declared


@pytest.mark.parametrize(
    "field",
    [models.BooleanField(), models.DateField(), models.IntegerField(), models.CharField(choices=[("a", "A")])],
)
def test_what_cannot_hold_words_needs_no_declaration(field: models.Field[object, object]) -> None:
    use = personal_data.use_of(Report, named(field, "counted"))

    assert use.is_declared
    assert not use.is_personal


def test_a_row_that_names_an_account_or_a_person_is_personal_by_rule() -> None:
    for label, name, terms in (("compliance.Report", "begun_by", ("trail",)), ("registry.Role", "person", ("people",))):
        model = apps.get_model(label)
        assert personal_data.use_of(model, model._meta.get_field(name)).terms == terms


def test_the_fault_says_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(personal_data._declared.personal, ("compliance.report", "text"))

    (fault,) = personal_data.faults()

    assert fault.startswith("compliance.Report.text can hold words about a person: name it in compliance/personal.py")


def test_a_declaration_of_a_field_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    held = personal_data._declared.personal["compliance.report", "text"]
    monkeypatch.setitem(personal_data._declared.personal, ("compliance.report", "gone"), held)

    assert list(personal_data.faults()) == ["compliance.report.gone is declared, but there is no such field"]


def test_each_term_is_a_line_of_the_table_and_each_reader_has_a_role() -> None:
    uses = list(personal_data.uses())
    permissions = {codename for role in ROLES.values() for codename in role.permissions} | {EVERYONE, OWN, NO_ONE}

    assert {term for use in uses for term in use.terms} == {*get_args(Erased), *get_args(Kept)}
    assert {reader for use in uses for reader in use.seen_with} <= permissions


def test_nothing_sealed_is_said_to_be_seen_by_who_may_not_open_it() -> None:
    sealed = {use.label: use.seen_with for use in personal_data.uses() if use.name == "sealed" and use.is_personal}

    assert sealed["compliance.SealedIdentity.sealed"] == ("compliance.handle_sources",)
