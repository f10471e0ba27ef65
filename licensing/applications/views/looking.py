"""What an applicant looked for on a page, kept in their session: names of other people do not belong into an address."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

KEY, MOST = "looked_for", 10


@dataclass(frozen=True, slots=True)
class LookedFor:
    """The words that were looked for, and what was typed beside them about a thing that is not kept yet."""

    words: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


def remember(request: HttpRequest, words: str, typed: Mapping[str, str]) -> str:
    """Keep it for this browser until it signs out, and return the name under which it is found; the oldest give way."""
    name = secrets.token_hex(5)
    kept = {**request.session.get(KEY, {}), name: {"words": words, "typed": dict(typed)}}
    request.session[KEY] = dict(list(kept.items())[-MOST:])
    return name


def looked_for(request: HttpRequest) -> LookedFor:
    """What was looked for under the name in the address; nothing for a name that this browser does not have."""
    found = request.session.get(KEY, {}).get(request.GET.get("found", ""))
    return LookedFor(found["words"], found["typed"]) if found else LookedFor()
