# stands in: registry/licences/actions/licences.py
# breaks: beats_are_in_order

from registry.licences import rules
from registry.trail.actions import events as trail
from registry.errors import refuse_for


def revoke(licence, *, takes_effect, by, at):
    refuse_for(rules.revoke_blockers(licence, takes_effect=takes_effect))
    licence = trail.locked(licence)
    trail.move(licence, "revoke", by=by, at=at, revoked_from=takes_effect)
