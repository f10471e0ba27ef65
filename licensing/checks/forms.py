"""The shape of what is typed about checks: by officers, and by the people of other authorities."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.checks.queries.checks import CheckWithReply
from licensing.checks.rules.handling import Restriction
from licensing.checks.states import ANSWERS, RECORDED, CheckResult
from registry.agencies.models import Agency
from registry.form_fields import a_day, a_row, long_text, offer, offer_from, radios, short_text, yes_or_no
from registry.reasons import TOO_SHORT
from registry.web import DatePartsField, FilesField, UploadForm


def _answer(label: Any, among: Iterable[CheckResult], *, not_chosen: Any) -> forms.ChoiceField:
    return radios(label, [(one.value, one.label) for one in among], required=not_chosen)


class Reply(UploadForm):
    """What an authority answered, as an officer writes it down."""

    result = _answer(_("What was the answer?"), RECORDED, not_chosen=_("Choose the authority's answer."))
    replied_on = DatePartsField(
        label=_("Day of the reply"),
        name=_("The day of the reply"),
        help_text=_("If there was none, the day on which we stopped waiting. For example, 27 3 2026"),
    )
    evidence = long_text(
        _("What it says, and where it is kept"),
        _("Needed when the answer is adverse. Write what can be relied on in a decision."),
    )
    answered_by = forms.CharField(label=_("Who answered, at the authority"), max_length=200, required=False)
    keep_from_subject = forms.BooleanField(label=_("It may not be shown to its subject"), required=False)
    keep_from_others = forms.BooleanField(label=_("It may not be passed on"), required=False)
    restriction = long_text(
        _("What the authority says about its use"),
        _("Word for word. What the scheme forbids already stays forbidden."),
        rows=2,
    )
    documents = FilesField(required=False, label=_("Files that came with it"))

    @property
    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = self.cleaned_data
        plain = {field: typed[field] for field in ("result", "replied_on", "evidence", "answered_by")}
        tighter = Restriction(not typed["keep_from_subject"], not typed["keep_from_others"], typed["restriction"])
        return {**plain, "tighter": tighter, "uploads": typed["documents"]}


def _yes_or_no(label: Any, help_text: Any, *, not_chosen: Any) -> forms.TypedChoiceField:
    return yes_or_no(label, required=not_chosen, help_text=help_text)


class Answer(UploadForm):
    """What an authority answers itself, and what may be done with it."""

    result = _answer(_("What is your answer?"), ANSWERS, not_chosen=_("Choose your answer."))
    evidence = long_text(
        _("What do you know?"),
        _("Needed when there is something against the subject. Say what, since when, and by which reference."),
    )
    may_be_shown_to_subject = _yes_or_no(
        _("May it be shown to the subject?"),
        _("In letters and notices, and to people who ask what is held about them."),
        not_chosen=_("Say whether it may be shown to the subject."),
    )
    may_be_passed_on = _yes_or_no(
        _("May it be passed on?"),
        _("To inspectors, to other authorities, or to the public."),
        not_chosen=_("Say whether it may be passed on."),
    )
    restriction = long_text(
        _("Conditions for its use"), _("They are shown beside your answer wherever it is read."), rows=2
    )
    documents = FilesField(required=False, label=_("Files that belong to it"))

    @property
    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = dict(self.cleaned_data)
        return {
            **{field: value for field, value in typed.items() if field != "documents"},
            "uploads": typed["documents"],
        }


class RecordNil(forms.Form):
    """Which open checks of a case have nothing known, for one reason on one day."""

    checks = forms.MultipleChoiceField(
        label=_("For which checks is nothing known?"),
        help_text=_(
            "Checks that wait for an authority are not ticked. Tick them if it told you so outside this service."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the checks."), "invalid_choice": _("Choose open checks of this case.")},
    )
    because = long_text(
        _("How do you know?"),
        _("For example: the search of the insolvency register of today."),
        required=TOO_SHORT,
        rows=3,
    )
    replied_on = a_day(_("Day of the reply"), _("The day of the reply"))

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, rows: Iterable[CheckWithReply], **options: Any
    ) -> None:
        super().__init__(data, **options)
        rows = list(rows)
        offer(
            self,
            "checks",
            [(row.check.reference, f"{row.title}: {row.check.subject} ({row.authority})") for row in rows],
        )
        self.initial.setdefault("checks", [row.check.reference for row in rows if row.check.is_with_officer])


class Put(forms.Form):
    """To which authority a check is put."""

    agency = a_row(
        _("Authority"),
        Agency.objects.none(),
        required=_("Choose an authority."),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, agencies: "QuerySet[Agency]", **options: Any) -> None:
        super().__init__(data, **options)
        offer_from(self, "agency", agencies)


class Sanitise(forms.Form):
    """What may be said of a reply to anybody."""

    text = long_text(
        _("What may be said of it?"),
        _("Only what the authority agrees to, or what everybody can find out. No figures and no words of the reply."),
        required=_("Enter the part of the reply that may be shared."),
    )


class Release(forms.Form):
    """That an authority agrees that its reply is used."""

    to_subject = forms.BooleanField(label=_("It may be shown to its subject"), required=False)
    to_others = forms.BooleanField(label=_("It may be passed on"), required=False)
    given_by = short_text(_("Who agreed, at the authority?"), 200, required=_("Say who agreed, at the authority."))
    given_on = DatePartsField(label=_("On which day?"), name=_("The day"), help_text=_("For example, 27 3 2026"))
    words = long_text(
        _("In which words, and where are they kept?"),
        _("Word for word, with the reference of the letter or file."),
        required=_("Write in which words it agreed, and where they are kept."),
        rows=3,
    )


class Replies(forms.Form):
    """A file of replies of another authority."""

    replies = forms.FileField(
        label=_("File of replies"),
        help_text=_("JSON, as the check exchange has it, smaller than 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": _("Choose the file of replies."), "empty": _("The file is empty.")},
    )
