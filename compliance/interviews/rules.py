"""Whom the lot falls on among the workers who are there, and what must be so before something of a visit is kept."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from compliance.inspections.rules import record_blockers
from compliance.interviews.models import Interview, SampleReason, SignedHow
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.schemes import Interviews, SampleSize, Scheme

#: Where a pack says nothing: a tenth, and never fewer than three ([INSPEXP][LUINSP] in docs/bibliography.md).
USUAL_SAMPLE = SampleSize(percent=10, least=3)
MOST_WORKERS = 5000
#: A worker's language that the look-up does not speak.
OTHER_LANGUAGE = "other"
LONGEST = 20_000
LONGEST_NAME = 200
#: Of what is drawn on a screen: so many points at most, each between 0 and 1000 to the right and down.
MOST_POINTS = 4000
SIDE = 1000


class InterviewAnswer(TypedDict):
    """What a worker said to one question."""

    said: str
    words: str


class InterviewRecord(TypedDict):
    """One interview as it is handed in."""

    language: str
    interpreted: bool
    sampled: str
    drawn_number: int | None
    explained: list[str]
    consents: bool
    answers: dict[str, InterviewAnswer]
    indicators: list[str]
    notes: str


def says_danger(scheme: Scheme, answers: Mapping[str, InterviewAnswer], indicators: Sequence[str]) -> bool:
    """Whether those on duty are alarmed by what a worker said, as the pack says."""
    asked = scheme.interviews.questions if scheme.interviews else ()
    said = {code: answer["said"] for code, answer in answers.items()}
    return any(one.danger and said.get(one.code) == one.danger for one in asked) or any(
        is_dangerous(scheme, code) for code in indicators
    )


def is_dangerous(scheme: Scheme, code: str) -> bool:
    """Whether this sign of forced labour alarms those on duty."""
    known = scheme.intelligence.indicators if scheme.intelligence else ()
    return any(one.danger for one in known if one.code == code)


# --- the lot ---


def rank(seed: str, drawing: int, place: int) -> str:
    """Where a place in the list of workers stands in a drawing: the lowest come first. Devices work out the same."""
    return hashlib.sha256(f"{seed}/{drawing}:{place}".encode()).hexdigest()


def drawn(seed: str, *, drawing: int, workers: int, size: SampleSize) -> list[int]:
    """The places in a list of so many workers on which the lot falls, in the order in which it does."""
    places = sorted(range(1, workers + 1), key=lambda place: rank(seed, drawing, place))
    return places[: size.of(workers)]


def size_of(scheme: Scheme) -> SampleSize:
    return scheme.interviews.sample if scheme.interviews else USUAL_SAMPLE


def draw_blockers(
    inspection: Inspection, *, number: int, already: int, workers: int | None, because: str | None, by: User | None
) -> Iterator[Reason]:
    yield from record_blockers(inspection, by=by)
    if number != already + 1:
        yield Reason("drawn_already", _("Workers have already been selected at random. Select again, and say why."))
    if workers is not None and not 1 <= workers <= MOST_WORKERS:
        yield Reason(
            "workers_present", _("Enter how many workers are there: a number from 1 to 5,000."), "workers_present"
        )
    if because is not None and bool(because.strip()) != (already > 0):
        text = _("Say why you select again.") if already else _("Say why only when you select again.")
        yield Reason("no_reason", text, "because")


# --- interviews ---


def interview_blockers(
    inspection: Inspection, scheme: Scheme, told: InterviewRecord, *, drawn_places: Sequence[int], by: User | None
) -> Iterator[Reason]:
    """Drawn places are all on which the lot of this visit fell."""
    yield from record_blockers(inspection, by=by)
    yield from _chosen_blockers(told, drawn_places)
    yield from _consent_blockers(told, scheme.interviews)
    yield from _known_blockers(told, scheme)


def _chosen_blockers(told: InterviewRecord, drawn_places: Sequence[int]) -> Iterator[Reason]:
    if told["language"] not in {*dict(settings.LANGUAGES), OTHER_LANGUAGE}:
        yield Reason("no_language", _("Choose the language of the interview."), "language")
    if told["sampled"] not in SampleReason.values:
        yield Reason("not_said_how", _("Choose how it came that you spoke to this worker."), "sampled")
    is_drawn, place = told["sampled"] == SampleReason.DRAWN, told["drawn_number"]
    if is_drawn and place not in drawn_places:
        yield Reason("not_drawn", _("Enter a number that was selected at random."), "drawn_number")
    if not is_drawn and place is not None:
        yield Reason("not_by_lot", _("Leave the number empty: this worker was not selected at random."), "drawn_number")


def _consent_blockers(told: InterviewRecord, interviews: Interviews | None) -> Iterator[Reason]:
    wanted = {one.code for one in interviews.explained} if interviews else set()
    has_spoken = any(one["said"] or one["words"].strip() for one in told["answers"].values())
    if told["consents"] and wanted - set(told["explained"]):
        yield Reason(
            "not_explained", _("First tell the worker all of this, then ask whether they want to talk."), "explained"
        )
    if not told["consents"] and (has_spoken or told["indicators"] or told["notes"].strip()):
        yield Reason("no_consent", _("This worker did not want to talk. You cannot record what they said."), "consents")


def _known_blockers(told: InterviewRecord, scheme: Scheme) -> Iterator[Reason]:
    interviews, intelligence = scheme.interviews, scheme.intelligence
    explained = {one.code for one in interviews.explained} if interviews else set()
    questions = {one.code: one.kind for one in interviews.questions} if interviews else {}
    indicators = {one.code for one in intelligence.indicators} if intelligence else set()
    answers = told["answers"].items()
    is_unknown = (
        set(told["explained"]) - explained
        or set(told["indicators"]) - indicators
        or any(code not in questions or not _fits(questions[code], answer) for code, answer in answers)
    )
    if is_unknown:
        yield Reason("not_asked", _("This version of the scheme does not ask that."))
    texts = [told["notes"], *(answer["words"] for _code, answer in answers)]
    if any(len(text) > LONGEST for text in texts):
        yield Reason("too_long", _("Write at most 20,000 characters."))


def _fits(kind: str, answer: InterviewAnswer) -> bool:
    return answer["said"] in (("", "yes", "no") if kind == "yes_no" else ("",))


def pointers(scheme: Scheme, answers: Mapping[str, InterviewAnswer]) -> list[str]:
    """The indicators of forced labour that these answers may be signs of: the inspector judges whether they are."""
    questions = scheme.interviews.questions if scheme.interviews else ()
    found = {
        one.points_to.indicator
        for one in questions
        if one.points_to and answers.get(one.code, {"said": ""})["said"] == one.points_to.answer
    }
    return sorted(found, key=int)


def read_blockers(inspection: Inspection, *, because: str) -> Iterator[Reason]:
    yield from reason_blockers(because)
    if not Interview.objects.filter(inspection=inspection).exists():
        yield Reason("no_interviews", _("No one was interviewed."))


#: A reason is more than a word.

# --- signs of forced labour, signatures ---


class IndicatorNote(TypedDict):
    """Of one sign of forced labour, whether it is seen and where it shows."""

    code: str
    seen: bool
    evidence: str


def indicator_blockers(
    inspection: Inspection, scheme: Scheme, *, code: str, seen: bool, evidence: str, by: User | None
) -> Iterator[Reason]:
    yield from record_blockers(inspection, by=by)
    known = {one.code for one in scheme.intelligence.indicators} if scheme.intelligence else set()
    if code not in known:
        yield Reason("no_such_indicator", _("This version of the scheme has no such sign of forced labour."))
    if seen and not evidence.strip():
        text = format_lazy(_("Write where sign {code} shows."), code=code)
        yield Reason("no_evidence", text, f"evidence-{code}")
    if len(evidence) > LONGEST:
        yield Reason("too_long", _("Write at most 20,000 characters."), f"evidence-{code}")


class SignatureInput(TypedDict):
    """A signature as it is handed in."""

    name: str
    role: str
    statement: str
    how: str
    strokes: list[list[list[int]]]
    because: str


def signature_blockers(inspection: Inspection, signed: SignatureInput, *, by: User | None) -> Iterator[Reason]:
    yield from record_blockers(inspection, by=by)
    yield from _signer_blockers(signed)
    yield from _how_blockers(signed)


def _signer_blockers(signed: SignatureInput) -> Iterator[Reason]:
    if not 0 < len(signed["name"].strip()) <= LONGEST_NAME:
        yield Reason("no_name", _("Enter who signs, in 200 characters or fewer."), "name")
    if not 0 < len(signed["role"].strip()) <= LONGEST_NAME:
        yield Reason("no_role", _("Enter what they are to the business, in 200 characters or fewer."), "role")
    if not 0 < len(signed["statement"].strip()) <= LONGEST:
        yield Reason("no_statement", _("Enter the text that is signed."), "statement")


def _how_blockers(signed: SignatureInput) -> Iterator[Reason]:
    how = signed["how"]
    if how not in SignedHow.values:
        yield Reason("not_said_how", _("Choose how they signed, or that they did not want to."), "how")
    if how == SignedHow.DRAWN and not is_drawing(signed["strokes"]):
        yield Reason("no_drawing", _("Sign in the box, or type the name instead."), "how")
    if how == SignedHow.REFUSED and not signed["because"].strip():
        yield Reason("no_reason", _("Write why they did not want to sign."), "because")
    if (how != SignedHow.DRAWN and signed["strokes"]) or (how != SignedHow.REFUSED and signed["because"].strip()):
        yield Reason("both_ways", _("They signed, or did not want to: choose one."), "how")


def is_drawing(strokes: Sequence[Sequence[Sequence[int]]]) -> bool:
    """Lines of points, some and not too many, all within the box."""
    points = [point for line in strokes for point in line]
    return 2 <= len(points) <= MOST_POINTS and all(
        len(point) == 2 and all(type(one) is int and 0 <= one <= SIDE for one in point) for point in points
    )
