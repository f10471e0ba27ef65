from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import catalogues, checks  # noqa: F401  # registers the system checks
        from config.personal import NOT_PERSONAL, PERSONAL
        from registry import personal_data, schemes

        personal_data.declare(PERSONAL, NOT_PERSONAL)
        schemes.say_by(catalogues.translated)
