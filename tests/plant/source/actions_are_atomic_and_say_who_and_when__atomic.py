# stands in: licensing/checks/actions/checks.py
# breaks: actions_are_atomic_and_say_who_and_when

def record_result(check, *, result, by, at):
    """Write down what an authority answered."""
