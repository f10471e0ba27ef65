"""What the app for visits says of contradictions."""

from typing import Any

from django.utils.translation import gettext


def words_of_contradictions() -> dict[str, Any]:
    return {
        "contradictions": gettext("Contradictions"),
        "contradictions_about": gettext(
            "Correct each, or give your reason as evidence, before you report. The reviewer must answer those that are left."
        ),
        "no_contradictions": gettext("Nothing that you wrote contradicts itself."),
        "only_to_look_at": gettext("Only to look at."),
        "questions": gettext("Questions of the reviewer"),
        "rests_on": {
            "sign": gettext("Sign %(name)s"),
            "exhibit": gettext("Exhibit: %(name)s"),
            "interview": gettext("Interview %(name)s"),
            "place": gettext("Worker %(name)s in the list"),
        },
    }
