from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import (
            catalogues,
            checks,  # noqa: F401  # registers the system checks
        )
        from registry import schemes

        schemes.say_by(catalogues.translated)
