from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "licensing"
    trail_checks = ("licensing.decisions.queries.agreement.faults",)
    tells_of_rejection = "licensing.applications.actions.documents.tell_of_rejection"
