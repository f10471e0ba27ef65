"""Lists of checks: for officers all of them, for the people of another authority what was put to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from licensing.checks.filters import CheckFilter, PartnerFilter
from licensing.checks.models import Asking, Check
from licensing.checks.queries.checks import ReadableReply, all_checks, check_row, own_reply_of, title_of
from licensing.checks.queries.subjects import CheckQuestion, Subject, questions_of, subject_of, words_of
from licensing.checks.rules import replies as rules
from licensing.checks.states import CheckResult, OwnCheck
from registry import schemes
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.errors import Reason
from registry.schemes import said

# What somebody of another authority has answered stays on their list for so long. Ours.
SHOWN_AFTER = timedelta(days=60)


def checks(params: Mapping[str, Any], *, by: User, on: date) -> CheckFilter:
    """Every check that is needed and that this person may see: what waits first, the longest due at the top."""
    rows = all_checks().open_to(by).exclude(result=CheckResult.NOT_NEEDED)
    return CheckFilter(
        params, checks=rows, agencies=Agency.objects.order_by("name"), codes=titles_of_codes(), by=by, on=on
    )


def titles_of_codes() -> dict[str, str]:
    """What each check is called; one that several versions have is called as in the newest."""
    every = (schemes.get(name, version) for name in schemes.names() for version in schemes.versions(name))
    titles = {check.code: said(check.title, get_language()) for scheme in every for check in scheme.checks}
    return titles | {own.value: str(own.label) for own in OwnCheck}


# --- for the people of another authority ---


@dataclass(frozen=True, slots=True)
class PutCheck:
    """One check as its authority sees it: what it needs to answer, and what it has answered."""

    check: Check
    title: str
    subject: Subject
    words: str
    questions: tuple[CheckQuestion, ...]
    handling: Mapping[str, Any]
    reply: ReadableReply | None
    is_overdue: bool
    blockers: tuple[Reason, ...]


def put_to(user: User, *, on: date) -> QuerySet[Check]:
    """What waits for the authority of this user, and what it has answered lately."""
    return all_checks().put_to(user).filter(Q(result="") | Q(replied_on__gte=on - SHOWN_AFTER))


def checks_put_to(params: Mapping[str, Any], *, by: User, on: date) -> PartnerFilter:
    return PartnerFilter(params, checks=put_to(by, on=on), on=on)


def put_check(check: Check, *, by: User, on: date) -> PutCheck:
    language, row = get_language(), check_row(check, by=by, on=on)
    return PutCheck(
        check=check,
        title=title_of(check),
        subject=subject_of(check),
        words=words_of(check, language),
        questions=tuple(questions_of(check, language)),
        handling=check.handling,
        reply=own_reply_of(check, by=by) or row.reply,
        is_overdue=row.is_overdue,
        blockers=tuple(rules.answer_check_blockers(check, today=on)),
    )


def letters_about(organisations: "QuerySet[Any, Any]") -> "Iterator[QuerySet[Any, Any]]":
    """The keys of letters that asked other authorities about these organisations."""
    for way in ("application__organisation", "change__licence__organisation"):
        asked = Asking.objects.filter(**{f"asked__{way}__in": organisations}, letter__isnull=False)
        yield asked.values("letter")
