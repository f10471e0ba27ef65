"""Every address, as a stranger, as another employer and as each role, by every method (docs/rules.md G12, T7).

The tables below say by hand who may open what: they are not read from the code that they prove. An address that stands in
none of them fails the walk, so a new page comes with a line that says whose it is.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from compliance.check_ins import actions as check_ins
from compliance.hand_overs import actions as hand_overs
from compliance.inspection_reports import actions as visit_reports
from compliance.intelligence.actions import intelligence, ties
from compliance.intelligence.rules import named
from compliance.reports.actions import reports
from compliance.safeguarding.actions import follow_ups as aftercare
from compliance.statistics import actions as counting
from config.api import BY_KEY_OR_SIGNED_IN
from config.api import staff as staff_api
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
from tests.config.walker import Route, Visitor, World, ask, is_refusal, leaks, routes, walk
from tests.conftest import NOW, on_the_day
from tests.in_part import in_part
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
# Of the reply under restriction that stands in the world: a sum, and a reference. And who weighs the reply, and where; and
# the authority that gave it.
REPLY = ("48,211", "ZK9041")
MAY_READ_REPLY = {
    "case_officer": frozenset({"application", "staff_check"}),
    "decision_maker": frozenset({"application", "staff_check"}),
    "partner_agency": frozenset({"partner_check"}),
}

# What anybody may open without signing in.
# Outside the sign-in of browsers, and behind a key: tests/config/test_staff_api.py goes through each.
# The same of a labour user's own: tests/public_lookup/board/test_keys.py.
BY_KEY = frozenset(route.name for route in staff_api.urls()[0]) | BY_KEY_OR_SIGNED_IN
PUBLIC = frozenset(
    [
        "live",
        "ready",
        "worker",
        "metrics",
        "security_txt",
        "change_password",
        "public_keys",
        "robots_txt",
        "favicon",
        "api-root",
        "openapi-json",
        "staff-openapi",
        "register",
        "register_entry",
        "changes",
        "check_many",
        "feed_atom",
        "feed_json",
        "place_atom",
        "place_json",
        "many_atom",
        "many_json",
        "follow_ask",
        "ask_for_notice",
        "release_notice",
        "stop_release_notice",
        "material_news",
        "material_news_reader",
        "stop_material_news",
        "materials",
        "material_pdf",
        "order_materials",
        "complain",
        "complaint_answer",
        "follow_texts",
        "follow",
        "stop",
        "supply",
        "chain",
        "own_table",
        "own_table_csv",
        "register_csv",
        "register_json",
        "register_ftm",
        "reconcile",
        "reconcile_suggest",
        "reconcile_properties",
        "csv_metadata",
        "data_package",
        "code_lists",
        "verifier",
        "data",
        "badge",
        "sitemap",
        "sitemap_pages",
        "sitemap_entries",
        "start",
        "apply",
        "eligibility",
        "eligibility_about",
        "eligibility_answers",
        "eligibility_question",
        "eligibility_result",
        "paper_form",
        "accessibility",
        "cookies",
        "privacy",
        "terms",
        "how_we_choose",
        "round_verifier",
        "published_round",
        "contact",
        "check",
        "many",
        "many_list",
        "many_columns",
        "many_csv",
        "many_again",
        "many_follow",
        "many_remove",
        "entry",
        "code",
        "verify",
        "verify_document",
        "verify_receipt",
        "take_receipt",
        "part",
        "part_pin",
        "part_page",
        "sign_part",
        "refuse_part",
        "leave_part",
        "receipt",
        "receipt_pdf",
        "receipt_json",
        "poster",
        "poster_pdf",
        "poster_of",
        "poster_of_pdf",
        "private",
        "help",
        "help_topic",
        "help_topic_in",
        "help_calculator",
        "help_letter",
        "help_near",
        "snapshot",
        "snapshot_index",
        "notes",
        "notes_worker",
        "notes_manifest",
        "draft_report",
        "device_standing",
        "duties_ics",
        "report",
        "mailbox",
        "service_cases",
        "statistics_prevention",
        "statistics_yearly",
        "service_csv",
        "service_figures",
        "shared_counts",
        "shared_counts_csv",
        "demo",
        "demo_mail",
        "demo_receiver",
        "demo_telephone",
        "telephone_text",
        "telephone_call",
        "telephone_call_step",
        "report_by_telephone",
        "card_payment_told",
        "account_login",
        "directory_sign_in",
        "directory_callback",
        "directory_log_out",
        "citizens_sign_in",
        "citizens_callback",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_email_verification_sent",
        "account_reset_password",
        "account_confirm_login_code",
        "account_confirm_password_reset_code",
        "account_complete_password_reset",
        "account_password_reset_completed",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "standards",
        "statistics",
        "statistics_edition",
        "statistics_editions",
        "statistics_tables",
        "statistics_feed",
        "statistics_spreadsheet",
        "statistics_zip",
        "statistics_package",
        "statistics_metadata",
        "statistics_csv",
    ]
)

STRANGERS = frozenset({"stranger", "off_boarded", "password_alone"})
PROVIDERS = frozenset({"holder", "other_employer"})
INSPECTORS = frozenset({"inspector", "other_inspector"})
STAFF = frozenset(name for name, role in ROLES.items() if role.is_staff) | INSPECTORS
EVERYBODY = PROVIDERS | STAFF | {"labour_user"}
READERS = frozenset({"case_officer", "decision_maker", "manager", "auditor"})
ON_DUTY = frozenset({"safeguarding_lead", "intelligence_analyst", "manager"})
SEE_ORGANISATIONS = READERS | {"quality_reviewer", "intelligence_analyst"}
SEE_INSPECTIONS = READERS | {"quality_reviewer", "intelligence_analyst"}
#: Reads figures, bulletins, campaigns and the log of disclosure; no case, and no name of a worker (decision 148).
REVIEWER = "independent_reviewer"
SEE_ENFORCEMENT = frozenset({"intelligence_analyst", "decision_maker", "manager", "auditor"})
# Of a firm that the register shows, a labour user reads the name too; of one that intelligence is about, a source handler.
INSIDERS = SEE_ORGANISATIONS | {"holder", "inspector", "labour_user", "safeguarding_lead", "source_handler"}

# Whose each address behind the sign-in is.


def _steps(subject: str, steps: str) -> Iterator[str]:
    """The names of the pages of these steps of the thing whose page has this name."""
    return (f"{step}_{subject}" for step in steps.split())


MAY: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        [
            "account",
            "home",
            "close_passkey_offer",
            "account_step_up",
            "sign_in_again",
            "account_reauthenticate",
            "account_email",
            "change_own_name",
            "account_change_password",
            "account_set_password",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "mfa_reauthenticate_webauthn",
        ],
        EVERYBODY,
    ),
    "mfa_activate_totp": EVERYBODY | {"password_alone"},
    "mfa_add_webauthn": EVERYBODY | {"password_alone"},
    "account_reauthenticate": EVERYBODY | {"password_alone"},
    "own_organisations": EVERYBODY,
    "own_sessions": EVERYBODY,
    "session_left": EVERYBODY,
    **dict.fromkeys(
        [
            "organisation_people",
            "invite_to_act",
            "change_kind",
            "remove_member",
            "record_consent",
            "withdraw_consent",
            "resend_invitation",
            "withdraw_invitation",
            "leave_organisation",
        ],
        frozenset({"holder"}),
    ),
    # Whoever proves that the address is theirs; the holder has been asked by somebody else.
    **dict.fromkeys(["accept_invitation", "decline_invitation"], frozenset({"holder"})),
    **dict.fromkeys(["staff_home", "staff_find", "tasks", "signs"], STAFF),
    "tasks_csv": READERS | {"intelligence_analyst", "partner_agency", "safeguarding_lead", "source_handler"},
    # A proposal to decide that no one has taken.
    **dict.fromkeys(["task", "take_task", "acknowledge_task"], frozenset({"decision_maker", "manager"})),
    **dict.fromkeys(["assign_tasks", "assign_task", "postpone_task"], frozenset({"manager"})),
    "organisations": SEE_ORGANISATIONS,
    "organisation": SEE_ORGANISATIONS,
    **dict.fromkeys(["place_hold", "lift_hold", "data_of_person", "end_conflict"], frozenset({"manager"})),
    **dict.fromkeys(["conflicts", "declare_conflict", "absences", "record_absence"], STAFF),
    "end_absence": frozenset({"case_officer", "manager"}),
    **dict.fromkeys(["assignment_rules", "make_assignment_rule", "end_assignment_rule"], frozenset({"manager"})),
    **dict.fromkeys(["your_data", "your_data_file"], EVERYBODY),
    **dict.fromkeys(
        [
            "editions",
            "announce_edition",
            "edition",
            "preview_edition",
            "preview_edition_files",
            *_steps("edition", "freeze sign countersign refuse_tables refuse_correction correct move_date"),
            *_steps("edition", "explain_lateness add_reader remove_reader"),
        ],
        frozenset({"intelligence_analyst", "manager"}),
    ),
    **dict.fromkeys(
        ["yearly_statements", "yearly_statement"], frozenset({"intelligence_analyst", "manager", REVIEWER})
    ),
    **dict.fromkeys(
        [
            "announce_yearly_statement",
            *_steps("yearly_statement", "write_statement sign_statement publish_statement return_statement"),
        ],
        frozenset({"intelligence_analyst", "manager"}),
    ),
    **dict.fromkeys(
        ["material_orders", "material_order", *_steps("material_order", "send_materials decline_materials")],
        frozenset({"intelligence_analyst", "manager"}),
    ),
    "record_complaint": INSPECTORS | {"case_officer", "quality_reviewer", "manager"},
    **dict.fromkeys(
        ["complaints", "complaint", *_steps("complaint", "answer_complaint ask_for_review")],
        frozenset({"quality_reviewer", "manager"}),
    ),
    "answer_review_complaint": frozenset({"manager"}),
    **dict.fromkeys(
        ["take_over_questions", "take_over_question", "take_over", "take_over_report"],
        frozenset({"case_officer", "manager"}),
    ),
    **dict.fromkeys(_steps("take_over_question", "settle_question"), frozenset({"case_officer", "manager"})),
    "give_opinion_yearly_statement": frozenset({REVIEWER}),
    **dict.fromkeys(["partner_editions", "partner_edition", "partner_edition_files"], frozenset({"partner_agency"})),
    **dict.fromkeys(["partner_agreements", "partner_agreement"], frozenset({"auditor", "manager", REVIEWER})),
    **dict.fromkeys(["bulletins", "bulletin"], frozenset({"auditor", "intelligence_analyst", "manager", REVIEWER})),
    "write_bulletin": frozenset({"intelligence_analyst", "manager"}),
    **dict.fromkeys(_steps("bulletin", "release_bulletin refuse_bulletin"), frozenset({"manager"})),
    **dict.fromkeys(["partner_bulletins", "partner_bulletin"], frozenset({"partner_agency"})),
    "give_partner_agreement": frozenset({"manager"}),
    **dict.fromkeys(
        _steps("partner_agreement", "confirm_agreement refuse_agreement end_tables"), frozenset({"manager"})
    ),
    "holidays": READERS,
    **dict.fromkeys(["add_holiday", "remove_holiday"], frozenset({"manager"})),
    "premises": SEE_ORGANISATIONS | INSPECTORS,
    "one_premises": SEE_ORGANISATIONS | INSPECTORS,
    # Whoever keeps a view has it to themselves.
    **dict.fromkeys(["saved_views", "keep_view"], STAFF),
    **dict.fromkeys(["keys", "make_key"], STAFF | PROVIDERS | {"labour_user"}),
    **dict.fromkeys(["revoke_key", "step_up_key"], frozenset({"case_officer"})),
    **dict.fromkeys(["rename_view", "remove_view"], frozenset({"case_officer"})),
    **dict.fromkeys(
        [
            "applications_csv",
            "decisions_csv",
            "changes_csv",
            "look_alikes_csv",
            "watchlist_matches_csv",
        ],
        READERS,
    ),
    **dict.fromkeys(
        ["staff_licences_csv", "inspections_csv", "organisations_csv", "premises_csv"],
        READERS | {"intelligence_analyst"},
    ),
    **dict.fromkeys(
        [
            "letter_kinds",
            "letter_kind",
            "sample_paper",
            "packs",
            "compare_packs",
            "languages",
            "catalogue",
            "pack",
            "preview_page",
            "preview_letter",
            "preview_certificate",
        ],
        READERS,
    ),
    **dict.fromkeys(["trail", "trail_csv"], frozenset({"auditor"})),
    "verify_trail": frozenset({"auditor"}),
    **dict.fromkeys(["access_requests", "access_request"], frozenset({"people_administrator", "auditor"})),
    "access_requests_csv": frozenset({"auditor"}),
    "break_glass_sign_in": frozenset({"people_administrator", "auditor"}),
    **dict.fromkeys(["erasures", "erasure_batch"], frozenset({"manager", "decision_maker", "auditor"})),
    **dict.fromkeys(
        _steps("erasure_batch", "propose_erasure approve_erasure refuse_erasure"),
        frozenset({"manager", "decision_maker"}),
    ),
    **dict.fromkeys(_steps("break_glass_sign_in", "confirm_break_glass"), frozenset({"people_administrator"})),
    **dict.fromkeys(
        _steps("access_request", "approve_access refuse_access withdraw_access"), frozenset({"people_administrator"})
    ),
    **dict.fromkeys(
        [
            "people",
            "invite",
            "person",
            "change_roles",
            "change_team",
            "reset_second_factor",
            "off_board",
            "take_key",
            "agencies",
            "add_agency",
            "agency",
            "change_agency",
            "close_agency",
        ],
        frozenset({"people_administrator"}),
    ),
    **dict.fromkeys(
        [
            "webhooks",
            "webhook",
            "test_webhook",
            "pause_webhook",
            "resume_webhook",
            "stop_webhook",
            "unfollow",
            "resend_delivery",
        ],
        frozenset({"labour_user"}),
    ),
    **dict.fromkeys(["checks", "checks_csv", "formal_check", "keep_proof"], PROVIDERS | {"labour_user"}),
    # One's own board is made at its first need; that of the holder is for those who act for it.
    **dict.fromkeys(["boards", "take_chain"], PROVIDERS | {"labour_user"}),
    **dict.fromkeys(
        [
            *("board", "board_csv", "board_seen", "board_alerts", "delete_board"),
            *("add_board_site", "board_site", "remove_board_site", "import_suppliers", "near_names", "supplier_pack"),
            *("supplier_chains", "end_chain", "supplier", "add_supplier", "change_supplier", "stop_supplier"),
            *("replace_supplier", "prove_supplier", "ask_supplier", "remove_supplier"),
        ],
        frozenset({"holder"}),
    ),
    "start_application": PROVIDERS,
    **dict.fromkeys(["licences", "duties", "duty_reminders"], PROVIDERS),
    **dict.fromkeys(
        [
            "application_tasks",
            "check_answers",
            "preview_entry",
            "submit_application",
            "application_submitted",
            "application_payments",
            "pay_by_card",
            "card_payment",
            "withdraw_application",
            "answer_request",
            "ask_more_time",
            "application_messages",
            "read_messages",
            "reply_about_application",
            "document_page",
            "own_document",
            "remove_document",
            "question_page",
            "add_item",
            "upload_list",
            "list_template",
            "choose_person",
            "company_register",
            "answer_again",
            "item_page",
            "step_page",
            "step",
            "item_step",
            "remove_item",
            "parts",
            "name_from_register",
            "send_part",
            "send_part_of",
            "part_sent",
            "send_part_again",
            "withdraw_part",
            "letter",
            "letter_about",
            "letter_pdf",
            "make_duty_calendar",
            "end_duty_calendar",
            "licence",
            "licence_certificate",
            "show_licence",
            "renew_licence",
            "reply_about_licence",
            "own_appeal",
            "submit_to_tribunal",
            "own_appeal_file",
            "tell_supply",
            "surrender_licence",
            "keep_licence",
            "transfer_licence",
            "retract_transfer",
            "answer_transfer",
            "licence_signals",
            "report_misuse",
            "send_evidence",
            "own_evidence_file",
            "licence_changes",
            "tell_change",
            "told_change",
            "tell_changes",
            "changes_template",
            "change_by_link",
            "alter_licence",
        ],
        frozenset({"holder"}),
    ),
    **dict.fromkeys(
        [
            "applications",
            "application",
            "messages",
            "undelivered",
            "staff_letter",
            "staff_letter_pdf",
            "decisions",
            "decision",
            "decision_moves",
            "conditions",
            "conditions_csv",
            "appeals",
            "appeals_csv",
            "appeal",
            "appeal_file",
            "appeal_bundle",
            "take_appeal_bundle",
            "transfers",
            "transfers_csv",
            "changes",
            "change",
            "staff_checks",
            "staff_checks_csv",
            "staff_check",
            "staff_override",
            "look_alikes",
            "look_alike",
            "watchlist_matches",
            "watchlist_match",
        ],
        READERS,
    ),
    **dict.fromkeys(["dates_due", "dates_due_csv"], READERS | {"intelligence_analyst"}),
    # Those who weigh the reply in the case; others read that there is one.
    "reply_document": frozenset({"case_officer", "decision_maker"}),
    "override_document": frozenset({"case_officer", "decision_maker"}),
    **dict.fromkeys(
        [
            "partner_checks",
            "partner_check",
            "partner_document",
            "partner_exchange",
            "partner_hand_out",
            "read_own_override",
        ],
        frozenset({"partner_agency"}),
    ),
    "evidence_file": READERS,
    "organisation_document": READERS,
    # And the inspector who has to inspect that very case.
    "case_document": READERS,
    **dict.fromkeys(
        [
            "begin_assessment",
            "record_payment",
            "record_check",
            "put_check",
            "exchanges",
            "exchange",
            "hand_out_checks",
            "sanitise_reply",
            "release_reply",
            "record_nil_checks_of_case",
            "override_reply",
            "agree_override",
            "refuse_override",
            "withdraw_override",
            "read_refusal_override",
            "charge_inspection",
            "verify_turnover",
            "statements",
            "statement",
            "statement_line",
            "set_aside_line",
            "waiting_money_csv",
            "ask_applicant",
            "remind_request",
            "extend_request",
            "refuse_time_request",
            "withdraw_request",
            "write_to_applicant",
            "take_note_of_messages",
            "send_letter_again",
            "send_again",
            "commission_for_application",
            "commission_for_licence",
            "propose_grant",
            "propose_refuse",
            "propose_suspend",
            "propose_revoke",
            "propose_lift",
            "propose_impose",
            "propose_vary",
            "propose_discharge",
            "propose_extend",
            "propose_fail",
            "propose_allow_transfer",
            "propose_refuse_transfer",
            "check_condition",
            "visit_condition",
            "drop_decision",
            "receive_appeal",
            "disregard_appeal",
            "acknowledge_appeal",
            "reply_appeal",
            "bar_appeal",
            "fix_hearing_appeal",
            "readmit_appeal",
            "tick_off_appeal",
            "determine_appeal",
            "take_back_appeal",
            "correct_appeal",
            "correct_outcome_appeal",
            "supplement_decision",
            "change_numbers",
            "accept_change",
            "note_change",
            "refuse_change",
            "confirm_look_alike",
            "dismiss_look_alike",
            "confirm_watchlist_match",
            "dismiss_watchlist_match",
            "consider_watchlist_match",
            "enter_paper_application",
            "letters_to_post",
            "letters_to_print",
        ],
        frozenset({"case_officer"}),
    ),
    **dict.fromkeys(["assign_application", "assign_applications"], frozenset({"manager"})),
    "write_note": frozenset({"case_officer", "decision_maker", "manager"}),
    **dict.fromkeys(
        [
            "figures",
            "figures_again",
            "figure_csv",
            "approval_pairs",
            "approval_pairs_csv",
            "personal_data",
            "personal_data_csv",
            "task_figures",
            "task_figures_by",
            "task_figures_csv",
        ],
        frozenset({"manager", "auditor"}),
    ),
    **dict.fromkeys(["count_again", "count_csv"], frozenset({"intelligence_analyst", "manager", "auditor"})),
    **dict.fromkeys(["waive_inspection", "take_back_waiver"], frozenset({"case_officer", "manager"})),
    **dict.fromkeys(
        ["notify_decision", "correct_letter", "write_letter_anew"], frozenset({"case_officer", "decision_maker"})
    ),
    **dict.fromkeys(
        ["decide", "decide_by_api", *_steps("appeal", "carry_out send_back leave_undecided")],
        frozenset({"decision_maker"}),
    ),
    **dict.fromkeys(
        ["file_entry", "entry_file", "shown_entry_file", "correspondence", "read_document", "shown_document"], READERS
    ),
    **dict.fromkeys(["cancel_payment_payment", *_steps("refund", "pay_back drop_refund")], frozenset({"case_officer"})),
    **dict.fromkeys(
        [
            *(f"add_to_file_{table}" for table in ("case", "licence", "decision", "appeal")),
            *_steps("file_entry", "match mark_read answer_mail set_aside"),
        ],
        frozenset({"case_officer", "decision_maker"}),
    ),
    **dict.fromkeys(
        [
            "decide_otherwise",
            "return_decision",
            "ask_advice_decision",
            "disagree_decision",
            "call_off_review_decision_review",
        ],
        frozenset({"decision_maker"}),
    ),
    **dict.fromkeys(["give_more_time_decision"], frozenset({"case_officer", "decision_maker"})),
    **dict.fromkeys(["answer_review_decision_review", "read_reason_decision"], READERS),
    **dict.fromkeys(
        ["countersign_letter_correction", "refuse_correction_letter_correction", "read_why_letter_correction"],
        READERS,
    ),
    "staff_licences": READERS | {"intelligence_analyst"},
    "staff_licence": READERS | {"intelligence_analyst"},
    **dict.fromkeys(
        ["rounds", "visit_round", "drawing"],
        frozenset({"intelligence_analyst", "manager", "auditor", "case_officer"}),
    ),
    **dict.fromkeys(
        [
            *("open_round", "fix_round", "draw_round", "choose_round", "explain_round", "close_round"),
            *("accept_visit_explanation", "refuse_visit_explanation"),
        ],
        frozenset({"intelligence_analyst", "manager"}),
    ),
    "send_visit": frozenset({"case_officer"}),
    **dict.fromkeys(
        [
            *("scores", "score", "evaluate_again", "weights", "weighting"),
            "count_prevention_again",
        ],
        frozenset({"intelligence_analyst", "manager", "auditor"}),
    ),
    **dict.fromkeys(
        ["counts", "evaluation", "prevention"], frozenset({"intelligence_analyst", "manager", "auditor", REVIEWER})
    ),
    **dict.fromkeys(["propose_weights", "return_to_scheme"], frozenset({"intelligence_analyst"})),
    **dict.fromkeys(["adopt_weights", "record_prevention_change"], frozenset({"manager"})),
    **dict.fromkeys(["campaigns", "campaign"], frozenset({"intelligence_analyst", "manager", REVIEWER})),
    **dict.fromkeys(["plan_campaign", "count_call"], frozenset({"intelligence_analyst", "manager"})),
    **dict.fromkeys(_steps("campaign", "approve_campaign refuse_campaign"), frozenset({"manager"})),
    **dict.fromkeys(["trainings", "training", "record_training", "withdraw_training_training"], frozenset({"manager"})),
    "drop_weights": frozenset({"intelligence_analyst", "manager"}),
    "inspections": SEE_INSPECTIONS | INSPECTORS,
    "inspection": SEE_INSPECTIONS | {"inspector"},
    **dict.fromkeys(["inspection_evidence", "evidence_item", "exhibit_file"], SEE_INSPECTIONS | {"inspector"}),
    **dict.fromkeys(
        ["inspection_versions", "inspection_report_pdf", "report_for_business", "report_for_business_pdf"],
        SEE_INSPECTIONS | {"inspector"},
    ),
    "inspection_contradictions": SEE_INSPECTIONS | {"inspector"},
    **dict.fromkeys(["ask_contradiction", "accept_contradiction"], frozenset({"quality_reviewer"})),
    "explain_contradiction": frozenset({"inspector"}),
    "word_report": frozenset({"inspector"}),
    "visit_calendar": SEE_INSPECTIONS | INSPECTORS,
    "visit_calendar_csv": READERS | {"intelligence_analyst"},
    **dict.fromkeys(["own_visits_ics", "own_visits_csv"], INSPECTORS),
    **dict.fromkeys(["check_in", "check_out", "stay_longer"], frozenset({"inspector"})),
    "plan_visit": frozenset({"inspector", "manager", "intelligence_analyst"}),
    "visit_briefing": SEE_INSPECTIONS | {"inspector"},
    "follow_ups": SEE_INSPECTIONS | INSPECTORS,
    "follow_ups_csv": READERS | {"intelligence_analyst"},
    **dict.fromkeys(["follow_up", "follow_up_file"], SEE_INSPECTIONS | {"inspector"}),
    **dict.fromkeys(
        [
            "ask_follow_up",
            "give_advice",
            "accept_follow_up",
            "send_back_follow_up",
            "fail_follow_up",
            "extend_follow_up",
            "record_remedy",
        ],
        frozenset({"inspector", "quality_reviewer"}),
    ),
    "visit_follow_up": frozenset({"case_officer"}),
    **dict.fromkeys(["remedies", "remedies_of_organisation"], SEE_INSPECTIONS),
    "remedies_csv": READERS | {"intelligence_analyst"},
    **dict.fromkeys(["confirm_remedy", "turn_down_remedy"], frozenset({"quality_reviewer", "manager"})),
    "own_inspections": PROVIDERS,
    **dict.fromkeys(["own_follow_up", "own_follow_up_file"], frozenset({"holder"})),
    "send_report": frozenset({"case_officer", "quality_reviewer"}),
    **dict.fromkeys(["own_inspection_report", "own_inspection_report_pdf"], frozenset({"holder"})),
    **dict.fromkeys(["add_evidence", "amend_evidence", "strike_out_evidence"], frozenset({"inspector"})),
    "hand_on_evidence": frozenset({"inspector", "manager"}),
    "call_off_inspection": frozenset({"case_officer"}),
    "reassign_inspection": frozenset({"case_officer"}),
    "inspection_findings": frozenset({"inspector"}),
    "inspection_interviews": frozenset({"inspector", "quality_reviewer"}),
    **dict.fromkeys(
        ["draw_sample", "add_interview", "change_interview", "note_indicators", "add_signature"],
        frozenset({"inspector"}),
    ),
    **dict.fromkeys(["field_sent", "settle_field_item"], frozenset({"inspector"})),
    **dict.fromkeys(
        [
            "field",
            "field_worker",
            "field_manifest",
            "field_session",
            "field_common_passphrases",
            "field_take_along",
            "field_hear",
            "field_piece",
            "field_take",
            "field_settle",
            "field_finish",
            "field_alarm",
        ],
        INSPECTORS,
    ),
    "field_devices": INSPECTORS | {"manager"},
    "sign_out_device": frozenset({"inspector", "manager"}),
    "inspection_section": frozenset({"inspector"}),
    "inspection_visit": frozenset({"inspector"}),
    "report_inspection": frozenset({"inspector"}),
    **dict.fromkeys(
        [
            "staff_reports",
            "staff_report",
            "begin_report",
            "ask_report",
            "close_report",
            "reopen_report",
            "reach_reporter",
            "report_photo",
            "report_recording",
            "staff_reports_csv",
            "decide_report",
            "translate_report",
            "translate_message",
            "tag_report",
            "identify_report",
            "link_report",
        ],
        frozenset({"intelligence_analyst"}),
    ),
    "take_report": frozenset({"case_officer", "intelligence_analyst", "manager", "safeguarding_lead", "source_handler"})
    | INSPECTORS,
    **dict.fromkeys(
        [
            "intelligence_list",
            "intelligence_list_csv",
            "record_intelligence",
            "intelligence",
            "grade_anew",
            "agree_grade",
            "intelligence_text",
            "release_text",
            "refuse_text",
            "rewrite_text",
            "pass_on",
            "tie",
            "untie",
            "entity",
        ],
        frozenset({"intelligence_analyst", "source_handler"}),
    ),
    **dict.fromkeys(
        ["sources", "keep_source", "source", "look_at_source", "hand_over_source"], frozenset({"source_handler"})
    ),
    **dict.fromkeys(["unlicensed_cases", "undertakings", "underpayments"], SEE_ENFORCEMENT | INSPECTORS),
    **dict.fromkeys(["unlicensed_cases_csv", "undertakings_csv", "underpayments_csv"], SEE_ENFORCEMENT),
    **dict.fromkeys(
        ["unlicensed_case", "undertaking", "underpayment", "conviction_order", "case_material", "prosecutor_file_pdf"],
        SEE_ENFORCEMENT | {"inspector"},
    ),
    **dict.fromkeys(["open_unlicensed_case", "draft_underpayment"], INSPECTORS | {"intelligence_analyst"}),
    **dict.fromkeys(
        [
            *_steps(
                "unlicensed_case", "offence when element reasonable_step letter acknowledge draft propose result order"
            ),
            *_steps("undertaking", "negotiate extend refuse review_receipts breach order dismiss vary discharge"),
            *_steps("underpayment", "settle"),
            *_steps("conviction_order", "vary lift"),
            "sort_material",
            "add_material",
            "put_together_file",
            "hand_over_prosecutor_file",
        ],
        frozenset({"inspector", "intelligence_analyst"}),
    ),
    **dict.fromkeys(
        [
            *_steps("unlicensed_case", "refer end send_back"),
            *_steps("undertaking", "serve discard accept release apply"),
            *_steps("underpayment", "serve leave withdraw enforce"),
            *_steps("conviction_order", "compare strike"),
            "read_prosecutor_file",
        ],
        frozenset({"decision_maker"}),
    ),
    **dict.fromkeys(["danger", "raise_danger", "own_alerts"], STAFF),
    **dict.fromkeys(["danger_sign", "acknowledge_danger_sign", "deal_with_danger_sign", "rota"], ON_DUTY),
    **dict.fromkeys(["add_shift", "remove_shift"], frozenset({"manager"})),
    **dict.fromkeys(
        ["referrals", "prepare_referral"], frozenset({"safeguarding_lead", "intelligence_analyst"}) | INSPECTORS
    ),
    "referrals_csv": frozenset({"safeguarding_lead", "intelligence_analyst"}),
    **dict.fromkeys(["correct_referral", "identify_person"], frozenset({"safeguarding_lead", "inspector"})),
    **dict.fromkeys(
        ["referral", "look_at_person", "withdraw_consent_of_person", "offer_support", "export_referral"],
        frozenset({"safeguarding_lead", "inspector"}),
    ),
    **dict.fromkeys(
        [
            "second_read_referral",
            "give_back_referral",
            "send_referral",
            "send_referral_at_once",
            "read_referral_after",
            "begin_referral_follow_up",
            "follow_up_answers",
            "record_referral_follow_up",
            "answer_referral",
            "conclude_referral",
            "drop_referral",
        ],
        frozenset({"safeguarding_lead"}),
    ),
    **dict.fromkeys(
        [
            "partner_intelligence",
            "passed_on",
            "answer_passed_on",
            "passed_hand_over",
            "ask_about_hand_over",
            "partner_joint_case",
            "partner_add_step",
            "partner_finish_step",
        ],
        frozenset({"partner_agency"}),
    ),
    "correct_public_reason": frozenset({"case_officer"}),
    **dict.fromkeys(_steps("reason_correction", "agree refuse"), frozenset({"decision_maker"})),
    **dict.fromkeys(
        ["guarded_sharings", "guarded_sharings_csv"],
        frozenset({"intelligence_analyst", "source_handler", "safeguarding_lead", "manager", "auditor"}),
    ),
    "guarded_sharing": frozenset({"intelligence_analyst", "safeguarding_lead", "manager", "auditor"}),
    **dict.fromkeys(_steps("guarded_sharing", "approve refuse"), frozenset({"safeguarding_lead", "manager"})),
    **dict.fromkeys(_steps("guarded_sharing", "read_refusal withdraw"), frozenset({"intelligence_analyst"})),
    "ask_to_share_guarded_intelligence": frozenset({"intelligence_analyst", "source_handler"}),
    "ask_to_share_guarded_hand_over": frozenset({"intelligence_analyst"}),
    "ask_to_share_guarded_visit": frozenset({"intelligence_analyst", "manager"}),
    **dict.fromkeys(
        ["hand_overs", "hand_overs_csv", "hand_over", "open_dossier", "dossier_pdf"],
        frozenset({"case_officer", "manager", "intelligence_analyst", "source_handler"}),
    ),
    "insurances": frozenset({"holder"}),
    "insurance_proof": READERS | {"intelligence_analyst"},
    "insurance_proof_file": READERS,
    **dict.fromkeys(
        [
            "accept_proof_insurance",
            "refuse_proof_insurance",
            "excuse_insurance",
            *_steps("licence", "find_stopped find_supplying"),
        ],
        frozenset({"case_officer"}),
    ),
    **dict.fromkeys(
        [
            "hand_over_intelligence",
            "tag_methods_intelligence",
            "judge_hand_over",
            "take_back_hand_over",
            "joint_case",
            *_steps("joint_case", "add_step change_lead close_joint_case"),
            *_steps("of_intelligence", "open_joint_case"),
            *_steps("of_hand_over", "open_joint_case"),
            "finish_step_joint_step",
        ],
        frozenset({"intelligence_analyst", "source_handler"}),
    ),
    **dict.fromkeys(
        ["commission_hand_over", "decline_hand_over", "take_no_action_hand_over", "propose_dossier"],
        frozenset({"case_officer"}),
    ),
    **dict.fromkeys(
        ["pass_on_hand_over", "reply_hand_over", "note_result", "reply_to_partner_partner_question"],
        frozenset({"intelligence_analyst"}),
    ),
    **dict.fromkeys(
        ["note_partner_answer", "reply_partner_answer"], frozenset({"intelligence_analyst", "source_handler"})
    ),
    **dict.fromkeys(
        ["findings", "findings_csv", "finding"], frozenset({"case_officer", "decision_maker", "manager", "auditor"})
    ),
    **dict.fromkeys(["take_no_action_finding", "propose_no_action_finding"], frozenset({"case_officer"})),
    **dict.fromkeys(["confirm_no_action_finding", "return_finding"], frozenset({"decision_maker"})),
    "report_clocks": frozenset({"manager", "auditor"}),
    **dict.fromkeys(["who_saw", "who_saw_csv"], frozenset({"auditor", "manager", "safeguarding_lead"})),
    "confirm_inspection": frozenset({"quality_reviewer"}),
    "return_inspection": frozenset({"quality_reviewer"}),
}
# Anybody signed in may come to a page of their own account; a page there may still send them on.
OWN_ACCOUNT = frozenset(name for name in MAY if name.startswith(("account", "mfa_"))) | {
    "home",
    "close_passkey_offer",
    "sign_in_again",
}


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all the walks: each of them leaves it as it was."""
    with the_world(django_db_blocker) as made:
        yield made


@contextmanager
def the_world(blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all tests of a file, which is gone after them."""
    with blocker.unblock(), transaction.atomic():
        with on_the_day():
            made = _world()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def unlogged() -> Iterator[None]:
    """Thousands are refused here, and each refusal would be written down with the way that led to it."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


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


@pytest.fixture
def world(built: World) -> World:
    return replace(built)


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
    """What stands in the brackets: always what belongs to the holder, or is in the hands of `inspector`."""

    def canary(name: str) -> Organisation:
        return an_organisation(f"{CANARY} {name} Ltd", by=people["holder"])

    # Asked before there is a canary: of whom the partner is not asked, it must read nothing.
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


def guarded() -> list[Route]:
    """The addresses behind the sign-in that the table knows; that it knows all is a test of its own."""
    return [route for route in routes() if route.is_guarded and route.name in MAY]


def test_what_is_open_to_the_public_is_what_the_list_says() -> None:
    assert {route.name for route in routes() if not route.is_guarded} == PUBLIC | BY_KEY


def test_every_address_behind_the_sign_in_says_whose_it_is() -> None:
    assert {route.name for route in routes() if route.is_guarded} == set(MAY)


# Who asks little is walked whole; the others each through another part of the addresses (tests/in_part.py).
WHOLE = frozenset({"stranger", "off_boarded"})


# As these pages are opened on PostgreSQL too, so that it is asked what the pages ask.
ON_BOTH = frozenset({"holder", "case_officer", "decision_maker", "inspector", "intelligence_analyst", "manager"})


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.both] * (name in ON_BOTH)) for name in sorted(EVERYBODY | STRANGERS)],
)
def test_everybody_gets_what_is_theirs_and_nobody_what_is_not(world: World, name: str) -> None:
    walked = walk(
        world,
        world.visitors[name],
        in_part(guarded(), of=1 if name in WHOLE else 6, named=lambda route: f"{name} {route.pattern} {route.name}"),
    )

    assert walked.leaks == []
    assert walked.shut == []


BECAUSE = {"because": "Reasons that hold water."}


@pytest.mark.parametrize(
    ("who", "name", "data"),
    [
        ("people_administrator", "invite", {"name": "Nia", "email": "nia@people.example", "roles": ["auditor"]}),
        ("people_administrator", "change_roles", {"roles": ["auditor"]}),
        ("people_administrator", "reset_second_factor", BECAUSE),
        ("people_administrator", "off_board", BECAUSE | {"at_once": "on"}),
        ("people_administrator", "take_key", BECAUSE),
        ("holder", "withdraw_application", BECAUSE),
        ("holder", "answer_request", {"answer_1": "Here it is."}),
        (
            "holder",
            "ask_more_time",
            {**BECAUSE, "wanted_on_day": "30", "wanted_on_month": "11", "wanted_on_year": "2026"},
        ),
        ("case_officer", "remind_request", {}),
        ("case_officer", "extend_request", {"due_on_day": "30", "due_on_month": "11", "due_on_year": "2026"}),
        ("case_officer", "withdraw_request", BECAUSE),
        ("holder", "application_messages", {"text": "Shall we send the lease?"}),
        ("case_officer", "write_to_applicant", {"text": "There is no need."}),
        ("holder", "remove_document", {}),
        ("holder", "reply_about_application", {"text": "We have put it right."}),
        ("holder", "reply_about_licence", {"text": "We have put it right."}),
        ("holder", "tell_supply", {"began_on_day": "2", "began_on_month": "11", "began_on_year": "2026"}),
        ("holder", "send_evidence", {"text": "Every worker has a payslip now."}),
        ("holder", "alter_licence", {}),
        ("case_officer", "refuse_change", BECAUSE),
        ("quality_reviewer", "confirm_inspection", {}),
        ("quality_reviewer", "return_inspection", BECAUSE),
        ("holder", "own_inspection_report", {"text": "We write the hours down now."}),
        ("holder", "own_follow_up", {"text": "The sheets of December."}),
        ("quality_reviewer", "confirm_remedy", {}),
        ("intelligence_analyst", "begin_report", {}),
        ("intelligence_analyst", "ask_report", {"text": "When was it?"}),
    ],
)
def test_a_post_that_changes_the_world_leaves_an_event(
    world: World, who: str, name: str, data: dict[str, object]
) -> None:
    """docs/rules.md G11."""
    route = next(route for route in guarded() if route.name == name)

    answer = ask(world.visitors[who], "post", world.address(route), data)

    assert answer.response.status_code == 302
    assert answer.written
    assert answer.events >= 1


@pytest.mark.parametrize("name", ["holder", "case_officer", "people_administrator"])
def test_every_post_needs_the_token_of_a_form(world: World, name: str) -> None:
    visitor = world.visitors[name]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visitor.client.cookies

    for route in guarded():
        answer = strict.post(world.address(route), {}, content_type="application/json")
        assert answer.status_code in {302, 403, 405}, route.name


# --- the walk itself is proved by what it must find ---


@pytest.fixture
def planted(world: World, settings: Settings) -> World:
    settings.ROOT_URLCONF = "tests.plant.leaks.urls"
    world.may = {
        **MAY,
        "behind_no_door": SEE_ORGANISATIONS,
        "anybodys_file": SEE_ORGANISATIONS,
        "list_of_all": EVERYBODY,
        "refuses_too_late": frozenset(),
        "quiet_change": SEE_ORGANISATIONS,
    }
    return world


def found_by(world: World, visitor: str, name: str) -> list[str]:
    return leaks(world, world.visitors[visitor], [route for route in routes() if route.name == name])


def test_the_walk_finds_a_page_with_no_door(planted: World) -> None:
    assert "stranger get behind_no_door: 200" in found_by(planted, "stranger", "behind_no_door")
    assert "behind_no_door" in {route.name for route in routes() if not route.is_guarded} - PUBLIC - BY_KEY


def test_the_walk_finds_a_page_that_does_not_ask_whose_it_is(planted: World) -> None:
    found = found_by(planted, "other_employer", "anybodys_file")

    assert "other_employer get anybodys_file: 200" in found
    assert "other_employer get anybodys_file: reads what is not theirs" in found
    assert found_by(planted, "stranger", "anybodys_file") == []
    assert found_by(planted, "case_officer", "anybodys_file") == []


def test_the_walk_finds_a_page_on_which_more_read_a_reply_than_may(world: World) -> None:
    checks = [route for route in guarded() if route.name == "staff_check"]

    assert leaks(world, world.visitors["case_officer"], checks) == []
    world.may_read = {}
    assert "case_officer get staff_check: reads what is not theirs" in leaks(
        world, world.visitors["case_officer"], checks
    )


def test_the_walk_finds_a_list_with_the_rows_of_others(planted: World) -> None:
    assert "other_employer get list_of_all: reads what is not theirs" in found_by(
        planted, "other_employer", "list_of_all"
    )


def test_the_walk_finds_a_page_that_acts_and_then_refuses(planted: World) -> None:
    assert found_by(planted, "labour_user", "refuses_too_late") == [
        "labour_user get refuses_too_late: learns that it exists",
        "labour_user delete refuses_too_late: writes registry_counter, registry_event",
    ]


def test_the_walk_finds_a_change_that_leaves_no_event(planted: World) -> None:
    assert found_by(planted, "case_officer", "quiet_change") == [
        "case_officer get quiet_change: writes registry_organisation and leaves no event",
        "case_officer post quiet_change: writes registry_organisation and leaves no event",
    ]


def test_the_walk_notices_a_door_that_is_shut_on_its_owner(world: World) -> None:
    world.may = {**MAY, "trail": frozenset({"auditor", "manager"})}

    trail = [route for route in guarded() if route.name == "trail"]

    assert walk(world, world.visitors["manager"], trail).shut == ["manager trail"]
    assert walk(world, world.visitors["auditor"], trail).shut == []


def test_a_page_is_no_refusal() -> None:
    assert not is_refusal(Client().get("/"))
    assert is_refusal(Client().get("/staff/"))
