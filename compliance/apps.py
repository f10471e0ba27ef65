from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "compliance"
    service_changes = ("compliance.targeting.queries.changes.changes",)
    release_tables = (
        "compliance.statistics.queries.released.tables",
        "compliance.statistics.queries.people_released.tables",
        "compliance.prevention.queries.released.prevention_tables",
        "compliance.outreach.queries.campaign_tables",
        "compliance.training.queries.tables",
    )
    partner_tables = ("compliance.statistics.queries.finer.tables",)
    waits_with = {
        "compliance.referral": "compliance.safeguarding.queries.follow_ups.of_referral",
        "compliance.inspection": "compliance.contradictions.queries.contradictions.of_inspection",
    }
    waits_with_status = {"compliance.inspection": "compliance.follow_ups.queries.of_inspection"}
    visitors_do = ("report.receive", "report.reply")
    assigns = {"inspection.visit": "compliance.inspections.actions.assign_from_task"}
    tells_of_rejection = ("compliance.follow_ups.actions.tell_of_rejection",)
    before_inspection = {
        "report": ("compliance.contradictions.queries.contradictions.report_blockers",),
        "confirm": ("compliance.contradictions.queries.contradictions.confirm_blockers",),
    }
    after_inspection = {
        "report": ("compliance.contradictions.actions.keep_found",),
        "confirm": ("compliance.hand_overs.actions.answer_from_visit",),
        "call_off": ("compliance.hand_overs.actions.call_back",),
    }
    keeps_organisations = ("compliance.retention.queries.due.organisations_with_open_business",)
    # For which organisation a receipt is taken (public_lookup.receipts.actions).
    after_receipt = "compliance.enforcement.actions.receipts.note_purpose"
    finds_who_told = "compliance.sharing_requests.queries.sharings.who_told_in"
    trail_checks = (
        "compliance.inspection_reports.queries.faults",
        "compliance.enforcement.queries.prosecutor_files.faults",
    )

    def ready(self) -> None:
        from compliance.declared import LISTS, STEPS
        from compliance.history_words import WORDS
        from compliance.personal import NOT_PERSONAL, PERSONAL
        from compliance.reading import ACTS, READ
        from registry import personal_data, reading, steps, worklists
        from registry.trail.queries import history as happened

        personal_data.declare(PERSONAL, NOT_PERSONAL)
        reading.declare(READ, ACTS)
        worklists.declare(LISTS)
        steps.declare(STEPS)
        happened.add(WORDS)
