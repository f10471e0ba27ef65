from django.apps import AppConfig
from django.conf import settings

from registry.schemes import checked


class RegistryConfig(AppConfig):
    name = "registry"
    trail_checks = ("registry.retention.queries.faults",)
    # Of the events without a person, those that a visitor did; the service did all others (registry.trail.queries.history).
    visitors_do = ("complaint.receive_complaint", "complaint.ask_for_review", "materialorder.order_materials")
    release_tables = ("registry.complaints.queries.release_tables",)

    def ready(self) -> None:
        checked.keep_in(settings.VAR_DIR / "packs-that-passed")
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from allauth.socialaccount.models import SocialAccount

        from registry import checks, lookups, personal_data, reading, steps, worklists  # noqa: F401  # registers the system checks
        from registry.declared import LISTS, STEPS
        from registry.personal import NOT_PERSONAL, PERSONAL
        from registry.trail.models.covered import cover, watch_relations

        cover(EmailAddress, person="user__reference", secrets=["email"])
        cover(Authenticator, person="user__reference", secrets=["data"], omits=["last_used_at"])
        cover(SocialAccount, person="user__reference", secrets=["uid"], omits=["last_login", "extra_data"])
        lookups.register()
        watch_relations()
        personal_data.declare(PERSONAL, NOT_PERSONAL)
        reading.declare(reading.DECLARED)
        worklists.declare(LISTS)
        steps.declare(STEPS)
