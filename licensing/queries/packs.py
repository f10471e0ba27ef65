"""Scheme packs as staff read them, before a version is in force and afterwards: what it holds, and what is new in it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from licensing.sections import Filled
from registry import schemes
from registry.queries import Row
from registry.schemes import DERIVED, Change, Clause, Condition, Page, Question, Scheme, Step, Text, said
from registry.states import Standing


class PackStanding(TextChoices):
    TO_COME = "to_come", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced")


@dataclass(frozen=True, slots=True)
class PackRow:
    """One version of one scheme; `until` is the day from which the next one holds."""

    scheme: Scheme
    title: str
    standing: PackStanding
    until: date | None
    to_confirm: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page of the application form. Its notes: when it is asked, how often if it is a list, what is to be confirmed."""

    slug: str
    title: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterRow:
    code: str
    title: str
    mark: str


@dataclass(frozen=True, slots=True)
class PackFile:
    """Everything that one version says, for a page; `changed` is empty for the first version of a scheme."""

    row: PackRow
    changed: Table | None
    terms: tuple[Row, ...]
    tables: tuple[Table, ...]
    form: tuple[tuple[str, tuple[PageRow, ...]], ...]
    letters: tuple[LetterRow, ...]
    confirm: Table


def packs(*, today: date) -> list[PackRow]:
    """Every version of every scheme; of each scheme the newest first."""
    return [row for name in schemes.names() for row in reversed(list(_rows(name, today)))]


def pack(scheme: Scheme, *, today: date) -> PackRow:
    return next(row for row in _rows(scheme.name, today) if row.scheme.version == scheme.version)


def _rows(name: str, today: date) -> Iterator[PackRow]:
    versions: list[date | None] = [*schemes.versions(name), None]
    for version, following in pairwise(versions):
        assert version is not None
        scheme = schemes.get(name, version)
        standing, to_confirm = _standing(version, following, today), tuple(schemes.to_review(scheme))
        yield PackRow(scheme, _say(scheme.title), standing, following, to_confirm)


def _standing(version: date, following: date | None, today: date) -> PackStanding:
    if version > today:
        return PackStanding.TO_COME
    return PackStanding.REPLACED if following and following <= today else PackStanding.IN_FORCE


def pack_file(scheme: Scheme, *, today: date) -> PackFile:
    earlier = [version for version in schemes.versions(scheme.name) if version < scheme.version]
    before = schemes.get(scheme.name, earlier[-1]) if earlier else None
    row = pack(scheme, today=today)
    return PackFile(
        row=row,
        changed=_changed(scheme, before) if before else None,
        terms=tuple(_terms(scheme)),
        tables=tuple(table for make in TABLES if (table := make(scheme)).rows),
        form=tuple(
            (f"{section.code}. {_say(section.title)}", tuple(page_row(scheme, page) for page in section.pages))
            for section in scheme.form.sections
        ),
        letters=tuple(LetterRow(letter.code, _say(letter.title), _mark(letter)) for letter in scheme.letters),
        confirm=Table(gettext("Facts to confirm"), (gettext("Where"), gettext("Why, or the source")), row.to_confirm),
    )


def _say(text: Text) -> str:
    return said(text, get_language())


def _mark(thing: Any) -> str:
    """What a domain owner must still confirm is marked, with the source that it was taken from."""
    if not thing.needs_review:
        return ""
    return gettext("To confirm: %s") % thing.source if thing.source else gettext("To confirm")


# --- conditions in words ---

SAYS: Mapping[str, str | Promise] = {
    "is_": _("“%(question)s” is answered “%(answer)s”"),
    "in_": _("“%(question)s” is answered “%(answer)s”"),
    "has": _("the answer to “%(question)s” includes “%(answer)s”"),
    "at_least": _("the answer to “%(question)s” is %(answer)s or more"),
    "before": _("the answer to “%(question)s” is before %(answer)s"),
}
NOTHING: Mapping[str, Question] = {}


def in_words(
    scheme: Scheme, condition: Condition | tuple[Clause, ...] | None, near: Mapping[str, Question] = NOTHING
) -> str:
    """A condition as people read it; empty when there is none. `near` are the questions beside the one that it is about."""
    if not condition:
        return ""
    clauses = condition.clauses if isinstance(condition, Condition) else condition
    asked = {question.key: question for page in scheme.form.pages if not page.scope for question in page.questions}
    joint = gettext(" and ") if isinstance(condition, Condition) and condition.all else gettext(" or ")
    return joint.join(_clause(scheme, clause, {**asked, **near}) for clause in clauses)


def _clause(scheme: Scheme, clause: Clause, asked: Mapping[str, Question]) -> str:
    wanted = getattr(clause, clause.operator)
    question = asked.get(clause.fact)
    if question is None:
        return _address_in(scheme, wanted) if clause.fact == "nation" else _derived(clause.fact, wanted)
    return str(SAYS[clause.operator]) % {"question": _say(question.label), "answer": _answer(scheme, question, wanted)}


def _address_in(scheme: Scheme, wanted: Any) -> str:
    """Which nations the organisation's own address may be in, by their names: whoever applies on paper reads this too."""
    titles = {nation.code: _say(nation.title) for nation in scheme.nations}
    codes = wanted if isinstance(wanted, tuple) else (wanted,)
    named = [titles.get(code, gettext("another country")) for code in codes]
    return gettext("the organisation’s address is in %s") % gettext(" or ").join(named)


def _derived(fact: str, wanted: Any) -> str:
    """What the product itself knows. The words of these facts are those of the guide for whoever writes packs."""
    words = DERIVED.get(fact, fact)
    if wanted is True:
        return words.removeprefix("whether ")
    if wanted is False:
        return gettext("it is not so that %s") % words.removeprefix("whether ")
    return gettext("%(fact)s is “%(value)s”") % {"fact": words, "value": wanted}


def _answer(scheme: Scheme, question: Question, wanted: Any) -> str:
    """As it would be read in an application; one of several is said with an “or”."""
    if isinstance(wanted, date):
        wanted = wanted.isoformat()
    given = list(wanted) if isinstance(wanted, tuple) else wanted
    return gettext("” or “").join(Filled.of(scheme, ()).in_words(question, given).splitlines()) or str(wanted)


def asked_when(scheme: Scheme, page: Page) -> dict[str, str]:
    """For each question of a page that is not always asked: what calls for it."""
    beside = {
        question.key: question
        for other in scheme.form.pages
        if page.scope and other.scope == page.scope
        for question in other.questions
    }
    return {
        question.key: gettext("Only if %s.") % in_words(scheme, question.show_when, beside)
        for question in page.questions
        if question.show_when
    }


# --- the form ---


def page_row(scheme: Scheme, page: Page) -> PageRow:
    when = in_words(scheme, page.show_when)
    asked = gettext("Only if %s.") % when if when else ""
    notes = tuple(filter(None, (asked, _times(scheme, page), _mark(page))))
    return PageRow(page.slug, _say(page.title), notes)


def _times(scheme: Scheme, page: Page) -> str:
    listed = page.list_of
    if listed is None:
        return ""
    words = {"noun": _say(listed.noun), "least": listed.at_least, "most": listed.at_most}
    several = gettext("A list, one page for each: %(noun)s; at most %(most)s.") % words
    if not listed.at_least:
        return several
    when = in_words(scheme, listed.at_least_when)
    needed = gettext("At least %(least)s, if %(when)s.") if when else gettext("At least %(least)s.")
    return f"{several} {needed % {**words, 'when': when}}"


# --- what it tests, asks others, charges and says ---


def _terms(scheme: Scheme) -> Iterator[Row]:
    yield Row(gettext("Authority"), _say(scheme.authority.name))
    yield Row(gettext("Rests on"), _say(scheme.authority.legal_basis))
    yield Row(gettext("What the public reads"), _say(scheme.summary))
    yield Row(gettext("A licence holds for"), gettext("%s months") % scheme.licence_months)
    yield Row(gettext("Fees can be refunded"), gettext("Yes") if scheme.fees.refundable else gettext("No"))
    yield Row(gettext("Failed at"), gettext("%s points") % scheme.fail_at)
    yield Row(gettext("To reply to a proposal"), gettext("%s working days") % scheme.notice.reply_working_days)
    yield Row(gettext("To appeal"), gettext("%s working days") % scheme.appeal.working_days)
    yield Row(
        gettext("To appeal when a decision has immediate effect"),
        gettext("%s working days") % scheme.appeal.immediate_working_days,
    )
    yield Row(gettext("To notify a change"), gettext("%s working days") % scheme.changes.working_days)
    yield Row(gettext("Renewal opens"), gettext("%s weeks before the last day") % scheme.renewal.opens_weeks)
    yield Row(gettext("Work that it covers"), "\n".join(_say(sector.title) for sector in scheme.sectors))


def _standards(scheme: Scheme) -> Table:
    headings = (
        gettext("Standard"), gettext("What is tested"), gettext("Paragraph of the rules"), gettext("Points"),
        gettext("Tested when"), gettext("To confirm"),
    )  # fmt: skip
    rows = (
        (
            one.code,
            f"{_say(one.title)}. {_say(one.guidance)}",
            one.rule_paragraph,
            gettext("%s, critical") % one.points if one.critical else str(one.points),
            in_words(scheme, one.applies_when) or gettext("Always"),
            _mark(one),
        )
        for one in scheme.standards
    )
    return Table(gettext("Standards"), headings, tuple(rows))


def _fees(scheme: Scheme) -> Table:
    kinds = {
        "application": gettext("Application"),
        "inspection": gettext("Inspection"),
        "renewal": gettext("Renewal"),
    }
    rows = (
        (_say(band.title), *(f"£{scheme.fee(band.code, kind):,}" for kind in scheme.fees.amounts))
        for band in scheme.fees.bands
    )
    headings = (gettext("Turnover of a year"), *(kinds[kind] for kind in scheme.fees.amounts))
    mark = _mark(scheme.fees)
    return Table(gettext("Fees") + (f" ({mark})" if mark else ""), headings, tuple(rows))


def _checks(scheme: Scheme) -> Table:
    subjects = {"organisation": gettext("The organisation"), "person": gettext("Each person")}
    rows = (
        (
            f"{_say(one.authority)}: {_say(one.title)}",
            subjects[one.subject],
            str(one.days_due),
            in_words(scheme, one.when) or gettext("Always"),
            _mark(one),
        )
        for one in scheme.checks
    )
    headings = (
        gettext("Who is asked what"), gettext("About"), gettext("Days to answer"), gettext("Asked when"), gettext("To confirm"),
    )  # fmt: skip
    return Table(gettext("Checks"), headings, tuple(rows))


def _triggers(scheme: Scheme) -> Table:
    stages = {"application": gettext("Before the decision"), "granted": gettext("After the grant")}
    rows = (
        (_say(one.title), _say(one.reason), stages[one.stage], in_words(scheme, one.when), _mark(one))
        for one in scheme.triggers
    )
    headings = (
        gettext("Sign"), gettext("Why"), gettext("Inspected"), gettext("When"), gettext("To confirm"),
    )  # fmt: skip
    return Table(gettext("What leads to an inspection"), headings, tuple(rows))


def _factors(scheme: Scheme) -> Table:
    kinds = {"aggravating": gettext("Makes it worse"), "mitigating": gettext("Makes it less bad")}
    rows = tuple((_say(one.title), kinds[one.kind], _mark(one)) for one in scheme.factors)
    headings = (gettext("Factor"), gettext("How it weighs"), gettext("To confirm"))
    return Table(gettext("What is weighed in a decision"), headings, rows)


def _signals(scheme: Scheme) -> Table:
    signals = scheme.targeting.signals if scheme.targeting else ()
    rows = tuple(
        (
            _say(one.title),
            _say(one.not_fed) if one.not_fed else _say(one.counts),
            _listed(gettext("from %(value)s: %(points)s") % _of_step(step) for step in one.steps),
            gettext("Yes") if one.shown else gettext("No"),
            _mark(one),
        )
        for one in signals
    )
    headings = (
        gettext("Signal"), gettext("What it counts, or why not yet"), gettext("Points"), gettext("Shown to the holder"),
        gettext("To confirm"),
    )  # fmt: skip
    return Table(gettext("By what it is chosen whom to visit"), headings, rows)


def _of_step(step: Step) -> dict[str, int]:
    return {"value": step.at_least, "points": step.points}


def _outcomes(scheme: Scheme) -> Table:
    rows = ((str(one.label), _say(getattr(scheme.outcomes, one.value))) for one in Standing)
    return Table(gettext("What the look-up says"), (gettext("Standing"), gettext("Words")), tuple(rows))


TABLES = (_standards, _fees, _checks, _triggers, _factors, _signals, _outcomes)


# --- what is new ---


def _changed(scheme: Scheme, before: Scheme) -> Table:
    rows = tuple(
        (_place(change.key), _shown(before, change.before), _shown(scheme, change.after))
        for change in schemes.changes(before, scheme)
        if not _is_of_review(change)
    )
    headings = (gettext("Where"), gettext("Before"), gettext("Now"))
    return Table(gettext("What is new since %s") % date_format(before.version, "j F Y"), headings, rows)


def _place(key: str) -> str:
    """The key in the files of the pack, in steps, so that a narrow column can hold it."""
    return re.sub(r"\.(?![^\[]*\])", " › ", key)


def _is_of_review(change: Change) -> bool:
    return change.key.endswith((".source", ".needs_review"))


def _shown(scheme: Scheme, value: Any) -> str:
    """A part of a pack in a few words: its name, its text, its value."""
    if value is None or value == "":
        return gettext("Nothing")
    if isinstance(value, Condition | Clause):
        return in_words(scheme, value if isinstance(value, Condition) else (value,))
    if isinstance(value, Text):
        return _say(value)
    if isinstance(value, tuple):
        return _listed(_shown(scheme, one) for one in value)
    return _named(value)


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words)


def _named(value: Any) -> str:
    for name in ("title", "label", "name", "in_force"):
        if hasattr(value, name):
            return str(getattr(value, name))
    return str(value)
