"""What the look-up keeps of its own. Nothing here says which worker looked anybody up."""

from public_lookup.models.follows import Follow, FollowQuerySet, Told
from public_lookup.models.lists import KEPT, CheckList, CheckListQuerySet, CheckRow, CheckRowQuerySet, Watched

__all__ = [
    "KEPT", "CheckList", "CheckListQuerySet", "CheckRow", "CheckRowQuerySet", "Follow", "FollowQuerySet", "Told", "Watched",
]  # fmt: skip
