"""What the app for visits says of copies: how visits are taken along, and what the office has changed since."""

from typing import Any

from django.utils.translation import gettext

from compliance.field.queries.commissions import CommissionState


def words_of_taking_along() -> dict[str, str]:
    return {
        "take_along": gettext("Take visits along"),
        "take_along_about": gettext(
            "The visits are kept on this device, encrypted under a passphrase. You need no connection until you send what you wrote."
        ),
        "which_visits": gettext("Which visits"),
        "label": gettext("What you call this device"),
        "label_hint": gettext("So that it can be signed out when it is lost."),
        "this_device": gettext("My device"),
        "passphrase": gettext("Passphrase"),
        "passphrase_hint": gettext(
            "At least 12 characters. Even we cannot open the device without it: if you lose it, you "
            "lose what you have not sent."
        ),
        "passphrase_again": gettext("The passphrase once more"),
        "no_visit_chosen": gettext("Choose at least one visit."),
        "no_label": gettext("Say what you call this device, in 60 characters or fewer."),
        "too_short": gettext("The passphrase must have 12 characters or more."),
        "differs": gettext("The two passphrases differ."),
        "taking": gettext("Taking the visits along…"),
        "sign_in": gettext("Sign in"),
        "sign_in_first": gettext("Sign in to take visits along."),
        "nothing_here": gettext("There is nothing on this device yet, and no connection to fetch it."),
        "try_again": gettext("Try again"),
        "no_visits": gettext("No visit waits to be carried out by you."),
        "did_not_work": gettext("The visits could not be fetched."),
    }


def words_of_news() -> dict[str, Any]:
    return {
        "changed": gettext("Changed in the office: %(number)s."),
        "changed_since": gettext("Changed since you took it along"),
        "was": gettext("Before:"),
        "is_now": gettext("Now:"),
        "have_read": gettext("I have read this"),
        "warning": gettext("Warning"),
        "standings": {
            CommissionState.CALLED_OFF: gettext(
                "This visit was called off: do not go. What you wrote down is kept in the office once you send it."
            ),
            CommissionState.REPORTED: gettext(
                "The report of this visit has been submitted. What you send now is kept in the office as refused."
            ),
            CommissionState.ANOTHERS: gettext(
                "This visit is no longer yours: do not go. What you wrote down is kept in the office once you send it."
            ),
        },
        "standings_short": {
            CommissionState.CALLED_OFF: gettext("Called off"),
            CommissionState.REPORTED: gettext("Reported"),
            CommissionState.ANOTHERS: gettext("Given to another inspector"),
        },
        "hears_nothing": gettext("You have not signed in, so this device does not hear what is changed in the office."),
        "not_here": gettext("Not on this device"),
        "take_it_too": gettext("Use offline too"),
    }
