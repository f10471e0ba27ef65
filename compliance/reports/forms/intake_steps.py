"""The pages on which somebody reports. What is typed travels in the form from page to page, and is kept nowhere."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance import passphrases
from compliance.reports.forms.intake_fields import group_field, people_field, photos_field
from compliance.reports.rules import reports as rules
from compliance.reports.states import MAY_BE_DANGER, AnswerBy, ConcernKind, ContactChoice, Danger
from registry import uploads as files
from registry.errors import Refused
from registry.form_fields import boxes, radios, short_text
from registry.languages import own_names
from registry.web import an_email

Typed = MultiValueDict[str, Any]


LONGEST = 20_000


TOO_LONG = {"max_length": _("Write at most 20,000 characters.")}


NOTHING_SAID = _("Write what happened.")


def _lines(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    options.setdefault("required", False)
    messages = {**TOO_LONG, **options.pop("error_messages", {})}
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=area, error_messages=messages, **options)


class Step(forms.Form):
    """One page."""

    step: ClassVar[str]
    title: ClassVar[str | Promise]
    button: ClassVar[str | Promise] = _("Continue")
    template: ClassVar[str] = "compliance/reports/reporter_step.html"
    fields_template: ClassVar[str] = ""

    @classmethod
    def is_asked(cls, typed: Typed) -> bool:
        return True


class DangerStep(Step):
    step = "danger"
    title = _("Report a concern")
    template = "compliance/reports/reporter_start.html"
    danger = radios(_("Is someone in danger now?"), Danger.choices, required=_("Say whether someone is in danger now."))


class CallStep(Step):
    """No question: whom to ring, before anything else."""

    step = "call"
    title = _("Ring for help now")
    template = "compliance/reports/reporter_call.html"

    @classmethod
    def is_asked(cls, typed: Typed) -> bool:
        return typed.get("danger") in MAY_BE_DANGER


class WhatStep(Step):
    step = "what"
    title = _("Your report")
    template = "compliance/reports/reporter_what.html"
    fields_template = "compliance/reports/reporter_what_fields.html"
    needed = ("text",)
    text = _lines(
        _("What happened?"),
        rows=8,
        help_text=_("Write in any language. You do not need proof."),
    )
    #: Offered where the browser can record: a script shows it.
    is_said = forms.BooleanField(label=_("I will record it before I send the report"), required=False)
    kinds = boxes(_("What is it about?"), ConcernKind.choices, help_text=_("Choose all that fit."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # An objection is about an applicant: it begins on the page of one, and is offered to nobody else.
        if ConcernKind.OBJECTION not in (self["kinds"].value() or ()):
            kinds: Any = self.fields["kinds"]
            kinds.choices = [one for one in ConcernKind.choices if one[0] != ConcernKind.OBJECTION]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "text" in typed and not typed["text"] and not typed.get("is_said"):
            self.add_error("text", NOTHING_SAID)
        return typed


class WhoStep(Step):
    step = "who"
    title = _("Who it is about")
    about_name = short_text(_("Name of the business or person"), 200, help_text=_("As far as you know it."))
    about_number = short_text(
        _("A number that belongs to them"),
        100,
        help_text=_("A licence number, a telephone number, a van, or a web page."),
    )


class WhereStep(Step):
    step = "where"
    title = _("Where and when")
    about_place = _lines(
        _("Where is the work or the housing?"),
        help_text=_("A farm, a factory, a site, a street, a postcode: what you know."),
    )
    happened = _lines(_("When did it happen?"), help_text=_("For example: every Friday since May."))


class GroupStep(Step):
    """Whether others report the same: their reports are read together, and none of them reads another's."""

    step = "group"
    title = _("You and others")
    all_optional = True
    people = people_field()
    group = group_field()

    def clean_group(self) -> str:
        typed: str = self.cleaned_data["group"]
        if unknown := passphrases.unknown_words(typed):
            said = _("We never give these words: %(words)s. Check how you wrote them.")
            raise forms.ValidationError(said % {"words": ", ".join(unknown)})
        return typed


class ContactStep(Step):
    """One question, which is the heading."""

    step = "contact"
    title = ""
    contact = radios(
        _("How may we contact you?"),
        ContactChoice.choices,
        required=_("Choose how we may contact you."),
        help_text=_("We may have questions. We never tell the employer who told us."),
    )


def _language_of_page() -> str:
    return get_language() or settings.LANGUAGE_CODE


class LanguageStep(Step):
    """One question. What is left open is the language of the page."""

    step = "language"
    title = ""
    all_optional = True
    language = forms.ChoiceField(
        label=_("In which language should we write to you?"),
        help_text=_("Our questions and our answer are translated into this language."),
        choices=own_names,
        initial=_language_of_page,
        required=False,
    )

    @classmethod
    def is_asked(cls, typed: Typed) -> bool:
        return typed.get("contact") in {ContactChoice.MAILBOX, ContactChoice.DIRECT}

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or _language_of_page()


class DetailsStep(Step):
    step = "details"
    title = _("How we can reach you safely")
    called = short_text(_("What may we call you?"), 100, help_text=_("It need not be your real name."))
    telephone = forms.CharField(label=_("Telephone number"), max_length=50, required=False)
    email = an_email(_("Email address"), max_length=254)
    answer_by = radios(_("How should we reach you?"), AnswerBy.choices, required=False)
    safe_times = short_text(
        _("When is it safe to ring or write?"),
        300,
        help_text=_("Say also which language you speak, and what we should not say."),
    )

    @classmethod
    def is_asked(cls, typed: Typed) -> bool:
        return typed.get("contact") == ContactChoice.DIRECT

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors:
            for reason in rules.details_blockers(ContactChoice.DIRECT, typed):
                self.add_error(reason.where, str(reason.text))
        return typed


class RecordingField(forms.FileField):
    """A voice, written again on the spot."""

    def clean(self, data: Any, initial: Any = None) -> files.Sound | None:
        if not data:
            return None
        try:
            return files.sound(data.read())
        except Refused as refused:
            raise forms.ValidationError([str(reason.text) for reason in refused.reasons]) from refused


class SendStep(Step):
    step = "send"
    title = _("Check and send")
    button = _("Send")
    template = "compliance/reports/reporter_check.html"
    fields_template = "compliance/reports/reporter_send.html"
    photos = photos_field()
    recording = RecordingField(label=_("Record your voice"), required=False)

    def clean(self) -> dict[str, Any]:
        """Who wanted to say it has written nothing: without the recording there is no report."""
        typed = super().clean() or {}
        has_text = str(self.data.get("text", "")).strip()
        if "recording" in typed and not typed["recording"] and not has_text:
            self.add_error("recording", NOTHING_SAID)
        return typed


class Open(forms.Form):
    passphrase = forms.CharField(
        label=_("Your words"),
        help_text=_("We gave them to you when you sent your report."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your words."),
            "max_length": _("These words open no mailbox. Check each word."),
        },
    )


class Reply(forms.Form):
    text = _lines(_("Write to us"), rows=5, help_text=_("An answer, or anything that you want to add."))
    photos = photos_field()
