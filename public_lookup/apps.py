from django.apps import AppConfig


class PublicLookupConfig(AppConfig):
    name = "public_lookup"
