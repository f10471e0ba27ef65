"""Many things of one list at once, from a table: which column answers which question, and what is wrong in which row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.forms.answers import Answers
from licensing.application_form.forms.fields import language
from licensing.application_form.forms.places import ADDRESS_PARTS, ELSEWHERE
from licensing.application_form.rules.filled import ApplicationForm
from registry import table_reader
from registry.schemes import FormPage, FormQuestion, said
from registry.table_reader.forms import TableForm

#: The lists of things that a business has many of, and the kinds of question that one cell answers.
MANY = frozenset({"premises", "vehicle"})
IN_A_CELL = frozenset({"text", "number", "money", "choice", "yes_no", "vehicle_registration", "telephone", "postcode"})


class ListTable(TableForm):
    for_all_rows: tuple[str, ...] = ()  # what else the page asks, of all rows together

    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Paste the rows, with the headings above them"),
        help_text=_("Copy them from a spreadsheet. Each row is one entry of the list."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )

    def sent_for_all_rows(self) -> list[tuple[str, str]]:
        """What was sent of it, for the form that confirms the rows."""
        return (
            [(name, self.data[name]) for name in self.data if name.startswith(self.for_all_rows)]
            if self.for_all_rows
            else []
        )


@dataclass(frozen=True, slots=True)
class TableColumn:
    """The heading of a column, the field of the form that it fills in, and what may stand in it where that is limited."""

    heading: str
    field: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def allowed(self) -> str:
        return ", ".join(words for _value, words in self.choices)

    def typed(self, cell: str) -> str:
        """What the form reads: a choice is written in words or by its code."""
        wanted = cell.casefold()
        return next((value for value, words in self.choices if wanted in (value.casefold(), words.casefold())), cell)

    def shown(self, typed: str) -> str:
        """As it is read: a choice in words."""
        return dict(self.choices).get(typed, typed)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in the table, its cells by the columns of the page, its answers, and what is wrong with it."""

    number: int
    title: str
    cells: tuple[str, ...]
    answers: Mapping[str, Any]
    faults: tuple[str, ...]


def takes_table(page: FormPage) -> bool:
    """Whether the things of this list can be given as a table."""
    kinds = {question.kind for question in page.questions}
    return page.list_of is not None and page.list_of.of in MANY and kinds <= IN_A_CELL | {"address"}


def columns_of(filled: ApplicationForm, page: FormPage) -> list[TableColumn]:
    return [column for question in page.questions for column in _columns(filled, question)]


def _columns(filled: ApplicationForm, question: FormQuestion) -> Iterator[TableColumn]:
    label = said(question.label, language())
    if question.kind == "address":
        named = [(nation.code, said(nation.title, language())) for nation in filled.scheme.nations]
        nations = (*named, (ELSEWHERE, gettext("Outside the United Kingdom")))
        for part, words in ADDRESS_PARTS.items():
            yield TableColumn(f"{label}: {words}", f"{question.key}_{part}", nations if part == "country" else ())
    elif question.kind == "yes_no":
        yield TableColumn(label, question.key, (("yes", gettext("Yes")), ("no", gettext("No"))))
    else:
        choices = tuple((choice.value, said(choice.label, language())) for choice in question.choices)
        yield TableColumn(label, question.key, choices)


def _by_heading(filled: ApplicationForm, page: FormPage) -> dict[str, TableColumn]:
    """The columns by their headings in every language of the site: the template may have been downloaded in another."""
    found: dict[str, TableColumn] = {}
    for spoken in settings.SITE_LANGUAGES:
        with translation.override(spoken):
            found |= {_folded(column.heading): column for column in columns_of(filled, page)}
    return found


def heading_faults(filled: ApplicationForm, page: FormPage, headings: Sequence[str]) -> Iterator[str]:
    """What is wrong with the first row: a column whose heading is not known would be lost without a word."""
    known = _by_heading(filled, page)
    given = [heading for heading in headings if heading]
    fields = [known[_folded(heading)].field for heading in given if _folded(heading) in known]
    for heading in given:
        if _folded(heading) not in known:
            yield gettext("The heading “%s” is not one of those that we ask for.") % heading
    if not fields:
        yield gettext("Put the headings of the template in the first row.")
    if len(set(fields)) < len(fields):
        yield gettext("A heading is there twice.")


def rows_of(filled: ApplicationForm, page: FormPage, table: table_reader.Table, *, today: date) -> list[TableRow]:
    """Every row below the headings, judged as the page of the form judges it; what is on the list already is a fault."""
    by_heading = _by_heading(filled, page)
    columns = [by_heading.get(_folded(heading)) for heading in table[0]]
    own = page.questions[0].key
    seen = {str(item.data.get(own, "")).casefold() for item in filled.on(page)}
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        typed = {column.field: column.typed(cell) for column, cell in zip(columns, cells, strict=True) if column}
        row = _judged(filled, page, typed, number=number, today=today, seen=seen)
        seen.add(row.title.casefold())
        rows.append(row)
    return rows


def _judged(
    filled: ApplicationForm, page: FormPage, typed: Mapping[str, str], *, number: int, today: date, seen: set[str]
) -> TableRow:
    data = MultiValueDict({field: [text] for field, text in typed.items()})
    form = Answers(filled, page, kept={}, today=today, data=data)
    faults = [_fault(form, key, str(text)) for key, texts in form.errors.items() for text in texts]
    answers = form.answered()
    title = str(answers.get(page.questions[0].key, ""))
    if title and title.casefold() in seen:
        faults.append(gettext("“%s” is on the list already.") % title)
    cells = tuple(column.shown(typed.get(column.field, "")) for column in columns_of(filled, page))
    return TableRow(number, title, cells, answers, tuple(faults))


def _fault(form: Answers, key: str, text: str) -> str:
    label = form.fields[key].label if key in form.fields else ""
    return text if not label or str(label) in text else f"{label}: {text}"


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()
