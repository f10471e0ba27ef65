"""What an officer makes of a match with a list."""

from django.utils.translation import gettext_lazy as _

from licensing.watchlist_matches import actions, forms, rules
from licensing.watchlist_matches.models import WatchlistMatch
from licensing.watchlist_matches.states import CONSIDERS, JUDGES
from registry.steps import Step, Steps

WATCHLIST_MATCH = Steps(
    WatchlistMatch,
    "watchlist_match",
    url="staff/watchlist-matches/<str:reference>",
    related=("organisation",),
    heading="licensing/watchlist_matches/heading.html",
    facts=lambda match: {"match": match},
    permission=JUDGES,
    steps=(
        Step(
            "confirm",
            _("Confirm that the list means them"),
            press=_("Confirm"),
            form=forms.JudgeWatchlistMatch,
            about=_("Say what shows it. Then consider action on the licence."),
            blockers=lambda match, by, on: rules.step_blockers(match, "confirm_match"),
            action=actions.confirm_match,
            done=_("Match confirmed"),
        ),
        Step(
            "dismiss",
            _("Dismiss: the list means someone else"),
            press=_("Dismiss"),
            form=forms.JudgeWatchlistMatch,
            about=_("Say what shows it. The same entry is not found again."),
            blockers=lambda match, by, on: rules.step_blockers(match, "dismiss_match"),
            action=actions.dismiss_match,
            done=_("Match dismissed"),
        ),
        Step(
            "consider",
            _("Say what follows for the licence"),
            press=_("Save"),
            permission=CONSIDERS,
            form=forms.JudgeWatchlistMatch,
            about=_("Name the decision that you have proposed, or say why no action is taken."),
            blockers=lambda match, by, on: rules.step_blockers(match, "consider_match"),
            action=actions.consider_match,
            done=_("Action considered"),
        ),
    ),
)
