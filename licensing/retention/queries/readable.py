"""The copy of one's data as people read it: the same facts as the file for programs, in sections with words for names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.registered import TAKEN_OVER
from licensing.applications.models import Application
from registry import schemes
from registry.accounts.models import User
from registry.memberships.models import MembershipKind
from registry.organisations.models import RoleKind
from registry.roles import ROLES
from registry.schemes import FormPage, Scheme, said
from registry.templatetags.registry_parts import moment
from registry.trail.models.events import Event
from registry.trail.queries.history import in_words

#: The parts of the copy, in its order (`personal.export_of`).
SECTIONS: dict[str, str | Promise] = {
    "account": _("Your account"),
    "acts_for": _("The organisations that you act for"),
    "named": _("Records that name a person with your email address"),
    "answers_saved": _("Answers that you saved"),
    "documents_uploaded": _("Documents that you uploaded"),
    "messages_written": _("Messages that you wrote"),
    "notes_written": _("Notes that you wrote"),
    "appeals_told": _("Appeals that you told us of"),
    "transfers_asked_or_answered": _("Transfers that you asked for or answered"),
    "letters_received": _("Letters that were sent to you"),
    "what_you_did": _("What you did, on the record"),
    "left_out": _("What this copy leaves out"),
}
LABELS: dict[str, str | Promise] = {
    "reference": _("Reference"),
    "email": _("Email address"),
    "name": _("Name"),
    "language": _("Language"),
    "joined_at": _("Account made"),
    "roles": _("Roles"),
    "organisation": _("Organisation"),
    "as": _("As"),
    "role": _("Role"),
    "title": _("Job title"),
    "since": _("Since"),
    "until": _("Until"),
    "about": _("About"),
    "uploaded_at": _("Uploaded"),
    "application__reference": _("Application"),
    "text": _("Text"),
    "at": _("When"),
    "decision__reference": _("Decision"),
    "sent_on": _("Sent on"),
    "told_at": _("Told us"),
    "licence__number": _("Licence"),
    "to_name": _("To"),
    "because": _("Reasons"),
    "from_day": _("From"),
    "asked_at": _("Asked"),
    "answered_at": _("Answered"),
    "number": _("Number"),
    "subject": _("Subject"),
    TAKEN_OVER: _("Taken over from the companies register"),
}
#: What the file for programs has as codes, by the name of the fact.
CODES: dict[str, Mapping[str, str | Promise]] = {
    "as": dict(MembershipKind.choices),
    "role": dict(RoleKind.choices),
    "roles": {name: role.title for name, role in ROLES.items()},
    "language": dict(settings.LANGUAGES),
}


@dataclass(frozen=True, slots=True)
class DataEntry:
    """One thing that is held: rows of a label and a value, or a sentence alone."""

    rows: tuple[tuple[str, str], ...] = ()
    text: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class DataSection:
    title: str
    entries: tuple[DataEntry, ...]


def sections_of(user: User, export: Mapping[str, Any]) -> list[DataSection]:
    """The copy in words; a part that holds nothing says so by having no entries."""
    return [DataSection(str(title), tuple(_entries(key, export[key], user))) for key, title in SECTIONS.items()]


def _entries(key: str, part: Any, user: User) -> Iterator[DataEntry]:
    if key == "answers_saved":
        yield from _answers(part)
    elif key == "what_you_did":
        done = in_words(Event.objects.filter(by=user.reference).order_by("number"), about="", links=False)
        yield from (DataEntry(text=f"{moment(one.at)}: {one.title}") for one in done)
    elif key == "left_out":
        yield from (DataEntry(text=str(sentence)) for sentence in part)
    else:
        yield from (_entry(one) for one in ([part] if isinstance(part, Mapping) else part))


def _entry(facts: Mapping[str, Any]) -> DataEntry:
    """The facts of a letter are in the letter itself, under its number."""
    shown = ((str(LABELS[key]), _value(_named(key, value))) for key, value in facts.items() if key != "facts")
    return DataEntry(tuple((label, value) for label, value in shown if value))


def _named(key: str, value: Any) -> Any:
    codes = CODES.get(key, {})
    return [str(codes.get(one, one)) for one in value] if isinstance(value, list) else codes.get(value, value)


def _answers(saved: list[dict[str, Any]]) -> Iterator[DataEntry]:
    wanted = {one["application"] for one in saved}
    scheme_of = {one.reference: _scheme(one) for one in Application.objects.filter(reference__in=wanted)}
    for one in saved:
        scheme = scheme_of[one["application"]]
        page = next((page for page in scheme.form.pages if page.slug == one["page"]), None)
        title = said(page.title, get_language()) if page else one["page"]
        rows = tuple(_answered(scheme, page, one["answers"]))
        yield DataEntry(rows, title=f"{one['application']}, {title}, {_value(one['at'])}")


def _scheme(application: Application) -> Scheme:
    return schemes.get(application.scheme, application.version or schemes.versions(application.scheme)[-1])


def _answered(scheme: Scheme, page: FormPage | None, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Under the questions as they were asked; what a later version of the pack has dropped, under its code."""
    filled = ApplicationForm.of(scheme, ())
    questions = {question.key: question for question in page.questions} if page else {}
    for key, value in answers.items():
        if key in questions:
            yield said(questions[key].label, get_language()), filled.in_words(questions[key], value)
        else:
            yield str(LABELS.get(key, key.replace("_", " "))), _value(value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    if isinstance(value, Mapping):
        return ", ".join(_value(one) for one in value.values() if one)
    return _day(str(value)) if value not in (None, "") else ""


def _day(text: str) -> str:
    """A date or a time as people read it; anything else as it is."""
    try:
        return moment(datetime.fromisoformat(text)) if "T" in text else date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        return text
