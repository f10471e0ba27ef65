"""The roles of those who work for the authority."""

from django.utils.translation import gettext_lazy as _

from registry.roles.account_role import AccountRole

READ = {
    "registry.view_organisations",
    "registry.view_licences",
    "registry.view_premises",
    "registry.preview_packs",
    "registry.view_holidays",
    "registry.export_lists",
    "registry.view_undelivered",
    "licensing.view_applications",
    "licensing.view_decisions",
    "licensing.view_appeals",
    "licensing.view_changes",
    "licensing.view_look_alikes",
    "compliance.view_inspections",
}

STAFF: dict[str, AccountRole] = {
    "case_officer": AccountRole(
        _("Case officer"),
        _("Verifies applications and proposes decisions"),
        frozenset(
            READ
            | {
                "licensing.assess_application",
                "licensing.enter_paper_application",
                "licensing.record_check",
                "licensing.read_replies",
                "licensing.waive_inspection",
                "licensing.ask_applicant",
                "licensing.write_note",
                "licensing.add_to_file",
                "registry.keep_case_document",
                "licensing.record_payment",
                "licensing.propose_decision",
                "licensing.notify_decision",
                "licensing.handle_appeals",
                "compliance.commission_inspection",
                "compliance.send_inspection_report",
                "compliance.take_reports",
                "compliance.view_hand_overs",
                "licensing.handle_changes",
                "licensing.judge_look_alikes",
                "registry.end_licence",
                "registry.stay_revocation",
                "registry.send_again",
                "registry.correct_letter",
                "registry.post_letters",
                "registry.keep_agency_document",
                "registry.record_complaints",
                "registry.view_take_overs",
            }
        ),
    ),
    "decision_maker": AccountRole(
        _("Decision maker"),
        _("Takes the decisions that others propose"),
        frozenset(
            READ
            | {
                "licensing.decide",
                "licensing.approve_erasure",
                "registry.correct_packs",
                "compliance.view_enforcement",
                "compliance.approve_enforcement",
                "licensing.write_note",
                "licensing.add_to_file",
                "registry.keep_case_document",
                "licensing.read_replies",
                "licensing.notify_decision",
                "registry.issue_licence",
                "registry.suspend_licence",
                "registry.revoke_licence",
                "registry.surrender_licence",
                "registry.change_condition_of_licence",
                "registry.correct_letter",
            }
        ),
    ),
    "inspector": AccountRole(
        _("Inspector"),
        _("Visits and reports what was found; does not decide"),
        frozenset(
            {
                "compliance.view_own_inspections",
                "compliance.report_inspection",
                "compliance.log_evidence",
                "compliance.ask_follow_up",
                "compliance.judge_follow_ups",
                "compliance.record_remedies",
                "compliance.hand_on_evidence",
                "registry.keep_exhibit",
                "compliance.take_reports",
                "compliance.prepare_referral",
                "compliance.work_enforcement",
                "registry.view_premises",
                "registry.record_complaints",
            }
        ),
    ),
    "quality_reviewer": AccountRole(
        _("Quality reviewer"),
        _("Confirms inspection reports or returns them for correction"),
        frozenset(
            {
                "compliance.view_inspections",
                "compliance.confirm_inspection",
                "compliance.ask_follow_up",
                "compliance.judge_follow_ups",
                "compliance.record_remedies",
                "compliance.confirm_remedies",
                "compliance.send_inspection_report",
                "registry.view_organisations",
                "registry.view_premises",
                "registry.record_complaints",
                "registry.answer_complaints",
            }
        ),
    ),
    "intelligence_analyst": AccountRole(
        _("Intelligence analyst"),
        _("Grades and links what is reported, and proposes visits"),
        frozenset(
            {
                "registry.view_organisations",
                "registry.view_licences",
                "registry.view_premises",
                "compliance.view_inspections",
                "compliance.handle_reports",
                "compliance.view_hand_overs",
                "compliance.take_reports",
                "registry.export_lists",
                "compliance.read_intelligence",
                "compliance.record_intelligence",
                "compliance.plan_visits",
                "compliance.choose_visits",
                "compliance.propose_weights",
                "registry.plan_campaigns",
                "registry.handle_material_orders",
                "compliance.view_scores",
                "compliance.view_counts",
                "registry.publish_statistics",
                "compliance.write_bulletins",
                "registry.be_on_duty",
                "compliance.prepare_referral",
                "compliance.view_enforcement",
                "compliance.work_enforcement",
                "compliance.view_guarded_sharing",
            }
        ),
    ),
    "safeguarding_lead": AccountRole(
        _("Safeguarding lead"),
        _("Reads and sends referrals of people who may be victims, and sees to their help"),
        frozenset(
            {
                "compliance.prepare_referral",
                "compliance.read_referrals",
                "registry.be_on_duty",
                "registry.receive_alerts",
                "compliance.take_reports",
                "registry.export_lists",
                "compliance.approve_guarded_sharing",
                "compliance.view_guarded_sharing",
            }
        ),
    ),
    "source_handler": AccountRole(
        _("Source handler"),
        _("Protects those who tell"),
        frozenset(
            {
                "compliance.take_reports",
                "compliance.read_intelligence",
                "compliance.record_intelligence",
                "compliance.view_hand_overs",
                "compliance.handle_sources",
                "registry.export_lists",
                "compliance.view_guarded_sharing",
            }
        ),
    ),
    "manager": AccountRole(
        _("Manager"),
        _("Sees the work and who has it; assigns it"),
        frozenset(
            READ
            | {
                "licensing.assign_application",
                "registry.be_on_duty",
                "registry.see_readers",
                "registry.edit_rota",
                "registry.assign_tasks",
                "licensing.write_note",
                "licensing.view_figures",
                "licensing.waive_inspection",
                "registry.hold_data",
                "licensing.approve_erasure",
                "registry.answer_subject_access",
                "registry.edit_holidays",
                "registry.correct_packs",
                "registry.manage_conflicts",
                "compliance.hand_on_evidence",
                "compliance.confirm_remedies",
                "compliance.plan_visits",
                "compliance.choose_visits",
                "compliance.view_enforcement",
                "compliance.adopt_weights",
                "compliance.record_prevention_change",
                "compliance.record_training",
                "registry.plan_campaigns",
                "registry.handle_material_orders",
                "registry.approve_campaigns",
                "compliance.view_scores",
                "compliance.view_counts",
                "registry.publish_statistics",
                "registry.share_statistics",
                "compliance.write_bulletins",
                "compliance.release_bulletins",
                "compliance.count_reports",
                "compliance.take_reports",
                "compliance.view_hand_overs",
                "compliance.sign_out_devices",
                "compliance.approve_guarded_sharing",
                "compliance.view_guarded_sharing",
                "registry.record_complaints",
                "registry.answer_complaints",
                "registry.review_complaints",
                "registry.view_take_overs",
            }
        ),
    ),
    "auditor": AccountRole(
        _("Auditor"),
        _("Reads the trail and verifies that nothing was quietly changed"),
        frozenset(
            READ
            | {
                "registry.read_trail",
                "registry.see_readers",
                "licensing.view_figures",
                "compliance.view_scores",
                "compliance.view_counts",
                "compliance.view_enforcement",
                "compliance.count_reports",
                "compliance.view_guarded_sharing",
            }
        ),
    ),
    "people_administrator": AccountRole(
        _("Administrator of people"),
        _("Invites, changes and off-boards people; sees no cases"),
        frozenset({"registry.manage_people", "registry.manage_agencies"}),
    ),
}
