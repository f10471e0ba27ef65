"""The score of a licence: what is read, what it comes to, who is drawn, and whether any of it is worth something.

Only `reading` reads the database. Import from here.
"""

from compliance.targeting.drawing import commitment, drawn, share_of
from compliance.targeting.measures import FACTS_READ, Evidence, Known, Stated, Visit
from compliance.targeting.reading import known
from compliance.targeting.scoring import Signalled, Steps, Weights, points_at, score, total, weights_of, with_own

__all__ = [
    "FACTS_READ",
    "Evidence",
    "Known",
    "Signalled",
    "Stated",
    "Steps",
    "Visit",
    "Weights",
    "commitment",
    "drawn",
    "known",
    "points_at",
    "score",
    "share_of",
    "total",
    "weights_of",
    "with_own",
]
