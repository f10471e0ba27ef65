"""Scheme packs as staff read them, before a version is in force and afterwards: what it holds, and what is new in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.queries import AnswerTable, PageRow, in_words, mark, page_row, say
from licensing.packs.queries.changes import changed
from registry import schemes
from registry.register.states import Standing
from registry.schemes import Scheme, ScoreStep
from registry.trail.queries.summaries import SummaryRow


class PackStanding(TextChoices):
    TO_COME = "to_come", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced")
    MERGED = "merged", _("Merged")


@dataclass(frozen=True, slots=True)
class PackRow:
    """One version of one scheme; `until` is the day from which the next one holds."""

    scheme: Scheme
    title: str
    standing: PackStanding
    until: date | None
    to_confirm: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LetterRow:
    code: str
    title: str
    mark: str


@dataclass(frozen=True, slots=True)
class PackFile:
    """Everything that one version says, for a page; `changed` is empty for the first version of a scheme."""

    row: PackRow
    changed: AnswerTable | None
    terms: tuple[SummaryRow, ...]
    tables: tuple[AnswerTable, ...]
    form: tuple[tuple[str, tuple[PageRow, ...]], ...]
    letters: tuple[LetterRow, ...]
    confirm: AnswerTable


def packs(*, today: date) -> list[PackRow]:
    """Every version of every scheme; of each scheme the newest first."""
    return [row for name in schemes.names() for row in reversed(list(_rows(name, today)))]


def pack(scheme: Scheme, *, today: date) -> PackRow:
    if scheme.merged_into:  # no list has it, but pages and papers name it
        return _row(scheme, PackStanding.MERGED, None)
    return next(row for row in _rows(scheme.name, today) if row.scheme.version == scheme.version)


def _rows(name: str, today: date) -> Iterator[PackRow]:
    versions: list[date | None] = [*schemes.versions(name), None]
    for version, following in pairwise(versions):
        assert version is not None
        yield _row(schemes.get(name, version), _standing(version, following, today), following)


def _row(scheme: Scheme, standing: PackStanding, until: date | None) -> PackRow:
    return PackRow(scheme, say(scheme.title), standing, until, tuple(schemes.to_review(scheme)))


def _standing(version: date, following: date | None, today: date) -> PackStanding:
    if version > today:
        return PackStanding.TO_COME
    return PackStanding.REPLACED if following and following <= today else PackStanding.IN_FORCE


def pack_file(scheme: Scheme, *, today: date) -> PackFile:
    holds = scheme.merged_into or scheme.version
    earlier = [version for version in schemes.versions(scheme.name) if version < holds]
    before = schemes.get(scheme.name, earlier[-1]) if earlier else None
    row = pack(scheme, today=today)
    return PackFile(
        row=row,
        changed=changed(scheme, before) if before else None,
        terms=tuple(_terms(scheme)),
        tables=tuple(table for make in TABLES if (table := make(scheme)).rows),
        form=tuple(
            (f"{section.code}. {say(section.title)}", tuple(page_row(scheme, page) for page in section.pages))
            for section in scheme.form.sections
        ),
        letters=tuple(LetterRow(letter.code, say(letter.title), mark(letter)) for letter in scheme.letters),
        confirm=AnswerTable(
            gettext("Facts to confirm"), (gettext("Where"), gettext("Why, or the source")), row.to_confirm
        ),
    )


# --- what it tests, asks others, charges and says ---


def _terms(scheme: Scheme) -> Iterator[SummaryRow]:
    yield SummaryRow(gettext("Authority"), say(scheme.authority.name))
    yield SummaryRow(gettext("Rests on"), say(scheme.authority.legal_basis))
    yield SummaryRow(gettext("What the public reads"), say(scheme.summary))
    yield SummaryRow(gettext("A licence holds for"), gettext("%s months") % scheme.licence_months)
    yield SummaryRow(gettext("Fees can be refunded"), gettext("Yes") if scheme.fees.refundable else gettext("No"))
    yield SummaryRow(gettext("Failed at"), gettext("%s points") % scheme.fail_at)
    yield SummaryRow(gettext("To reply to a proposal"), gettext("%s working days") % scheme.notice.reply_working_days)
    yield SummaryRow(gettext("To appeal"), gettext("%s working days") % scheme.appeal.working_days)
    yield SummaryRow(
        gettext("To appeal when a decision has immediate effect"),
        gettext("%s working days") % scheme.appeal.immediate_working_days,
    )
    yield SummaryRow(gettext("To notify a change"), gettext("%s working days") % scheme.changes.working_days)
    yield SummaryRow(gettext("Renewal opens"), gettext("%s weeks before the last day") % scheme.renewal.opens_weeks)
    yield SummaryRow(gettext("Work that it covers"), "\n".join(say(sector.title) for sector in scheme.sectors))


def _standards(scheme: Scheme) -> AnswerTable:
    headings = (
        gettext("Standard"),
        gettext("What is tested"),
        gettext("Paragraph of the rules"),
        gettext("Points"),
        gettext("Tested when"),
        gettext("To confirm"),
    )
    rows = (
        (
            one.code,
            f"{say(one.title)}. {say(one.guidance)}",
            one.rule_paragraph,
            gettext("%s, critical") % one.points if one.critical else str(one.points),
            in_words(scheme, one.applies_when) or gettext("Always"),
            mark(one),
        )
        for one in scheme.standards
    )
    return AnswerTable(gettext("Standards"), headings, tuple(rows))


def _fees(scheme: Scheme) -> AnswerTable:
    kinds = {
        "application": gettext("Application"),
        "inspection": gettext("Inspection"),
        "renewal": gettext("Renewal"),
    }
    rows = (
        (say(band.title), *(f"£{scheme.fee(band.code, kind):,}" for kind in scheme.fees.amounts))
        for band in scheme.fees.bands
    )
    headings = (gettext("Turnover of a year"), *(kinds[kind] for kind in scheme.fees.amounts))
    to_confirm = mark(scheme.fees)
    return AnswerTable(gettext("Fees") + (f" ({to_confirm})" if to_confirm else ""), headings, tuple(rows))


def _checks(scheme: Scheme) -> AnswerTable:
    subjects = {"organisation": gettext("The organisation"), "person": gettext("Each person")}
    rows = (
        (
            f"{say(one.authority)}: {say(one.title)}",
            subjects[one.subject],
            str(one.days_due),
            in_words(scheme, one.when) or gettext("Always"),
            mark(one),
        )
        for one in scheme.checks
    )
    headings = (
        gettext("Who is asked what"),
        gettext("About"),
        gettext("Days to answer"),
        gettext("Asked when"),
        gettext("To confirm"),
    )
    return AnswerTable(gettext("Checks"), headings, tuple(rows))


def _triggers(scheme: Scheme) -> AnswerTable:
    stages = {"application": gettext("Before the decision"), "granted": gettext("After the grant")}
    rows = (
        (say(one.title), say(one.reason), stages[one.stage], in_words(scheme, one.when), mark(one))
        for one in scheme.triggers
    )
    headings = (
        gettext("Sign"),
        gettext("Why"),
        gettext("Inspected"),
        gettext("When"),
        gettext("To confirm"),
    )
    return AnswerTable(gettext("What leads to an inspection"), headings, tuple(rows))


def _factors(scheme: Scheme) -> AnswerTable:
    kinds = {"aggravating": gettext("Makes it worse"), "mitigating": gettext("Makes it less bad")}
    rows = tuple((say(one.title), kinds[one.kind], mark(one)) for one in scheme.factors)
    headings = (gettext("Factor"), gettext("How it weighs"), gettext("To confirm"))
    return AnswerTable(gettext("What is weighed in a decision"), headings, rows)


def _signals(scheme: Scheme) -> AnswerTable:
    signals = scheme.targeting.signals if scheme.targeting else ()
    rows = tuple(
        (
            say(one.title),
            say(one.counts),
            "; ".join(gettext("%(value)s or more: %(points)s") % _of_step(step) for step in one.steps),
            gettext("Yes") if one.shown else gettext("No"),
            mark(one),
        )
        for one in signals
    )
    headings = (
        gettext("Signal"),
        gettext("What it counts"),
        gettext("Points"),
        gettext("Shown to the holder"),
        gettext("To confirm"),
    )
    return AnswerTable(gettext("How visits are chosen"), headings, rows)


def _of_step(step: ScoreStep) -> dict[str, int]:
    return {"value": step.at_least, "points": step.points}


def _outcomes(scheme: Scheme) -> AnswerTable:
    rows = ((str(one.label), say(getattr(scheme.outcomes, one.value))) for one in Standing)
    return AnswerTable(gettext("What the look-up says"), (gettext("Standing"), gettext("Words")), tuple(rows))


TABLES = (_standards, _fees, _checks, _triggers, _factors, _signals, _outcomes)
