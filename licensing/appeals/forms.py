"""The shape of what is typed about an appeal. Whether it may be done is a question for the rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.appeals.models import PutCondition
from licensing.appeals.states import SubmissionKind
from licensing.applications.forms.rows import Fields, Rows
from registry.form_fields import a_choice, a_day, long_text, radios
from registry.uploads import UploadKind
from registry.web import FilesField, UploadForm

PLACE = 200


class HasAppealed(forms.Form):
    """What the subject of a decision says of its appeal."""

    sent_on = a_day(_("On which day did you send the notice of appeal?"), _("The day on which you sent it"))


class SubmitToTribunal(UploadForm):
    """What an appellant has sent to the tribunal, when, and copies for us."""

    kind = radios(
        _("What have you sent to the tribunal?"),
        SubmissionKind.choices,
        required=_("Say what you have sent to the tribunal."),
    )
    sent_on = a_day(_("On which day did you send it?"), _("The day on which you sent it"))
    documents = FilesField(
        required=False,
        label=_("Copies for us"),
        help_text=_("We use them to prepare for the hearing. They do not reach the tribunal from here."),
    )


def _number() -> forms.CharField:
    return forms.CharField(
        label=_("Number of the secretariat (optional)"),
        max_length=60,
        required=False,
        error_messages={"max_length": _("Write at most 60 characters.")},
    )


class Receive(forms.Form):
    all_optional = True  # the labels say it themselves
    received_on = a_day(
        _("On which day did the secretariat receive it?"), _("The day on which the secretariat received it")
    )
    extended = forms.BooleanField(label=_("It was late, and the tribunal has given more time"), required=False)
    number = _number()
    grounds = long_text(
        label=_("Grounds of the appeal"),
        required=_("Write the grounds of the appeal."),
        help_text=_("As the appellant gives them, or in short."),
    )


class Acknowledge(forms.Form):
    all_optional = True  # the labels say it themselves
    copied_on = a_day(
        _("On which day did the copy of the appeal come to us?"),
        _("The day on which the copy came"),
        help_text=_("From that day we have the time that the law gives to reply. For example, 27 3 2026"),
    )
    number = _number()


class Reply(forms.Form):
    replied_on = a_day(_("On which day did we reply?"), _("The day on which we replied"))
    reply_text = long_text(
        label=_("What we reply"), required=_("Write what we reply, in short."), help_text=_("The appellant reads this.")
    )


class FixHearing(forms.Form):
    all_optional = True  # the labels say it themselves
    on_paper = forms.BooleanField(label=_("Both sides agree that it is decided on paper"), required=False)
    hearing_on = a_day(_("Day of the hearing"), _("The day of the hearing"), required=False)
    hearing_place = forms.CharField(
        label=_("Where (optional)"),
        max_length=PLACE,
        required=False,
        error_messages={"max_length": _("Write at most 200 characters.")},
    )


class Readmit(forms.Form):
    leave_on = a_day(_("On which day did the tribunal let us take part?"), _("The day on which the tribunal let us"))
    reply_by = a_day(_("By when must we reply?"), _("The day by which we must reply"))


class TickOff(forms.Form):
    all_optional = True  # the labels say it themselves
    statements_on = a_day(
        _("When did we send who attends, our witnesses and their signed statements? (optional)"),
        _("The day on which the statements were sent"),
        required=False,
    )
    representations_on = a_day(
        _("When did we send what we say in writing? (optional)"),
        _("The day on which the representations were sent"),
        required=False,
    )


class Determine(UploadForm, Rows):
    """What the tribunal decided, and each condition that it put in place."""

    all_optional = True  # the labels say it themselves
    of = "put"
    row_title = _("Condition put in place")
    incomplete = {
        "standard": _("Choose the standard that the condition is about."),
        "requirement": _("Enter what the business must do."),
        "due_on": _("Enter the day by which it must be met."),
    }
    outcome = radios(
        _("What has the tribunal decided?"),
        [
            ("allowed", _("The appeal is allowed")),
            ("dismissed", _("The appeal is dismissed")),
            ("varied", _("Something else is put in the place of our decision")),
            ("remitted", _("It is sent back to us, to decide again")),
        ],
    )
    ended_on = a_day(_("Date of its decision"), _("The date of its decision"))
    effect_on = a_day(_("From which day does it hold?"), _("The day from which it holds"))
    outcome_because = long_text(
        label=_("Its reasons in short"),
        required=_("Write its reasons in short."),
        help_text=_("The appellant reads this."),
    )
    documents = FilesField(
        required=False,
        label=_("The decision of the tribunal (optional)"),
        help_text=_("Without it no one can carry the outcome out. You can add it to the file later."),
        kinds=frozenset({UploadKind.PDF}),
    )
    put_until = a_day(
        _("Put in place: last day of a suspension (optional)"), _("The last day of the suspension"), required=False
    )

    def __init__(self, *args: Any, standards: Iterable[tuple[str, str]], **options: Any) -> None:
        self.standards = list(standards)
        super().__init__(*args, **options)

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        plain = {name: value for name, value in self.plain_data().items() if name != "documents"}
        conditions = [PutCondition(row["standard"], row["requirement"], row["due_on"]) for row in self.given_rows()]
        return plain | {"put_conditions": conditions, "uploads": self.uploads}

    def _row(self) -> Fields:
        return {
            "standard": lambda: a_choice(
                _("Standard"), [("", _("Choose a standard")), *self.standards], required=False
            ),
            "requirement": lambda: long_text(label=_("What the business must do"), rows=3),
            "due_on": lambda: a_day(_("By when"), _("The day by which it must be met"), required=False),
        }


class CorrectOutcome(Determine):
    because = long_text(label=_("What was wrong?"), required=_("Enter what was wrong."), rows=3)


class Correct(forms.Form):
    """What was written down of an open appeal; days that are not known yet are not asked for."""

    all_optional = True  # the labels say it themselves
    received_on = a_day(
        _("On which day did the secretariat receive it?"), _("The day on which the secretariat received it")
    )
    extended = forms.BooleanField(label=_("It was late, and the tribunal has given more time"), required=False)
    number = _number()
    grounds = long_text(label=_("Grounds of the appeal"), required=_("Write the grounds of the appeal."))
    copied_on = a_day(_("On which day did the copy of the appeal come to us?"), _("The day on which the copy came"))
    replied_on = a_day(_("On which day did we reply?"), _("The day on which we replied"))
    because = long_text(label=_("What was wrong?"), required=_("Enter what was wrong."), rows=3)

    def __init__(self, data: Any = None, *, known: Mapping[str, Any], **options: Any) -> None:
        super().__init__(data, initial=dict(known), **options)
        for name in ("copied_on", "replied_on"):
            if known[name] is None:
                del self.fields[name]


class TakeBack(forms.Form):
    ended_on = a_day(
        _("Date of the secretariat’s notice of the withdrawal"), _("The date of the notice of the withdrawal")
    )
