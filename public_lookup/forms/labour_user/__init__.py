"""What labour users type; not read by workers, so not in their languages."""

from public_lookup.forms.labour_user.checks import FormalCheck

__all__ = ["FormalCheck"]
