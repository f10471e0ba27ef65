"""The dates that run: of one case, decision, licence or change, with their rules; and all that are open, for the list of them.

Import from here.
"""

from licensing.queries.dates.about import dates_of
from licensing.queries.dates.counting import Due
from licensing.queries.dates.due import dates, just_missed, managers, views

__all__ = ["Due", "dates", "dates_of", "just_missed", "managers", "views"]
