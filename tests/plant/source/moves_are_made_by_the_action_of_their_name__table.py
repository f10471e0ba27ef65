# stands in: licensing/decisions/actions/decisions.py
# breaks: moves_are_made_by_the_action_of_their_name

from registry.trail.actions import events as trail


def settle(decision, *, by, at):
    HOW["grant"](decision)


def _grant(decision):
    trail.move(decision, "grant")


HOW = {"grant": _grant}
