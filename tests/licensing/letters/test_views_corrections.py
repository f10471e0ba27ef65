"""A slip in a letter is corrected under its number; what was sent before stays to be read, marked as replaced."""

from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pytest_django import Settings

from licensing.letters import actions, rules
from licensing.letters.models import LetterCorrection
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.letters import sending
from registry.letters.models import FormerLetter, Letter
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.papers import words
from registry.refusals import actions as refusals
from registry.tasks.models import Task
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.conftest import NOW
from tests.licensing.appeals.world import ended
from tests.licensing.stories import a_refusal_proposed, a_request, decided, later, notified
from tests.people import person, signed_in
from tests.registry.papers.test_pdf import tool
from tests.stories import holder_of

pytestmark = pytest.mark.django_db
SLIP = {"wrong": "with the farms", "right": "with the farm", "because": "There is one farm."}


@pytest.fixture
def letter() -> Letter:
    a_request()
    return Letter.objects.latest("pk")


def codes(letter: Letter, by: User, **slip: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        actions.correct(letter, by=by, at=NOW, **{**SLIP, **slip})
    return [reason.code for reason in refused.value.reasons]


def test_a_corrected_letter_keeps_its_number_and_goes_out_again(
    letter: Letter, tmp_path: Path, settings: Settings
) -> None:
    settings.VAR_DIR = tmp_path
    officer = signed_in(person("case_officer"))
    sending.send(letter, at=NOW)
    path = f"/staff/letters/{letter.number}/"
    assert "Correct a slip" in officer.get(path).content.decode()

    assert officer.post(f"{path}correct/", SLIP).headers["Location"] == path
    assert not FormerLetter.objects.exists(), "one person changes nothing"
    assert "Not “with the farms” but “with the farm”" in officer.get(path).content.decode()

    second, sign = signed_in(person("case_officer")), f"/staff/letters/corrections/{letter.number}.1/countersign/"
    assert officer.post(sign).status_code == 422
    read_first = second.post(sign, {"preview": "1"}).context["letters"]
    assert "agreement with the farm." in read_first[0].words
    assert second.post(sign).headers["Location"] == path

    letter.refresh_from_db()
    assert (letter.edition, letter.outbox.sent_at, letter.reached) == (2, None, [])
    assert letter.message_id != f"<{letter.number.lower()}@localhost>"
    assert "agreement with the farm." in words.text(letter)
    assert "This letter corrects and replaces the letter of 2 November 2026 with the same number." in words.text(letter)
    assert SLIP["because"] in words.text(letter)
    assert letter.facts["due_on"] == letter.former.get().facts["due_on"]
    event = Event.objects.get(verb="correct")
    assert event.facts == {"letter": letter.number, "edition": 2}
    assert [*trail.faults()] == []

    holder = signed_in(holder_of(letter.organisation))  # type: ignore[arg-type]
    for reader, own in ((officer, path), (holder, f"/licences/letters/{letter.number}/")):
        former = reader.get(own, {"edition": "1"}).content.decode()
        assert "agreement with the farms" in former
        assert "Replaced on 2 November 2026 by a corrected letter" in former
        assert "This letter was replaced on" in former
        assert "agreement with the farm." in reader.get(own).content.decode()
        assert reader.get(own, {"edition": "3"}).status_code == 404
    for edition, said in (("1", "agreement with the farms"), ("2", "agreement with the farm.")):
        file = tmp_path / "letter.pdf"
        file.write_bytes(holder.get(f"/licences/letters/{letter.number}/pdf/", {"edition": edition}).content)
        told = " ".join(tool("pdftotext", "-layout", file, "-").stdout.split())
        assert said in told
        assert ("Replaced on 2 November 2026" in told) is (edition == "1")


def test_only_what_a_person_typed_is_corrected(letter: Letter) -> None:
    officer = person("case_officer")

    assert codes(letter, officer, wrong="16 November 2026") == ["words_not_there"]
    assert codes(letter, officer, right="with the farms") == ["nothing_changes"]
    assert codes(letter, officer, because=" ") == ["no_reason"]
    assert "nothing_typed" in codes(Letter.objects.order_by("pk")[0], officer)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("with the farms", "with the two farms"),
        ("with the farms", "by the farms"),
        ("agreement", "disagreement"),
        ("the farms.", "the farms, or not."),
    ],
)
def test_only_spelling_is_corrected(letter: Letter, wrong: str, right: str) -> None:
    assert codes(letter, person("case_officer"), wrong=wrong, right=right) == ["not_spelling"]


@pytest.mark.parametrize(
    ("wrong", "right", "is_slip"),
    [
        ("Recieved", "Received", True),
        ("Northfeld Farm", "Northfield Farm", True),
        ("ada", "Ada", True),
        ("now", "not", False),
        ("paid", "unpaid", False),
        ("licensed", "unlicensed", False),
        ("farms", "farm", True),
        ("£1,200", "£1,300", False),
        ("12 May", "13 May", False),
    ],
)
def test_what_is_a_slip_of_spelling(wrong: str, right: str, is_slip: bool) -> None:
    assert rules.is_spelling(wrong, right) is is_slip


def test_reasons_grounds_and_evidence_of_a_decision_are_not_corrected() -> None:
    notice = notified(a_refusal_proposed())
    told = Letter.objects.latest("pk")
    decided(notice, at=later(30))
    decision = Letter.objects.latest("pk")

    for letter in (told, decision):
        for by in (person("case_officer"), person("decision_maker")):
            assert "tells_a_decision" in codes(letter, by, wrong="housed", right="Housed")


def test_no_letter_that_names_a_day_that_has_passed_goes_out_again(letter: Letter) -> None:
    officer, late = person("case_officer"), later(60)
    with pytest.raises(Refused) as refused:
        actions.correct(letter, by=officer, at=late, **SLIP)
    assert [reason.code for reason in refused.value.reasons] == ["day_has_passed"]

    correction = actions.correct(letter, by=officer, at=NOW, **SLIP)
    with pytest.raises(Refused) as refused:
        actions.countersign(correction, by=person("case_officer"), at=late)
    assert [reason.code for reason in refused.value.reasons] == ["day_has_passed"]


def test_no_decision_is_written_anew_after_its_appeal_has_ended() -> None:
    appeal = ended(allowed=False)
    letter = Letter.objects.filter(template="licensing/letters/revoked.html").latest("pk")
    moved(letter)

    assert "appeal_ended" in refusal_of(letter, person("decision_maker"), "receiver.address")
    assert appeal.decision.reference == letter.facts["decision"]


def test_one_correction_waits_at_a_time_and_may_be_refused(letter: Letter) -> None:
    officer, second = person("case_officer"), person("case_officer")
    correction = actions.correct(letter, by=officer, at=NOW, **SLIP)
    assert codes(letter, officer) == ["proposed_already"]
    task = Task.objects.open().get(kind="lettercorrection.countersign")
    assert (task.not_by, task.reference) == (officer, correction.reference)

    actions.refuse_correction(correction, because="There are two farms.", by=second, at=NOW)

    letter.refresh_from_db()
    assert letter.edition == 1 and not Task.objects.open().filter(kind="lettercorrection.countersign").exists()


def test_who_proposed_it_has_a_task_until_they_say_that_they_read_why_it_was_refused(letter: Letter) -> None:
    officer, second = person("case_officer"), person("case_officer")
    correction = actions.correct(letter, by=officer, at=NOW, **SLIP)
    with pytest.raises(Refused) as refused:
        refusals.read_reason(correction, by=officer, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["wrong_state"]
    actions.refuse_correction(correction, because="There are two farms.", by=second, at=NOW)
    to_read = Task.objects.open().filter(kind="lettercorrection.read_why")
    page = signed_in(officer).get(reverse("read_why_letter_correction", args=[correction.reference]))

    assert to_read.get().owner == officer
    assert "There are two farms." in page.content.decode()
    with pytest.raises(Refused) as refused:
        refusals.read_reason(correction, by=second, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["not_proposer"]
    with pytest.raises(DatabaseError), transaction.atomic():
        LetterCorrection.objects.filter(pk=correction.pk).update(refusal_read_at=NOW, refused_because="Another.")
    refusals.read_reason(correction, by=officer, at=NOW)

    assert not to_read.exists()
    with pytest.raises(Refused) as refused:
        refusals.read_reason(correction, by=officer, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["reason_read"]
    with pytest.raises(DatabaseError), transaction.atomic():
        LetterCorrection.objects.filter(pk=correction.pk).update(refusal_read_at=None)


def test_whoever_has_a_conflict_of_interest_neither_reads_nor_corrects_it(letter: Letter) -> None:
    officer = person("case_officer")
    assert letter.organisation
    conflicts.declare(
        officer, organisation=letter.organisation, because="My sister's.", since=NOW.date(), by=officer, at=NOW
    )

    assert signed_in(officer).get(f"/staff/letters/{letter.number}/").status_code == 404
    assert codes(letter, officer) == ["conflicted"]


def test_what_was_sent_never_changes(letter: Letter) -> None:
    correction = actions.correct(letter, by=person("case_officer"), at=NOW, **SLIP)
    actions.countersign(correction, by=person("case_officer"), at=NOW)

    with pytest.raises(DatabaseError), transaction.atomic():
        FormerLetter.objects.update(because="Nothing.")


# --- facts of the file


def moved(letter: Letter) -> Organisation:
    """The file is put right after the letter went out."""
    assert letter.organisation is not None
    new = {**letter.organisation.address, "line_1": "9 Quay Street"}
    return organisations.update(letter.organisation, changes={"address": new}, by=person("case_officer"), at=NOW)


def test_a_letter_is_written_anew_from_the_file_and_the_old_one_stays(letter: Letter) -> None:
    officer = signed_in(person("case_officer"))
    path = f"/staff/letters/{letter.number}/"
    assert "Regenerate this letter" not in officer.get(path).content.decode()
    moved(letter)
    assert "Regenerate this letter" in officer.get(path).content.decode()
    assert "9 Quay Street" in officer.get(f"{path}anew/").content.decode()

    given = {"facts": ["receiver.address"], "because": "We had an old address."}
    assert officer.post(f"{path}anew/", given).headers["Location"] == path
    assert not FormerLetter.objects.exists()
    second, sign = signed_in(person("case_officer")), f"/staff/letters/corrections/{letter.number}.1/countersign/"
    assert "9 Quay Street" in second.post(sign, {"preview": "1"}).context["letters"][0].words
    assert second.post(sign).headers["Location"] == path

    letter.refresh_from_db()
    former = letter.former.get()
    assert letter.edition == 2 and "9 Quay Street" in letter.sheet and "9 Quay Street" not in former.sheet
    assert letter.facts["due_on"] == former.facts["due_on"]
    assert "We had an old address." in words.text(letter)
    assert Event.objects.get(verb="correct").facts == {"letter": letter.number, "edition": 2}


def refusal_of(letter: Letter, by: User, *facts: str, because: str = "It moved.") -> list[str]:
    with pytest.raises(Refused) as refused:
        actions.write_anew(letter, facts=facts, because=because, by=by, at=NOW)
    return [reason.code for reason in refused.value.reasons]


def test_it_is_written_anew_only_for_what_differs_is_ticked_and_explained(letter: Letter) -> None:
    officer = person("case_officer")
    assert refusal_of(letter, officer, "receiver.address") == ["nothing_differs", "nothing_chosen"]
    moved(letter)

    assert refusal_of(letter, officer) == ["nothing_chosen"]
    assert refusal_of(letter, officer, "due_on") == ["nothing_chosen"]
    assert refusal_of(letter, officer, "receiver.address", because=" ") == ["no_reason"]


def test_what_tells_a_decision_is_countersigned_by_who_decides() -> None:
    decided(notified(a_refusal_proposed()), at=later(30))
    letter = Letter.objects.latest("pk")
    moved(letter)
    correction = actions.write_anew(
        letter, facts=["receiver.address"], because="It moved.", by=person("case_officer"), at=later(31)
    )

    with pytest.raises(Refused) as refused:
        actions.countersign(correction, by=person("case_officer"), at=later(31))
    assert [reason.code for reason in refused.value.reasons] == ["decision_maker_corrects"]
    actions.countersign(correction, by=person("decision_maker"), at=later(31))

    letter.refresh_from_db()
    assert letter.facts["appeal_by"] == letter.former.get().facts["appeal_by"]


def test_whoever_has_a_conflict_writes_nothing_anew(letter: Letter) -> None:
    officer, organisation = person("case_officer"), moved(letter)
    because = "It is my sister's firm."
    conflicts.declare(officer, organisation=organisation, because=because, since=NOW.date(), by=officer, at=NOW)

    assert refusal_of(letter, officer, "receiver.address") == ["conflicted"]
