"""How a reply is written down, from an officer or an authority: in the place of the last one, in the history, and in what follows from it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string

from licensing.checks.models import Check, Reply
from licensing.checks.rules.handling import Restriction
from licensing.checks.states import OWN_WORD, ReplyWay
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.codes import new_reference
from registry.trail.actions import events as trail


@transaction.atomic
def replace_reply(
    check: Check, restriction: Restriction, *, way: ReplyWay, by: User, at: datetime, **said: Any
) -> Reply:
    """Put a reply in the place of the last one of a check, which its caller has locked and judged.

    When the authority says something itself, what follows elsewhere is named in `after_answer` of the configuration.
    """
    check.replies.standing().update(replaced_at=at)
    reply = Reply.objects.create(
        reference=new_reference("Y"),
        asked=check,
        way=way,
        may_be_shown_to_subject=restriction.may_be_shown_to_subject,
        may_be_passed_on=restriction.may_be_passed_on,
        restriction=restriction.words,
        recorded_by=by,
        recorded_at=at,
        **said,
    )
    check.result, check.replied_on = said["result"], said["replied_on"]
    check.save(update_fields=["result", "replied_on"])
    # The trail is read by more people than may read the reply: it keeps that there was one, not what it said.
    facts: dict[str, Any] = {
        "case": check.case,
        "check": check.code,
        "subject": check.subject,
        "result": reply.result,
        "reply": reply,
    }
    verb = "override_reply" if way == ReplyWay.OVERRIDE else "record_check"
    trail.record(check, verb, also_about=(check.case,), by=by, at=at, **facts)
    if way in OWN_WORD:
        _tell_rooms(check, by=by, at=at)
    return reply


@transaction.atomic
def note(check: Check, verb: str, agency: Agency, *, by: User | None, at: datetime) -> None:
    """On the trail of the check and of its case: what was done about it with this authority."""
    facts: dict[str, Any] = {"check": check.code, "subject": check.subject, "agency": agency}
    trail.record(check, verb, also_about=(check.case,), by=by, at=at, **facts)


def _tell_rooms(check: Check, *, by: User, at: datetime) -> None:
    for config in apps.get_app_configs():
        for path in getattr(config, "after_answer", ()):
            follow: Callable[..., object] = import_string(path)
            follow(check, by=by, at=at)
