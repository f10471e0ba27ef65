"""For every document that a pack requires, an application without it is refused with that reason: generated from the packs."""

from datetime import timedelta
from typing import Any

import pytest

from licensing.applications.models import Application
from licensing.applications.rules import documents as rules
from licensing.applications.rules.documents import RequirementDocuments
from registry import schemes
from registry.documents.models import Document
from registry.documents.states import DocumentStatus
from registry.schemes import Clause, Requirement, Scheme
from tests.conftest import NOW

REQUIRED = [
    (schemes.get(name, version), one)
    for name in schemes.names()
    for version in schemes.versions(name)
    for one in schemes.get(name, version).documents
    if one.required
]


LATER = NOW + timedelta(minutes=1)


def satisfying(clause: Clause) -> dict[str, Any]:
    """An answer of which the clause is true."""
    if clause.is_ is not None:
        return {clause.fact: clause.is_}
    if clause.in_:
        return {clause.fact: clause.in_[0]}
    return {clause.fact: [clause.has] if clause.has else clause.at_least}


def facts_calling_for(requirement: Requirement) -> dict[str, Any]:
    return (
        {key: value for one in requirement.when.clauses for key, value in satisfying(one).items()}
        if requirement.when
        else {}
    )


def a_document(status: DocumentStatus) -> Document:
    return Document(status=status, uploaded_at=NOW, checked_at=None if status == DocumentStatus.RECEIVED else LATER)


def test_the_packs_in_force_require_documents() -> None:
    assert {scheme.name for scheme, _one in REQUIRED} == set(schemes.names())


@pytest.mark.parametrize(("scheme", "requirement"), REQUIRED, ids=lambda one: str(getattr(one, "code", one)))
def test_without_a_required_document_the_reason_is_given(scheme: Scheme, requirement: Requirement) -> None:
    asked = scheme.documents_for(facts_calling_for(requirement))
    assert requirement in asked

    reasons = list(rules.missing(RequirementDocuments(one, ()) for one in asked))

    assert f"documents/{requirement.code}" in {reason.where for reason in reasons}
    assert {reason.code for reason in reasons} == {"document_missing"}


@pytest.mark.parametrize(("scheme", "requirement"), REQUIRED, ids=lambda one: str(getattr(one, "code", one)))
def test_where_the_answers_do_not_call_for_it_nothing_is_asked(scheme: Scheme, requirement: Requirement) -> None:
    assert (requirement in scheme.documents_for({})) is (requirement.when is None)


@pytest.mark.parametrize(
    ("status", "is_missing"),
    [
        (DocumentStatus.RECEIVED, False),
        (DocumentStatus.CLEAN, False),
        (DocumentStatus.REJECTED, True),
    ],
)
def test_what_was_rejected_does_not_count_and_what_is_being_checked_does(
    status: DocumentStatus, is_missing: bool
) -> None:
    _scheme, requirement = REQUIRED[0]

    assert RequirementDocuments(requirement, (a_document(status),)).is_missing is is_missing


@pytest.mark.parametrize("status", ["submitted", "assessing", "awaiting_applicant"])
def test_only_what_was_rejected_is_replaced_after_handing_in(status: str) -> None:
    _scheme, requirement = REQUIRED[0]
    case = Application(status=status, submitted_at=NOW)

    def reasons(*documents: Document) -> list[str]:
        return [reason.code for reason in rules.hand_in_blockers(case, RequirementDocuments(requirement, documents))]

    assert reasons() == ["handed_in"]
    assert reasons(a_document(DocumentStatus.CLEAN)) == ["handed_in"]
    assert reasons(a_document(DocumentStatus.REJECTED)) == []
    assert reasons(a_document(DocumentStatus.CLEAN), a_document(DocumentStatus.REJECTED)) == []
    case.submitted_at = LATER
    assert reasons(a_document(DocumentStatus.REJECTED)) == ["handed_in"], "known before it was submitted"


def test_a_requirement_takes_no_more_than_it_says() -> None:
    _scheme, requirement = REQUIRED[0]
    shown = RequirementDocuments(requirement.model_copy(update={"at_most": 2}), (a_document(DocumentStatus.CLEAN),))

    assert [one.code for one in rules.hand_in_blockers(Application(), shown, adding=1)] == []
    assert [one.code for one in rules.hand_in_blockers(Application(), shown, adding=2)] == ["too_many_here"]
    assert [one.code for one in rules.hand_in_blockers(Application(), None)] == ["not_asked"]
