"""The whole history read from first to last: both chains, the digests of rows, and whether what is derived agrees with it."""

from registry.trail.models.verifications import TrailVerification


def verifications(limit: int = 10) -> list[TrailVerification]:
    """The newest readings of the whole history, by the background worker."""
    return list(TrailVerification.objects.select_related("asked_by").order_by("-asked_at", "-pk")[:limit])
