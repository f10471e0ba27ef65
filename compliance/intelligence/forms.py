"""The shape of what those who work with intelligence write.

The shape of what hangs together, as somebody types it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.states import HandOverTo
from compliance.inspections.forms import sealed
from compliance.intelligence.models.sources import Source
from compliance.intelligence.rules import Grade
from compliance.intelligence.states import EntityKind, Strength
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.form_fields import a_day, a_row, boxes, long_text, offer, offer_from, radios, short_text
from registry.organisations.models import Organisation
from registry.reasons import TOO_SHORT
from registry.web import DatePartsField

Choices = Iterable[tuple[str, str]]


class Grading(forms.Form):
    source = radios(_("How reliable is the source?"), required=_("Say how reliable the source is."))
    information = radios(_("How good is the information?"), required=_("Say how good the information is."))
    handling = radios(_("May it be shared?"), required=_("Say whether it may be shared."))
    conditions = boxes(_("On which conditions"))
    conditions_said = forms.CharField(label=_("Further conditions"), max_length=1000, required=False)

    def __init__(self, *args: Any, words: Mapping[str, Choices], **options: Any) -> None:
        """`words`: the codes of the pack with their titles, by the name of the field."""
        super().__init__(*args, **options)
        for name, choices in words.items():
            offer(self, name, choices)

    @property
    def grade(self) -> Grade:
        names = ("source", "information", "handling", "conditions", "conditions_said")
        return Grade(**{name: self.cleaned_data[name] for name in names})


class GradeAnew(Grading):
    because = long_text(label=_("Reason"), required=TOO_SHORT)


class Record(Grading):
    source_text = long_text(
        label=_("What was heard or seen"),
        help_text=_("As it was said. Read by you and by source handlers. Never write here who said it."),
        required=_("Write what was heard or seen."),
    )
    sanitised_text = long_text(
        label=_("Sanitised text"),
        help_text=_(
            "The same without anything that could identify the source: no detail that only one person "
            "can know. This is read, searched and shared."
        ),
        required=_("Remove anything that could identify the source: this text is shared."),
    )
    learnt_on = DatePartsField(label=_("Day on which it was learnt"))
    about = short_text(
        _("Organisations that it is about"), 200, help_text=_("Licence numbers or references, with commas between.")
    )
    account = sealed(
        short_text(
            _("Bank account of the organisations"),
            60,
            help_text=_(
                "Sort code and number, or IBAN, if it is known. We keep its last three digits, and a code by which "
                "other businesses with the same account are found."
            ),
        )
    )
    pseudonym = a_row(
        _("Source"),
        Source.objects.none(),
        required=False,
        help_text=_("One of your own sources, by its pseudonym."),
        empty_label=_("No one in particular"),
    )
    links = boxes(
        _("Links that the report names"),
        help_text=_("Those that you choose are recorded by this intelligence, as suspected."),
    )
    field_order = ("source_text", "sanitised_text", "learnt_on", "about", "account", "links", "pseudonym")

    def __init__(self, *args: Any, by: User, offered: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "links", offered)
        if not offered:
            del self.fields["links"]
        own = Source.objects.visible_to(by).order_by("reference")
        offer_from(self, "pseudonym", own)
        if not own.exists():
            del self.fields["pseudonym"]


class PassOn(forms.Form):
    agency = a_row(
        _("To which authority"),
        Agency.objects.asked_now().order_by("name"),
        required=_("Say to which authority it goes."),
        empty_label=_("Choose an authority"),
    )
    purpose = long_text(
        label=_("What for, and under which power"),
        required=_("Say what it may be used for and under which power it is shared, in 10 characters or more."),
    )


class KeepSource(forms.Form):
    name = sealed(short_text(_("Who the source is"), 200, required=_("Enter the name of the source.")))
    telephone = sealed(forms.CharField(label=_("Telephone number"), max_length=50, required=False))
    email = sealed(forms.CharField(label=_("Email address"), max_length=254, required=False))
    notes = sealed(
        long_text(
            label=_("What else only you may know"),
            help_text=_("Where and when it is safe to meet, and what must never be said."),
        )
    )
    about = long_text(
        label=_("How far the source has proved right"),
        help_text=_("This is not sealed: nothing that says who it is."),
    )


class Why(forms.Form):
    because = short_text(
        _("Why do you open it?"), 500, required=TOO_SHORT, help_text=_("The trail keeps it, with your name.")
    )


class HandOver(forms.Form):
    to = a_row(
        _("To which source handler"),
        User.objects.none(),
        required=_("Choose another source handler."),
        empty_label=_("Choose another source handler"),
    )
    because = long_text(label=_("Reason"), required=TOO_SHORT)

    def __init__(self, *args: Any, handlers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_from(self, "to", handlers)


class TagMethods(forms.Form):
    """The methods of the pack, each with its guidance."""

    methods = boxes(_("Methods of offenders"))

    def __init__(self, *args: Any, methods: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "methods", methods)


EXAMPLE = _("For example, 27 3 2026")


class Tie(forms.Form):
    """In one direction, as it is read: Darek runs Brankholt."""

    first_kind = forms.ChoiceField(label=_("What"), choices=EntityKind.choices)
    first = forms.CharField(
        label=_("Name or number"),
        help_text=_("Of an organisation its licence number or reference, if it has a file."),
        max_length=200,
        error_messages={"required": _("Write the name or the number.")},
    )
    how = forms.CharField(
        label=_("How they are connected"),
        help_text=_("From the first to the second. For example: is director of, sleeps at, drives, paid into"),
        max_length=200,
        error_messages={"required": _("Say how they are connected.")},
    )
    second_kind = forms.ChoiceField(label=_("With what"), choices=EntityKind.choices)
    second = short_text(_("Name or number of that"), 200, required=_("Write the name or the number."))
    strength = forms.TypedChoiceField(
        label=_("How sure is it?"),
        choices=Strength.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how sure the connection is.")},
    )
    since = a_day(_("Since when, if it is known?"), _("The first day"), required=False, help_text=EXAMPLE)
    until = a_day(_("Until when, if it has ended?"), _("The last day"), required=False, help_text=EXAMPLE)


class HandOverIntelligence(forms.Form):
    """Who must act, and on which of its organisations. They read the released text."""

    to = radios(
        _("Who must act on it?"),
        [(one.value, one.label) for one in (HandOverTo.VISIT, HandOverTo.LICENSING)],
        required=_("Choose who must act on it."),
        help_text=_("To pass it on to another authority, go back to its page."),
    )
    organisation = a_row(
        _("Organisation"),
        Organisation.objects.none(),
        required=_("Choose one of the organisations that it is about."),
        empty_label=_("Choose an organisation"),
    )

    def __init__(self, *args: Any, organisations: "QuerySet[Organisation]", **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["organisation"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = organisations
