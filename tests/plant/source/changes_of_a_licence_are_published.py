# stands in: registry/licences/actions/conditions.py
# breaks: changes_of_a_licence_are_published

from registry.trail.actions import events as trail


def extend(condition, *, due_on, by, at):
    trail.move(condition, "extend", by=by, at=at, due_on=due_on)
