# stands in: licensing/applications/actions/applications.py
# breaks: many_at_once_is_for_samples

from registry.trail.actions import events as trail


def hurry(contents):
    trail.record_many(contents)
