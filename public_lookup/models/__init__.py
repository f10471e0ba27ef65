"""What the look-up keeps of its own. Nothing here says which worker looked anybody up."""

from public_lookup.models.follows import Follow, FollowQuerySet, Told

__all__ = ["Follow", "FollowQuerySet", "Told"]
