# stands in: licensing/checks/actions/checks.py
# breaks: actions_are_atomic_and_say_who_and_when

from django.db import transaction


@transaction.atomic
def record_result(check, *, at, by, result):
    """Write down what an authority answered."""
