"""The whole history read from first to last: both chains, the digests of rows, and whether what is derived agrees with it."""

from registry.integrity.covering import RowRewritten
from registry.trail.models.covered import refuse_rewritten_row
from registry.trail.models.verifications import TrailVerification


def verifications(limit: int = 10) -> list[TrailVerification]:
    """The newest readings of the whole history, by the background worker."""
    return list(TrailVerification.objects.select_related("asked_by").order_by("-asked_at", "-pk")[:limit])


def is_as_left(asked: TrailVerification) -> bool:
    """Whether no one has rewritten it past the trail: one that was rewritten is neither carried out nor does it stand in for another."""
    try:
        refuse_rewritten_row(asked)
    except RowRewritten:
        return False
    return True
