"""Whom the lot falls on, what workers say, signs of forced labour and signatures: what is kept, and what is refused."""

import hashlib
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.interviews import actions as interviews
from compliance.interviews import rules
from compliance.interviews.models import Interview, InterviewSeed, Sample, Signature, anonymous
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.schemes import SampleSize
from registry.trail.models.events import Event
from tests.compliance.field.world import SIGNED, TOLD
from tests.compliance.stories import a_scheme, an_inspection, an_inspection_recorded
from tests.conftest import NOW
from tests.people import person

TENTH = SampleSize(percent=10, least=3)
KEY = uuid.UUID("6f8f57715090da2632453988d9a1501b")


# --- the lot ---


@pytest.mark.parametrize(
    ("workers", "drawn"), [(1, 1), (2, 2), (3, 3), (29, 3), (30, 3), (31, 4), (100, 10), (101, 11)]
)
def test_a_tenth_of_the_workers_is_drawn_and_at_least_three(workers: int, drawn: int) -> None:
    assert TENTH.of(workers) == drawn


@given(seed=st.text("0123456789abcdef", min_size=1), drawing=st.integers(1, 3), workers=st.integers(1, 300))
def test_a_drawing_can_be_done_again_by_anybody_with_a_hash(seed: str, drawing: int, workers: int) -> None:
    hashes = {
        place: hashlib.sha256(f"{seed}/{drawing}:{place}".encode()).hexdigest() for place in range(1, workers + 1)
    }

    places = rules.drawn(seed, drawing=drawing, workers=workers, size=TENTH)

    assert places == sorted(hashes, key=lambda place: hashes[place])[: TENTH.of(workers)]


def test_the_lot_is_fair() -> None:
    """Each place is drawn about as often as any other: 2,000 drawings of 3 of 30, so 200 times each."""
    counts = dict.fromkeys(range(1, 31), 0)
    for seed in range(2000):
        for place in rules.drawn(str(seed), drawing=1, workers=30, size=TENTH):
            counts[place] += 1

    assert min(counts.values()) > 150
    assert max(counts.values()) < 250


@pytest.mark.django_db
def test_drawing_keeps_the_places_and_writes_them_into_the_trail() -> None:
    visit = an_inspection()

    sample = interviews.draw(visit, workers_present=42, by=visit.inspector, at=NOW)

    seed = InterviewSeed.objects.get(inspection=visit).seed
    assert sample.drawn == rules.drawn(seed, drawing=1, workers=42, size=TENTH)
    assert len(sample.drawn) == 5
    assert Event.objects.get(verb="draw").facts["drawn"] == sample.drawn


@pytest.mark.django_db
def test_drawing_once_more_says_why_and_leaves_the_first_drawing() -> None:
    visit = an_inspection()
    first = interviews.draw(visit, workers_present=42, by=visit.inspector, at=NOW)

    with pytest.raises(Refused) as refused:
        interviews.draw(visit, workers_present=42, by=visit.inspector, at=NOW)
    second = interviews.draw(visit, workers_present=60, because="The night shift came.", by=visit.inspector, at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["no_reason"]
    assert list(visit.samples.all()) == [first, second]
    assert second.drawn != first.drawn


@pytest.mark.django_db
@pytest.mark.parametrize("workers", [0, -1, 5001])
def test_drawing_refuses_what_is_no_number_of_workers(workers: int) -> None:
    visit = an_inspection()

    with pytest.raises(Refused) as refused:
        interviews.draw(visit, workers_present=workers, by=visit.inspector, at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["workers_present"]


@pytest.mark.django_db
def test_what_was_drawn_stays_whoever_comes_by_sql() -> None:
    visit = an_inspection()
    interviews.draw(visit, workers_present=42, by=visit.inspector, at=NOW)

    for change in (
        lambda: Sample.objects.update(drawn=[1, 2, 3]),
        lambda: Sample.objects.all().delete(),
        lambda: InterviewSeed.objects.update(seed="chosen"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# --- interviews ---


def keep(visit: Inspection, *, key: uuid.UUID = KEY, **told: Any) -> Interview:
    return interviews.keep(visit, key=key, told={**TOLD, **told}, held_at=NOW, by=visit.inspector, at=NOW)  # type: ignore[typeddict-item]


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.django_db
def test_an_interview_is_kept_without_a_name() -> None:
    kept = keep(an_inspection())

    assert kept.reference == anonymous(KEY) == "W-" + kept.reference[2:]
    assert kept.answers["papers"]["said"] == "no"
    assert not [field.name for field in Interview._meta.get_fields() if "name" in field.name]


@pytest.mark.django_db
def test_the_trail_of_an_interview_holds_no_word_of_it() -> None:
    keep(an_inspection())

    event = Event.objects.get(verb="keep_interview")
    assert "payslip" not in str(event.facts)
    assert len(event.facts["digest"]) == 64


@pytest.mark.django_db
def test_the_same_key_changes_what_was_kept() -> None:
    visit = an_inspection()
    keep(visit)

    keep(visit, notes="Spoke freely later.")

    assert [one.notes for one in visit.interviews.all()] == ["Spoke freely later."]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"language": "tlh"}, "no_language"),
        ({"sampled": ""}, "not_said_how"),
        ({"sampled": "drawn", "drawn_number": 7}, "not_drawn"),
        ({"sampled": "drawn"}, "not_drawn"),
        ({"drawn_number": 7}, "not_by_lot"),
        ({"explained": ["who", "choice"]}, "not_explained"),
        ({"consents": False}, "no_consent"),
        ({"answers": {"shoe_size": {"said": "", "words": "42"}}}, "not_asked"),
        ({"answers": {"pay": {"said": "yes", "words": ""}}}, "not_asked"),
        ({"answers": {"papers": {"said": "perhaps", "words": ""}}}, "not_asked"),
        ({"indicators": ["12"]}, "not_asked"),
        ({"notes": "x" * 20_001}, "too_long"),
    ],
)
def test_an_interview_is_refused(told: dict[str, Any], code: str) -> None:
    visit = an_inspection()

    with pytest.raises(Refused) as refused:
        keep(visit, **told)

    assert codes_of(refused) == [code]
    assert not visit.interviews.exists()


@pytest.mark.django_db
def test_who_was_drawn_is_interviewed_by_the_number() -> None:
    visit = an_inspection()
    place = interviews.draw(visit, workers_present=42, by=visit.inspector, at=NOW).drawn[0]

    assert keep(visit, sampled="drawn", drawn_number=place).drawn_number == place


@pytest.mark.django_db
def test_of_whoever_did_not_want_to_talk_only_that_is_kept_even_by_sql() -> None:
    visit = an_inspection()
    kept = keep(visit, consents=False, answers={}, indicators=[], notes="", explained=["who"])

    assert not kept.consents
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.update(notes="But they did say something.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.update(answers={"pay": {"said": "", "words": "Little."}})


def test_answers_point_to_indicators() -> None:
    answers: dict[str, rules.InterviewAnswer] = {
        "papers": {"said": "no", "words": ""},
        "pay_owed": {"said": "no", "words": ""},
        "paid_for_work": {"said": "yes", "words": ""},
    }

    assert rules.pointers(a_scheme(), answers) == ["7", "9"]


@pytest.mark.django_db
def test_nothing_of_a_visit_changes_once_it_is_reported_even_by_sql() -> None:
    visit = an_inspection_recorded()
    keep(visit)
    interviews.note_indicator(visit, code="7", seen=True, evidence="Passports in a drawer.", by=visit.inspector, at=NOW)
    inspections.report(visit, by=visit.inspector, at=NOW)

    with pytest.raises(Refused) as refused:
        keep(visit, notes="More.")
    assert codes_of(refused) == ["wrong_state"]
    for change in (
        lambda: visit.interviews.update(notes="More."),
        lambda: visit.interviews.all().delete(),
        lambda: visit.seen_indicators.update(evidence="More."),
        lambda: visit.seen_indicators.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["draw", "keep", "note", "sign"])
def test_nobody_but_the_inspector_writes_anything_down(act: str) -> None:
    visit, other = an_inspection(), person("inspector")
    acts: dict[str, Any] = {
        "draw": lambda: interviews.draw(visit, workers_present=9, by=other, at=NOW),
        "keep": lambda: interviews.keep(visit, key=KEY, told=TOLD, held_at=NOW, by=other, at=NOW),
        "note": lambda: interviews.note_indicator(visit, code="7", seen=True, evidence="Seen.", by=other, at=NOW),
        "sign": lambda: interviews.sign(visit, key=KEY, signed=SIGNED, signed_at=NOW, by=other, at=NOW),  # type: ignore[arg-type]
    }

    with pytest.raises(Refused) as refused:
        acts[act]()

    assert codes_of(refused) == ["not_the_inspector"]


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["draw", "keep", "note", "sign", "read"])
def test_whoever_has_a_conflict_of_interest_neither_writes_nor_reads(act: str) -> None:
    visit = an_inspection()
    keep(visit)
    inspector, reviewer = visit.inspector, person("quality_reviewer")
    manager = person("manager")
    for officer in (inspector, reviewer):
        conflicts.declare(
            officer,
            organisation=visit.organisation,
            because="My brother works there.",
            since=NOW.date(),
            by=manager,
            at=NOW,
        )
    acts: dict[str, Any] = {
        "draw": lambda: interviews.draw(visit, workers_present=9, by=inspector, at=NOW),
        "keep": lambda: keep(visit, notes="More."),
        "note": lambda: interviews.note_indicator(visit, code="7", seen=True, evidence="Seen.", by=inspector, at=NOW),
        "sign": lambda: interviews.sign(visit, key=KEY, signed=SIGNED, signed_at=NOW, by=inspector, at=NOW),  # type: ignore[arg-type]
        "read": lambda: interviews.read(visit, because="To go through the report.", by=reviewer, at=NOW),
    }

    with pytest.raises(Refused) as refused:
        acts[act]()

    assert codes_of(refused) == ["conflicted"]


@pytest.mark.django_db
def test_what_workers_said_is_for_the_inspector_and_whoever_goes_through_the_report() -> None:
    seen = an_inspection()
    keep(seen)
    readers = {role: person(role) for role in ("case_officer", "manager", "auditor", "inspector", "quality_reviewer")}

    found = {role: Interview.objects.visible_to(who).count() for role, who in readers.items()}

    assert found == {"case_officer": 0, "manager": 0, "auditor": 0, "inspector": 0, "quality_reviewer": 1}
    assert Interview.objects.visible_to(seen.inspector).count() == 1


# --- signs of forced labour ---


@pytest.mark.django_db
def test_a_sign_of_forced_labour_is_noted_with_where_it_shows_and_can_be_taken_back() -> None:
    visit = an_inspection()
    who: dict[str, Any] = {"by": visit.inspector, "at": NOW}

    interviews.note_indicator(visit, code="7", seen=True, evidence="Passports in a drawer.", **who)
    interviews.note_indicator(visit, code="7", seen=True, evidence="Nine passports in a drawer.", **who)
    assert [(one.code, one.evidence) for one in visit.seen_indicators.all()] == [("7", "Nine passports in a drawer.")]

    interviews.note_indicator(visit, code="7", seen=False, evidence="", **who)
    assert not visit.seen_indicators.exists()
    assert Event.objects.filter(verb="note_indicator").count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "evidence", "reason"), [("12", "Seen.", "no_such_indicator"), ("7", " ", "no_evidence")]
)
def test_a_sign_is_refused(code: str, evidence: str, reason: str) -> None:
    visit = an_inspection()

    with pytest.raises(Refused) as refused:
        interviews.note_indicator(visit, code=code, seen=True, evidence=evidence, by=visit.inspector, at=NOW)

    assert codes_of(refused) == [reason]


# --- signatures ---


def sign(visit: Inspection, **signed: Any) -> Signature:
    return interviews.sign(visit, key=KEY, signed={**SIGNED, **signed}, signed_at=NOW, by=visit.inspector, at=NOW)  # type: ignore[typeddict-item]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "signed",
    [{}, {"how": "drawn", "strokes": [[[0, 0], [1000, 500]]]}, {"how": "refused", "because": "Wants a lawyer first."}],
)
def test_somebody_signs_or_says_why_not_and_that_stays(signed: dict[str, Any]) -> None:
    visit = an_inspection()

    kept = sign(visit, **signed)

    assert sign(visit, name="Somebody Else") == kept
    assert visit.signatures.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.update(name="Somebody Else")
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("signed", "code"),
    [
        ({"name": " "}, "no_name"),
        ({"role": ""}, "no_role"),
        ({"statement": ""}, "no_statement"),
        ({"how": "thought"}, "not_said_how"),
        ({"how": "drawn"}, "no_drawing"),
        ({"how": "drawn", "strokes": [[[0, 0], [1001, 0]]]}, "no_drawing"),
        ({"how": "drawn", "strokes": [[[0, 0]] * 5000]}, "no_drawing"),
        ({"how": "refused"}, "no_reason"),
        ({"because": "No."}, "both_ways"),
    ],
)
def test_a_signature_is_refused(signed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        sign(an_inspection(), **signed)

    assert codes_of(refused) == [code]
