"""Pages of reports, intelligence, referrals, danger and enforcement."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from compliance.danger import actions as dangers
from compliance.danger.models import DangerSign
from compliance.hand_overs import actions as hand_overs
from compliance.intelligence.actions import intelligence, ties
from compliance.intelligence.rules import Grade, named
from compliance.passed_on import actions as partners
from compliance.reports.actions import triage
from compliance.safeguarding.actions import follow_ups as aftercare
from compliance.safeguarding.actions import referrals as safeguarding
from compliance.safeguarding.models.concerns import SafeguardingConcern
from compliance.sharing_requests import actions as guarded
from licensing.findings import actions as findings
from registry import jobs as alerting
from registry.accounts.models import User
from tests.compliance.danger.world import a_danger, a_shift, with_telephone
from tests.compliance.enforcement.world import (
    a_case_made_out,
    a_case_proposed,
    a_case_referred,
    a_conviction,
    a_file_for_the_prosecutor,
    a_notice,
    a_notice_of_underpayment,
    a_notice_of_underpayment_served,
    an_order,
    an_order_on_conviction,
    an_undertaking,
    an_undertaking_in_force,
    an_undertaking_served,
)
from tests.compliance.guarded_sharing.world import a_guarded_agency, asked_to_share
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.intelligence.sources_world import a_source
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.joint_cases.world import a_joint_case
from tests.compliance.reports.world import a_report, a_report_decided, a_report_done
from tests.compliance.safeguarding.world import a_referral, a_referral_identified, a_referral_sent
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.journeys.every_page.of_authority import of_editions
from tests.journeys.every_page.views import PARTNER, View, steps, view
from tests.licensing import stories as cases
from tests.registry.stories import an_organisation


def _of_intelligence(people: dict[str, User]) -> Iterator[View]:
    analyst, handler = people["intelligence_analyst"], people["source_handler"]
    partner = User.objects.get(email=PARTNER)
    source = a_source(by=handler)
    graded = Grade("1", "B", "C", ["A2", "S2"], "Not to be shown to the business.")
    one = some_intelligence(an_organisation("Fern Labour Ltd"), by=handler, source=source, grade=graded)
    other = some_intelligence(by=analyst)
    passed = [
        intelligence.pass_on(one, agency=agency, purpose="To protect workers: 2004 Act, s.19.", by=analyst, at=NOW)
        for agency in [partner.agency] * 2
    ]
    partners.accept_conditions(passed[0], by=partner, at=NOW)
    ends = [
        named(kind, text, None, where="first")
        for kind, text in (("person", "Marek Kowalski"), ("vehicle", "AB12 CDE"), ("address", "1 Fern Lane, Sampleton"))
    ]
    for nth in (0, 1):
        hung = ties.tie(
            one, first=ends[nth], second=ends[nth + 1], how="seen with", strength=nth + 1, by=analyst, at=NOW
        )
    yield view("intelligence_analyst", "tie_intelligence", one.reference)
    yield view("intelligence_analyst", "take_back_tie", one.reference, hung.pk)
    yield view("intelligence_analyst", "entity", hung.first.reference)
    yield view("intelligence_analyst", "intelligence_list")
    yield view("intelligence_analyst", "intelligence_list", query="?source=1&q=papers")
    yield view("intelligence_analyst", "intelligence", other.reference)  # why does one open it?
    for who, user in (("intelligence_analyst", analyst), ("source_handler", handler)):
        intelligence.read(one, because="To prepare the visit on Friday.", by=user, at=timezone.now())
        yield view(who, "intelligence", one.reference)
    for name in ("grade_anew_intelligence", "agree_grade", "pass_on_intelligence", "intelligence_text", "rewrite_text"):
        yield view("intelligence_analyst", name, one.reference)
    waiting = some_intelligence(by=handler, is_released=False)
    intelligence.read(waiting, because="To read it as a second person.", by=analyst, at=timezone.now())
    yield view("intelligence_analyst", "release_text", waiting.reference)
    yield view("intelligence_analyst", "refuse_text", waiting.reference)
    yield view("intelligence_analyst", "open_joint_case_of_intelligence", passed[0].reference)
    yield view("intelligence_analyst", "ask_to_share_guarded_intelligence", one.reference)
    sharing = asked_to_share(one, a_guarded_agency(), "intelligence", by=analyst)
    yield view("safeguarding_lead", "guarded_sharings")
    yield view("safeguarding_lead", "guarded_sharing", sharing.reference)
    yield from steps("safeguarding_lead", "guarded_sharing", sharing, "approve", "refuse")
    yield view("intelligence_analyst", "withdraw_guarded_sharing", sharing.reference)
    guarded.refuse_sharing(sharing, because="No one is in danger.", by=people["safeguarding_lead"], at=NOW)
    yield view("intelligence_analyst", "read_refusal_guarded_sharing", sharing.reference)
    yield view("source_handler", "record_intelligence")
    yield view("source_handler", "sources")
    yield view("source_handler", "keep_source")
    for name in ("source", "look_source", "hand_over_source"):
        yield view("source_handler", name, source.reference)
    partners.respond(passed[0], kind="question", text="Which office is it?", by=partner, at=NOW)
    yield from steps("intelligence_analyst", "partner_answer", passed[0], "note", "reply")
    yield view("partner_agency", "partner_intelligence")
    for row in passed:
        yield view("partner_agency", "passed_on", row.reference)
    yield view("partner_agency", "answer_passed_on", passed[1].reference)


def of_reports(people: dict[str, User]) -> Iterator[View]:
    received, done = a_report(contact="direct"), a_report_done()
    yield view("intelligence_analyst", "staff_reports")
    yield view("intelligence_analyst", "staff_reports", query="?status=received&kind=pay&mine=on")
    analyst = people["intelligence_analyst"]
    yield view("intelligence_analyst", "staff_report", received.reference)  # why does one open it?
    read, again = a_report_decided(by=analyst, about_number="07700 900123"), a_report(about_number="07700 900 123")
    triage.translate(
        read, language="Polish", text="They keep passports.", translator="An interpreter", by=analyst, at=NOW
    )
    triage.link(read, other=done, kind="linked", because="The same farm, it seems.", by=analyst, at=NOW)
    for report in (read, done):
        triage.read(report, because="To decide what becomes of it.", by=analyst, at=timezone.now())
        yield view("intelligence_analyst", "staff_report", report.reference)
    for name in ("decide_report", "translate_report", "tag_report", "identify_report"):
        yield view("intelligence_analyst", name, read.reference)
    yield view("intelligence_analyst", "link_report", read.reference, query=f"?other={again.reference}")
    yield from of_editions(people["partner_agency"])
    yield from _of_intelligence(people)
    yield from _of_hand_overs(people)
    yield view("case_officer", "take_report")
    yield view("manager", "report_clocks")
    yield view("partner_agency", "signs")
    for name in ("begin_report", "ask_report", "close_report", "reach_reporter"):
        yield view("intelligence_analyst", name, received.reference)
    yield view("intelligence_analyst", "reopen_report", done.reference)


def _of_hand_overs(people: dict[str, User]) -> Iterator[View]:
    """For a visit, for licensing and for another authority; waiting, and answered."""
    analyst, partner = people["intelligence_analyst"], User.objects.get(email=PARTNER)
    licence = cases.a_licence(legal_name="Handed Over Ltd")
    some_intelligence(licence.organisation, by=analyst)
    to_visit, declined, licensing = (
        handed_over(to, licence=licence, by=analyst) for to in ("inspection", "inspection", "licensing")
    )
    hand_overs.decline(declined, because="It was visited last week.", by=people["case_officer"], at=NOW)
    waits, passed = (handed_over("agency", agency=partner.agency, is_identified=False, by=analyst) for _two in (1, 2))
    hand_overs.pass_on(passed, by=analyst, at=NOW)
    failed, proposed = (cases.an_inspection_of(licence, *cases.FAILING) for _two in (1, 2))
    no_action = findings.propose_no_action(
        proposed.finding, because="The site is closed.", by=people["case_officer"], at=NOW
    )
    yield view("case_officer", "hand_overs", query="?status=open&to=inspection")
    yield view("case_officer", "hand_over", to_visit.reference)
    yield from steps("case_officer", "hand_over", to_visit, "commission", "decline")
    yield view("case_officer", "take_no_action_hand_over", licensing.reference)
    yield view("case_officer", "propose_dossier", licensing.reference)
    yield view("intelligence_analyst", "hand_over", declined.reference)
    yield view("intelligence_analyst", "note_result", declined.reference)
    yield view("intelligence_analyst", "pass_on_hand_over", waits.reference)
    yield view("intelligence_analyst", "ask_to_share_guarded_hand_over", waits.reference)
    yield view("manager", "ask_to_share_guarded_visit", an_inspection().reference)
    yield view("intelligence_analyst", "reply_hand_over", passed.reference)
    yield view("partner_agency", "passed_hand_over", passed.reference)
    yield view("partner_agency", "ask_about_hand_over", passed.reference)
    asked = hand_overs.pass_on(
        handed_over("agency", agency=partner.agency, is_identified=False, by=analyst), by=analyst, at=NOW
    )
    partners.respond(
        asked, kind="more_time", text="Next month.", wanted_by=NOW.date() + timedelta(days=30), by=partner, at=NOW
    )
    yield view("intelligence_analyst", "hand_over", asked.reference)
    yield view("intelligence_analyst", "reply_to_partner_partner_question", asked.reference)
    yield view("intelligence_analyst", "open_joint_case_of_hand_over", asked.reference)
    joint = a_joint_case(partner, by=analyst)
    ours, theirs = joint.steps.get(side="us"), joint.steps.get(side="partner")
    yield view("intelligence_analyst", "joint_case", joint.reference)
    yield from steps("intelligence_analyst", "joint_case", joint, "add_step", "change_lead", "close_joint_case")
    yield view("intelligence_analyst", "finish_step_joint_step", ours.reference)
    yield view("partner_agency", "partner_joint_case", joint.reference)
    yield view("partner_agency", "partner_add_step", joint.reference)
    yield view("partner_agency", "partner_finish_step", theirs.reference)
    graded = some_intelligence(licence.organisation, by=analyst)
    of_intelligence = intelligence.hand_over_intelligence(
        graded, to="licensing", organisation=licence.organisation, by=analyst, at=NOW
    )
    yield view("intelligence_analyst", "take_back_hand_over", of_intelligence.reference)
    answered = intelligence.hand_over_intelligence(
        graded, to="inspection", organisation=licence.organisation, by=analyst, at=NOW
    )
    hand_overs.decline(answered, because="It was visited last week.", by=people["case_officer"], at=NOW)
    yield view("intelligence_analyst", "judge_hand_over", answered.reference)
    intelligence.read(graded, because="To hand it over.", by=analyst, at=timezone.now())
    yield view("intelligence_analyst", "hand_over_intelligence", graded.reference)
    yield view("intelligence_analyst", "tag_methods_intelligence", graded.reference)
    yield view("case_officer", "findings", query="?status=open")
    yield view("case_officer", "finding", failed.reference)
    yield from steps("case_officer", "finding", failed, "take_no_action", "propose_no_action")
    yield view("decision_maker", "finding", no_action.reference)
    yield from steps("decision_maker", "finding", no_action, "confirm_no_action", "return")


def of_referrals(people: dict[str, User]) -> Iterator[View]:
    lead, inspector = people["safeguarding_lead"], people["inspector"]
    named = a_referral_identified(by=inspector)
    unnamed = a_referral("refused", by=inspector)
    sent = a_referral_sent("child", by=inspector, lead=lead)
    returned = safeguarding.give_back(a_referral("refused", by=inspector), why="facts", by=lead, at=NOW)
    read = safeguarding.second_read(a_referral("refused", by=inspector), by=lead, at=NOW)
    safeguarding.offer_support(sent, service="doctor", offered_on=NOW.date(), accepted=True, by=lead, at=NOW)
    child = a_referral_identified("child", by=inspector)
    at_once = safeguarding.send_at_once(a_referral_identified("child", by=inspector), why="child", by=lead, at=NOW)
    missing = aftercare.begin_by_hand(sent, code="missing", by=lead, at=NOW)
    yield view("safeguarding_lead", "send_at_once_referral", child.reference)
    yield view("safeguarding_lead", "referral", at_once.reference)
    yield view("safeguarding_lead", "follow_up_answers")
    yield view("safeguarding_lead", "read_after_referral", at_once.reference)
    yield view("safeguarding_lead", "begin_follow_up_referral", child.reference)
    yield view("safeguarding_lead", "record_referral_follow_up", sent.reference, missing.number)
    yield view("safeguarding_lead", "set_aside_concern", SafeguardingConcern.objects.latest("pk").reference)
    yield view("inspector", "danger")
    yield from _of_danger(people)
    yield view("inspector", "referrals")
    for query in ("", "?age=adult", "?age=unsure"):
        yield view("inspector", "prepare_referral", query=query)
    for one in (named, unnamed, sent, returned):
        yield view("inspector", "referral", one.reference)
    yield view("inspector", "correct_referral", returned.reference)
    yield view("inspector", "identify_referral", named.reference)
    yield view("safeguarding_lead", "referrals", query="?status=sent&q=none")
    for name in ("look_referral", "second_read_referral", "give_back_referral", "drop_referral", "export_referral"):
        yield view("safeguarding_lead", name, named.reference)
    for name in ("withdraw_consent_referral", "offer_support_referral"):
        yield view("safeguarding_lead", name, named.reference)
    yield view("safeguarding_lead", "send_referral", read.reference)
    yield view("safeguarding_lead", "answer_referral", sent.reference)
    yield view("safeguarding_lead", "conclude_referral", sent.reference)


def _of_danger(people: dict[str, User]) -> Iterator[View]:
    analyst, manager = people["intelligence_analyst"], people["manager"]
    shift = a_shift(
        officer=with_telephone(people["safeguarding_lead"], 1), deputy=with_telephone(analyst, 2), by=manager
    )
    a_report(danger="yes", text="They are locked in.", about_place="Sea Lane")
    raised, ended = (a_danger(an_inspection(), by=people["inspector"]) for _twice in range(2))
    alerting.alert_of_danger(at=NOW)
    answered = DangerSign.objects.exclude(report=None).get()
    dangers.acknowledge(answered, by=analyst, at=NOW)
    dangers.deal_with(ended, outcome="safe", because="The police were there.", by=analyst, at=NOW)
    yield view("inspector", "raise_danger")
    yield view("safeguarding_lead", "danger")
    for one in (raised, answered, ended):
        yield view("intelligence_analyst", "danger_sign", one.reference)
    yield view("intelligence_analyst", "acknowledge_danger_sign", raised.reference)
    yield view("intelligence_analyst", "deal_with_danger_sign", raised.reference)
    yield view("intelligence_analyst", "own_alerts")
    yield view("intelligence_analyst", "rota")
    yield view("manager", "rota")
    yield view("manager", "add_shift")
    yield view("manager", "remove_shift", shift.pk)


def of_enforcement(people: dict[str, User]) -> Iterator[View]:
    inspector, decider = people["inspector"], people["decision_maker"]
    case = a_case_made_out(by=inspector)
    a_notice(case)
    proposed, referred = a_case_proposed(by=inspector), a_case_referred(by=decider)
    draft, served = an_undertaking(case), an_undertaking_served(decider=decider, by=inspector)
    agreed, order = an_undertaking_in_force(decider=decider, by=inspector), an_order(decider=decider, by=inspector)
    yield view("inspector", "unlicensed_cases")
    yield view("manager", "unlicensed_cases", query="?q=Brook")
    yield view("inspector", "open_unlicensed_case")
    yield view("inspector", "unlicensed_case", case.reference)
    yield view("inspector", "unlicensed_case", proposed.reference)
    acts = ("offence", "when", "element", "reasonable_step", "letter", "acknowledge", "draft", "propose")
    yield from steps("inspector", "unlicensed_case", case, *acts)
    yield from steps("decision_maker", "unlicensed_case", proposed, "refer", "send_back", "end")
    yield from steps("intelligence_analyst", "unlicensed_case", referred, "result")
    yield view("manager", "undertakings")
    yield from (view("manager", "undertaking", one.reference) for one in (draft, served, agreed, order))
    yield from steps("decision_maker", "undertaking", draft, "serve", "discard")
    yield from steps("decision_maker", "undertaking", served, "accept")
    yield from steps("decision_maker", "undertaking", agreed, "release")
    yield from steps("inspector", "undertaking", served, "negotiate", "extend", "refuse")
    yield from steps("inspector", "undertaking", agreed, "breach", "review_receipts")
    yield from steps("inspector", "undertaking", order, "vary", "discharge", "order", "dismiss")
    yield from _of_sanctions(inspector, decider)


def _of_sanctions(inspector: User, decider: User) -> Iterator[View]:
    drafted, served = (
        a_notice_of_underpayment(by=inspector),
        a_notice_of_underpayment_served(by=inspector, decider=decider),
    )
    yield view("inspector", "underpayments")
    yield view("inspector", "draft_underpayment")
    yield from (view("inspector", "underpayment", one.reference) for one in (drafted, served))
    yield from steps("decision_maker", "underpayment", drafted, "serve", "leave")
    yield from steps("inspector", "underpayment", served, "settle")
    yield from steps("decision_maker", "underpayment", served, "withdraw", "enforce")
    convicted = a_conviction(officer=inspector)
    yield from steps("inspector", "unlicensed_case", convicted, "order")
    written = an_order_on_conviction(officer=inspector)
    yield view("manager", "conviction_order", written.reference)
    yield from steps("decision_maker", "conviction_order", written, "compare", "strike")
    yield from steps("inspector", "conviction_order", written, "vary", "lift")
    filed = a_file_for_the_prosecutor(by=inspector)
    case = filed.case
    yield view("inspector", "case_material", case.reference)
    yield view("inspector", "add_material", case.reference)
    for kind, code in (("told", case.report), ("exhibit", f"{case.inspection}/1")):
        yield view("inspector", "sort_material", case.reference, query=f"?kind={kind}&code={code}")
    yield view("decision_maker", "read_prosecutor_file", case.reference, 1)
    yield view("inspector", "hand_over_prosecutor_file", case.reference, 1)
