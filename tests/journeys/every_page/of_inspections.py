"""Pages of inspections, what is put right, and how visits are chosen."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from compliance.check_ins import actions as check_ins
from compliance.follow_ups import actions as follow_ups
from compliance.inspection_reports import actions as visit_reports
from compliance.inspections.models import Inspection
from compliance.interviews import actions as interviews
from compliance.prevention import actions as prevention
from compliance.targeting.actions import evaluation as counting
from compliance.targeting.actions import scores, weights
from registry.accounts.models import User
from tests import stories
from tests.compliance.contradictions import world as contradictions
from tests.compliance.field.world import a_conflict, an_interview
from tests.compliance.stories import (
    a_follow_up,
    a_plan,
    a_remedy,
    an_exhibit,
    an_inspection,
    an_inspection_confirmed,
    an_inspection_reported,
)
from tests.compliance.targeting.world import (
    a_licence_with_a_past,
    a_past_to_try_on,
    a_round,
    a_round_drawn,
    chosen_in,
    explanation_of,
    scored,
    weights_proposed,
)
from tests.conftest import NOW
from tests.journeys.every_page.of_authority import of_campaigns
from tests.journeys.every_page.views import View, view
from tests.licensing import stories as cases
from tests.people import person


def of_inspections(people: dict[str, User]) -> Iterator[View]:
    given: dict[str, Any] = {"inspector": people["inspector"], "by": people["case_officer"]}
    to_do, reported = an_inspection(**given), an_inspection_reported("1.4", **given)
    exhibit = an_exhibit(to_do)
    yield from _of_people_met(to_do)
    yield view("inspector", "inspection_evidence", to_do.reference)
    yield view("inspector", "add_evidence", to_do.reference)
    for name in ("evidence_item", "amend_evidence_item", "strike_out_evidence_item", "hand_on_evidence_item"):
        yield view("inspector", name, to_do.reference, exhibit.number)
    ready = cases.an_inspection_of(cases.an_application_checked(legal_name="Inspected Ltd"), "1.4")
    yield view("inspector", "inspections")
    for name in ("inspection", "inspection_findings", "inspection_visit", "report_inspection"):
        yield view("inspector", name, to_do.reference)
    for section in (1, 2, 6):
        yield view("inspector", "inspection_section", to_do.reference, section)
    for name in ("call_off_inspection", "reassign_inspection"):
        yield view("case_officer", name, to_do.reference)
    yield view("case_officer", "inspection", ready.reference)
    yield view("case_officer", "propose_grant", ready.case)
    yield view("case_officer", "propose_refuse", ready.case)
    for name in ("inspection", "confirm_inspection", "return_inspection", "inspection_versions", "report_for_business"):
        yield view("quality_reviewer", name, reported.reference)
    yield view("inspector", "word_for_business", to_do.reference)
    yield from _of_contradictions()
    yield from _of_plans(to_do)
    yield from _of_reports_for_businesses(people, given)


def _of_contradictions() -> Iterator[View]:
    draft, visit = contradictions.contradictory(), contradictions.reported()
    one = (visit.reference, "interview", "3.2")
    yield view("inspector", "inspection_contradictions", draft.reference)
    yield view("inspector", "explain_contradiction", draft.reference, "off_plan", "visit")
    for name in ("ask_contradiction", "accept_contradiction"):
        yield view("quality_reviewer", name, *one)
    contradictions.answered("accept", visit, "off_plan", "", by=person("quality_reviewer"))
    contradictions.answered("ask", visit, by=person("quality_reviewer"))
    yield view("quality_reviewer", "inspection_contradictions", visit.reference)


def _of_plans(to_do: Inspection) -> Iterator[View]:
    a_plan(to_do, interpreters={"Romanian": True}, officers=[person("inspector")])
    for query in ("", "?show=month", "?show=month&rows=region", "?from=2026-10-01", "?region=nowhere"):
        yield view("manager", "visit_calendar", query=query)
    yield view("inspector", "plan_visit", to_do.reference)
    yield view("manager", "visit_calendar", query="?rows=district")
    yield view("inspector", "check_in", to_do.reference)
    check_ins.check_in(to_do, expected_at=NOW + timedelta(hours=3), by=to_do.inspector, at=NOW)
    for name in ("check_out", "stay_longer", "inspection"):
        yield view("inspector", name, to_do.reference)


def _of_reports_for_businesses(people: dict[str, User], given: dict[str, Any]) -> Iterator[View]:
    business = cases.a_licence(legal_name="Reported On Ltd").organisation
    people["holder_reported_on"] = holder = stories.holder_of(business)
    waiting, confirmed = (
        an_inspection_confirmed("2.4", organisation=business, inspector=given["inspector"], kind=kind, exhibits=1)
        for kind in ("compliance", "new_business")
    )
    sending = visit_reports.send(confirmed, reply_by=date(2026, 11, 16), by=people["case_officer"], at=NOW)
    yield view("holder_reported_on", "own_inspection_report", confirmed.reference)
    visit_reports.reply(sending, text="We write the hours down now.", by=holder, at=NOW)
    yield view("case_officer", "report_for_business", confirmed.reference)
    yield view("case_officer", "send_for_business", waiting.reference)
    yield from _of_what_is_put_right(people, confirmed, holder)


def _of_what_is_put_right(people: dict[str, User], confirmed: Inspection, holder: User) -> Iterator[View]:
    asked, answered = (a_follow_up(confirmed, by=people["quality_reviewer"]) for _twice in range(2))
    follow_ups.answer(answered, text="The sheets of December.", by=holder, at=NOW)
    a_remedy(confirmed)
    yield view("quality_reviewer", "follow_ups")
    yield view("quality_reviewer", "ask_after_visit", confirmed.reference)
    yield view("quality_reviewer", "give_advice", confirmed.reference)
    for name in ("follow_up", "accept_follow_up", "send_back_follow_up", "fail_follow_up", "extend_follow_up"):
        yield view("quality_reviewer", name, answered.reference)
    yield view("case_officer", "visit_follow_up", asked.reference)
    yield view("manager", "remedies")
    yield view("quality_reviewer", "remedies_of_organisation", confirmed.organisation.reference)
    yield view("manager", "inspection", confirmed.reference)
    yield view("manager", "confirm_remedy", confirmed.reference, 1)
    yield view("manager", "turn_down_remedy", confirmed.reference, 1)
    yield view("quality_reviewer", "record_remedy_after_visit", confirmed.reference)
    yield view("holder_reported_on", "own_inspections")
    yield view("holder_reported_on", "own_follow_up", asked.reference)


def _of_people_met(to_do: Inspection) -> Iterator[View]:
    met = an_interview(to_do)
    interviews.draw(to_do, workers_present=42, by=to_do.inspector, at=NOW)
    _device, two_versions = a_conflict(to_do)
    for name in ("inspection_interviews", "draw_interviews", "indicators_interviews", "sign_interviews", "field_sent"):
        yield view("inspector", name, to_do.reference)
    yield view("inspector", "change_interview", to_do.reference, met.key)
    yield view("inspector", "settle_field_item", to_do.reference, two_versions.key)
    yield view("inspector", "field_devices")
    yield view("inspector", "field")
    yield view("manager", "sign_out_device", two_versions.device.key)
    yield view("quality_reviewer", "inspection_interviews", to_do.reference)


def of_targeting(people: dict[str, User]) -> Iterator[View]:
    licence = a_licence_with_a_past(legal_name="Targeted Ltd")
    scored(licence)
    holder = licence.organisation.memberships.answering().get().user
    scores.reply(licence, text="The houses were sold in May.", by=holder, at=NOW)
    people["holder_of_targeted"] = holder
    yield view("holder_of_targeted", "licence_signals", licence.number)
    yield view("manager", "scores")
    yield view("manager", "scores", query="?at_least=x")
    yield view("intelligence_analyst", "score", licence.number)
    closed = a_past_to_try_on()
    yield view("manager", "visit_round", closed.reference)
    opened = a_round(capacity=4)
    yield view("manager", "choose_round", opened.reference, query=f"?number={licence.number}")
    yield view("intelligence_analyst", "fix_round", opened.reference)
    chosen_in(opened, licence)
    one = a_round_drawn(opened)
    explanation = explanation_of(one.choices.order_by("-pk")[0])
    yield view("manager", "rounds")
    yield view("manager", "visit_round", one.reference)
    yield view("manager", "open_round")
    yield view("manager", "draw_round", one.reference)
    yield view("manager", "explain_round", one.reference, query=f"?number={licence.number}")
    yield view("manager", "close_round", one.reference)
    yield view("manager", "accept_visit_explanation", explanation.reference)
    yield view("manager", "refuse_visit_explanation", explanation.reference)
    yield view("case_officer", "send_visit", one.reference, licence.number)
    counting.evaluate(by=None, at=NOW)
    yield view("auditor", "evaluation")
    prevention.count_prevention(by=None, at=NOW + timedelta(days=190))
    yield view("manager", "prevention")
    yield view("manager", "record_prevention_change", licence.scheme)
    yield from of_campaigns()
    yield view("intelligence_analyst", "propose_weights", licence.scheme)
    own = weights_proposed()
    yield view("intelligence_analyst", "weighting", own.number)
    yield view("manager", "adopt_weights", own.number)
    yield view("manager", "drop_weights", own.number)
    weights.adopt(own, holds_from=NOW.date(), by=people["manager"], at=NOW)
    yield view("manager", "weights")
    yield view("intelligence_analyst", "return_to_scheme", licence.scheme)
