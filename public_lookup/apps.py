from django.apps import AppConfig


class PublicLookupConfig(AppConfig):
    name = "public_lookup"

    def ready(self) -> None:
        from public_lookup.personal import NOT_PERSONAL, PERSONAL
        from registry import personal_data

        personal_data.declare(PERSONAL, NOT_PERSONAL)
