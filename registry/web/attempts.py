"""One form and one act: done with what was sent, or shown once more with every reason; its letters first, if asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar, cast

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from registry.accounts.models import User
from registry.errors import Reason, Refused
from registry.letters.letters.previews import LetterPreview, rehearse
from registry.permissions import is_staff
from registry.tasks import queries as tasks
from registry.trail.models.events import Event
from registry.trail.queries import versions
from registry.trail.queries.chain import head
from registry.trail.queries.history import done_since, in_words

T = TypeVar("T")
Words = str | Promise
Paragraphs = Words | tuple[Words, ...]
ASKS = "preview"
GOES_BACK = "go_back"
#: Who only looks, and what is only sent again, changes nothing on any page.
LOOKS = frozenset(
    {"read", "read_interviews", "read_messages", "read_dossier", "read_file", "look", "remind", "take_bundle"}
)
FORM_PAGE = "registry/form_page.html"
WORKS_HERE = "registry.work_for_authority"


@dataclass(frozen=True, slots=True)
class Attempt(Generic[T]):
    """What became of an act: done, with what it gave back; or not, with the letters that it would bring, if asked for."""

    results: tuple[T, ...] = ()
    letters: list[LetterPreview] | None = None

    @property
    def is_done(self) -> bool:
        return bool(self.results)

    @property
    def result(self) -> T:
        """What the act gave back; an error where it is not done."""
        (result,) = self.results
        return result


@sensitive_variables()
def attempt(
    request: HttpRequest,
    form: Form,
    act: Callable[..., T],
    *about: object,
    typed: Callable[[], Mapping[str, Any]] | None = None,
    previews: bool = False,
    made_of: Iterable[object] | None = None,
    unchanged_by: frozenset[str] = frozenset(),
    done: Words = "",
    said: Words | None = None,
    **besides: Any,
) -> Attempt[T]:
    """Do the act if all that was sent is right: `act(*about, by=who asks, at=now, **besides, **typed)`.

    `typed` is what the form gives the act: its `given` where it has one, else all its fields. What refuses the act stands
    on the form, beside its field where it has one, and everything typed is kept. Where the page `previews` and the person
    asked to read the letters first, nothing is done but to foresee them; what would be refused is refused then, too.

    The form carries the version of what the page shows: of what the act is about, or of `made_of`. What has changed since is not
    overwritten: it is said above the form, and only who has read it can send again. `unchanged_by` are verbs that change nothing here.
    `done` confirms the act on the page that follows. To people of the authority `said` does where it is left out, or what the history
    says of the act.
    """
    by = request.user if request.user.is_authenticated else None
    subjects = tuple(subjects_of(about) if made_of is None else subjects_of(made_of)) if by else ()
    page = _page_of(form, subjects, unchanged_by=unchanged_by, by=by)
    if not is_sent(request, form):
        return Attempt()
    before = head()[0] if by and by.has_perm(WORKS_HERE) else None

    @sensitive_variables()
    def taken() -> T:
        given = typed() if typed else getattr(form, "given", form.cleaned_data)
        with versions.seen(page, *subjects):
            return act(*about, by=by, at=timezone.now(), **besides, **given)

    became: Attempt[T] = Attempt()
    with reasons_on(form):
        became = Attempt(letters=rehearse(taken)) if previews and asks_first(request) else Attempt((taken(),))
    if became.is_done:
        confirm(request, done, before, said=_said_of(before, act, by) if said is None else said)
    return became


def subjects_of(about: Iterable[object]) -> Iterator[versions.Subject]:
    """What an act is about, as the trail calls it: of what is not saved yet nothing can have changed."""
    for one in about:
        if isinstance(one, Model) and one.pk is not None:
            yield versions.subject_of(one)


def _page_of(
    form: Form, subjects: tuple[versions.Subject, ...], *, unchanged_by: frozenset[str], by: User | None
) -> versions.SeenPage | None:
    """What the page that was sent had shown, if a page was; the form carries its version, or the one that it has now."""
    if by is None or not subjects:
        return None
    sent = versions.version_in(form.data) if form.is_bound else None
    vars(form)["page_version"] = versions.version_of(*subjects) if sent is None else sent
    return None if sent is None else versions.SeenPage(sent, LOOKS | unchanged_by, partial(_that_count, by=by))


def _that_count(events: Iterable[Event], *, by: User) -> tuple[Event, ...]:
    """For people of the authority all events; for all others those of their own side, as they may not know of the rest."""
    found = tuple(events)
    if not found or (is_staff(by) and by.agency_id is None):
        return found
    people = User.objects.filter(reference__in={event.by for event in found})
    own = {one.reference for one in people if (one.agency_id == by.agency_id if by.agency_id else not is_staff(one))}
    return tuple(event for event in found if event.by in own)


def _said_of(before: int | None, act: Callable[..., object], by: User | None) -> str:
    verb = getattr(act, "__name__", "")
    return "" if before is None or by is None or verb in LOOKS else done_since(before, by=by.reference, verb=verb)


def confirm(request: HttpRequest, done: Words, before: int | None, *, said: Words) -> None:
    """Say what was done; and what this person does next, if they have ended a task since the event of that number."""
    is_worker, user = before is not None, cast(User, request.user)
    task = None if before is None else tasks.next_task_after(before, user, timezone.now())
    done = done or (said if is_worker else "")
    if task is not None:
        link = '{} <a class="govuk-notification-banner__link" href="{}">{}: {} ({})</a>'
        said = f"{str(done).rstrip('.')}." if done else _("Done.")
        words = (said, task.address, _("Next task"), task.todo, task.organisation or task.reference)
        messages.success(request, format_html(link, *words))
    elif done:
        messages.success(request, str(done))


def form_page(request: HttpRequest, template: str, page: Mapping[str, Any]) -> HttpResponse:
    """The page of the form that it holds under "form": 422 where the form says what is wrong."""
    return render(request, template, page, status=status_of(page["form"]))


def show_form(
    request: HttpRequest,
    form: Form,
    *,
    title: Words,
    press: Words,
    back: str,
    back_text: Words = "",
    about: Paragraphs = (),
    blockers: Iterable[Reason] = (),
    is_held: bool = True,
    template: str = FORM_PAGE,
    **more: Any,
) -> HttpResponse:
    """The page of one form: its title, what is said about it, the form, and a button with what is against it.

    `is_held`: what was typed waits in the session while its writer signs in again. `template` extends the frame where the page
    shows `more`; the frame itself can show a `caption` above the title, or a `heading` and the reference of a `subject`.
    """
    paragraphs = about if isinstance(about, tuple) else (about,) if about else ()
    page = {"form": form, "title": title, "press": press, "back": back, "back_text": back_text, "is_held": is_held}
    return form_page(request, template, {**page, "about": paragraphs, "blockers": list(blockers), **more})


def status_of(*filled: Form) -> int:
    """409 where what the form is about has changed meanwhile, 422 where something else is wrong."""
    if any(getattr(form, "changes", ()) for form in filled):
        return 409
    return 422 if any(form.errors for form in filled) else 200


def is_sent(request: HttpRequest, form: Form) -> bool:
    """Whether all that was sent is right. What was held is looked at again by its writer, and never done by itself.

    Who goes back from a check page to change something has sent nothing.
    """
    return request.method == "POST" and GOES_BACK not in request.POST and form.is_valid()


def is_checking(request: HttpRequest, form: Form, tried: "Attempt[Any]") -> bool:
    """Whether the page to be shown is the check page: nothing is wrong, and nothing has been done yet.

    So it is for what waited until its writer had shown who they are.
    """
    return tried.letters is not None or (getattr(request, "is_held", False) and form.is_valid())


def asks_first(request: HttpRequest) -> bool:
    """Whether the person wants to read the letters first, and nothing to be done yet."""
    return ASKS in request.POST


@contextmanager
def reasons_on(form: Form) -> Iterator[None]:
    """Show every reason of a refusal on the form, beside its field where it has one; everything typed is kept.

    The form has the `reasons` themselves, too, and the `changes` that the person has not seen.
    """
    try:
        yield
    except Refused as refused:
        vars(form)["reasons"] = refused.reasons
        if isinstance(refused, versions.ChangedMeanwhile):
            vars(form)["page_version"] = refused.events[0].number
            vars(form)["changes"] = in_words(refused.events, about="", links=False)
        for reason in refused.reasons:
            form.add_error(reason.where if reason.where in form.fields else None, str(reason.text))
