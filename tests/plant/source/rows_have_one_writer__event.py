# stands in: licensing/decisions/actions/decisions.py
# breaks: rows_have_one_writer

from registry.trail.models.events import Event


def note(at):
    Event.objects.create(at=at, verb="noted")
