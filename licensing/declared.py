"""The lists of staff in licensing, each declared once.

What staff do in licensing, step by step, each declared once."""

from licensing.appeals import lists as appeals
from licensing.appeals import steps as appeal_steps
from licensing.conditions import lists as conditions
from licensing.decisions import lists as decisions
from licensing.holding import lists as holding
from licensing.licences import lists as licences
from licensing.phoenix_matches import lists as phoenix_matches

LISTS = (
    phoenix_matches.LOOK_ALIKES,
    decisions.DECISIONS,
    appeals.APPEALS,
    holding.TRANSFERS,
    conditions.CONDITIONS,
    holding.CHANGES,
    licences.LICENCES,
)


STEPS = (appeal_steps.APPEAL,)
