"""How long things are held by the tables of retention, in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from licensing.applications.queries.applications import schemes_offered
from registry.schemes import RetentionRule, said

#: What each lawful basis is called, with its place in the law.
BASES: dict[str, str | Promise] = {
    "public_task": gettext_lazy("Public task (UK GDPR article 6(1)(e))"),
    "legal_obligation": gettext_lazy("Legal obligation (UK GDPR article 6(1)(c))"),
    "vital_interests": gettext_lazy("Vital interests (UK GDPR article 6(1)(d))"),
    "consent": gettext_lazy("Consent (UK GDPR article 6(1)(a))"),
}


@dataclass(frozen=True, slots=True)
class RetentionLine:
    """One line of a scheme's table, in the reader's words."""

    title: str
    held: str
    why: str
    basis: str
    until: str


def kept_on(day: date) -> Iterator[RetentionLine]:
    """What is kept and how long, of every scheme that is offered; what two say alike, once."""
    lines = [line for scheme in schemes_offered(day).values() for line in scheme.retention]
    yield from dict.fromkeys(in_words(line) for line in lines)


def years_kept(code: str, *, day: date) -> int:
    """For how many years something is held at most, begun years too; 0 where a scheme keeps it for good."""
    rules = [line for scheme in schemes_offered(day).values() for line in scheme.retention if line.code == code]
    months = [line.months for line in rules if line.months]
    return ceil(max(months) / 12) if months and len(months) == len(rules) else 0


def in_words(line: RetentionRule) -> RetentionLine:
    """The line in the reader's language."""
    spoken = get_language()
    since = said(line.since, spoken)
    until = since if line.months is None else _("%(months)s months %(since)s") % {"months": line.months, "since": since}
    words = (said(line.title, spoken), said(line.held, spoken), said(line.why, spoken), str(BASES[line.basis]))
    return RetentionLine(*words, until)
