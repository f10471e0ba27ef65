# stands in: registry/licences/actions/licences.py
# breaks: beats_are_in_order

from registry.register.actions import publishing as register
from registry.trail.actions import events as trail


def revoke(licence, *, takes_effect, by, at):
    licence = trail.locked(licence)
    register.publish(licence.listing, at=at)
    trail.move(licence, "revoke", by=by, at=at, revoked_from=takes_effect)
