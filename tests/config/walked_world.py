"""The world of the walks: of each thing one, always what belongs to the holder, or is in the hands of `inspector`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from compliance.check_ins import actions as check_ins
from compliance.hand_overs import actions as hand_overs
from compliance.inspection_reports import actions as visit_reports
from compliance.intelligence.actions import intelligence, ties
from compliance.intelligence.rules import named
from compliance.reports.actions import reports
from compliance.safeguarding.actions import follow_ups as aftercare
from compliance.safeguarding.models.concerns import SafeguardingConcern
from compliance.statistics import actions as counting
from licensing.appeals.actions import bundles
from licensing.applications.models import Application
from licensing.decisions.actions import public_reasons, reviews
from licensing.inspections import actions as waivers
from licensing.letters import actions as letter_actions
from licensing.letters.models import LetterCorrection
from licensing.payments.actions import cards
from licensing.people_named import actions as parts
from licensing.people_named.models import Part
from licensing.retention import actions as erasures
from licensing.retention.models import ErasureBatch
from public_lookup.follows.actions import webhooks
from registry import uploads as files
from registry.accounts.actions import accounts, keys
from registry.accounts.models import AccessRequest, User
from registry.assignment import actions as assignment
from registry.conflicts import actions as conflicts
from registry.directory import actions as directory
from registry.directory.models import BreakGlassSignIn
from registry.documents.models import Document
from registry.organisations.models import Organisation, Person
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.register.models import PublicReason
from registry.retention import actions as holds
from registry.retention.queries import DueErasure
from registry.roles import ROLES
from registry.tasks.models import Task
from registry.worklists import actions as saved_views
from tests import stories
from tests.compliance.bulletins.world import LAST_MONTH, a_bulletin, a_released_bulletin
from tests.compliance.danger.world import a_danger, a_shift
from tests.compliance.enforcement.world import (
    a_file_for_the_prosecutor,
    a_notice_of_underpayment_served,
    an_order_on_conviction,
    an_undertaking_served,
)
from tests.compliance.field.world import a_conflict
from tests.compliance.guarded_sharing.world import a_guarded_agency, asked_to_share
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.intelligence.sources_world import a_source
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.joint_cases.world import a_joint_case
from tests.compliance.reports.world import a_report
from tests.compliance.safeguarding.world import a_referral
from tests.compliance.stories import (
    a_follow_up,
    a_remedy,
    an_inspection,
    an_inspection_confirmed,
    an_inspection_reported,
)
from tests.compliance.targeting.world import a_round_about, explanation_of, scored, weights_proposed
from tests.compliance.training.world import a_training
from tests.config.walker import Visitor, World
from tests.config.whose import MAY, OWN_ACCOUNT
from tests.config.whose.people import INSIDERS
from tests.conftest import NOW, on_the_day
from tests.licensing.appeals.world import listed, received
from tests.licensing.checks.agencies import a_check_put, a_letter, an_agency, answered
from tests.licensing.correspondence.world import a_file_entry
from tests.licensing.holding.test_actions_changes import accept
from tests.licensing.holding.transfers_world import a_transfer_asked
from tests.licensing.holding.world import a_change, somebody_joins
from tests.licensing.insurances.world import a_proof
from tests.licensing.overrides.world import an_override
from tests.licensing.payments.bank_statements import a_line
from tests.licensing.payments.world import paid_too_much
from tests.licensing.phoenix_matches.world import a_look_alike, come_back, revoked
from tests.licensing.stories import (
    FAILING,
    a_document,
    a_document_about,
    a_document_to_show,
    a_licence,
    a_refusal_proposed,
    a_request,
    a_revocation_proposed,
    a_suspension_proposed,
    an_application_checked,
    an_inspection_of,
    decided,
    notified,
)
from tests.licensing.watchlist_matches.world import a_watchlist_match
from tests.people import person, signed_in
from tests.public_lookup.board.world import a_chain_shown
from tests.registry.campaigns.world import a_campaign
from tests.registry.complaints.world import a_complaint, a_review_asked
from tests.registry.editions.world import a_published_edition, announced
from tests.registry.material_orders.world import an_order_of_cards
from tests.registry.partner_statistics.world import an_agreement
from tests.registry.stories import (
    a_condition,
    a_place_supplied,
    an_agent,
    an_invitation,
    an_organisation,
    with_proved_address,
)
from tests.registry.take_overs.world import a_question
from tests.registry.uploads.test_files import with_gps
from tests.registry.yearly_statements.world import YEAR, a_published_statement
from tests.remembered import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CANARY = "Canary Meadow"
# Of the reply under restriction that is in the world: a sum, and a reference. And who weighs the reply, and where; and
# the authority that gave it.
REPLY = ("48,211", "ZK9041")
MAY_READ_REPLY = {
    "case_officer": frozenset({"application", "staff_check"}),
    "decision_maker": frozenset({"application", "staff_check"}),
    "partner_agency": frozenset({"partner_check"}),
}


@contextmanager
def the_world(blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all tests of a file, which is gone after them."""
    with blocker.unblock(), transaction.atomic():
        with on_the_day():
            made = _world()
        yield made
        transaction.set_rollback(True)


def _a_correction(organisation: Organisation) -> LetterCorrection:
    letter = organisation.letters.filter(facts__has_key="items").latest("pk")
    slip = {"wrong": "farms", "right": "farm", "because": "There is one farm."}
    return letter_actions.correct(letter, **slip, by=person("case_officer"), at=NOW)


def _access_asked(*, by: User) -> AccessRequest:
    officer = accounts.change_roles(person("case_officer"), roles=["decision_maker"], by=by, at=NOW)
    return officer.access_requests.get()


def _emergency_sign_in() -> BreakGlassSignIn:
    administrator = person("people_administrator")
    return directory.sign_in_past_directory(administrator, by=administrator, at=NOW)


def _an_erasure() -> ErasureBatch:
    due = [DueErasure("licences", "application", "A-7KQ2-M9XD", None)]
    return erasures.list_batch(due, by=None, at=NOW)


def _given_up() -> OutboxItem:
    item = OutboxItem.objects.add(OutboxKind.WEBHOOK, "D-7KQ2-M9XD", queue="W-7KQ2-M9XD", at=NOW)
    item.claim(NOW)
    item.fail("no_connection", at=NOW, for_good=True)
    return item


def _world() -> World:
    people, things = _people_and_things()
    visitors = {name: Visitor(name, signed_in(user), name in INSIDERS) for name, user in people.items()}
    visitors["stranger"] = Visitor("stranger", Client())
    visitors["password_alone"] = Visitor("password_alone", signed_in(person("case_officer"), second_factor=False))
    visitors["off_boarded"] = Visitor("off_boarded", _off_boarded(by=people["people_administrator"]))
    return World(
        visitors,
        things,
        CANARY,
        MAY,
        OWN_ACCOUNT,
        bodies={"decide_by_api": {"because": "Unsafe.", "from_day": None}},
        restricted=REPLY,
        may_read=MAY_READ_REPLY,
    )


@remembered
def _people_and_things() -> tuple[dict[str, User], dict[str, dict[str, object]]]:
    people: dict[str, User] = {
        name: person(name) for name, role in ROLES.items() if role.is_staff or name == "labour_user"
    }
    people["partner_agency"] = person("partner_agency", agency=an_agency("Revenue of Sampleshire"))
    people["holder"], people["other_employer"] = person("applicant"), person("applicant")
    people["other_inspector"] = person("inspector")
    an_organisation("Somebody Else Ltd", by=people["other_employer"])
    return people, _things(people)


def _off_boarded(*, by: User) -> Client:
    gone = person("decision_maker")
    client = signed_in(gone)
    accounts.off_board(gone, because="Left the authority.", by=by, at=NOW)
    return client


def _things(people: dict[str, User]) -> dict[str, dict[str, object]]:
    """What is in the brackets: always what belongs to the holder, or is in the hands of `inspector`."""

    def canary(name: str) -> Organisation:
        return an_organisation(f"{CANARY} {name} Ltd", by=people["holder"])

    # Asked before there is a canary: about others the partner must read nothing.
    put = a_check_put(people["partner_agency"].agency, stories.an_application_being_assessed())
    reply = answered(put, by=people["partner_agency"], uploads=[a_letter()])
    override = an_override(put.agency, legal_name="Nant Glas Labour Ltd", by=people["partner_agency"])
    licence = a_licence(canary("Holder"), legal_name=f"{CANARY} Holder Ltd")
    held = canary("Held")
    holds.place(held, because="The police have asked for it.", by=people["manager"], at=NOW)
    conflict = conflicts.declare(
        people["case_officer"],
        organisation=held,
        because=f"{CANARY}: my own firm.",
        since=NOW.date(),
        by=people["manager"],
        at=NOW,
    )
    absence = assignment.record_absence(
        people["case_officer"],
        deputy=people["decision_maker"],
        starts=NOW.date(),
        until=NOW.date(),
        by=people["manager"],
        at=NOW,
    )
    rule = assignment.make_rule(
        kind="application.take_on", people=[people["case_officer"]], method="load", by=people["manager"], at=NOW
    )
    suspension = notified(a_suspension_proposed(licence))
    to_appeal = a_licence(canary("Appealing"), legal_name=f"{CANARY} Appealing Ltd")
    appeal = listed(received(decided(notified(a_revocation_proposed(to_appeal))), at=NOW), at=NOW)
    statement = a_document_to_show(appeal.organisation, appeal.reference)
    told = somebody_joins(licence)
    accept(a_change("transport", {"transport": True}, licence=licence))
    condition = a_condition(licence)
    shows = a_document_about(condition)
    proof = a_proof(licence)
    received_money = paid_too_much(stories.an_application_submitted(canary("Overpaid")))
    entry = a_file_entry(appeal)
    letter = Document.objects.get(about=entry.reference)
    certificate = a_document_to_show(licence.organisation, proof.reference)
    draft = stories.an_application_answered(stories.an_application(canary("Draft")))
    sent = _director_sent(draft, by=people["holder"])
    stories.a_paper_application_submitted(stories.a_paper_application(f"{CANARY} Paper Ltd"))
    item = draft.answers.exclude(item="").exclude(item=sent.item)[0]
    asked = a_request(stories.an_application_being_assessed(organisation=canary("Asked")))
    assessed = an_application_checked(organisation=canary("Assessed"))
    refusal = notified(a_refusal_proposed(assessed))
    asked_for: dict[str, Any] = {"comments": "Is the ground sound?", "due_on": NOW.date() + timedelta(days=7)}
    advice = reviews.ask_advice(refusal, to=people["case_officer"], **asked_for, by=person("decision_maker"), at=NOW)
    passing = a_transfer_asked(a_licence(canary("Passing"), legal_name=f"{CANARY} Passing Ltd"), assessed)
    triggered = stories.an_application_being_assessed(
        organisation=canary("Triggered"), accommodation=True, transport=True
    )
    because = "The houses were visited in May."
    waiver = waivers.give(triggered, trigger="housing_and_transport", because=because, by=people["manager"], at=NOW)
    unpaid = stories.an_application_submitted(canary("Unpaid"))
    card = cards.begin(unpaid, by=people["holder"], at=NOW)
    line = a_line(description=CANARY)
    inspection = an_inspection_reported(
        organisation=licence.organisation, inspector=people["inspector"], by=people["case_officer"], exhibits=1
    )
    confirmed = an_inspection_confirmed(
        "2.4", organisation=licence.organisation, inspector=people["inspector"], kind="compliance"
    )
    in_two_weeks = timezone.localdate(NOW) + timedelta(days=14)
    visit_reports.send(confirmed, reply_by=in_two_weeks, by=people["quality_reviewer"], at=NOW)
    a_remedy(confirmed)
    follow_up = a_follow_up(confirmed)
    sheets = a_document_to_show(licence.organisation, follow_up.reference)
    visited = an_inspection(
        organisation=licence.organisation,
        inspector=people["inspector"],
        by=people["case_officer"],
        case="A-2222-2222",
    )
    check_ins.check_in(visited, expected_at=NOW + timedelta(hours=3), by=people["inspector"], at=NOW)
    taken_along, two_versions = a_conflict(visited)
    round_drawn = a_round_about(licence)
    undertaking = an_undertaking_served(organisation=licence.organisation, by=people["inspector"])
    underpaid = a_notice_of_underpayment_served(organisation=licence.organisation, by=people["inspector"])
    filed = a_file_for_the_prosecutor(by=people["inspector"])
    convicted = an_order_on_conviction(officer=people["inspector"])
    source = a_source(by=people["source_handler"])
    known = some_intelligence(by=people["source_handler"], source=source)
    passed = intelligence.pass_on(
        known,
        agency=people["partner_agency"].agency,
        purpose="To protect workers: section 19.",
        by=people["source_handler"],
        at=NOW,
    )
    hung = ties.tie(
        known,
        first=named("person", "Somebody Seen", None, where="first"),
        second=named("vehicle", "AB12 CDE", None, where="second"),
        how="drives",
        strength=2,
        by=people["source_handler"],
        at=NOW,
    )
    report = a_report(contact="direct", about_name=f"{CANARY} Ltd", photos=[files.photo(with_gps())])
    referral = a_referral(by=people["inspector"], organisation=licence.organisation)
    missing = aftercare.begin_by_hand(referral, code="missing", by=people["safeguarding_lead"], at=NOW)
    revoked(f"{CANARY} Gone Ltd")
    counting.tabulate(by=None, at=NOW)
    handed_to_visit = intelligence.hand_over_intelligence(
        some_intelligence(licence.organisation),
        to="inspection",
        organisation=licence.organisation,
        by=people["intelligence_analyst"],
        at=NOW,
    )
    told_agency = hand_overs.pass_on(
        handed_over("agency", agency=people["partner_agency"].agency, is_identified=False),
        by=people["intelligence_analyst"],
        at=NOW,
    )
    joint = a_joint_case(people["partner_agency"], by=people["intelligence_analyst"])
    guarded = asked_to_share(known, a_guarded_agency(), "intelligence", by=people["intelligence_analyst"])
    explained = PublicReason.objects.exclude(decision="").order_by("pk")[0]
    words = {"sentence": "Wages were paid late.", "because": "It was about late wages only."}
    corrected = public_reasons.propose_correction(explained, **words, by=people["case_officer"], at=NOW)
    failed = an_inspection_of(licence, *FAILING)
    released = a_published_edition()
    webhook = webhooks.name(address="https://hooks.receiver.example/", by=people["labour_user"], at=NOW)
    followed = webhooks.follow(webhook, listing=licence.listing, by=people["labour_user"], at=NOW)
    # Those who have the address of a chain read the name of its holder: it is no canary.
    open_firm = a_licence(an_organisation("Open Chain Ltd", by=people["holder"]), legal_name="Open Chain Ltd")
    board, share, invitation = a_chain_shown(open_firm, by=people["holder"])
    supplied = share.lines.get()
    return {
        "suppliers/": {"reference": board.reference, "site": supplied.site_id, "line": supplied.pk, "share": share.pk},
        "suppliers/take/": {"key": share.key},
        "chain/": {"key": share.key},
        "supply/": {"key": invitation.key},
        "api/v1/suppliers/": {"reference": board.reference},
        "follow/webhooks/": {
            "reference": webhook.reference,
            "of": followed.pk,
            "delivery": webhook.deliveries.get().reference,
        },
        "staff/organisations/": {
            "reference": licence.organisation.reference,
            "person": Person.objects.filter(roles__organisation=licence.organisation)[0].reference,
            "document": a_document_to_show(licence.organisation, licence.organisation.reference).reference,
        },
        "staff/organisations/<str:reference>/lift-hold/": {"reference": held.reference},
        "staff/figures/": {"code": "backlog"},
        "staff/counts/": {"code": "regions"},
        "staff/editions/": {"reference": released.code},
        "partner/statistics/": {"reference": released.code},
        "partner/bulletins/": {"reference": a_released_bulletin().reference},
        "staff/bulletins/": {"reference": a_bulletin(month=LAST_MONTH).reference},
        "staff/statistics-partners/": {
            "reference": an_agreement(put.agency or an_agency(), by=people["manager"]).reference
        },
        "staff/training/": {"reference": a_training().reference},
        "staff/complaints/": {"reference": a_review_asked().reference},
        "complain/": {"key": a_complaint().key},
        "staff/material-orders/": {"reference": an_order_of_cards().reference},
        "materials/news/": {"key": "1-unknown"},
        "materials/": {"kind": "card"},
        "staff/take-overs/questions/": {"reference": a_question().reference},
        "staff/take-overs/registers/": {"reference": a_question().take_over.reference},
        "statistics/notices/": {
            "edition": announced(code="2027-Q1", publish_at=NOW + timedelta(days=170)).code,
            "key": "1-unknown",
        },
        "staff/yearly-statements/": {"reference": a_published_statement().code},
        "statistics/": {"address": released.code, "table": "licences", "year": YEAR},
        "api/v1/statistics/": {"edition": released.code},
        "staff/holidays/": {"calendar": "scotland", "day": "2027-01-04"},
        "staff/rota/": {"shift": a_shift(by=people["manager"]).pk},
        "staff/dangers/": {"reference": a_danger(inspection, by=people["inspector"]).reference},
        "staff/conflicts/": {"reference": conflict.reference},
        "staff/task-figures/": {"by": "kind"},
        "staff/absences/": {"key": absence.pk},
        "staff/assignment/": {"reference": rule.reference},
        "staff/tasks/": {"number": Task.objects.open().filter(kind="decision.decide", owner=None).order_by("pk")[0].pk},
        "staff/premises/": {"reference": a_place_supplied(licence.organisation).reference},
        "staff/targeting/": {"number": scored(licence).licence.number, "reference": round_drawn.reference},
        "staff/targeting/explanations/": {
            "reference": explanation_of(round_drawn.choices.order_by("-pk")[0]).reference,
        },
        "how-we-choose/rounds/": {"reference": round_drawn.reference},
        "staff/inspections/": {"reference": inspection.reference, "section": 1, "number": 1},
        "staff/inspections/<str:reference>/check-out/": {"reference": visited.reference},
        "staff/inspections/<str:reference>/stay-longer/": {"reference": visited.reference},
        "staff/inspections/<str:reference>/contradictions/": {
            "reference": inspection.reference,
            "code": "no_sample",
            "place": "visit",
        },
        "staff/inspections/<str:reference>/interviews/": {
            "reference": inspection.reference,
            "key": "6f8f5771-5090-4a26-b245-3988d9a1501b",
        },
        "staff/inspections/<str:reference>/sent/": {
            "reference": taken_along.visit.reference,
            "key": two_versions.key,
        },
        "staff/field/": {"key": taken_along.key},
        "staff/targeting/weights/": {"number": weights_proposed().number, "scheme": licence.scheme},
        "staff/prevention/": {"scheme": licence.scheme},
        "staff/campaigns/": {"reference": a_campaign().reference},
        "staff/people/<str:reference>/keys/": {
            "reference": people["inspector"].reference,
            "key": keys.make(name="Nightly", scopes=["read"], days=30, by=people["inspector"], at=NOW).key.reference,
        },
        "staff/inspections/<str:reference>/for-business": {"reference": confirmed.reference},
        "inspections/": {"reference": confirmed.reference},
        "staff/inspections/<str:reference>/follow-ups/": {"reference": confirmed.reference},
        "staff/inspections/<str:reference>/remedies/": {"reference": confirmed.reference, "number": 1},
        "staff/follow-ups/": {"reference": follow_up.reference, "document": sheets.reference},
        "follow-ups/": {"reference": follow_up.reference, "document": sheets.reference},
        "account/keys/": {
            "reference": keys.make(
                name="Nightly lists", scopes=["decide"], days=30, by=people["case_officer"], at=NOW
            ).key.reference
        },
        "staff/views/": {
            "of_list": "applications",
            "reference": saved_views.keep(
                of_list="applications", name="Late", query="overdue=on", by=people["case_officer"], at=NOW
            ).reference,
        },
        "staff/reports/": {"reference": report.reference, "number": 1},
        "staff/reports/<str:reference>/messages/": {
            "reference": report.reference,
            "key": reports.reply(report, once="walk", text="More.", by=None, at=NOW).pk,
        },
        "staff/intelligence/": {"reference": known.reference, "key": hung.pk},
        "staff/unlicensed/": {"reference": undertaking.case.reference},
        "staff/unlicensed/<str:reference>/files/": {"reference": filed.case.reference, "number": 1},
        "staff/underpayments/": {"reference": underpaid.reference},
        "staff/orders/": {"reference": convicted.reference},
        "staff/undertakings/": {"reference": undertaking.reference},
        "staff/referrals/": {"reference": referral.reference},
        "staff/referrals/concerns/": {"reference": SafeguardingConcern.objects.latest("pk").reference},
        "staff/referrals/<str:reference>/follow-ups/": {"reference": referral.reference, "number": missing.number},
        "staff/links/": {"reference": hung.first.reference},
        "staff/sources/": {"reference": source.reference},
        "staff/passed-on/": {"reference": passed.reference},
        "staff/passed-on/reports/": {"reference": told_agency.reference},
        "staff/passed-on/joint-cases/": {"reference": joint.reference},
        "staff/passed-on/joint-steps/": {"reference": joint.steps.get(side="partner").reference},
        "staff/joint-cases/": {"reference": joint.reference},
        "staff/published-reasons/": {"key": explained.pk, "reference": corrected.reference},
        "staff/guarded-sharing/": {"reference": guarded.reference},
        "staff/joint-steps/": {"reference": joint.steps.get(side="us").reference},
        "staff/partner-answers/": {"reference": passed.reference},
        "staff/hand-overs/": {"reference": handed_to_visit.reference},
        "staff/findings/": {"reference": failed.reference},
        "staff/letters/corrections/": {"reference": _a_correction(asked.application.organisation).reference},
        "staff/letters/": {"number": licence.organisation.letters.order_by("pk")[0].number},
        "staff/undelivered/": {"reference": _given_up().reference},
        "staff/payments/statements/": {"reference": line.statement.reference},
        "staff/payments/lines/": {"reference": line.reference},
        "staff/applications/": {
            "reference": assessed.reference,
            "document": a_document(assessed).reference,
        },
        "staff/applications/<str:reference>/triggers/": {"reference": triggered.reference, "trigger": waiver.trigger},
        "staff/exchange/": {"agency": an_agency("Files Office", way="file", codes=["overseas"]).reference},
        "staff/checks/": {
            "asked": put.reference,
            "case": put.case.reference,
            "document": Document.objects.get(about=reply.reference).reference,
        },
        "staff/overrides/": {
            "reference": override.reference,
            "document": Document.objects.get(about=override.reference).reference,
        },
        "partner/overrides/": {"reference": override.reference},
        "partner/checks/": {
            "reference": put.reference,
            "document": Document.objects.get(about=reply.reference).reference,
        },
        "staff/agencies/": {"reference": an_agency("Another Office", codes=["police"]).reference},
        "staff/decisions/": {"reference": refusal.reference},
        "staff/decisions/reviews/": {"reference": advice.reference},
        "staff/appeals/": {
            "reference": appeal.reference,
            "document": statement.reference,
            "bundle": bundles.ask(appeal, by=person("case_officer"), at=NOW).pk,
        },
        "api/v1/staff/decisions/": {"reference": refusal.reference},
        "staff/licences/": {
            "number": licence.number,
            "condition": condition.reference,
            "document": shows.reference,
        },
        "staff/licences/<str:number>/propose/consent-to-transfer/": {"number": passing.licence.number},
        "staff/licences/<str:number>/propose/refuse-transfer/": {"number": passing.licence.number},
        "staff/changes/": {"reference": told.reference},
        "staff/payments/received/": {"reference": received_money.reference},
        "staff/payments/refunds/": {"reference": received_money.application.refunds.get().reference},
        "staff/correspondence/": {"reference": entry.reference, "document": letter.reference},
        "staff/insurance-proofs/": {"reference": proof.reference, "document": certificate.reference},
        "staff/requests/": {"reference": asked.reference},
        "staff/look-alikes/": {"reference": a_look_alike(come_back(f"{CANARY} Back Ltd")).reference},
        "staff/watchlist-matches/": {"reference": a_watchlist_match(f"{CANARY} Listed Ltd").reference},
        "staff/languages/": {"code": "pl"},
        "staff/packs/": {"scheme": stories.SCHEME, "version": "2012-05-01", "page": "names", "letter": "request"},
        "staff/letter-kinds/": {"code": "begun"},
        "staff/letter-kinds/papers/": {"code": "briefing"},
        "staff/people/": {"reference": people["case_officer"].reference},
        "staff/access/": {"reference": _access_asked(by=person("people_administrator")).reference},
        "staff/erasures/": {"reference": _an_erasure().reference},
        "staff/emergency-access/": {"reference": _emergency_sign_in().reference},
        "organisations/": {
            "reference": licence.organisation.reference,
            "person": an_agent(licence.organisation).reference,
            "invitation": an_invitation(licence.organisation).reference,
        },
        "account/2fa/webauthn/keys/": {"pk": 0},
        "account/invitations/": {
            "invitation": an_invitation(email=with_proved_address(people["holder"]).email).reference
        },
        "apply/": {
            "reference": draft.reference,
            "page": item.page,
            "item": item.item,
            "step": "name",
            "requirement": "agreement",
            "document": a_document(draft).reference,
        },
        "apply/<str:reference>/parts/": {
            "reference": draft.reference,
            "part": sent.reference,
            "page": "directors",
            "item": "another",
        },
        "apply/<str:reference>/submitted/": {"reference": assessed.reference},
        "apply/<str:reference>/messages/": {"reference": assessed.reference},
        "apply/<str:reference>/payments/": {"reference": unpaid.reference, "card": card.reference},
        "apply/<str:reference>/requests/": {"reference": asked.application.reference, "asked": asked.reference},
        "apply/<str:reference>/decisions/": {"reference": assessed.reference, "decision": refusal.reference},
        "apply/<str:reference>/transfers/": {"reference": assessed.reference, "transfer": passing.reference},
        "licences/appeals/": {"reference": appeal.decision.reference, "document": statement.reference},
        "licences/letters/about/": {"reference": licence.organisation.letters.order_by("pk")[0].reference},
        "duties/calendar/": {"reference": licence.organisation.reference, "code": "0123456789"},
        "licences/<str:number>/transfer/": {"number": passing.licence.number, "transfer": passing.reference},
        "licences/": {"number": licence.number, "decision": suspension.reference},
        "licences/<str:number>/changes/": {"number": licence.number, "kind": "address", "reference": told.reference},
        "licences/<str:number>/changes/tell/<str:kind>/link/": {"number": licence.number, "kind": "director_joins"},
        "licences/<str:number>/changes/tell/<str:kind>/table/": {"number": licence.number, "kind": "vehicle_joins"},
        "licences/<str:number>/alter/": {"number": licence.number, "kind": "principal_authority"},
        "licences/<str:number>/conditions/": {
            "number": licence.number,
            "condition": condition.reference,
            "document": shows.reference,
        },
        "licences/letters/": {"number": licence.organisation.letters.order_by("pk")[0].number},
        "check/": {"number": licence.number},
        # What the register says of anybody is for everybody: no canary there.
        "checks/": {"number": a_licence(an_organisation("Everybody's Hands Ltd")).number},
        "c/": {"code": licence.listing.code},
        "api/v1/register/": {"number": licence.number},
    }


def _director_sent(draft: Application, *, by: User) -> Part:
    """A second director, who answers for themselves; the first is answered for."""
    to = {"page": "directors", "item": "second", "name": f"{CANARY} Director", "address": ""}
    return parts.send(draft, **to, by=by, at=NOW).part
