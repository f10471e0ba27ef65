"""Passing a licence to another business: asked by its holder, agreed to by the other, decided by two of the authority."""

from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, transaction

from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from licensing.holding.actions import surrenders, transfers
from licensing.holding.models import Transfer
from licensing.jobs import let_modifications_hold
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.actions import conditions
from registry.licences.models import Licence
from registry.register.models import Entry
from tests import stories
from tests.conftest import NOW
from tests.licensing.appeals.world import a_revocation_to_come, carried_out, ended, received, replied
from tests.licensing.conditions.test_actions_modifications import HOLDS, proposed, taken
from tests.licensing.holding.transfers_world import (
    FROM,
    OTHER,
    a_consent_proposed,
    a_refusal_of_transfer_proposed,
    a_transfer_agreed,
    a_transfer_asked,
    the_other,
)
from tests.licensing.stories import (
    TODAY,
    a_grant_proposed,
    a_licence,
    a_revocation_proposed,
    a_suspension_proposed,
    an_application_checked,
    day,
    decided,
    later,
    notified,
)
from tests.people import person

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def standing(licence: Licence, number: int) -> str:
    return Entry.objects.filter(shown_until=None).standing_on(day(number)).get(listing=licence.listing).standing


def refused_transfer() -> Decision:
    return decided(notified(a_refusal_of_transfer_proposed()), at=later(15))


# --- asking


def test_asking_changes_nothing_and_both_sides_are_written_to() -> None:
    transfer = a_transfer_asked()

    assert (transfer.status, standing(transfer.licence, 30)) == ("asked", "licensed")
    assert transfer.application is not None
    to = {
        letter.template.rpartition("/")[2]: letter.organisation
        for letter in Letter.objects.filter(template__contains="transfer")
    }
    assert to == {
        "transfer_asked.html": transfer.organisation,
        "transfer_to_answer.html": transfer.application.organisation,
    }


def test_the_other_business_does_not_read_why() -> None:
    a_transfer_asked(because="We wish to be rid of a tax debt.")

    assert "tax debt" not in Letter.objects.get(template__contains="transfer_to_answer").sheet


def test_a_business_that_has_not_applied_can_be_named_too() -> None:
    transfer = a_transfer_asked(has_applied=False)

    assert (transfer.status, transfer.to_name, transfer.application) == ("asked", OTHER, None)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to_name": " "}, "no_name"),
        ({"from_day": TODAY}, "too_early"),
        ({"from_day": day(400)}, "after_expiry"),
        ({"to_name": "Somebody Else Ltd"}, "no_such_application"),
        ({"number": "A-0000-0000"}, "no_such_application"),
    ],
)
def test_asking_is_refused(given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        a_transfer_asked(**given)

    assert code in codes(refused)


def test_an_application_of_ones_own_is_no_other_business() -> None:
    licence = a_licence()

    with pytest.raises(Refused) as refused:
        a_transfer_asked(licence, has_applied=False, to_name=licence.organisation.legal_name)

    assert codes(refused) == ["same_business"]


def test_it_is_asked_once() -> None:
    transfer = a_transfer_asked()

    with pytest.raises(Refused) as refused:
        a_transfer_asked(transfer.licence, has_applied=False)

    assert codes(refused) == ["asked_already"]


def test_nobody_escapes_a_decision_by_passing_the_licence_on() -> None:
    licence = a_licence()
    a_revocation_proposed(licence)

    with pytest.raises(Refused) as refused:
        a_transfer_asked(licence, has_applied=False)

    assert codes(refused) == ["decision_open"]


def test_of_a_licence_that_has_expired_nothing_is_left_to_pass_on() -> None:
    licence = a_licence()

    with pytest.raises(Refused) as refused:
        transfers.ask(
            licence,
            to_name=OTHER,
            from_day=day(420),
            because="x",
            by=stories.holder_of(licence.organisation),
            at=later(400),
        )

    assert "not_held" in codes(refused)


def test_only_whoever_acts_for_the_holder_asks() -> None:
    licence = a_licence()

    with pytest.raises(ObjectDoesNotExist):
        transfers.ask(licence, to_name=OTHER, from_day=FROM, because="x", by=person("applicant"), at=NOW)
    with pytest.raises(PermissionDenied):
        transfers.ask(licence, to_name=OTHER, from_day=FROM, because="x", by=person("case_officer"), at=NOW)


# --- answering, taking back


def test_only_the_other_business_answers() -> None:
    transfer = a_transfer_asked()

    with pytest.raises(ObjectDoesNotExist):
        transfers.agree(transfer, by=stories.holder_of(transfer.organisation), at=NOW)


def test_it_is_answered_once() -> None:
    transfer = a_transfer_agreed()

    with pytest.raises(Refused):
        transfers.decline(transfer, by=the_other(transfer), at=NOW)


def test_of_one_that_is_declined_the_holder_is_told_and_nothing_comes() -> None:
    transfer = a_transfer_asked()

    transfers.decline(transfer, by=the_other(transfer), at=NOW)

    transfer.refresh_from_db()
    assert transfer.status == "declined"
    assert Letter.objects.get(template__contains="transfer_declined").organisation == transfer.organisation
    assert a_transfer_asked(transfer.licence, has_applied=False).status == "asked"  # it can ask for another


def test_taking_it_back_drops_what_was_proposed() -> None:
    decision = a_consent_proposed()
    assert decision.transfer is not None

    transfers.retract(decision.transfer, by=stories.holder_of(decision.organisation), at=NOW)

    decision.refresh_from_db()
    assert (decision.status, Transfer.objects.get().status) == ("dropped", "withdrawn")


# --- a consent


def test_a_consent_licenses_the_other_and_ends_the_licence_from_the_same_day() -> None:
    decision = decided(a_consent_proposed())

    transfer = Transfer.objects.select_related("licence", "became", "application").get()
    assert transfer.became is not None and transfer.application is not None
    assert (transfer.status, transfer.application.status) == ("consented", "granted")
    assert (transfer.licence.surrendered_from, transfer.became.valid_from) == (FROM, FROM)
    assert [standing(transfer.licence, n) for n in (19, 20)] == ["licensed", "surrendered"]
    assert standing(transfer.became, 20) == "licensed"
    assert transfer.became.number != transfer.licence.number
    assert decision.appeal_by is None
    told = {(letter.organisation, letter.facts["wording"]) for letter in Letter.objects.filter(facts__wording__gt="")}
    assert (transfer.organisation, "transfer_allowed") in told
    assert (transfer.application.organisation, "decision_grant") in told


def test_conditions_that_are_open_go_along() -> None:
    licence = a_licence()
    wanted = "Insure each vehicle."
    conditions.impose(
        licence, standard="3.1", requirement=wanted, due_on=day(60), on=TODAY, by=person("decision_maker"), at=NOW
    )

    decided(a_consent_proposed(a_transfer_agreed(licence)))

    became = Transfer.objects.get().became
    assert became is not None
    assert [(one.requirement, one.due_on, one.imposed_on) for one in became.conditions.all()] == [
        (wanted, day(60), FROM)
    ]
    assert wanted in Letter.objects.get(template__contains="transfer_granted").sheet


@pytest.mark.parametrize(
    ("transfer", "code"),
    [
        (lambda: a_transfer_asked(has_applied=False), "not_applied"),
        (a_transfer_asked, "not_agreed"),
        (
            lambda: a_transfer_agreed(application=stories.an_application_paid(legal_name=OTHER)),
            "not_assessed",
        ),
        (
            lambda: a_transfer_agreed(application=stories.an_application_being_assessed(legal_name=OTHER)),
            "checks_unanswered",
        ),
        (lambda: _with_a_grant_proposed(), "other_decision_open"),
    ],
)
def test_a_consent_is_not_proposed_before_the_other_could_be_granted_a_licence(transfer: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        a_consent_proposed(transfer())  # type: ignore[operator]

    assert code in codes(refused)


def _with_a_grant_proposed() -> Transfer:
    application = an_application_checked(legal_name=OTHER)
    a_grant_proposed(application)
    return a_transfer_agreed(application=application)


def test_nothing_is_proposed_of_a_transfer_that_nobody_asks_for() -> None:
    with pytest.raises(Refused) as refused:
        a_consent_proposed(Transfer(licence=a_licence()))

    assert codes(refused) == ["no_transfer"]


def test_a_consent_is_given_by_somebody_who_did_not_assess_the_other() -> None:
    me = person("decision_maker", "case_officer")
    transfer = a_transfer_agreed(application=an_application_checked(case_officer=me, legal_name=OTHER))

    with pytest.raises(Refused) as refused:
        decided(a_consent_proposed(transfer), by=me)

    assert codes(refused) == ["assessed_other"]


@pytest.mark.parametrize("side", ["holder", "other"])
def test_whoever_has_a_conflict_with_either_side_takes_no_part(side: str) -> None:
    me = person("decision_maker", "case_officer")
    decision = a_consent_proposed()
    about = decision.organisations[side == "other"]
    conflicts.declare(me, organisation=about, because="My brother's.", since=TODAY, by=me, at=NOW)

    with pytest.raises(Refused) as refused:
        decided(decision, by=me)

    assert codes(refused) == ["conflicted"]
    assert not Decision.objects.visible_to(me).filter(pk=decision.pk).exists()
    assert not Transfer.objects.visible_to(me).exists()


def test_a_consent_names_no_day_before_the_one_that_was_asked_for() -> None:
    with pytest.raises(Refused) as refused:
        decided(a_consent_proposed(), from_day=day(5))

    assert codes(refused) == ["before_asked"]


def test_a_consent_waits_for_what_has_become_of_the_other_meanwhile() -> None:
    decision = a_consent_proposed()
    application = Application.objects.get(organisation__legal_name=OTHER)
    applications.withdraw(application, because="We stop.", by=stories.holder_of(application.organisation), at=NOW)

    with pytest.raises(Refused) as refused:
        decided(decision)

    assert codes(refused) == ["not_assessed"]


def test_nobody_consents_by_the_action_alone() -> None:
    transfer = a_transfer_agreed()

    with pytest.raises(Refused) as refused:
        transfers.consent(transfer, from_day=FROM, because="x", by=person("decision_maker"), at=NOW)

    assert codes(refused) == ["not_decided"]


# --- nobody sheds what was decided about the licence


def test_a_suspended_licence_passes_on_once_the_suspension_is_over() -> None:
    transfer = a_transfer_agreed()
    decided(notified(a_suspension_proposed(transfer.licence)))  # until the end of day 60

    with pytest.raises(Refused) as refused:
        a_consent_proposed(transfer, takes_effect=day(60))
    assert codes(refused) == ["suspended"]

    decision = a_consent_proposed(transfer, takes_effect=day(61))
    with pytest.raises(Refused) as refused:
        decided(decision, from_day=day(59))
    assert codes(refused) == ["suspended"]

    decided(decision)
    transfer.refresh_from_db()
    assert transfer.became is not None and transfer.became.valid_from == day(61)
    assert [standing(transfer.licence, n) for n in (60, 61)] == ["suspended", "surrendered"]


def test_a_licence_does_not_pass_on_while_an_appeal_about_it_is_open() -> None:
    transfer = a_transfer_agreed()
    appeal = received(a_revocation_to_come(licence=transfer.licence))

    with pytest.raises(Refused) as refused:
        a_consent_proposed(transfer)
    assert codes(refused) == ["appeal_open"]

    carried_out(ended(replied(appeal), allowed=True))
    assert a_consent_proposed(transfer).status == "proposed"


def test_a_licence_does_not_pass_on_before_a_condition_that_was_decided_holds() -> None:
    transfer = a_transfer_agreed()
    licence = transfer.licence
    taken(proposed(licence, "impose"))
    assert not licence.conditions.exists()

    with pytest.raises(Refused) as refused:
        a_consent_proposed(transfer, takes_effect=day(100))
    assert codes(refused) == ["modification_to_come"]

    let_modifications_hold(at=later(HOLDS))
    decided(a_consent_proposed(transfer, takes_effect=day(100)), at=later(HOLDS))
    transfer.refresh_from_db()
    assert transfer.became is not None
    assert [one.requirement for one in transfer.became.conditions.all()] == [
        one.requirement for one in licence.conditions.all()
    ]


def test_a_refusal_needs_no_suspension_to_be_over() -> None:
    transfer = a_transfer_agreed()
    decided(notified(a_suspension_proposed(transfer.licence)))

    assert a_refusal_of_transfer_proposed(transfer).status == "proposed"


# --- a refusal


def test_a_refusal_is_heard_and_then_the_licence_goes_on_with_its_holder() -> None:
    decision = refused_transfer()

    transfer = Transfer.objects.get()
    assert (transfer.status, transfer.licence.status, standing(transfer.licence, 30)) == (
        "refused",
        "active",
        "licensed",
    )
    letter = Letter.objects.get(facts__wording="transfer_refused")
    assert letter.facts["appeal_by"] == decision.appeal_by.isoformat()  # type: ignore[union-attr]
    assert "within 20 working days" in letter.sheet


def test_a_refusal_is_not_decided_before_the_holder_is_heard() -> None:
    with pytest.raises(Refused) as refused:
        decided(notified(a_refusal_of_transfer_proposed()), at=later(5))

    assert codes(refused) == ["still_being_heard"]


def test_an_appeal_that_is_allowed_makes_the_consent() -> None:
    decision = decided(notified(a_refusal_of_transfer_proposed(a_transfer_agreed())), at=later(15))
    appeal = ended(replied(received(decision)), allowed=True)

    carried_out(appeal, at=later(15))

    transfer = Transfer.objects.select_related("licence", "became").get()
    assert transfer.became is not None
    assert (transfer.status, transfer.licence.status) == ("consented", "surrendered")
    assert transfer.became.valid_from == FROM


def test_a_suspension_is_served_before_an_appeal_that_is_allowed_passes_the_licence_on() -> None:
    decision = decided(notified(a_refusal_of_transfer_proposed(a_transfer_agreed())), at=later(15))
    decided(notified(a_suspension_proposed(decision.licence)), at=later(15), from_day=day(16))

    carried_out(ended(replied(received(decision)), allowed=True), at=later(15))

    became = Transfer.objects.get().became
    assert became is not None and became.valid_from == day(61)


def test_what_is_proposed_about_the_licence_is_decided_before_an_appeal_passes_it_on() -> None:
    decision = decided(notified(a_refusal_of_transfer_proposed(a_transfer_agreed())), at=later(15))
    appeal = ended(replied(received(decision)), allowed=True)
    a_revocation_proposed(decision.licence)

    with pytest.raises(Refused) as refused:
        carried_out(appeal, at=later(15))

    assert codes(refused) == ["decision_open"]


def test_an_appeal_that_is_allowed_too_late_passes_nothing_on() -> None:
    decision = refused_transfer()  # the other never applied
    carried_out(ended(replied(received(decision)), allowed=True), at=later(15))

    assert (Transfer.objects.get().status, Licence.objects.get().status) == ("refused", "active")


def test_an_appeal_that_is_dismissed_leaves_the_refusal() -> None:
    carried_out(ended(replied(received(refused_transfer())), allowed=False), at=later(15))

    assert (Transfer.objects.get().status, Licence.objects.get().status) == ("refused", "active")


# --- by SQL


@pytest.mark.parametrize(
    "written",
    [
        {"status": "refused"},
        {"status": "withdrawn", "because": "Other words."},
        {"from_day": day(40)},
        {"to_name": "Somebody Else Ltd"},
        {"status": "asked"},
        {"answered_at": later(3)},
    ],
)
def test_by_sql_too_a_transfer_stays_what_was_asked_and_is_decided(written: dict[str, object]) -> None:
    transfer = a_transfer_agreed()

    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(**written)


def test_by_sql_too_nothing_passes_without_a_decision() -> None:
    transfer = a_transfer_agreed()

    with pytest.raises(IntegrityError, match="by a decision"), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(status="consented", became=transfer.licence)


def test_by_sql_too_it_is_not_deleted_nor_begun_in_another_state() -> None:
    transfer = a_transfer_asked()

    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).delete()
    with pytest.raises(IntegrityError, match="asked for"), transaction.atomic():
        Transfer.objects.create(
            reference="T-0000-0000",
            licence=a_licence(legal_name="Third Hands Ltd"),
            to_name=OTHER,
            from_day=FROM,
            because="x",
            status="refused",
            asked_by=transfer.asked_by,
            asked_at=NOW,
        )


def test_by_sql_too_no_consent_names_a_day_of_a_suspension() -> None:
    transfer = a_transfer_agreed()
    decided(notified(a_suspension_proposed(transfer.licence)))
    decision = a_consent_proposed(transfer, takes_effect=day(61))
    taken = {"status": "decided", "decided_by": person("decision_maker"), "decided_at": NOW, "decided_because": "x"}

    with pytest.raises(IntegrityError, match="suspension"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(takes_effect=day(60), **taken)

    assert Decision.objects.filter(pk=decision.pk).update(**taken) == 1


def test_by_sql_too_nothing_is_consented_to_while_an_appeal_about_the_licence_is_open() -> None:
    transfer = a_transfer_agreed()
    suspension = decided(notified(a_suspension_proposed(transfer.licence)))
    decision = a_consent_proposed(transfer, takes_effect=day(61))
    received(suspension, at=NOW)
    taken = {"status": "decided", "decided_by": person("decision_maker"), "decided_at": NOW, "decided_because": "x"}

    with pytest.raises(Refused) as refused:
        decided(decision)
    assert codes(refused) == ["appeal_open"]
    with pytest.raises(IntegrityError, match="no appeal"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**taken)


def test_by_sql_too_an_appeal_that_is_allowed_passes_nothing_on_within_a_suspension() -> None:
    decision = decided(notified(a_refusal_of_transfer_proposed(a_transfer_agreed())), at=later(15))
    decided(notified(a_suspension_proposed(decision.licence)), at=later(15), from_day=day(16))
    ended(replied(received(decision)), allowed=True)
    other = a_licence(legal_name="Third Hands Ltd")

    with pytest.raises(IntegrityError, match="suspension"), transaction.atomic():
        Transfer.objects.update(status="consented", became=other)


def test_by_sql_too_it_is_decided_by_somebody_who_did_not_assess_the_other() -> None:
    me = person("decision_maker", "case_officer")
    transfer = a_transfer_agreed(application=an_application_checked(case_officer=me, legal_name=OTHER))
    decision = a_consent_proposed(transfer)

    with pytest.raises(IntegrityError, match="other business"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            status="decided", decided_by=me, decided_at=NOW, decided_because="x"
        )


def test_by_sql_too_a_conflict_with_the_other_side_keeps_out() -> None:
    me = person("decision_maker", "case_officer")
    decision = a_consent_proposed()
    conflicts.declare(
        me, organisation=decision.organisations[1], because="It is my own firm.", since=TODAY, by=me, at=NOW
    )

    with pytest.raises(IntegrityError, match="conflict"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            status="decided", decided_by=me, decided_at=NOW, decided_because="x"
        )


# --- lists


def test_a_licence_is_not_given_up_while_its_transfer_is_decided() -> None:
    decision = a_consent_proposed()
    licence = decision.licence
    assert licence is not None

    with pytest.raises(Refused) as refused:
        surrenders.ask(licence, takes_effect=day(30), because="x", by=stories.holder_of(licence.organisation), at=NOW)

    assert codes(refused) == ["decision_open"]
