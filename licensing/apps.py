from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "licensing"
    trail_checks = ("licensing.queries.agreement.faults",)
