"""What the registry has written stays: the trail, the register, letters, documents, conflicts of interest. On both engines."""

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, changed

EVENTS = "events are append-only"
ENTRIES = "entries are append-only"
CLOSES = "an entry can only be closed, once"
WITHDRAWALS = "withdrawals are append-only"
DOCUMENT = "what a document is never changes"
CONFLICT = "a conflict of interest stays as it was declared"
LETTER = "a letter that was sent never changes"

# Of a document: its scan, and whether it was struck out, may change.
OF_DOCUMENT = (
    "reference", "organisation_id", "about", "requirement", "name", "media_type", "size", "digest", "original_digest",
    "stored_as", "uploaded_by_id", "uploaded_at",
)
OF_CONFLICT = ("reference", "officer_id", "organisation_id", "because", "since", "declared_by_id", "declared_at")


def of_entries(columns):
    """An entry changes in nothing but when it was last shown. A later migration that adds a column creates them with it."""

    def rules(vendor):
        table = "registry_entry"
        yield Guard("entry_no_delete", table, "DELETE", ALWAYS, ENTRIES)
        yield Guard(
            "entry_closes_once",
            table,
            "UPDATE",
            f"OLD.shown_until IS NOT NULL OR NEW.shown_until IS NULL OR {changed(*columns)}",
            CLOSES,
        )
        clash = """entry_number = NEW.entry_number
                   OR listing_id = NEW.listing_id AND shown_until IS NULL AND NEW.shown_until IS NULL"""
        yield from guards.not_replaced(vendor, table, "entry_no", clash, ENTRIES)

    return rules


OF_ENTRY = (
    "entry_number", "listing_id", "scheme", "number", "name", "trading_names", "former_names", "company_number", "address",
    "telephone", "email", "website", "sectors", "supplies_to", "applied_on", "refused_from", "valid_from", "valid_until",
    "suspended_from", "suspended_until", "revoked_from", "appealed_from", "surrendered_from", "ended_from", "conditions",
    "condition_count", "named_people", "named_digests", "named_positions", "vehicles", "issued_by", "shown_from",
    "content_hash", "previous_hash", "hash",
)


def others(vendor):
    yield from guards.stays("registry_event", "event_no", EVENTS)
    yield from guards.not_replaced(vendor, "registry_event", "event_no", "number = NEW.number", EVENTS)
    yield from guards.stays("registry_withdrawal", "withdrawal_no", WITHDRAWALS)
    yield from guards.not_replaced(
        vendor, "registry_withdrawal", "withdrawal_no", "number = NEW.number OR entry_id = NEW.entry_id", WITHDRAWALS
    )
    yield Guard("document_stays", "registry_document", "UPDATE", changed(*OF_DOCUMENT), DOCUMENT)
    yield Guard("former_letter_stays", "registry_formerletter", "UPDATE", ALWAYS, LETTER)
    over = f"OLD.until IS NOT NULL OR {changed(*OF_CONFLICT)}"
    yield Guard("conflict_no_update", "registry_conflict", "UPDATE", over, CONFLICT)
    yield Guard("conflict_no_delete", "registry_conflict", "DELETE", ALWAYS, CONFLICT)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_tables")]
    operations = [
        guards.DropAllGuards("registry"),
        guards.CreateGuards("registry", of_entries(OF_ENTRY), others),
        # Postings are packed already: PostgreSQL would try in vain to compress them, and to expand them at each search.
        guards.on_postgresql(["ALTER TABLE registry_posting ALTER COLUMN names SET STORAGE EXTERNAL"], []),
    ]
