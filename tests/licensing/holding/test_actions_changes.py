"""What holders tell has changed: by when, what it sets off, who accepts it, and when file and register follow."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, transaction

from licensing.holding.actions import changes, renewals
from licensing.holding.models import Change
from licensing.holding.queries import changes as change_queries
from licensing.holding.queries import holding
from registry import schemes
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.organisations.models import Fact
from registry.register.models import Entry
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.holding.world import ADDRESS, NEWCOMER, SECURE, a_change, somebody_joins, the_holder
from tests.licensing.stories import TODAY, a_check_answered, a_licence, day, later, weeks_before_the_end
from tests.people import person

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def shown(licence: Licence) -> Entry:
    return Entry.objects.get(listing=licence.listing, shown_until=None)


def accept(change: Change, *, at: Any = NOW) -> Change:
    for check in change.checks.filter(result=""):
        a_check_answered(check, at=at)
    return changes.accept(change, by=person("case_officer"), at=at)


# --- telling ---


def test_a_change_that_is_told_waits_until_an_officer_has_accepted_it() -> None:
    change = a_change()

    assert change.status == "told"
    assert shown(change.licence).address["town"] == "Boston"
    assert change.organisation.address["town"] == "Boston"


def test_the_holder_is_told_at_the_address_that_is_on_the_file() -> None:
    change = a_change("email", {"email": "thief@mail.example"})

    letter = Letter.objects.get(template="licensing/letters/change_told.html")
    assert (letter.reference, letter.address) == (change.licence.number, "office@dyffryn.example")


def test_the_last_day_to_tell_is_counted_in_working_days_from_the_day_it_happened() -> None:
    assert a_change(happened_on=date(2026, 10, 12)).due_on == date(2026, 11, 9)


def test_how_late_it_was_told_is_written_down() -> None:
    change = a_change(happened_on=date(2026, 9, 28))

    assert (change.due_on, change.days_late) == (date(2026, 10, 26), 5)
    fact = Fact.objects.get(organisation=change.organisation, key="told_late")
    assert fact.value == {"change": "address", "working_days": 5, "due_on": "2026-10-26"}
    assert fact.source == f"change {change.reference}"


def test_what_is_told_in_time_leaves_no_such_fact() -> None:
    change = a_change()

    assert change.days_late == 0
    assert not Fact.objects.filter(organisation=change.organisation, key="told_late").exists()


def test_the_trail_says_that_it_was_told_and_keeps_no_personal_details() -> None:
    change = somebody_joins()

    event = Event.objects.get(kind="change", verb="tell")
    assert event.reference == change.reference
    assert "Lowri" not in str(event.facts)


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("a day in the future", {"happened_on": TODAY + timedelta(days=1)}, "in_the_future"),
    ("a kind that must be applied for", {"kind": "principal_authority"}, "must_be_applied_for"),
    ("a kind that the scheme does not know", {"kind": "marriage"}, "no_such_change"),
    ("a kind that is not for this holder", {"kind": "partner_joins"}, "no_such_change"),
    ("nobody who leaves", {"kind": "director_leaves", "item": "P-0000-0000"}, "nobody_leaves"),
]


@pytest.mark.parametrize(("what", "given", "code"), REFUSALS, ids=[what for what, _given, _code in REFUSALS])
def test_telling_refuses(what: str, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        a_change(**given)

    assert codes(refused) == [code]
    assert not Change.objects.exists()


def test_telling_what_is_known_already_is_refused() -> None:
    licence = a_licence()
    scheme = schemes.in_force(licence.scheme, TODAY)
    kind = scheme.change_kind("address")
    known = dict(holding.kept_for(licence, kind, holding.filled_now(licence, scheme)))

    with pytest.raises(Refused) as refused:
        a_change("address", known, licence=licence)

    assert codes(refused) == ["nothing_changed"]


def test_a_second_change_of_a_kind_waits_for_the_first() -> None:
    licence = a_licence()
    a_change(licence=licence)

    with pytest.raises(Refused) as refused:
        a_change("address", {"address": {**ADDRESS, "line_1": "5 Quay Street"}}, licence=licence)

    assert codes(refused) == ["told_already"]


def test_nothing_is_told_of_a_licence_that_has_run_out() -> None:
    licence = a_licence()

    with pytest.raises(Refused) as refused:
        a_change(licence=licence, at=later(366))

    assert codes(refused) == ["not_held"]


def test_nobody_tells_for_an_organisation_of_somebody_else() -> None:
    licence = a_licence()

    with pytest.raises(ObjectDoesNotExist):
        changes.tell(licence, kind="other", data={}, happened_on=TODAY, by=person("applicant"), at=NOW)


# --- what it sets off ---


def test_other_authorities_are_asked_as_the_pack_says_about_whoever_joins() -> None:
    change = somebody_joins()

    assert [(check.code, check.subject) for check in change.checks.all()] == [("police", "Lowri Beynon")]


def test_it_is_not_accepted_before_they_have_answered() -> None:
    change = somebody_joins()

    with pytest.raises(Refused) as refused:
        changes.accept(change, by=person("case_officer"), at=NOW)

    assert codes(refused) == ["checks_unanswered"]


def test_many_changes_in_a_few_days_warn_the_officer() -> None:
    licence = a_licence()
    for kind in ("ruling", "security", "other", "winding_up"):
        calm = a_change(kind, {"what_changed": "Something."}, licence=licence)
    assert not change_queries.change_file(calm, by=person("case_officer"), on=TODAY).many

    alarming = a_change(licence=licence)

    assert change_queries.change_file(alarming, by=person("case_officer"), on=TODAY).many


# --- accepting ---


def test_accepting_an_address_writes_it_into_the_file_and_shows_it() -> None:
    change = accept(a_change())

    change.refresh_from_db()
    assert (change.status, change.closed_at) == ("accepted", NOW)
    assert change.organisation.address["town"] == "Cardigan"
    assert shown(change.licence).address["town"] == "Cardigan"


def test_a_new_email_address_is_confirmed_to_the_old_one_too() -> None:
    accept(a_change("email", {"email": "new@dyffryn.example"}))

    told = Letter.objects.filter(template="licensing/letters/change_accepted.html")
    assert {letter.address for letter in told} == {"office@dyffryn.example", "new@dyffryn.example"}


def test_whoever_joins_is_on_the_register_once_accepted() -> None:
    change = somebody_joins()
    before = shown(change.licence).named_digests, shown(change.licence).named_people

    accept(change)

    assert change.organisation.roles.get(person__full_name="Lowri Beynon").kind == "named_individual"
    assert (shown(change.licence).named_digests, shown(change.licence).named_people) != before


def test_a_change_of_the_company_number_ends_the_licence_when_it_is_accepted() -> None:
    change = accept(a_change("company_number", {"company_number": "01234567"}), at=later(3))

    licence = Licence.objects.get(pk=change.licence_id)
    assert (licence.status, licence.ended_from) == ("ended", day(3))
    assert Letter.objects.filter(template="licensing/letters/ended.html").exists()


def test_a_new_paye_reference_ends_nothing() -> None:
    licence = a_licence()
    same = {"utr": "1955839661", "vat_registered": True, "vat_number": "980780684"}

    change = accept(
        a_change("tax", {**same, "paye_registered": True, "paye_reference": ["123/AB999"]}, licence=licence)
    )

    licence.refresh_from_db()
    assert licence.status == "active"
    assert change.organisation.paye_references == ["123/AB999"]


def test_a_vat_number_that_is_given_up_ends_the_licence() -> None:
    licence = a_licence()

    accept(a_change("tax", {"utr": "1955839661", "vat_registered": False, "paye_registered": False}, licence=licence))

    licence.refresh_from_db()
    assert licence.status == "ended"


def test_a_renewal_begins_with_what_was_accepted_since_the_grant() -> None:
    licence = a_licence()
    accept(somebody_joins(licence))

    renewal = renewals.start(licence, by=the_holder(licence), at=weeks_before_the_end(licence, 6))

    kept = renewal.answers.filter(page="named-individuals").values_list("data__full_name", flat=True)
    assert "Lowri Beynon" in kept
    assert not renewal.answers.filter(data__has_key="convictions", page="named-individuals").exists()


# --- leaving ---


def test_whoever_leaves_has_left_at_once_and_the_register_follows() -> None:
    licence = a_licence()
    accept(somebody_joins(licence))
    role = licence.organisation.roles.get(person__full_name="Lowri Beynon")
    assert role.person

    change = a_change("named_individual_leaves", {}, licence=licence, item=role.person.reference, at=later(2))

    role.refresh_from_db()
    assert role.until == day(2)
    assert change.called == "Lowri Beynon"
    scheme = schemes.in_force(licence.scheme, TODAY)
    page = scheme.form.page("named-individuals")
    assert not [one for one in holding.filled_now(licence, scheme).on(page) if one.data["full_name"] == "Lowri Beynon"]


def test_a_departure_can_only_be_noted() -> None:
    licence = a_licence()
    accept(somebody_joins(licence))
    role = licence.organisation.roles.get(person__full_name="Lowri Beynon")
    assert role.person
    change = a_change("named_individual_leaves", {}, licence=licence, item=role.person.reference)

    for answer, code in ((changes.accept, "only_noted"),):
        with pytest.raises(Refused) as refused:
            answer(change, by=person("case_officer"), at=NOW)
        assert codes(refused) == [code]
    with pytest.raises(Refused) as refused:
        changes.refuse(change, because="No.", by=person("case_officer"), at=NOW)
    assert codes(refused) == ["holds_already"]
    changes.note(change, by=person("case_officer"), at=NOW)
    assert Change.objects.get(pk=change.pk).status == "noted"


# --- refusing and noting ---


def test_what_is_refused_changes_nothing_and_says_why() -> None:
    change = a_change()

    changes.refuse(change, because="The postcode is of another town.", by=person("case_officer"), at=NOW)

    assert change.organisation.address["town"] == "Boston"
    letter = Letter.objects.get(template="licensing/letters/change_refused.html")
    assert letter.facts["because"] == "The postcode is of another town."


def test_refusing_needs_a_reason() -> None:
    with pytest.raises(Refused) as refused:
        changes.refuse(a_change(), because=" ", by=person("case_officer"), at=NOW)

    assert codes(refused) == ["no_reasons"]


def test_what_writes_nothing_is_noted() -> None:
    ruling = {"decided_by": "The tribunal", "decided_what": "Unpaid wages", "under_appeal": False}
    change = a_change("ruling", ruling)

    changes.note(change, by=person("case_officer"), at=NOW)

    assert Change.objects.get().status == "noted"


def test_what_the_register_would_follow_is_not_merely_noted() -> None:
    with pytest.raises(Refused) as refused:
        changes.note(a_change(), by=person("case_officer"), at=NOW)

    assert codes(refused) == ["must_be_decided"]


def refuse(change: Change, **given: Any) -> Change:
    return changes.refuse(change, because="No.", **given)


@pytest.mark.parametrize("answer", [changes.accept, changes.note, refuse])
@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector", "manager", "auditor"])
def test_only_case_officers_answer(answer: Callable[..., Change], role: str) -> None:
    change = a_change()

    with pytest.raises(PermissionDenied):
        answer(change, by=person(role), at=NOW)


@pytest.mark.parametrize("answer", [changes.accept, changes.note, refuse])
def test_what_has_been_answered_is_not_answered_again(answer: Callable[..., Change]) -> None:
    change = accept(a_change())

    with pytest.raises(Refused) as refused:
        answer(change, by=person("case_officer"), at=NOW)

    assert "wrong_state" in codes(refused)


def test_the_database_keeps_whoever_told_from_accepting() -> None:
    change = a_change()

    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(status="noted", closed_by=change.told_by, closed_at=NOW)


def test_security_questions_are_kept_with_the_change_and_not_in_the_form() -> None:
    change = somebody_joins()

    assert change.data == NEWCOMER
    assert SECURE.keys().isdisjoint(holding.answered_of(change, holding.kind_of(change)))
    assert change.scheme == stories.SCHEME
