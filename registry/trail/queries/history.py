"""The history of a thing in words: who did what to it, by the kind of thing and the verb of the event.

Other apps add the words of their own. What has none here is told by the name that it has on the trail."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.trail.filters import EventFilter
from registry.trail.models.events import Event, EventQuerySet

Words = Mapping[str, Mapping[str, str | Promise]]


#: What a kind of thing is called beside its reference.
KINDS: Mapping[str, str | Promise] = {
    "accessrequest": _("Request for access"),
    "application": _("Application"),
    "breakglasssignin": _("Sign-in with an emergency account"),
    "appeal": _("Appeal"),
    "check": _("Check"),
    "condition": _("Condition"),
    "decision": _("Decision"),
    "decisionreview": _("Comments and advice"),
    "document": _("Document"),
    "informationrequest": _("Request"),
    "inspection": _("Inspection"),
    "letter": _("Letter"),
    "lettercorrection": _("Correction"),
    "licence": _("Licence"),
    "listing": _("Register entry"),
    "organisation": _("Organisation"),
    "outboxitem": _("Message"),
    "packedition": _("Rules of a scheme"),
    "replyoverride": _("Override"),
    "rows": _("Records"),
    "task": _("Task"),
    "assignmentrule": _("Assignment rule"),
    "transfer": _("Transfer"),
}


WORDS: Words = {
    "accessrequest": {"ask_access": _("Access asked for, which a second administrator must approve")},
    "assignmentrule": {"make_rule": _("Assignment rule added"), "end_rule": _("Assignment rule ended")},
    "breakglasssignin": {"sign_in_past_directory": _("Signed in with an emergency account")},
    "edition": {
        "announce_edition": _("Date of the statistics announced"),
        "freeze_tables": _("Tables of the statistics made and frozen"),
        "correct_tables": _("Correction of the statistics made"),
        "note_not_made": _("The tables of the statistics were not made"),
    },
    "complaint": {"receive_complaint": _("Complaint received")},
    "materialorder": {"order_materials": _("Materials ordered")},
    "task": {
        "assign_task": _("Task assigned"),
        "postpone": _("Task postponed"),
        "acknowledge_task": _("Task acknowledged"),
        "alert": _("People alerted"),
        "escalate_alert": _("Alert passed on to the next"),
        "reach_day": _("Tasks opened or ended by their day"),
        "finish_day": _("Tasks of the day opened and ended"),
    },
    "packedition": {
        "propose_correction": _("Correction of the rules proposed"),
        "accept_correction": _("Correction of the rules accepted"),
    },
    "organisation": {
        "open_file": _("File opened"),
        "take_over": _("Taken over from another authority"),
        "update": _("File brought up to date"),
        "name": _("Person named"),
        "name_premises": _("Premises named"),
        "name_places_of_supply": _("Places of supply named"),
        "invite": _("Person invited to act for it"),
        "accept_invitation": _("Invitation accepted"),
        "decline_invitation": _("Invitation declined"),
        "withdraw_invitation": _("Invitation withdrawn"),
        "consent": _("Consent given"),
        "withdraw_consent": _("Consent withdrawn"),
        "make_calendar": _("Calendar address made"),
        "end_calendar": _("Calendar switched off"),
    },
    "licence": {
        "issue": _("Licence issued"),
        "take_over": _("Licence taken over from another authority"),
        "renew": _("Licence renewed"),
        "modify": _("Licence altered"),
        "suspend": _("Suspended"),
        "lift": _("Suspension lifted"),
        "revoke": _("Revoked"),
        "stay": _("Goes on while an appeal is heard"),
        "stay_suspension": _("Suspension put off while an appeal is heard"),
        "reinstate": _("Revocation set aside"),
        "surrender": _("Surrendered"),
        "take_back_surrender": _("Surrender taken back by the holder"),
        "end": _("Ended"),
        "start_of_supply": _("Holder told that supply has begun"),
        "report_misuse": _("Misuse of the licence reported"),
    },
    "condition": {
        "impose": _("Condition added"),
        "take_over": _("Condition taken over from another authority"),
        "vary": _("Condition varied"),
        "extend": _("More time given"),
        "discharge": _("Condition discharged"),
        "fail": _("Condition found failed"),
        "send_evidence": _("Evidence sent by the holder"),
    },
    "rows": {
        "seal": _("Digests of records added to the trail"),
        "cover": _("Digests of existing records added to the trail"),
    },
    "rule": {
        "begin": _("A rule that came with an upgrade begins to hold"),
        "go_on": _("Records of the version before taken in"),
        "end": _("Nothing of the version before is taken in any more"),
    },
    "listing": {
        "show_applicant": _("Shown on the register as applied"),
        "show_refusal": _("Refusal shown on the register"),
        "hide": _("Taken off the register"),
        "keep_reason": _("Published reason added"),
        "correct_reason": _("Published reason corrected"),
        "withdraw_reason": _("Published reason withdrawn"),
    },
    "letter": {
        "correct": _("Letter corrected"),
        "write_anew": _("Letter regenerated"),
        "send_again": _("Letter sent again"),
        "post": _("Letter posted"),
    },
    "takeoverquestion": {"ask_question": _("Question asked after a register was taken over")},
    "outboxitem": {"send_again": _("Message sent again")},
    "document": {
        "receive": _("Document received"),
        "release": _("Document let through"),
        "reject": _("Document refused"),
        "remove": _("Document removed"),
    },
    "dutyshift": {
        "add_shift": _("Shift added to the duty rota"),
        "remove_shift": _("Shift removed from the duty rota"),
    },
    "user": {
        "set_sign_in": _("Ways of signing in changed"),
        "choose_alerts": _("Own alerts chosen"),
        "join_by_directory": _("Account made by the directory"),
        "link_to_directory": _("Account linked to the directory"),
        "link_to_citizens": _("Account linked to a provider of identities"),
        "rename_by_directory": _("Name taken from the directory"),
        "read_directory_file": _("File of the directory read"),
        "refuse_directory_file": _("File of the directory refused"),
        "sign_out_by_directory": _("Signed out by the directory"),
    },
    "partneragreement": {"give_tables": _("Early reading of statistics proposed")},
    "holiday": {"add": _("Holiday added"), "remove": _("Holiday removed")},
}


_added: dict[str, dict[str, str | Promise]] = {}


def add(words: Words) -> None:
    """Take in the words of an app, or of a table of steps: called when the app is ready."""
    for kind, said in words.items():
        _added.setdefault(kind, {}).update(said)


def words_of(kind: str, verb: str, words: Words = WORDS) -> str | Promise | None:
    """What was done, in words; None where there are none for it."""
    return words.get(kind, {}).get(verb) or _added.get(kind, {}).get(verb)


def title(kind: str, verb: str, words: Words = WORDS) -> str:
    """What was done, in words; the verb itself where nobody has said how to put it."""
    return str(words_of(kind, verb, words) or verb.replace("_", " ").capitalize())


#: By kind of thing, the name of the address of its page, which takes its reference.
_pages: dict[str, str] = {}
#: By kind of thing, a function that says of these references what each is about.
Details = Callable[[Iterable[str]], Mapping[str, str]]
_details: dict[str, Details] = {}


def add_pages(pages: Mapping[str, str]) -> None:
    """Take in where things have their pages: called when the app is ready."""
    _pages.update(pages)


def add_details(kind: str, details: Details) -> None:
    """Take in how the history says what was asked for by a thing of this kind: called when the app is ready."""
    _details[kind] = details


def page_of(event: Event) -> str:
    """The address of the page of what an event is about; empty where it has none."""
    name = _pages.get(event.kind)
    try:
        return reverse(name, args=[event.reference]) if name else ""
    except NoReverseMatch:
        return ""


EVENTS_IN_A_FILE = 100


def history_of(*things: tuple[str, str]) -> EventQuerySet:
    """What was done to these things (kind, reference), newest first."""
    return Event.objects.of(things)


def done_since(number: int, *, by: str, verb: str) -> str:
    """What this person has done since the event of that number, in words, and to what: that of the verb before all others.

    Empty where there are no words for it."""
    done = Event.objects.filter(number__gt=number, by=by).order_by("number")[:EVENTS_IN_A_FILE]
    said = [(event, words) for event in done if (words := words_of(event.kind, event.verb))]
    first = sorted(said, key=lambda one: one[0].verb != verb)[:1]
    return next((f"{words}: {event.reference}" for event, words in first), "")


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """An event in words, for a timeline."""

    title: str
    at: datetime
    by: str
    text: str
    href: str = ""


#: Days of the facts of an event, of which the first that is there is said.
DAYS = ("due_on", "reply_by", "until", "day")


def _facts_in_words(event: Event, details: Mapping[str, str]) -> str:
    """What a check was about, what was asked for, and by which day."""
    about = [str(event.facts.get("subject", ""))] if event.kind == "check" else []
    if event.verb == "ask":
        about.append(details.get(event.reference, ""))
    day = next((event.facts[name] for name in DAYS if event.facts.get(name)), "")
    if day:
        about.append(gettext("By %(day)s") % {"day": date_format(date.fromisoformat(str(day)[:10]), "j F Y")})
    return "\n".join(filter(None, about))


def events_of(kind: str, reference: str) -> list[TimelineEvent]:
    """What was done to one thing, for its page."""
    return in_words(history_of((kind, reference)), about=reference)


@cache
def _done_by_visitors() -> frozenset[str]:
    """Kind and verb of what people without an account do, as the apps name it in `visitors_do` of their configurations."""
    return frozenset(act for config in apps.get_app_configs() for act in getattr(config, "visitors_do", ()))


def who_did(event: Event) -> str:
    """The person who did it. Where there is none, the service itself or a visitor: never "the public" for both."""
    if event.by_name:
        return event.by_name
    is_of_visitor = f"{event.kind}.{event.verb}" in _done_by_visitors()
    return gettext("A visitor") if is_of_visitor else gettext("The service, automatically")


def in_words(events: Iterable[Event], *, about: str, words: Words = WORDS, links: bool = True) -> list[TimelineEvent]:
    """What was done; and to what, unless to the very thing that the page is about, with links to the pages of staff."""
    events = list(events)
    details = {
        kind: say([event.reference for event in events if (event.kind, event.verb) == (kind, "ask")])
        for kind, say in _details.items()
        if any((event.kind, event.verb) == (kind, "ask") for event in events)
    }
    return [
        TimelineEvent(
            title=title(event.kind, event.verb, words)
            + ("" if event.reference == about else f": {KINDS.get(event.kind, event.kind)} {event.reference}"),
            at=event.at,
            by=event.by_name,
            text=event.because or _facts_in_words(event, details.get(event.kind, {})),
            href=page_of(event) if links and event.reference != about else "",
        )
        for event in events
    ]


def events(params: Mapping[str, str]) -> EventFilter:
    """The trail, newest first."""
    return EventFilter(params, queryset=Event.objects.all())
