"""What is said around the questions of a page: what is offered as an answer, and how long one is signed in."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from licensing.application_form.forms import answers
from licensing.application_form.rules import choosing
from licensing.application_form.rules.facts import COMPANY_NUMBER
from licensing.applications.queries.companies import can_take_over
from licensing.applications.rules.companies import LEGAL_NAME
from licensing.applications.views.asked import ApplicationPage
from registry import web

# In the address: the person has the address of the organisation.
OFFER = "offer"
# A session that ends within so many seconds is said to, with or without a script.
SOON = 3600


def offer(asked: ApplicationPage, form: answers.Answers, kept: Mapping[str, Any], *, here: str) -> dict[str, str]:
    """The address of the organisation, where this asks for that of a person and none was given."""
    address = choosing.address_offered(asked.filled, asked.page)
    if address is None or address[0] not in form.fields or address[0] in kept:
        return {}
    words = asked.filled.in_words(asked.page.question(address[0]), address[1])
    return {"offer": here, "offered": ", ".join(words.splitlines())}


def register_link(asked: ApplicationPage, form: answers.Answers) -> str:
    """Where a company is found by its number, beside what the companies register would answer."""
    is_asked = form.fields.keys() & {COMPANY_NUMBER, LEGAL_NAME} and not asked.page.scope
    return asked.address("company_register") if is_asked and can_take_over(asked.filled, today=asked.today) else ""


def of_session(request: web.SignedIn) -> dict[str, Any]:
    left = web.session_left(request)
    ends = timezone.now() + timedelta(seconds=left)
    return {"seal": web.seal_of(request, who=request.user.pk), "left": left, "ends": ends, "ends_soon": left < SOON}
