"""Whoever has a conflict of interest with a firm finds it in no list, by no search, in no file of a list (docs/rules.md T10)."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from compliance.reports.models.reports import Report
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.organisations.models import Organisation
from tests import stories
from tests.compliance.enforcement.world import a_notice_of_underpayment
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.reports.world import a_report
from tests.compliance.stories import a_plan, an_inspection, an_inspection_reported
from tests.compliance.targeting.world import a_round_about, scored
from tests.conftest import NOW
from tests.licensing.stories import a_licence
from tests.people import person, signed_in
from tests.registry.stories import an_organisation
from tests.remembered import remembered

pytestmark = pytest.mark.django_db

#: Typed into the box, and so given back; and a word that only the firm's name has.
TYPED, CANARY = "Zebulonia", "Quarrymoor"
NAME = f"{TYPED} {CANARY} Ltd"
#: Between them they may see every list that has a firm in it.
ROLES = ("case_officer", "quality_reviewer", "intelligence_analyst", "manager")
#: Whoever watches over conflicts must see them, and the trail is read whole.
NOT_ASKED = ("staff/conflicts/", "staff/trail/", "account/")


def addresses() -> Iterator[str]:
    """Every address of the staff that takes nothing in brackets."""
    return _without_brackets(get_resolver().url_patterns, "")


def _without_brackets(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for one in patterns:
        address = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _without_brackets(one.url_patterns, address)
        elif address.startswith("staff/") and "<" not in address and not address.startswith(NOT_ASKED):
            yield f"/{address}"


@remembered
def firms_in_every_list() -> list[Organisation]:
    """One is licensed, inspected, reported, known of, scored and chosen; one is applying."""
    licence = a_licence(legal_name=NAME)
    firm = licence.organisation
    scored(licence)
    a_round_about(licence)
    a_plan(an_inspection(organisation=firm, kind="compliance", case="", licence_number=licence.number))
    a_notice_of_underpayment(organisation=firm)
    an_inspection_reported(organisation=firm)
    applying = stories.an_application_being_assessed(organisation=an_organisation(f"{TYPED} {CANARY} Two Ltd"))
    report = a_report(about_name=NAME)
    Report.objects.filter(pk=report.pk).update(organisation=firm)
    known = some_intelligence(firm, sanitised_text=f"{NAME} keeps passports.")
    assert known.subjects.exists()
    return [firm, applying.organisation]


def answer_of(client: Client, address: str) -> str | None:
    """What is read there; None where it is not for this person."""
    answer = client.get(address)
    if answer.status_code != 200:
        return None
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return text.decode(errors="replace")


def found_by(who: User) -> Iterator[str]:
    """The lists and searches in which this person finds the firm, as pages and as files."""
    client = signed_in(who)
    for address in addresses():
        if address.endswith(".csv"):
            taken = client.post(address)
            if taken.status_code == 200 and CANARY in b"".join(taken.streaming_content).decode():  # type: ignore[attr-defined]
                yield f"{address} taken"
        elif (page := answer_of(client, address)) is not None:
            searched = answer_of(client, f"{address}?q={TYPED}") or ""
            yield from (title for title, text in ((address, page), (f"{address}?q", searched)) if CANARY in text)


@pytest.mark.parametrize("role", ROLES)
def test_a_conflict_of_interest_takes_the_firm_out_of_every_list_and_search(role: str) -> None:
    firms, who = firms_in_every_list(), person(role)
    assert next(found_by(who), None), "who finds it nowhere shows nothing"

    for firm in firms:
        conflicts.declare(
            who, organisation=firm, because="My brother owns it.", since=NOW.date(), by=person("manager"), at=NOW
        )

    assert list(found_by(who)) == []
