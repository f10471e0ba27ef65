"""The shape of what is typed about tasks: who is to do them, by which day, and why."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry import web
from registry.accounts.models import User
from registry.tasks.models import Task, TaskQuerySet

#: As many as one page of the list shows, and some more.
MOST = 100
CHOOSE = _("Choose who is to do it.")


def _because(**how: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, **how)


class PersonField(forms.ModelChoiceField[User]):
    """A person, each with how many open tasks they have."""

    loads: Mapping[int, int] = {}

    def label_from_instance(self, person: Any) -> str:
        return gettext("%(person)s (%(n)s open)") % {"person": person, "n": self.loads.get(person.pk, 0)}


class AssignTask(forms.Form):
    """`people` are those who may do it, `loads` says how many open tasks each has."""

    owner = PersonField(
        label=_("Who is to do it"),
        queryset=User.objects.none(),
        to_field_name="reference",
        empty_label=_("Choose a person"),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    because = _because(label=_("Reason"), required=False)

    def __init__(self, data: Any = None, *, people: "QuerySet[User]", loads: Mapping[int, int], **options: Any) -> None:
        super().__init__(data, **options)
        field = cast(PersonField, self.fields["owner"])
        field.queryset, field.loads = people, loads


class AssignTasks(AssignTask):
    """Several tasks at once, chosen in the list. `tasks` are those that this person sees."""

    tasks: Any = forms.ModelMultipleChoiceField(
        label=_("Tasks"),
        queryset=Task.objects.none(),
        widget=forms.MultipleHiddenInput,
        error_messages={
            "required": _("Choose at least one task."),
            "invalid_choice": _("A chosen task is done already, or you may not see it."),
            "invalid_pk_value": _("A chosen task is done already, or you may not see it."),
        },
    )

    def __init__(self, data: Any = None, *, tasks: TaskQuerySet | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["owner"].label = _("Give the chosen tasks to")
        del self.fields["because"]
        if tasks is not None:
            cast(Any, self.fields["tasks"]).queryset = tasks

    def clean_tasks(self) -> TaskQuerySet:
        chosen: TaskQuerySet = self.cleaned_data["tasks"]
        if len(chosen) > MOST:
            raise forms.ValidationError(_("Choose at most %(most)s tasks at once.") % {"most": MOST})
        return chosen


class PostponeTask(forms.Form):
    due_on = web.DatePartsField(label=_("New day"), name=_("The new day"))
    because = _because(label=_("Why it can wait"), error_messages={"required": _("Enter why the task can wait.")})
