from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "licensing"
    trail_checks = ("licensing.queries.agreement.faults",)
    tells_of_rejection = "licensing.actions.documents.tell_of_rejection"
