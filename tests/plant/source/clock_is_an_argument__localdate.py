# stands in: compliance/inspections/queries/findings.py
# breaks: clock_is_an_argument

from django.utils import timezone


def due_today(inspections):
    return inspections.filter(due_on=timezone.localdate())
