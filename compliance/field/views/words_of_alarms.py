"""What the app for visits says of the button for danger."""

from typing import Any

from django.utils.translation import gettext


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
        "alarm_waits": {
            "no_link": gettext("Leave this page open: the alarm is sent as soon as there is a connection."),
            "sign_in": gettext("You have been signed out. Sign in and come back to this page: the alarm is sent then."),
            "somebody_else": gettext("Someone else has signed in. The person who pressed the button must sign in."),
        },
    }
