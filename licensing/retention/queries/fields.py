"""Each personal field of each table, under the line of the scheme's table that says what for, by which right and how long."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.queries.applications import schemes_offered
from licensing.retention.queries.periods import RetentionLine, in_words
from registry import personal_data
from registry.personal_data import EVERYONE, NO_ONE, OWN, FieldUse
from registry.roles import ROLES
from registry.schemes import RetentionRule

HEADINGS = (
    _("Table"),
    _("Field"),
    _("What it is kept under"),
    _("Purpose"),
    _("Lawful basis"),
    _("Until"),
    _("Who sees it"),
)
HEADINGS_OF_PAGE = (_("Table"), _("Fields"), _("Who sees it"))
_SEEN: dict[str, str | Promise] = {
    EVERYONE: _("Everyone"),
    OWN: _("The person or organisation themselves"),
    NO_ONE: _("No one: it is sealed, or cannot be read"),
}


@dataclass(frozen=True, slots=True)
class FieldsUnderRule:
    """One line of the scheme's table, and everything that is kept under it."""

    line: RetentionLine
    tables: list[tuple[str, str, str]]  # the table, its fields, who sees them


def under_rules(today: date) -> list[FieldsUnderRule]:
    """By the lines of today, in the order of the scheme. A field of which the time depends on how a case ended is under each."""
    found: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for use in personal_data.uses():
        for term in use.terms:
            found[term][use.model._meta.label, seen_by(use)].append(use.name)
    return [
        FieldsUnderRule(
            in_words(rule),
            [(table, ", ".join(names), seen) for (table, seen), names in found[code].items()],
        )
        for code, rule in _rules(today).items()
    ]


def rows(today: date) -> Iterator[tuple[str, ...]]:
    """One row for each field and line, as the file has them: `HEADINGS`."""
    lines = {code: in_words(rule) for code, rule in _rules(today).items()}
    for use in personal_data.uses():
        for term in use.terms:
            if line := lines.get(term):
                words = (line.title, line.why, line.basis, line.until)
                yield (use.model._meta.label, use.name, *words, seen_by(use))


def seen_by(use: FieldUse) -> str:
    """The roles that see the field, in words."""
    if not use.seen_with:
        return str(_("Those who see the record"))
    words = [str(_SEEN[one]) for one in use.seen_with if one in _SEEN]
    roles = (str(role.title) for role in ROLES.values() if role.permissions & set(use.seen_with))
    return ", ".join(dict.fromkeys([*words, *roles]))


def _rules(today: date) -> dict[str, RetentionRule]:
    """Each line by its code: of the scheme that keeps it longest."""
    found: dict[str, RetentionRule] = {}
    for scheme in schemes_offered(today).values():
        for rule in scheme.retention:
            if rule.code not in found or rule.term > found[rule.code].term:
                found[rule.code] = rule
    return found
