"""What the app for visits says of the button for danger, and of checking in and out."""

from typing import Any

from django.utils.translation import gettext

from compliance.check_ins import rules
from compliance.check_ins.forms import Expected


def words_of_alarms() -> dict[str, Any]:
    return {
        "alarm": gettext("Raise the alarm"),
        "alarm_about": gettext(
            "This alerts the officer on duty. Without a connection it is sent later, so ring as well."
        ),
        "alarm_not_sent": gettext("The alarm of %(time)s is not sent yet. Ring:"),
        "alarm_sent": gettext(
            "The alarm of %(time)s was sent. The officer on duty is being alerted. Quote %(reference)s on the telephone."
        ),
        "press_waits": {
            "no_link": gettext("Leave this page open: it is sent as soon as there is a connection."),
            "sign_in": gettext("You have been signed out. Sign in and come back to this page: it is sent then."),
            "somebody_else": gettext("Someone else has signed in. The person who pressed the button must sign in."),
        },
        "presses": {
            "check_in": {
                "sent": gettext("You checked in to visit %(visit)s at %(time)s. You expect to leave by %(until)s."),
                "waits": gettext("Your check-in of %(time)s is not sent yet: until it is, no one looks for you."),
                "refused": gettext("Your check-in of %(time)s was refused: no one looks for you."),
            },
            "check_out": {
                "sent": gettext("You checked out of visit %(visit)s at %(time)s."),
                "waits": gettext("Your check-out of %(time)s is not sent yet: until it is, you may be looked for."),
                "refused": gettext("Your check-out of %(time)s was refused."),
            },
        },
        "left_safely": gettext("I have left and am safe"),
        "understood": gettext("I have read this"),
        "check_in": gettext("Check in to the visit"),
        "check_in_about": str(rules.ABOUT),
        "expected": str(Expected.base_fields["expected"].label),
        "wrong_time": str(rules.WRONG_TIME),
    }
