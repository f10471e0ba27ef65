"""What is typed about absences and about the rules of assignment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.assignment import queries
from registry.assignment.models import AssignmentMethod
from registry.form_fields import a_choice, short_text
from registry.holidays.models import Calendar
from registry.web import DatePartsField


class _Colleague(forms.ModelChoiceField[User]):
    """One person, with how much they have to do."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.load})"


class _People(forms.ModelMultipleChoiceField[User]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.load})"


class AbsenceForm(forms.Form):
    """Who is away from when to when, and who does their tasks."""

    def __init__(self, *args: Any, assigns: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        wrong = _("Choose a person who works for the authority.")
        errors = {"required": wrong, "invalid_choice": wrong}
        if assigns:
            self.fields["person"] = _Colleague(
                queries.colleagues(), label=_("Who is away?"), to_field_name="reference", error_messages=errors
            )
        self.fields["starts"] = DatePartsField(label=_("First day away"), name=_("The first day"))
        self.fields["until"] = DatePartsField(label=_("Last day away"), name=_("The last day"))
        self.fields["deputy"] = _Colleague(
            queries.colleagues(),
            label=_("Who does their tasks?"),
            help_text=_("The number of open tasks is in brackets."),
            to_field_name="reference",
            error_messages=errors,
        )


class RuleForm(forms.Form):
    """Which new tasks go to whom."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"] = a_choice(
            _("Which task?"), [("", _("Choose a task")), *queries.assignable_kinds()], required=_("Choose which task.")
        )
        self.fields["people"] = _People(
            queries.colleagues(),
            label=_("Who gets it?"),
            help_text=_("The number of open tasks is in brackets."),
            to_field_name="reference",
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one person.")},
        )
        self.fields["method"] = forms.ChoiceField(
            label=_("Which of them?"), choices=AssignmentMethod.choices, widget=forms.RadioSelect
        )
        self.fields["nation"] = forms.ChoiceField(
            label=_("Only for organisations in"), choices=[("", _("Anywhere")), *Calendar.choices], required=False
        )
        titles = sorted(queries.sectors().items(), key=lambda sector: sector[1])
        self.fields["sector"] = a_choice(_("Only for this sector"), [("", _("Any sector")), *titles], required=False)
        self.fields["initials"] = short_text(
            _("Only for names that begin with"), 60, help_text=_("Letters, such as ABC.")
        )
