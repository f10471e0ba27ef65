"""What labour users type, and whoever is shown a proof; not read by workers, so not in their languages."""

from public_lookup.forms.labour_user.checks import FormalCheck
from public_lookup.forms.labour_user.documents import Document

__all__ = ["Document", "FormalCheck"]
