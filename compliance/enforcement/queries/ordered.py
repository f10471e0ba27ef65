"""What a court ordered, as the trail keeps it: each wording with its term, so that the former ones are read after it was varied."""

from datetime import date

from django.utils.formats import date_format

from registry.trail.models.events import Event


def ordered(event: Event) -> str:
    """The term and the wording that this step gave the order; nothing for every other step."""
    facts = event.facts
    terms = facts.get("order_terms") or facts.get("terms") or ""
    days = [facts.get(f"{of}{name}") for of in ("order_", "") for name in ("starts_on", "until")]
    term = " – ".join(date_format(date.fromisoformat(one), "j F Y") for one in days if one)
    return "\n".join(filter(None, (term, terms))) if terms else ""
