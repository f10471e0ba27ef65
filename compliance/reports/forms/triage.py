"""The shape of what those who handle reports write.

The shape of what staff write about a report, and of a report that they write down for somebody."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from compliance.inspections.forms import sealed
from compliance.reports.forms.intake_fields import group_field, people_field, photos_field
from compliance.reports.models.reports import Channel, TriageDecision
from compliance.reports.models.triage import LinkKind, ReportEnding
from compliance.reports.states import AnswerBy, ConcernKind, ContactChoice, Danger
from registry.agencies.models import Agency
from registry.form_fields import a_row, boxes, long_text, offer, radios, short_text
from registry.reasons import TOO_SHORT
from registry.web import an_email


class InTheirLanguage(forms.Form):
    """What is written to the reporter in English, and the same in their language, if somebody has translated it."""

    translation = long_text(
        label=_("The same in the reporter’s language"),
        help_text=_("If you have a translation: the reporter reads it first, and the English below it."),
    )
    translator = short_text(_("Who translated it"), 200, help_text=_("A name, or the number of an interpreter."))


class Ask(InTheirLanguage):
    text = long_text(
        label=_("Message to the reporter"),
        help_text=_("They read it in the mailbox, perhaps on a telephone that others see. Short, plain sentences."),
        required=_("Write what you want to ask or say."),
    )
    field_order = ("text", "translation", "translator")


class Close(InTheirLanguage):
    ending = radios(
        _("Outcome"),
        ReportEnding.choices,
        required=_("Choose the outcome. The reporter reads it."),
        help_text=_("The first four are sentences of the service. The reporter reads them in their own language."),
    )
    outcome = long_text(
        label=_("Other words"),
        help_text=_("Only for the last choice. Do not name anyone, or give a detail that only one person could know."),
    )
    field_order = ("ending", "outcome", "translation", "translator")


class Reach(forms.Form):
    because = long_text(
        label=_("Why do you need to reach the reporter?"),
        help_text=_("The trail keeps it, with your name."),
        required=TOO_SHORT,
    )


def _agency() -> "forms.ModelChoiceField[Agency]":
    return a_row(
        _("Which authority"), Agency.objects.asked_now().order_by("name"), required=False, empty_label=_("None")
    )


def _languages() -> list[tuple[str, str]]:
    """Those in which anybody can report, by name in the language of the page."""
    return [(code, str(get_language_info(code.split("-")[0])["name_translated"])) for code, _name in settings.LANGUAGES]


class Why(forms.Form):
    because = forms.CharField(
        label=_("Why do you open this report?"),
        help_text=_("The trail keeps it, with your name. It holds for an hour."),
        max_length=500,
        error_messages={"required": TOO_SHORT},
    )


class Decide(forms.Form):
    decision = radios(
        _("Decision on the report"), TriageDecision.choices, required=_("Choose what to do with the report.")
    )
    called = long_text(label=_("Who was called"), help_text=_("In immediate danger: who, when, and what they said."))
    agency = _agency()
    cleared = long_text(
        label=_("Text for those who act on it"),
        help_text=_(
            "For a visit, for licensing or for another authority. They read this and not the report: write nothing that "
            "could identify the reporter. Leave it empty if it was handed over to them before."
        ),
    )
    basis = long_text(label=_("Legal basis"), help_text=_("For another authority: under which law it may be told."))
    priority = forms.ChoiceField(label=_("How urgent it is"), widget=forms.RadioSelect)
    because = long_text(label=_("Reason"), required=TOO_SHORT)

    def __init__(self, *args: Any, priorities: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = list(priorities)
        offer(self, "priority", choices)
        if not choices:
            del self.fields["priority"]


class NoteResult(forms.Form):
    tell = forms.BooleanField(
        label=_("Tell the reporter in the mailbox, in their language, that we looked into it"),
        help_text=_(
            "They read only whether we took action. To say more, write to the reporter on the page of the report."
        ),
        required=False,
    )


class TranslateOurs(forms.Form):
    """Of a message of ours, in the language of the reporter, which is known."""

    text = long_text(
        label=_("Translation"),
        help_text=_("Of everything that was said, word for word as far as you can. Mark what you are not sure of."),
        required=_("Enter the translation."),
    )
    translator = forms.CharField(
        label=_("Who translated it"),
        help_text=_("A name, or the number of an interpreter."),
        max_length=200,
        error_messages={"required": _("Enter the name of the translator.")},
    )


class Translate(TranslateOurs):
    field_order = ("language", "text", "translator")
    language = short_text(_("Language of the original"), 100, required=_("Enter the language of the original."))


class Tag(forms.Form):
    standards = boxes(_("Licensing standards"))
    indicators = boxes(_("Indicators of forced labour"))
    methods = boxes(_("Methods of offenders"))

    def __init__(self, *args: Any, offered: Mapping[str, Iterable[tuple[str, str]]], **options: Any) -> None:
        """`offered`: the codes of the pack with their words, by the name of the field."""
        super().__init__(*args, **options)
        for name, choices in offered.items():
            offer(self, name, choices)
        if not offered["methods"]:
            del self.fields["methods"]


class Identify(forms.Form):
    number = forms.CharField(
        label=_("Licence number or reference of the organisation"),
        help_text=_("As the file of the organisation says it."),
        max_length=20,
        error_messages={"required": _("Enter a licence number or a reference.")},
    )


class Link(forms.Form):
    other = forms.CharField(
        label=_("Reference of the other report"),
        help_text=_("For example, R-7KQ2-M9XD"),
        max_length=20,
        error_messages={"required": _("Enter the reference of the other report.")},
    )
    kind = radios(_("The two reports"), LinkKind.choices, required=_("Choose whether the reports belong together."))
    because = long_text(label=_("Reason"), required=TOO_SHORT)


class Taken(forms.Form):
    """What the page for everybody asks, on one page and in the order of a call; how it came is for when nobody waits."""

    danger = radios(_("Is someone in danger now?"), Danger.choices, required=_("Say whether someone is in danger now."))
    text = long_text(
        label=_("What happened?"),
        help_text=_(
            "In the words and the language in which it was told. Not who told it: that has fields of its own below."
        ),
        required=_("Write what happened."),
    )
    kinds = boxes(_("What is it about?"), ConcernKind.choices, help_text=_("Choose all that fit."))
    about_name = forms.CharField(label=_("Name of the business or person"), max_length=200, required=False)
    about_number = short_text(
        _("A number that belongs to them"),
        100,
        help_text=_("A licence number, a telephone number, a van, or a web page."),
    )
    about_place = forms.CharField(label=_("Where is the work or the housing?"), max_length=1000, required=False)
    happened = forms.CharField(label=_("When did it happen?"), max_length=1000, required=False)
    people = people_field()
    group = group_field()
    language = forms.ChoiceField(
        label=_("Which language the reporter reads"),
        help_text=_("One that is missing here: say in what happened which it is, and choose English."),
        choices=_languages,
        initial=settings.LANGUAGE_CODE,
        error_messages={"required": _("Choose the language that the reporter reads.")},
    )
    contact = radios(
        _("How the reporter may be contacted"),
        ContactChoice.choices,
        required=_("Choose how the reporter may be contacted."),
        help_text=_("A mailbox has six words, which you read out on the next page."),
    )
    called = sealed(
        short_text(
            _("What the reporter wants to be called"),
            100,
            help_text=_("This and what follows is sealed. You give a reason to open it."),
        )
    )
    telephone = sealed(forms.CharField(label=_("Telephone number"), max_length=50, required=False))
    email = sealed(an_email(_("Email address"), max_length=254))
    answer_by = sealed(radios(_("How the reporter wants to be reached"), AnswerBy.choices, required=False))
    safe_times = sealed(forms.CharField(label=_("When is it safe to ring or write?"), max_length=300, required=False))
    channel = radios(
        _("How it came"),
        [one for one in Channel.choices if one[0] != Channel.PAGE],
        required=_("Choose how the report arrived."),
    )
    agency = _agency()
    photos = photos_field()

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes: particulars apart from what was told, and left behind where nobody may use them."""
        told = dict(self.cleaned_data)
        details = {name: told.pop(name) for name in ("called", "telephone", "email", "answer_by", "safe_times")}
        return {**told, "details": details if told["contact"] == ContactChoice.DIRECT else {}}
