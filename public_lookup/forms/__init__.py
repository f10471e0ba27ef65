"""What a person typed into the pages of the look-up. Import from here."""

from public_lookup.forms.documents import Document
from public_lookup.forms.labour_user import FormalCheck
from public_lookup.forms.look_up import AsAt, Code, Follow, Person, Telephone, Verify, What
from public_lookup.forms.webhooks import ToldOf, Webhook

__all__ = [
    "AsAt",
    "Code",
    "Document",
    "Follow",
    "FormalCheck",
    "Person",
    "Telephone",
    "ToldOf",
    "Verify",
    "Webhook",
    "What",
]
