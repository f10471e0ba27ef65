# stands in: licensing/decisions/actions/decisions.py
# breaks: rows_have_one_writer

from registry.models import Event


def note(at):
    Event.objects.create(at=at, verb="noted")
