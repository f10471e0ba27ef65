"""How far the loading of the sample data has come: two counters, so that a page can say it without the loader itself."""

from registry.trail.models.events import Counter

DONE = "demo steps"
IN_ALL = "demo steps in all"


def steps_done() -> int:
    return _value(DONE)


def begin(steps: int) -> None:
    """There are so many steps in all."""
    Counter.objects.set_to({IN_ALL: steps})


def step_done() -> None:
    Counter.objects.draw(DONE)


def left() -> dict[str, int] | None:
    """How many steps are done, and of how many; None when none is left."""
    done, steps = _value(DONE), _value(IN_ALL)
    return {"done": done, "steps": steps} if done < steps else None


def _value(name: str) -> int:
    return Counter.objects.filter(name=name).values_list("value", flat=True).first() or 0
