"""The form of one page of a pack: each kind of question as a field, the numbers that people type brought to one form.

The files that applicants hand in.

Do I need a licence: one question on a page, and the answers so far as they stand in an address."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from licensing.application_form.forms.fields import FIELDS, Typed, language
from registry.form_fields import radios, short_text
from registry.identifiers import company_number, postcode
from registry.schemes import FormPage, FormQuestion, Scheme, said
from registry.schemes.eligibility import Eligibility, only_question
from registry.uploads import UploadKind
from registry.web import FilesField, UploadForm

# --- the other forms of applicants and holders ---


class Start(forms.Form):
    """Under which scheme, and for which organisation."""

    NEW, OWN, CLIENT = "new", "own", "client"

    def __init__(
        self,
        *args: Any,
        schemes: Mapping[str, Scheme],
        organisations: Mapping[str, str],
        asks_whether_another: bool = False,
        **kwargs: Any,
    ) -> None:
        """`asks_whether_another`: a licensed business has the name that was typed."""
        super().__init__(*args, **kwargs)
        self.fields["scheme"] = forms.ChoiceField(
            label=_("What are you applying for?"),
            choices=[(name, said(scheme.title, language())) for name, scheme in schemes.items()],
            widget=forms.RadioSelect if len(schemes) > 1 else forms.HiddenInput,
            initial=None if len(schemes) > 1 else next(iter(schemes), None),
        )
        self.fields["organisation"] = forms.ChoiceField(
            label=_("Which organisation is applying?"),
            choices=[*organisations.items(), (self.NEW, _("Another organisation"))],
            widget=forms.RadioSelect if organisations else forms.HiddenInput,
            initial=None if organisations else self.NEW,
        )
        self.fields["legal_name"] = forms.CharField(
            label=_("Legal name of the organisation"),
            help_text=_("Only for another organisation. For a sole trader, your own full name.")
            if organisations
            else _("For a company, exactly as it is registered. For a sole trader, your own full name."),
            max_length=200,
            required=not organisations,
        )
        self.fields["whose"] = radios(
            _("Whose business is it?"),
            [
                (self.OWN, _("Mine, or one that I work for")),
                (self.CLIENT, _("A client’s: I am its accountant or adviser")),
            ],
            required=False,
            help_text=_("Only for another organisation.") if organisations else "",
        )
        self.fields["client_email"] = forms.EmailField(
            label=_("Email of the person who answers for the client"),
            help_text=_("Only for a client. We ask them to act for the business, and to say what you may do for it."),
            required=False,
        )
        if asks_whether_another:
            self.fields["is_another"] = forms.BooleanField(
                label=_("I apply for another business that has the same name"), required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("organisation") == self.NEW:
            self._require("legal_name", _("Enter the legal name of the organisation."))
            self._require("whose", _("Say whose business it is."))
        if self.is_for_client:
            self._require("client_email", _("Enter the email of the person who answers for the client."))
        return cleaned

    def _require(self, name: str, missing: Any) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, missing)

    @property
    def is_for_client(self) -> bool:
        return (self.cleaned_data.get("organisation"), self.cleaned_data.get("whose")) == (self.NEW, self.CLIENT)


class ChoosePerson(forms.Form):
    """Who is added to a list: a person who is named already, or someone else."""

    OTHER = "other"

    def __init__(self, *args: Any, people: Mapping[str, str], **options: Any) -> None:
        """`people` are the places where they are named, with their names."""
        super().__init__(*args, **options)
        self.fields["person"] = radios(
            _("Who is it?"),
            [*people.items(), (self.OTHER, _("Someone else"))],
            required=_("Choose a person, or “Someone else”."),
            help_text=_("Choose a person who is named already, and we ask about them only what is new."),
        )


class FindAddress(forms.Form):
    """The postcode of an address that a published list may have."""

    find_postcode = Typed(
        postcode,
        label=_("Find the address by its postcode"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "spellcheck": "false"}),
        error_messages={"required": _("Enter a postcode, or type the address below.")},
    )


class FindCompany(forms.Form):
    """The number by which the companies register has a company."""

    number = Typed(
        company_number,
        label=_("What is the company number?"),
        help_text=_(
            "8 characters, like 01234567 or SC123456. We fill in the name and the registered office from the register."
        ),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "spellcheck": "false"}),
        error_messages={"required": _("Enter the company number, or answer by hand.")},
    )


class UseCompany(forms.Form):
    """That what the register says is to be used; with `nations` also where the registered office is."""

    def __init__(self, *args: Any, nations: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        if nations:
            self.fields["nation"] = radios(
                _("Where is the registered office?"),
                list(nations.items()),
                required=_("Choose where the registered office is."),
            )

    @property
    def given(self) -> dict[str, str]:
        return {"number": str(self.data.get("number", "")), "nation": str(self.cleaned_data.get("nation", ""))}


class Withdraw(forms.Form):
    because = short_text(_("Why are you withdrawing the application?"), 2_000, widget=forms.Textarea(attrs={"rows": 3}))


class HandIn(UploadForm):
    def __init__(self, *args: Any, kinds: Collection[UploadKind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["documents"] = FilesField(kinds=kinds, label=_("Upload a file"))


class Ask(forms.Form):
    """The one question of a page. Its label is the heading, and what must be read before answering is its hint."""

    def __init__(
        self,
        scheme: Scheme,
        page: FormPage,
        *,
        known: Mapping[str, Any],
        today: date,
        data: MultiValueDict[str, str] | None = None,
    ) -> None:
        question = only_question(page)
        kept = [value for key, value in as_query(known) if key == question.key]
        super().__init__(data, initial={question.key: kept if question.kind == "choices" else next(iter(kept), None)})
        before = [*page.body, *([question.hint] if question.hint else [])]
        common = {
            "label": said(page.title, language()),
            "help_text": " ".join(said(text, language()) for text in before),
            "required": True,
        }
        self.fields[question.key] = FIELDS[question.kind](scheme, question, today, common)

    @property
    def asked(self) -> forms.BoundField:
        return next(iter(self))


def answers_in(query: MultiValueDict[str, str], eligibility: Eligibility) -> dict[str, Any]:
    """The answers that an address holds; what answers no question, or not with one of its choices, is none."""
    read = {question.key: _answer(query, question) for question in map(only_question, eligibility.pages)}
    return {key: answer for key, answer in read.items() if answer is not None}


def _answer(query: MultiValueDict[str, str], question: FormQuestion) -> Any:
    if question.kind == "yes_no":
        return {"yes": True, "no": False}.get(query.get(question.key, ""))
    values = {choice.value for choice in question.choices}
    given = [value for value in dict.fromkeys(query.getlist(question.key)) if value in values]
    return (given if question.kind == "choices" else given[-1]) if given else None


def as_query(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The answers as an address holds them, and a form in hidden inputs."""
    for key, answer in answers.items():
        for one in answer if isinstance(answer, list) else [answer]:
            yield key, {True: "yes", False: "no"}[one] if isinstance(one, bool) else one
