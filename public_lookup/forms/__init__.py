"""What a person typed into the pages of the look-up. Import from here."""

from public_lookup.forms.labour_user import Document
from public_lookup.forms.look_up import AsAt, Follow, Person, Verify, What
from public_lookup.forms.webhooks import Webhook

__all__ = ["AsAt", "Document", "Follow", "Person", "Verify", "Webhook", "What"]
