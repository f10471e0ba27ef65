from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "compliance"
    tells_of_rejection = "compliance.follow_ups.actions.tell_of_rejection"
    trail_checks = (
        "compliance.inspection_reports.queries.faults",
        "compliance.enforcement.queries.prosecution.faults",
    )
