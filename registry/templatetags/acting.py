"""For whom the reader acts on this page: said on every page about an organisation's own things."""

from typing import Any

from django import template
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.organisations.models import Organisation

register = template.Library()


@register.inclusion_tag("registry/memberships/acting_for.html", takes_context=True)
def acting_for(context: dict[str, Any]) -> dict[str, Any]:
    """Says it to an agent always, and to whoever acts for several. Pages of the public ask nothing: nobody is looked at."""
    organisation = _organisation(context)
    user = context["user"] if organisation else None
    if organisation is None or not isinstance(user, User) or user.has_perm("registry.work_for_authority"):
        return {}
    return {"here": permissions.acting_to_say(user, organisation, on=timezone.localdate())}


def _organisation(context: dict[str, Any]) -> Organisation | None:
    """The organisation that the page is about: itself, or that of its application or licence."""
    things = [context.get(name) for name in ("organisation", "application", "licence")]
    found = (getattr(thing, "organisation", thing) for thing in things if thing)
    return next((one for one in found if isinstance(one, Organisation)), None)
