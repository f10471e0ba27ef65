from django.apps import AppConfig


class PublicLookupConfig(AppConfig):
    name = "public_lookup"
    service_tables = ("public_lookup.service_figures.queries.tables",)
    # An undertaking to check suppliers is followed by these (compliance.enforcement.queries.receipts).
    receipts_of_accounts = "public_lookup.receipts.queries.of_accounts.receipts_of_accounts"

    def ready(self) -> None:
        from public_lookup.personal import NOT_PERSONAL, PERSONAL
        from registry import personal_data

        personal_data.declare(PERSONAL, NOT_PERSONAL)
