from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "compliance"
    tells_of_rejection = "compliance.actions.follow_ups.tell_of_rejection"
    trail_checks = (
        "compliance.queries.visit_reports.faults",
        "compliance.queries.prosecution.faults",
    )
