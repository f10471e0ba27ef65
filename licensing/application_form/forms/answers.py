"""The form of one page of a pack: each kind of question as a field, the numbers that people type brought to one form."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from licensing.application_form.forms.fields import FIELDS, language, text_field
from licensing.application_form.forms.places import ADDRESS_PARTS, Places, plain
from licensing.application_form.rules.facts import CONFIRMED, is_answered
from licensing.application_form.rules.filled import ApplicationForm
from registry import identifiers
from registry.identifiers import InvalidIdentifier, telephone_display
from registry.schemes import FormPage, FormQuestion, Scheme, said

# --- the form ---


class Answers(forms.Form):
    """One page of the pack. A question that another answer on the same page calls for is always there to be seen, says

    when it is to be answered, and counts only then: so the page needs no script.
    """

    def __init__(
        self,
        filled: ApplicationForm,
        page: FormPage,
        *,
        kept: Mapping[str, Any],
        today: date,
        searched: str = "",
        data: MultiValueDict[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial={q.key: _initial(q, kept.get(q.key)) for q in page.questions})
        self.page, self.kept = page, kept
        own = {question.key for question in page.questions}
        for question in page.questions:
            depends = depends_on(question) & own
            if depends or question.is_shown(filled.known(page, kept)):
                when = _when(page, question) if depends else ""
                self.fields[question.key] = _field(filled.scheme, question, today=today, when=when)
                if filled.is_optional(question):
                    self.fields[question.key].required = False
        for key, field in self._of_places():
            field.offer(kept.get(key), searched)
        self.uncalled = set(self._uncalled(filled)) if self.is_bound else set()

    def clean(self) -> dict[str, Any]:
        """What was typed for a question that these answers do not call for is no answer, and no error."""
        cleaned = super().clean() or {}
        for key in self.uncalled:
            self.errors.pop(key, None)
            cleaned.pop(key, None)
        return cleaned

    def answered(self) -> dict[str, Any]:
        """The answers as they are kept: what is right in its normal form, what is not yet right as it was typed."""
        cleaned = self.cleaned_data
        asked = [question for question in self.page.questions if question.key in self.fields.keys() - self.uncalled]
        kept = {q.key: cleaned[q.key] if q.key in cleaned else self._typed(q) for q in asked}
        return {key: value for key, value in kept.items() if is_answered(value)} | self._confirmed()

    def _confirmed(self) -> dict[str, Any]:
        """The company number that is said to be right, though the companies register does not have it: that one only."""
        number = str(self.kept.get("company_number", ""))
        said = {str(self.data.get(CONFIRMED, "")), str(self.kept.get(CONFIRMED, ""))}
        return {CONFIRMED: number} if number and number in said else {}

    def to_find(self) -> str:
        """What has been typed to be found and must be looked for before the page is left."""
        asked = (field.to_find(self[key].data) for key, field in self._of_places()) if self.is_bound else ()
        return next(filter(None, asked), "")

    def _of_places(self) -> list[tuple[str, Places]]:
        return [(key, field) for key, field in self.fields.items() if isinstance(field, Places)]

    def _uncalled(self, filled: ApplicationForm) -> Iterator[str]:
        called_for: dict[str, Any] = {}
        for question in self.page.questions:
            if question.key in self.fields:
                if question.is_shown(filled.known(self.page, {}) | self._own(called_for)):
                    called_for[question.key] = self._typed(question)
                else:
                    yield question.key

    def _own(self, called_for: Mapping[str, Any]) -> dict[str, Any]:
        """What is typed on this page now stands instead of what was kept of it before."""
        return {question.key: called_for.get(question.key) for question in self.page.questions}

    def _typed(self, question: FormQuestion) -> Any:
        field, typed = self.fields[question.key], self[question.key].data
        if isinstance(field, Places):
            return field.as_typed(typed)
        if question.kind == "address":
            return {part: plain(text) for part, text in zip(ADDRESS_PARTS, typed, strict=True) if text}
        if isinstance(typed, list):
            return [plain(one) for one in typed] if any(typed) else []
        return plain(typed)


def depends_on(question: FormQuestion) -> frozenset[str]:
    """The facts that its condition asks about."""
    return frozenset(clause.fact for clause in question.show_when.clauses) if question.show_when else frozenset()


class Preview(forms.Form):
    """One page of a pack with every question on it, drawn as applicants see it; `when` says what calls for a question."""

    def __init__(self, scheme: Scheme, page: FormPage, *, when: Mapping[str, str], today: date) -> None:
        super().__init__()
        own = {question.key for question in page.questions}
        for question in page.questions:
            here = _when(page, question) if depends_on(question) & own else when.get(question.key, "")
            self.fields[question.key] = _field(scheme, question, today=today, when=here)


def _field(scheme: Scheme, question: FormQuestion, *, today: date, when: str) -> forms.Field:
    hint = said(question.hint, language()) if question.hint else ""
    common = {
        "label": said(question.label, language()),
        "help_text": " ".join(filter(None, [when, hint])),
        "required": not question.optional,
    }
    return FIELDS.get(question.kind, text_field)(scheme, question, today, common)


def _when(page: FormPage, question: FormQuestion) -> str:
    """In words, which answer on this page calls for the question."""
    assert question.show_when is not None
    for clause in question.show_when.clauses:
        asked = next((other for other in page.questions if other.key == clause.fact), None)
        if asked is not None:
            answer = _answer_in_words(asked, getattr(clause, clause.operator))
            if answer:
                facts = {"answer": answer, "question": said(asked.label, language())}
                return gettext("Only if you answer “%(answer)s” to “%(question)s”") % facts + "."
    return gettext("Only if it applies.")


def _answer_in_words(question: FormQuestion, wanted: Any) -> str:
    if isinstance(wanted, bool):
        return gettext("Yes") if wanted else gettext("No")
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    labels = [said(choice.label, language()) for choice in question.choices if choice.value in values]
    return gettext("” or “").join(labels)


def _initial(question: FormQuestion, kept: Any) -> Any:
    """What was kept, as the field shows it: in its normal form, or as it was typed."""
    return SHOWN.get(question.kind, lambda value: value)(kept) if is_answered(kept) else None


def _shown_date(kept: Any) -> Any:
    return date.fromisoformat(kept) if isinstance(kept, str) else kept


def _shown_lines(kept: Any) -> Any:
    return "\n".join(kept) if isinstance(kept, list) else kept


def _shown_yes_no(kept: Any) -> Any:
    return {True: "yes", False: "no"}.get(kept, kept)


def _shown_telephone(kept: Any) -> Any:
    try:
        return telephone_display(identifiers.telephone(kept))
    except InvalidIdentifier:
        return kept


def _shown_places(kept: Any) -> Any:
    return {"places": kept if isinstance(kept, list) else []}


SHOWN: Mapping[str, Callable[[Any], Any]] = {
    "date": _shown_date,
    "lines": _shown_lines,
    "paye_references": _shown_lines,
    "yes_no": _shown_yes_no,
    "telephone": _shown_telephone,
    "premises": _shown_places,
}
