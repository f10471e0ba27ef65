"""The lists of staff in licensing, each declared once.

What staff do in licensing, step by step, each declared once."""

from licensing.appeals import lists as appeals
from licensing.appeals import steps as appeal_steps

LISTS = (appeals.APPEALS,)


STEPS = (appeal_steps.APPEAL,)
