"""What an applicant looks for on a page, kept in their session: names of other people do not belong into an address.

An address is found by its postcode among the published lists of premises, and taken over by a link.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from licensing.application_form.forms.places import about
from licensing.applications.forms.applicant import FindAddress
from registry import web
from registry.premises import queries as premises
from registry.schemes import FormPage, FormQuestion

KEY, MOST = "looked_for", 10
# In the address: the listed premises whose address is taken over.
USE = "use"
# The box for a postcode: sent alone, it saves nothing.
FIND_POSTCODE = "find_postcode"


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


def address_asked(page: FormPage, keys: Collection[str]) -> FormQuestion | None:
    """The one address of a business or a place that is asked; homes of people are on no list."""
    if page.person or (page.list_of and page.list_of.of == "person"):
        return None
    asked = [question for question in page.questions if question.kind == "address" and question.key in keys]
    return asked[0] if len(asked) == 1 else None


def address_used(request: HttpRequest, question: FormQuestion | None) -> dict[str, Any]:
    """The address of the listed premises that was chosen, as the answer to the question."""
    chosen = request.GET.get(USE, "")
    found = premises.listed_premises([chosen]).get(chosen) if question and chosen else None
    return {question.key: dict(found.address)} if question and found else {}


def addresses_found(request: HttpRequest, here: str) -> dict[str, Any]:
    """The box for a postcode, and what is at the one that was looked for, each with its link; `here` is the page."""
    if FIND_POSTCODE in request.POST:
        return {"find_address": FindAddress(request.POST), "addresses": None}
    postcode = looked_for(request).words
    at = [
        {"href": f"{here}{'&' if '?' in here else '?'}{USE}={one.reference}", "name": one.name}
        | {"about": ", ".join(about({"address": one.address}))}
        for one in premises.listed_at(postcode)
    ]
    return {"find_address": FindAddress(initial={FIND_POSTCODE: postcode}), "addresses": at if postcode else None}


def remember_postcode(request: HttpRequest) -> str:
    """Keep the postcode that was typed to be found, and return its name; empty where it is none."""
    form = FindAddress(request.POST)
    return remember(request, form.cleaned_data[FIND_POSTCODE], {}) if form.is_valid() else ""


def sent_answers(request: HttpRequest) -> MultiValueDict[str, str] | None:
    """What was typed into the questions: a postcode to be found is sent alone."""
    return None if FIND_POSTCODE in request.POST else web.posted(request)
