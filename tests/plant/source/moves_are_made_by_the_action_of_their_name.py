# stands in: registry/licences/actions/licences.py
# breaks: moves_are_made_by_the_action_of_their_name

from registry.trail.actions import events as trail


def cancel(licence, *, by, at):
    trail.move(licence, "revoke", by=by, at=at)
