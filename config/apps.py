from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import catalogues
        from registry import schemes

        schemes.say_by(catalogues.translated)
