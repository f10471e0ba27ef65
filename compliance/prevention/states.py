"""The preventive measures that are followed up, what may follow one, and what it is compared with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PreventiveMeasure(TextChoices):
    RANDOM_VISIT = "random_visit", _("Visit selected at random")
    ANNOUNCED_VISIT = "announced_visit", _("Visit announced in advance")
    CONDITION = "condition", _("Licence condition")
    FOLLOW_UP = "follow_up", _("Follow-up action")
    ADVICE = "advice", _("Advice at a visit")
    LETTER = "letter", _("Letter of advice")
    WARNING = "warning", _("Enforcement notice or formal warning")
    UNDERTAKING = "undertaking", _("Undertaking")


class FollowedOutcome(TextChoices):
    """What is looked for after a measure."""

    MET_AGAIN = "met_again", _("Standard met again at a later visit")
    REPORT = "report", _("Reported to us")
    FAILURE = "failure", _("Failure found at a later visit selected at random")
    NEW_CASE = "new_case", _("Another case of supply without a licence")
    EXIT = "exit", _("No longer licensed")


class ComparisonBasis(TextChoices):
    """How those without the measure were found."""

    RANDOM = "random", _("Random selection: chance alone decided who had it")
    MATCHED = "matched", _("Matched: the same on the day in all that is listed, but someone decided who had it")


class Effect(TextChoices):
    """What is said of one outcome. Of leaving the register it is not said whether that is better."""

    BETTER = "better", _("Better with it")
    WORSE = "worse", _("Worse with it")
    MORE = "more", _("More often with it")
    LESS = "less", _("Less often with it")
    NO_DIFFERENCE = "no_difference", _("No difference of 10 in 100 or more")
    UNKNOWN = "unknown", _("Cannot tell yet")
    HIDDEN = "hidden", _("Left out: a number under 10")
