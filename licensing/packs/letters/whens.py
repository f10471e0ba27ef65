"""When a letter is sent, in one sentence each."""

from django.utils.translation import gettext_lazy as _

# The sentences of `when`; what is done by a person is told at once, and read first beside the button.
AT_ONCE = _("At once, with what it tells of")


ASKS_ITSELF = _("Automatically, within minutes of the check being put to the authority: to the authority")


REMINDS_AGENCY = _(
    "Automatically, on the day that the scheme sets for the check, then 7 days after it is "
    "due and 7 days later: to the authority"
)


MISSED = _(
    "Automatically, between 7am and 7pm on the first working day after: to the person who "
    "handles it, or to every manager"
)


EACH_MORNING = _("Automatically, each working morning: to the person")
WEEK_BEFORE = _("Automatically, a week before the day: to the business")


DAY_AFTER = _("Automatically, on the day after: to the business")


LAPSED = _("Automatically, on the day after: to the applicant")


DAYS_BEFORE = _("Automatically, some days before the day, as the scheme says, or when an officer chooses")


FOLLOWS = _("Automatically, within minutes of a change to the register: to people who asked for alerts")


STOPPED = _("Automatically, when a web address has not answered for more than a day: to the person who gave it")


NEAR_ITS_DAY = _("Automatically, before the day and on the day after: to each person who asked for reminders")
ONCE_A_WEEK = _("Automatically, when there is something new, at most once a week")
