"""The page of one task, and what is done with several tasks on the page of their list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry import web
from registry.errors import Refused
from registry.tasks import actions, forms, queries
from registry.tasks.lists import ASSIGNS, TASKS, WORKS_HERE
from registry.tasks.steps import TASK


@web.page(WORKS_HERE)
def task(request: web.SignedIn, number: int) -> HttpResponse:
    """Whose it is, since when it waits and by which day, and what this person may do with it."""
    at = timezone.now()
    found = queries.task_seen_by(request.user, number, timezone.localdate(at))
    if found is None:
        raise Http404
    (row,) = queries.task_rows([found], by=request.user, at=at)
    buttons = [] if request.user.agency_id else TASK.buttons(found, by=request.user, on=timezone.localdate(at))
    return render(request, "registry/tasks/task.html", {"task": found, "row": row, "buttons": buttons})


@web.button(ASSIGNS)
def assign_tasks(request: web.SignedIn) -> HttpResponse:
    """Give the chosen tasks to a person; each that cannot be given is named, with the reasons."""
    people = queries.people_who_do_tasks()
    seen = queries.tasks_seen_by(request.user, timezone.localdate())
    form = forms.AssignTasks(request.POST, tasks=seen, people=people, loads=queries.loads(people))
    if not form.is_valid():
        return TASKS.page(request, is_wrong=True, form=form)
    _say(request, **form.cleaned_data)
    return redirect(f"{reverse('tasks')}?{web.query_to_keep(request.GET)}")


def _say(request: web.SignedIn, *, tasks: Any, owner: Any) -> None:
    given = 0
    for one in tasks:
        try:
            actions.assign(one, owner=owner, by=request.user, at=timezone.now())
            given += 1
        except Refused as refused:
            why = " ".join(str(reason) for reason in refused.reasons)
            words = _("%(case)s, %(todo)s: not assigned. %(why)s")
            messages.warning(request, words % {"case": one.reference, "todo": one.todo, "why": why})
    if given:
        words = ngettext("%(n)s task was given to %(who)s.", "%(n)s tasks were given to %(who)s.", given)
        messages.success(request, words % {"n": given, "who": owner})
