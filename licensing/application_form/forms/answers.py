"""The form of one page of a pack: each kind of question as a field, the numbers that people type brought to one form."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from licensing.application_form.forms.fields import FIELDS, language, text_field
from licensing.application_form.forms.places import ADDRESS_PARTS, Places, plain
from licensing.application_form.forms.ticks import TickBoxes, TickList, name_of, said_by
from licensing.application_form.rules.choosing import person_chosen
from licensing.application_form.rules.facts import COMPANY_NUMBER, CONFIRMED
from licensing.application_form.rules.filled import ApplicationForm, tag_of
from registry import identifiers
from registry.identifiers import InvalidIdentifier, telephone_display
from registry.schemes import FormPage, FormQuestion, Scheme, drawn_as_one, said
from registry.schemes.answers import is_answered

# --- the form ---


class Answers(forms.Form):
    """Questions of one page of the pack: those that the answers call for. `only` are the keys of one step of it.

    What is typed may call for a further question. It is asked once this has been saved: so the page needs no script.
    """

    names_fields = True

    def __init__(
        self,
        filled: ApplicationForm,
        page: FormPage,
        *,
        kept: Mapping[str, Any],
        today: date,
        searched: str = "",
        data: MultiValueDict[str, str] | None = None,
        only: Collection[str] | None = None,
        prefix: str | None = None,
    ) -> None:
        shown = {question.key: _initial(question, kept.get(question.key)) for question in page.questions}
        super().__init__(data, initial=shown, prefix=prefix)
        self.page, self.kept, self.today, self._filled = page, kept, today, filled
        may_be_asked = [question for question in page.asked if only is None or question.key in only]
        for question in may_be_asked:
            self.fields[question.key] = _field(filled.scheme, question, today=today)
            if filled.is_optional(question):
                self.fields[question.key].required = False
        for key, field in self._of_places():
            field.offer(kept.get(key), searched)
        self.arisen = self._leave_what_is_asked(may_be_asked)
        self._questions = [question for question in may_be_asked if question.key in self.fields]
        self.fields = _with_lists_to_tick(filled.scheme, self._questions, self.fields, kept=kept)

    def _leave_what_is_asked(self, may_be_asked: Iterable[FormQuestion]) -> list[str]:
        """Takes away what is not asked, and what is asked only now, which is returned: nobody has seen it to answer it."""
        seen = set(self.was) or set(self.fields)
        typed = {q.key: self._typed(q) for q in may_be_asked if q.key in seen} if self.is_bound else {}
        same = person_chosen(self._filled, self.kept)
        elsewhere = same.data if same else {}
        taken = same.keys if same else frozenset()
        asked = {q.key for q in self._filled.questions(self.page, {**elsewhere, **self.kept, **typed})} - taken
        arisen = [key for key in self.fields if key in asked and key not in seen]
        for key in [key for key in self.fields if key not in asked or (self.is_bound and key not in seen)]:
            del self.fields[key]
        return arisen if self.is_bound else []

    @property
    def was(self) -> dict[str, str]:
        """The questions of the form that was sent, each with the tag of the answer that it knew."""
        said = self.data.get(self.add_prefix("seen"), "").split()
        return {key: tag for key, _dash, tag in (one.partition("~") for one in said)}

    @property
    def seen(self) -> str:
        """The questions of this form, as the form says them back; once it was sent, with the tags that it said."""
        return " ".join(f"{question.key}~{self.was.get(question.key, '')}" for question in self._questions)

    def seen_with(self, saved: Mapping[str, Any]) -> str:
        """The same with the tags of what is saved, for those who open the form."""
        return " ".join(f"{question.key}~{tag_of(saved.get(question.key))}" for question in self._questions)

    @property
    def keys(self) -> frozenset[str]:
        """What is saved with this form: all else that is kept of the page stays as it is."""
        of_number = {CONFIRMED} if COMPANY_NUMBER in self.fields else set()
        return frozenset({question.key for question in self._questions} | of_number)

    def answered(self) -> dict[str, Any]:
        """The answers as they are kept: what is right in its normal form, what is not yet right as it was typed."""
        cleaned = self.cleaned_data
        kept = {q.key: cleaned[q.key] if q.key in cleaned else self._typed(q) for q in self._questions}
        return {key: value for key, value in kept.items() if is_answered(value)} | self._confirmed()

    @property
    def is_unchanged(self) -> bool:
        """Whether what is typed is what is kept already."""
        return self.answered() == {key: value for key, value in self.kept.items() if key in self.keys}

    def is_right_elsewhere(self) -> bool:
        """Whether nothing that is kept of the page besides this form is wrong, as far as it is asked."""
        data = {**self.kept, **self.answered()}
        whole = Answers(self._filled, self.page, kept=data, today=self.today)
        return all(whole.is_right(question) for question in whole._questions if question.key not in self.keys)

    def is_right(self, question: FormQuestion) -> bool:
        """Whether what is kept is an answer to this; what is not answered is not wrong."""
        kept = self.kept.get(question.key)
        if question.tick or not is_answered(kept):
            return True
        return _is_right(self.fields[question.key], question, kept)

    def _confirmed(self) -> dict[str, Any]:
        """The company number that is said to be right, though the companies register does not have it: that one only."""
        number = str(self.kept.get(COMPANY_NUMBER, ""))
        said = {str(self.data.get(CONFIRMED, "")), str(self.kept.get(CONFIRMED, ""))}
        return {CONFIRMED: number} if COMPANY_NUMBER in self.fields and number and number in said else {}

    def to_find(self) -> str:
        """What has been typed to be found and must be looked for before the page is left."""
        asked = (field.to_find(self[key].data) for key, field in self._of_places()) if self.is_bound else ()
        return next(filter(None, asked), "")

    def _of_places(self) -> list[tuple[str, Places]]:
        return [(key, field) for key, field in self.fields.items() if isinstance(field, Places)]

    def _typed(self, question: FormQuestion) -> Any:
        if question.tick:
            sent = TickBoxes().value_from_datadict(self.data, self.files, self.add_prefix(name_of(question)))
            return said_by(sent or [], question)
        field, typed = self.fields[question.key], self[question.key].data
        if isinstance(field, Places):
            return field.as_typed(typed)
        if question.kind == "address":
            return {part: plain(text) for part, text in zip(ADDRESS_PARTS, typed, strict=True) if text}
        if isinstance(typed, list):
            return [plain(one) for one in typed] if any(typed) else []
        return plain(typed)


class Preview(forms.Form):
    """One page of a pack with every question on it, drawn as applicants see it; `when` says what calls for a question."""

    def __init__(self, scheme: Scheme, page: FormPage, *, when: Mapping[str, str], today: date) -> None:
        super().__init__()
        drawn = {q.key: _field(scheme, q, today=today, when=when.get(q.key, "")) for q in page.asked}
        self.fields = _with_lists_to_tick(scheme, page.asked, drawn, kept={})


def _with_lists_to_tick(
    scheme: Scheme, asked: Sequence[FormQuestion], fields: dict[str, forms.Field], *, kept: Mapping[str, Any]
) -> dict[str, forms.Field]:
    """The fields as they are drawn: the yes-or-no questions of a list to tick are one."""
    drawn: dict[str, forms.Field] = {}
    for together in drawn_as_one(asked):
        if together[0].tick:
            drawn[name_of(together[0])] = TickList(scheme, together, kept=kept)
        else:
            drawn[together[0].key] = fields[together[0].key]
    return drawn


def _field(scheme: Scheme, question: FormQuestion, *, today: date, when: str = "") -> forms.Field:
    hint = said(question.hint, language()) if question.hint else ""
    common = {
        "label": said(question.label, language()),
        "help_text": " ".join(filter(None, [when, hint])),
        "required": not question.optional,
    }
    return FIELDS.get(question.kind, text_field)(scheme, question, today, common)


def _is_right(field: forms.Field, question: FormQuestion, kept: Any) -> bool:
    if isinstance(field, Places):
        return not any(place.get("unfinished") for place in kept)
    shown = _initial(question, kept)
    if isinstance(field.widget, forms.MultiWidget) and not isinstance(shown, list):
        shown = field.widget.decompress(shown)
    try:
        field.clean(shown)
    except ValidationError:
        return False
    return True


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
