"""How often each ending is among the copied firms, and how long ago they began."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FirmKind:
    """What becomes of some of the firms: how often, and how many days ago they began, at least and at most."""

    ends: str
    weight: int
    at_least: int
    at_most: int
    scheme: str = "gla-food"


def _each_year(ends: str, weights: tuple[int, ...], at_least: int, at_most: int) -> tuple[FirmKind, ...]:
    """The same, once more for each year before."""
    return tuple(
        FirmKind(ends, weight, at_least + 365 * years, at_most + 365 * years) for years, weight in enumerate(weights)
    )


PROVIDERS = (
    *_each_year("licensed", (90,), 36, 120),
    *_each_year("licensed", (80,), 121, 225),
    *_each_year("licensed", (80,), 235, 380),
    *_each_year("held", (130, 110, 90, 70, 50, 30), 405, 750),
    FirmKind("with_conditions", 50, 36, 115),
    *_each_year("conditions_met", (40, 20), 110, 225),
    *_each_year("condition_failed", (6, 5, 4), 140, 370),
    *_each_year("revoked", (12, 12, 10, 8, 6, 6), 140, 370),
    FirmKind("revocation_to_come", 8, 122, 160),
    FirmKind("suspended", 10, 93, 205),
    FirmKind("suspension_lifted", 14, 115, 225),
    *_each_year("surrendered", (12, 12, 10, 8), 130, 370),
    *_each_year("ended", (5, 5), 145, 370),
    *_each_year("expired", (20, 20, 20, 20, 16), 402, 740),
    FirmKind("renamed", 25, 115, 225),
    FirmKind("moved", 25, 105, 225),
    FirmKind("licensed", 20, 33, 52, "construction"),
)
APPLICATIONS = (
    FirmKind("draft", 90, 1, 120),
    FirmKind("submitted", 70, 3, 40),
    FirmKind("paid", 50, 6, 45),
    FirmKind("checks_out", 70, 8, 60),
    FirmKind("adverse", 40, 26, 90),
    FirmKind("asked", 60, 28, 60),
    FirmKind("answered", 40, 32, 90),
    FirmKind("inspection_commissioned", 50, 26, 60),
    FirmKind("inspection_reported", 20, 33, 70),
    FirmKind("inspection_returned", 10, 36, 70),
    FirmKind("inspection_confirmed", 30, 36, 90),
    FirmKind("proposed", 30, 40, 80),
    FirmKind("refusal_notified", 10, 40, 68),
    *_each_year("refused", (40, 30), 70, 225),
    FirmKind("refused", 30, 250, 420),
    *_each_year("withdrawn", (30, 20), 30, 225),
    FirmKind("licensed", 90, 60, 200),
    FirmKind("licensed", 90, 240, 340),
    FirmKind("expired", 80, 470, 700),
    FirmKind("with_conditions", 20, 60, 110),
    FirmKind("revoked", 10, 150, 330),
    FirmKind("surrendered", 10, 200, 330),
    FirmKind("draft", 6, 2, 40, "construction"),
    FirmKind("submitted", 8, 3, 30, "construction"),
    FirmKind("checks_out", 6, 8, 36, "construction"),
)
INSPECTIONS = (
    FirmKind("inspection_commissioned", 30, 1, 40),
    FirmKind("inspection_called_off", 5, 6, 90),
    FirmKind("inspection_reported", 12, 8, 40),
    FirmKind("inspection_returned", 3, 10, 40),
    FirmKind("inspection_confirmed", 40, 10, 95),
    FirmKind("inspection_unmet", 10, 10, 95),
)
