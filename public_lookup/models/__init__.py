"""What the look-up keeps of its own. Nothing here says which worker looked anybody up."""

from public_lookup.models.checks import FormalCheck
from public_lookup.models.follows import Follow, FollowQuerySet, Told
from public_lookup.models.lists import KEPT, CheckList, CheckListQuerySet, CheckRow, CheckRowQuerySet, Watched
from public_lookup.models.receipts import Receipt

__all__ = [
    "KEPT", "CheckList", "CheckListQuerySet", "CheckRow", "CheckRowQuerySet", "Follow", "FollowQuerySet", "FormalCheck",
    "Receipt", "Told", "Watched",
]  # fmt: skip
