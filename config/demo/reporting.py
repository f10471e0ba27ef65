"""Sample reports: what workers and neighbours tell, in every state, by the same actions that the pages use."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone
from PIL import Image

from compliance import passphrases
from compliance.reports.actions import reports, triage
from compliance.reports.models.reports import Report, TriageDecision
from compliance.reports.models.triage import ReportEnding
from compliance.reports.rules import handling
from config.demo import afternoons
from config.demo.casting import DAY, Story
from config.demo.people import person
from config.demo.words import INVENTED_PLACES
from registry import schemes
from registry import uploads as files
from registry.accounts.models import User
from registry.register.models import Entry


@dataclass(frozen=True, slots=True)
class Concern:
    """What somebody writes: the language of the page, the words, and what it is about."""

    language: str
    text: str
    kinds: tuple[str, ...]
    danger: str = "no"
    happened: str = ""
    question: str = "Which weeks was it, and how many of you?"
    answer: str = "Five weeks, and eleven of us."
    english: str = ""


CONCERNS = (
    Concern("en-gb", "They take £60 a week for the caravan. It was £25 when we came.", ("pay",), happened="Since May"),
    Concern("en-gb", "The supervisor keeps our passports. He says it is the law.", ("papers",), "not_sure"),
    Concern(
        "en-gb",
        "I paid a man at home 900 for this job. Now they say I owe 400 more and cannot leave before it is paid.",
        ("fees", "force"),
        "yes",
        question="Are you somewhere where you can speak? When may we ring?",
        answer="Not at the house. Sunday in the afternoon I am in town.",
    ),
    Concern("en-gb", "A minibus with 14 seats brings 20 people every morning. The door does not shut.", ("unsafe",)),
    Concern(
        "en-gb",
        "I run a farm. A man rang and offered pickers at £9 an hour. He gave a licence number that is not his.",
        ("licence",),
        question="Which number did he ring from?",
        answer="It was withheld. The van was white, with a Lincoln dealer's sticker.",
    ),
    Concern("en-gb", "No payslip for six weeks. When I ask they say next Friday.", ("pay",), happened="From September"),
    Concern("en-gb", "We sleep nine in two rooms. There is mould and no smoke alarm.", ("unsafe",)),
    Concern(
        "en-gb",
        "My neighbour has a house full of workers. They never go out except to work, and a man counts them in.",
        ("force",),
        "not_sure",
        question="At what time do they leave and come back?",
        answer="About five in the morning, and after seven in the evening.",
    ),
    Concern(
        "cy",
        "Nid ydym wedi cael tâl gwyliau ers dwy flynedd.",
        ("pay",),
        english="We have had no holiday pay for two years.",
    ),
    Concern(
        "en-gb",
        "Nie dostaliśmy pieniędzy za nadgodziny. Szef mówi, że nie ma.",
        ("pay",),
        happened="Od czerwca",
        english="We did not get money for overtime. The boss says there is none.",
    ),
    Concern(
        "en-gb",
        "Ne-au luat actele și ne-au spus să nu vorbim cu nimeni.",
        ("papers", "force"),
        "yes",
        english="They took our papers and told us to talk to nobody.",
    ),
    Concern(
        "en-gb",
        "Нам сказали платити за інструмент і за дорогу. На руки майже нічого.",
        ("pay", "fees"),
        english="We were told to pay for the tools and for the journey. There is almost nothing left in the hand.",
    ),
)

OBJECTION = Concern(
    "en-gb",
    "The man who runs this firm ran another one until last winter. It closed and left forty of us without our last three weeks.",
    ("objection",),
    question="What was the other firm called?",
)
SCHEME = "gla-food"
# How many reports end where.
ENDS = {"received": 10, "begun": 4, "asked": 6, "answered": 5, "done": 9, "written_after": 2}
CONTACTS = ("mailbox", "mailbox", "mailbox", "direct", "none")
PLACES = (
    "",
    "The packhouse by the station",
    "Caravans behind the glasshouses",
    "Fields on the Spalding road",
    "PE12 7PH",
)
ENDINGS = (ReportEnding.ACTED, ReportEnding.NOT_ACTED, ReportEnding.NOT_ENOUGH)


def named(at: datetime) -> list[tuple[str, str]]:
    """Name and number of those on the register that may be spoken ill of: they are called after places that do not exist."""
    shown = Entry.objects.shown_at(at).order_by("number").values_list("name", "number")
    return [(name, number) for name, number in shown[:5000] if name.startswith(INVENTED_PLACES)]


# How many `stories` tells, without those who object.
TOLD = sum(ENDS.values())


def one_more(random: Random, shown: Sequence[tuple[str, str]], *, at: datetime) -> Story:
    """One of very many: within the last year, most of them without a mailbox, as each has a slow key of its own."""
    analyst = person("analyst")
    end = random.choices(["received", "begun", "done"], [2, 2, 6])[0]
    lasts, longest = (40, 360) if end == "done" else (3, 30)
    began = at - random.randint(lasts, longest) * DAY - random.randint(0, 600) * timedelta(minutes=1)
    contact = "mailbox" if random.random() < 0.05 else "none"
    return _report(analyst, random.choice(CONCERNS), _about(random, shown), began, end, random, contact)


def stories(random: Random, *, at: datetime) -> Iterator[Story]:
    """One story for each report, begun within the last hundred days."""
    analyst = person("analyst")
    shown = named(at)
    ends = [end for end, how_many in ENDS.items() for _one in range(how_many)]
    for number, end in enumerate(ends):
        concern = CONCERNS[number % len(CONCERNS)]
        lasts = 3 if end in {"received", "begun"} else 40
        began = (
            at - random.randint(lasts, 100 if lasts > 3 else 12) * DAY - random.randint(0, 600) * timedelta(minutes=1)
        )
        contact = "mailbox" if end in {"asked", "answered", "written_after"} else random.choice(CONTACTS)
        photos = [files.photo(_picture(random))] if random.random() < 0.2 else []
        yield _report(analyst, concern, _about(random, shown), began, end, random, contact, photos)
    for end, entry in zip(("received", "begun"), _open_to_objections(at), strict=False):
        yield _report(analyst, OBJECTION, (entry.name, entry.number), at - 2 * DAY, end, random, "mailbox")


def _open_to_objections(at: datetime) -> list[Entry]:
    """Applicants, called after places that do not exist, to whom the public may object today and could two days ago."""
    applicants = Entry.objects.shown_at(at).filter(
        number__startswith="APP-", shown_from__lt=at - 2 * DAY, applied_on__gt=(at - 60 * DAY).date()
    )
    on = timezone.localdate(at)
    return [
        one
        for one in applicants.order_by("-applied_on", "number")[:200]
        if one.name.startswith(INVENTED_PLACES) and one.objections_on(on)
    ]


def _about(random: Random, shown: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Somebody on the register; somebody whose name is half known; or nobody by name."""
    draw = random.random()
    if draw < 0.5 and shown:
        return random.choice(shown)
    return (
        (random.choice(["Agri Staff or Agro Staff", "A man called Kris", "Fresh Hands?"]), "")
        if draw < 0.8
        else ("", "")
    )


def _report(
    analyst: User,
    concern: Concern,
    about: tuple[str, str],
    at: datetime,
    end: str,
    random: Random,
    contact: str,
    photos: Sequence[files.Photo] = (),
) -> Story:
    place = random.choice(PLACES)
    yield at
    report = reports.receive(
        once=f"sample {random.random()}",
        passphrase=passphrases.new_passphrase(),
        text=concern.text,
        kinds=concern.kinds,
        danger=concern.danger,
        about_name=about[0],
        about_number=about[1],
        about_place=place,
        happened=concern.happened,
        language=concern.language,
        contact=contact,
        details={"called": "A worker", "telephone": "07700 900123", "safe_times": "After nine in the evening"},
        photos=photos,
        by=None,
        at=at,
    )
    yield from afternoons.responded(report, analyst, at)
    if end == "received":
        return
    yield (at := at + DAY)
    report = reports.begin(report, by=analyst, at=at)
    _sorted(report, concern, analyst, at)
    if end in {"asked", "answered"}:
        yield (at := at + DAY)
        reports.ask(report, text=concern.question, **_translated(report, concern.question), by=analyst, at=at)
        if end == "answered":
            yield (at := at + 2 * DAY)
            reports.reply(report, once="answer", text=concern.answer, by=None, at=at)
    if end != "begun":
        triage.decide(report, **_decided(concern, report), by=analyst, at=at)
    if end in {"done", "written_after"}:
        yield from _closed(report, end, analyst, random, at)


def _closed(report: Report, end: str, analyst: User, random: Random, at: datetime) -> Story:
    yield (at := at + random.randint(10, 30) * DAY)
    report.refresh_from_db()
    passed_on = report.decision == TriageDecision.AGENCY
    reports.close(report, ending=ReportEnding.PASSED_ON if passed_on else random.choice(ENDINGS), by=analyst, at=at)
    if end == "written_after":
        yield (at := at + 4 * DAY)
        reports.reply(report, once="after", text="It has begun again, with another van.", by=None, at=at)


def _translated(report: Report, text: str) -> dict[str, str]:
    """What stands in for a translation: the sample data has none of its own."""
    if not handling.needs_translation(report):
        return {}
    return {"translation": f"({report.language}) {text}", "translator": "Interpreter 114"}


STANDARDS = {"pay": "2.2", "papers": "3.1", "force": "3.1", "fees": "7.1", "unsafe": "6.1"}
METHODS = {"pay": "M4", "papers": "M3", "force": "M3", "fees": "M2"}
INDICATORS = {"pay": "8", "papers": "7", "force": "6", "fees": "9", "unsafe": "10"}


def _sorted(report: Report, concern: Concern, analyst: User, at: datetime) -> None:
    """What it speaks of; and what it says in English, if it was said in another language."""
    known = {one.code for one in schemes.in_force(SCHEME, timezone.localdate(at)).standards}
    triage.tag(
        report,
        scheme=SCHEME,
        standards={STANDARDS[one] for one in concern.kinds if STANDARDS.get(one) in known},
        indicators={INDICATORS[one] for one in concern.kinds if one in INDICATORS},
        methods={METHODS[one] for one in concern.kinds if one in METHODS},
        by=analyst,
        at=at,
    )
    if concern.english:
        language = "Welsh" if concern.language == "cy" else "As the translator heard it"
        triage.translate(
            report, language=language, text=concern.english, translator="Interpreter 114", by=analyst, at=at
        )


def _decided(concern: Concern, report: Report) -> dict[str, Any]:
    """What is done with it, by what it is about; only a business that is known can be visited."""
    if concern.danger == "yes":
        called = "The police of the county, at once. They went within the hour. No one was at the house."
        return {"decision": "danger", "because": "A worker is held by a debt and is afraid.", "called": called}
    if concern.danger == "not_sure" and report.organisation is not None:
        return {
            "decision": "inspection",
            "because": "To be seen on the spot, without saying who told us.",
            "cleared": "The hours and the housing of the workers are to be looked at. Come unannounced.",
        }
    is_of_money = bool({"pay", "fees"} & set(concern.kinds))
    because = "One of several of the same kind." if is_of_money else "Nothing in it that can be followed."
    return {"decision": "intelligence" if is_of_money else "no_action", "because": because}


def _picture(random: Random) -> bytes:
    """Something that was photographed in bad light."""
    written = io.BytesIO()
    Image.effect_noise((480, 360), random.randint(20, 60)).save(written, "JPEG")
    return written.getvalue()
