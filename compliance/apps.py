from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "compliance"
    trail_checks = (
        "compliance.queries.visit_reports.faults",
        "compliance.queries.prosecution.faults",
    )
