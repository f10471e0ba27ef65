"""Overrides of replies, reached by the real actions."""

from typing import Any

from licensing.checks.models import Check, Reply
from licensing.overrides import actions
from licensing.overrides.models import ReplyOverride
from registry.accounts.models import User
from registry.agencies.models import Agency
from tests import stories
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_check_put, a_letter, answered
from tests.people import person
from tests.remembered import remembered

WHY = "The conviction is of another man of the same name."
WHERE = "Certificate of the court of 3 October, in the paper file."


@remembered
def proposed(reply: Reply, *, by: User | None = None, **given: Any) -> ReplyOverride:
    """One officer proposes a nil return, unless told otherwise."""
    given = {"result": "nil", "because": WHY, "evidence": WHERE, "at": NOW, **given}
    check = Check.objects.get(pk=reply.asked_id)
    return actions.propose_override(check, by=by or person("case_officer"), **given)


@remembered
def overridden(reply: Reply, **given: Any) -> ReplyOverride:
    """Another officer has agreed."""
    return actions.agree_override(proposed(reply, **given), by=person("case_officer"), at=NOW)


@remembered
def an_override(agency: Agency | None, *, legal_name: str, by: User | None = None) -> ReplyOverride:
    """Of a reply of this authority about a business of this name, with a file that shows it."""
    check = a_check_put(agency, stories.an_application_being_assessed(legal_name=legal_name))
    reply = answered(check, evidence="A conviction of 2019.", by=by)
    return overridden(reply, uploads=[a_letter()])
