"""Pages of applications, decisions, licences and money."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from licensing.applications.models import Application
from licensing.decisions.actions import hearings, public_reasons, reviews
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.grounds import GivenReply
from licensing.payments.actions import payments
from licensing.payments.models import StatementLine
from licensing.watchlist_matches import actions as watchlist_matches
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.register.models import PublicReason
from registry.uploads import ScanVerdict
from tests import stories
from tests.conftest import NOW
from tests.journeys.every_page.of_authority import of_assignment, of_conflicts, of_figures, of_holidays
from tests.journeys.every_page.of_businesses import of_what_is_held
from tests.journeys.every_page.views import CONDITION, PARTNER, View, a_firm, steps, view
from tests.licensing import stories as cases
from tests.licensing.appeals import world as appeals
from tests.licensing.checks.agencies import a_check_put, a_letter, an_agency, answered
from tests.licensing.correspondence.world import a_file_entry
from tests.licensing.holding import transfers_world as transfers
from tests.licensing.holding.test_actions_changes import accept
from tests.licensing.holding.world import a_change, somebody_joins
from tests.licensing.insurances.world import a_proof
from tests.licensing.overrides.world import an_override, proposed
from tests.licensing.payments.bank_statements import a_row, a_statement, taken_up
from tests.licensing.payments.world import paid_too_much
from tests.licensing.phoenix_matches.world import a_look_alike
from tests.licensing.watchlist_matches.world import a_watchlist_match
from tests.people import person
from tests.registry.stories import a_place_supplied


def of_licensing(employer: User) -> Iterator[View]:
    def application(name: str, story: Any = cases.an_application_checked) -> Application:
        return story(organisation=a_firm(name, employer))  # type: ignore[no-any-return]

    unpaid, paid = application("Unpaid", stories.an_application_submitted), application("Paid", _paid)
    yield from _of_applications(unpaid, paid, application("Checked"))
    licence = _licence_with_condition(employer)
    yield from _of_licences(licence)
    yield from _of_look_alikes()
    refusal = cases.a_refusal_proposed(application("Refusal"))
    yield from (
        view("case_officer", name, refusal.reference)
        for name in ("decision", "notify_decision", "supplement_decision", "drop_decision")
    )
    notified = cases.notified(cases.a_refusal_proposed(application("Notified")))
    replied = [GivenReply(1, "The beds are gone.")]
    hearings.represent(notified, text="We disagree.", to_grounds=replied, by=employer, at=NOW)
    yield view("case_officer", "supplement_decision", notified.reference)
    yield from of_conflicts(notified.organisation)
    yield from of_assignment()
    yield view("applicant", "reply_about_application", notified.application.reference, notified.reference)  # type: ignore[union-attr]
    grant = cases.a_grant_proposed(application("Grant"), conditions=[CONDITION])
    suspension = cases.notified(cases.a_suspension_proposed(cases.a_licence(a_firm("Suspension", employer))))
    revocation = cases.notified(cases.a_revocation_proposed(cases.a_licence(a_firm("Revocation", employer))))
    yield view("applicant", "reply_about_licence", suspension.licence.number, suspension.reference)  # type: ignore[union-attr]
    yield from _of_decisions(notified, grant, suspension, revocation)
    not_agreed = cases.a_refusal_proposed(application("Not agreed"))
    reviews.disagree(not_agreed, because="One bed is no ground.", by=person("decision_maker"), at=NOW)
    yield view("case_officer", "decision", not_agreed.reference)
    yield from steps("case_officer", "decision", not_agreed, "read_reason")
    gone = cases.decided(cases.notified(cases.a_revocation_proposed(cases.a_licence(a_firm("Gone", employer)))))
    yield view("case_officer", "decision", gone.reference)
    explained = PublicReason.objects.exclude(decision="").order_by("pk")[0]
    yield view("case_officer", "correct_public_reason", explained.pk)
    words = {"sentence": "Wages were paid late.", "because": "It was about late wages only."}
    corrected = public_reasons.propose_correction(explained, **words, by=person("case_officer"), at=NOW)
    yield from steps("decision_maker", "reason_correction", corrected, "agree", "refuse")
    yield view("applicant", "licence", gone.licence.number)  # type: ignore[union-attr]
    yield view("case_officer", "staff_licence", gone.licence.number)  # type: ignore[union-attr]
    yield from _of_appeals(gone)
    yield from _of_transfers(employer, application("Successor"))
    yield from _of_letters()


def _of_letters() -> Iterator[View]:
    yield view("manager", "letter_kinds")
    yield view("manager", "letter_kind", "decision_refuse", query="?version=gla-food/2026-04-07&language=cy")


def _of_transfers(employer: User, application: Application) -> Iterator[View]:
    free, asked = (cases.a_licence(a_firm(name, employer)) for name in ("Staying", "Passing"))
    transfer = transfers.a_transfer_asked(asked, application)
    yield view("applicant", "transfer_licence", free.number)
    yield view("applicant", "transfer_licence", asked.number)
    yield view("applicant", "answer_transfer", application.reference, transfer.reference)
    yield view("case_officer", "transfers")
    yield view("case_officer", "staff_licence", asked.number)
    yield view("case_officer", "propose_allow_transfer", asked.number)
    yield view("case_officer", "propose_refuse_transfer", asked.number)
    refusal = cases.notified(transfers.a_refusal_of_transfer_proposed(transfer))
    yield view("case_officer", "decision", refusal.reference)
    yield view("decision_maker", "decide", refusal.reference)
    yield view("applicant", "reply_about_licence", asked.number, refusal.reference)


def _of_appeals(gone: Decision) -> Iterator[View]:
    yield view("applicant", "own_appeal", gone.reference)
    yield view("case_officer", "receive_appeal", gone.reference)
    appeal = appeals.listed(appeals.received(gone, at=NOW), at=NOW)
    yield view("applicant", "own_appeal", gone.reference)
    yield view("applicant", "submit_to_tribunal", gone.reference)
    yield view("case_officer", "appeals")
    yield view("case_officer", "appeal", appeal.reference)
    for name in ("fix_hearing", "readmit", "tick_off", "determine", "correct", "correct_outcome"):
        yield view("case_officer", f"{name}_appeal", appeal.reference)
    for name in ("carry_out", "send_back", "leave_undecided"):
        yield view("decision_maker", f"{name}_appeal", appeal.reference)
    for table, reference in (("appeal", appeal.reference), ("decision", gone.reference)):
        yield view("case_officer", f"add_to_file_{table}", reference)
    entry = a_file_entry(appeal)
    yield view("case_officer", "appeal", appeal.reference)
    yield view("case_officer", "file_entry", entry.reference)
    for step in ("match", "mark_read", "answer_mail", "set_aside"):
        yield view("case_officer", f"{step}_file_entry", entry.reference)


def _of_look_alikes() -> Iterator[View]:
    found = a_look_alike()
    again = found.organisation.applications.get()
    yield view("case_officer", "application", again.reference)
    yield view("case_officer", "look_alikes")
    yield view("case_officer", "look_alikes", query="?status=open&sort=-found")
    for name in ("look_alike", "confirm_look_alike", "dismiss_look_alike"):
        yield view("case_officer", name, found.reference)
    listed = a_watchlist_match("Listed Hands Ltd")
    yield view("case_officer", "watchlist_matches")
    yield view("case_officer", "watchlist_match", listed.reference)
    yield from steps("case_officer", "watchlist_match", listed, "confirm", "dismiss")
    confirmed = watchlist_matches.confirm_match(listed, because="The same passport.", by=person("case_officer"), at=NOW)
    yield from steps("case_officer", "watchlist_match", confirmed, "consider")


def _paid(organisation: Organisation) -> Application:
    return stories.an_application_paid(organisation=organisation)


def _licence_with_condition(employer: User) -> Licence:
    proposal = cases.a_grant_proposed(organisation=a_firm("Condition", employer), conditions=[CONDITION])
    decided = cases.decided(proposal)
    assert decided.application and decided.application.licence
    return decided.application.licence


def _of_applications(unpaid: Application, paid: Application, checked: Application) -> Iterator[View]:
    yield view("case_officer", "staff_home")
    yield view("case_officer", "staff_find", query=f"?q={unpaid.organisation.legal_name.split()[0]}")
    yield view("case_officer", "staff_find", query="?q=nobody+of+this+name")
    yield view("case_officer", "applications")
    yield view("case_officer", "applications", query="?status=assessing&sort=-name")
    yield view("manager", "applications", query="?turn=others&age=10")
    file = cases.a_document(checked)
    yield view("case_officer", "application", checked.reference)
    yield view("case_officer", "read_document", checked.reference, file.reference)
    yield from _of_money(unpaid, checked)
    yield view("case_officer", "enter_paper_application")
    paper = stories.a_paper_application_submitted()
    yield view("case_officer", "application", paper.reference)
    yield view("case_officer", "application_tasks", stories.a_paper_application("Pen Cae Labour").reference)
    yield view("case_officer", "letters_to_post")
    yield view("manager", "assign_application", checked.reference)
    yield view("case_officer", "record_payment", unpaid.reference)
    payment = paid_too_much(unpaid)
    yield view("case_officer", "cancel_payment_payment", payment.reference)
    for step in ("pay_back", "drop_refund"):
        yield view("case_officer", f"{step}_refund", unpaid.refunds.get().reference)
    yield view("applicant", "application_payments", unpaid.reference)
    yield view("case_officer", "application", unpaid.reference)
    yield view("case_officer", "begin_assessment", unpaid.reference)  # says why not yet
    yield view("case_officer", "begin_assessment", paid.reference)
    yield from _of_checks()
    for name in ("ask_applicant", "commission_for_application", "propose_grant", "propose_refuse"):
        yield view("case_officer", name, checked.reference)


def _of_checks() -> Iterator[View]:
    """Checks that wait, that are overdue and that came back restricted; as officers see them, and as those who answer."""
    agency = an_agency()
    partner = User.objects.get(email=PARTNER)
    partner.agency = agency
    partner.save(update_fields=["agency"])
    reply = answered(a_check_put(agency), by=partner, uploads=[a_letter()])
    waits = a_check_put(agency, stories.an_application_being_assessed(legal_name="Nant Glas Labour Ltd"))
    yield view("case_officer", "application", reply.asked.case.reference)
    for name in ("staff_check", "record_check", "sanitise_check", "release_check"):
        yield view("case_officer", name, reply.asked.reference)
    for name in ("staff_check", "put_check"):
        yield view("case_officer", name, waits.reference)
    yield view("case_officer", "record_nil_checks_of_case", waits.case.reference)
    yield view("case_officer", "override_reply", reply.asked.reference)
    override = an_override(agency, legal_name="Cwm Coch Labour Ltd", by=partner)
    waiting = proposed(reply)
    for one in (override, waiting):
        yield view("case_officer", "staff_override", one.reference)
        yield view("case_officer", "staff_check", one.asked.reference)
        yield view("case_officer", "application", one.asked.case.reference)
    yield view("auditor", "staff_override", override.reference)
    yield from steps("case_officer", "override", waiting, "agree", "refuse", "withdraw", "read_refusal")
    yield view("partner_agency", "read_own_override", override.reference)
    yield view("partner_agency", "partner_check", override.asked.reference)
    yield view("auditor", "staff_check", reply.asked.reference)
    yield view("case_officer", "waive_inspection", reply.asked.case.reference, "adverse_reply")
    yield view("case_officer", "exchanges")
    yield view("case_officer", "exchange", agency.reference)
    yield view("partner_agency", "partner_exchange")
    yield view("case_officer", "staff_checks")
    yield view("case_officer", "staff_checks", query="?state=overdue&q=nobody")
    yield view("partner_agency", "staff_home")
    yield view("partner_agency", "partner_checks")
    for check in (reply.asked, waits):
        yield view("partner_agency", "partner_check", check.reference)
    yield view("people_administrator", "agencies")
    yield view("people_administrator", "add_agency")
    for name in ("agency", "change_agency", "close_agency"):
        yield view("people_administrator", name, agency.reference)


def _of_money(unpaid: Application, checked: Application) -> Iterator[View]:
    new = a_statement(
        a_row(unpaid), a_row(unpaid, amount="20.00"), ["2/11/2026", "FROM SOMEBODY", "", "12.00"], ["", "?"]
    )
    taken_up(a_statement(a_row(checked, amount="5.00"), ["1/11/2026", "UNKNOWN", "", "7.00"], name="October"))
    waiting = StatementLine.objects.order_by("pk")
    payments.verify_turnover(
        checked, verified=Decimal(2_000_000), evidence="The accounts.", by=person("case_officer"), at=NOW
    )
    yield view("case_officer", "statements")
    yield view("case_officer", "statement", new.reference)
    yield view("case_officer", "statement", waiting[0].statement.reference)
    yield view("case_officer", "statement_line", waiting[0].reference)
    yield view("case_officer", "set_aside_line", waiting[1].reference)
    for name in ("verify_turnover", "charge_inspection", "application"):
        yield view("case_officer", name, checked.reference)
    yield view("applicant", "application_payments", checked.reference)


def _of_licences(licence: Licence) -> Iterator[View]:
    yield view("applicant", "licences")
    yield view("applicant", "licence", licence.number)
    yield view("applicant", "show_licence", licence.number)
    yield view("applicant", "renew_licence", licence.number)
    applicant = stories.holder_of(licence.organisation)
    renewal = cases.a_renewal_begun(cases.a_licence(a_firm("Renewing", applicant)))
    yield view("applicant", "answer_again", renewal.reference)
    yield view("applicant", "letter", licence.organisation.letters.order_by("pk").last().number)  # type: ignore[union-attr]
    yield from _of_holding(licence)
    yield view("case_officer", "staff_licences")
    yield view("case_officer", "staff_licence", licence.number)
    for name in (
        "commission_for_licence",
        "change_numbers",
        "propose_suspend",
        "propose_revoke",
        "propose_lift",
        "propose_impose",
    ):
        yield view("case_officer", name, licence.number)
    condition = licence.conditions.order_by("pk")[0]
    for name in (
        "check_condition",
        "visit_condition",
        "propose_discharge",
        "propose_extend",
        "propose_vary",
        "propose_fail",
    ):
        yield view("case_officer", name, licence.number, condition.reference)
    yield view("case_officer", "organisations")
    yield view("case_officer", "organisations", query="?q=labour")
    place = a_place_supplied(licence.organisation)
    yield view("case_officer", "organisation", licence.organisation.reference)
    yield from of_what_is_held(licence.organisation)
    yield from of_figures()
    yield from of_holidays()
    yield view("case_officer", "premises")
    yield view("inspector", "premises", query="?nation=nowhere")
    yield view("case_officer", "one_premises", place.reference)
    yield view("inspector", "one_premises", place.reference)


def _of_holding(licence: Licence) -> Iterator[View]:
    condition = licence.conditions.order_by("pk")[0]
    told, joins = a_change(licence=licence), somebody_joins(licence)
    ruling = a_change("ruling", {"decided_by": "The tribunal", "decided_what": "Unpaid wages"}, licence=licence)
    for name in ("tell_supply", "surrender_licence", "keep_licence", "report_misuse", "licence_changes"):
        yield view("applicant", name, licence.number)
    for kind in ("contact", "director_joins", "director_leaves", "named_individual_leaves", "company_number", "ruling"):
        yield view("applicant", "tell_change", licence.number, kind)
    yield view("applicant", "told_change", licence.number, told.reference)
    accept(a_change("transport", {"transport": True}, licence=licence))
    yield view("applicant", "tell_changes", licence.number, "vehicle_joins")
    yield view("applicant", "change_by_link", licence.number, "director_joins")
    yield view("applicant", "alter_licence", licence.number, "principal_authority")
    cases.a_document_about(condition)
    cases.a_document_about(condition, verdict=ScanVerdict.UNKNOWN)
    yield view("applicant", "send_evidence", licence.number, condition.reference)
    proof = a_proof(licence)
    for step in ("insurance_proof", "accept_proof_insurance", "refuse_proof_insurance"):
        yield view("case_officer", step, proof.reference)
    yield view("case_officer", "excuse_insurance", licence.number)
    for step in ("add_to_file_licence", "find_stopped_licence", "find_supplying_licence"):
        yield view("case_officer", step, licence.number)
    yield view("applicant", "insurances", licence.number)
    yield view("case_officer", "staff_licence", licence.number)
    yield view("case_officer", "changes")
    yield view("case_officer", "changes", query="?status=told&sort=-kind")
    yield view("case_officer", "change", told.reference)
    yield view("case_officer", "accept_change", told.reference)
    yield view("case_officer", "change", joins.reference)
    yield view("case_officer", "accept_change", joins.reference)  # says why not yet
    yield view("case_officer", "refuse_change", joins.reference)
    yield view("case_officer", "record_check", joins.checks.get().reference)
    yield view("case_officer", "note_change", ruling.reference)


def _of_decisions(*decisions: Decision) -> Iterator[View]:
    yield view("decision_maker", "decisions")
    yield view("case_officer", "conditions")
    yield view("case_officer", "dates_due")
    yield view("case_officer", "dates_due", query="?state=overdue&officer=mine")
    for decision in decisions:
        yield view("decision_maker", "decision", decision.reference)
        yield view("decision_maker", "decide", decision.reference)
    notified, revocation = decisions[0], decisions[-1]
    yield view("decision_maker", "decide_otherwise", notified.reference)
    yield view("decision_maker", "decide_otherwise", revocation.reference)
    yield from steps("decision_maker", "decision", notified, "return", "ask_advice", "disagree")
    yield from steps("case_officer", "decision", notified, "give_more_time")
    asked: dict[str, Any] = {"comments": "Is the ground sound?", "due_on": NOW.date() + timedelta(days=7)}
    decider = person("decision_maker")
    advice = reviews.ask_advice(notified, to=person("case_officer"), **asked, by=decider, at=NOW)
    yield from steps("case_officer", "decision_review", advice, "answer_review")
    yield from steps("decision_maker", "decision_review", advice, "call_off_review")
    yield view("decision_maker", "decide", notified.reference)
