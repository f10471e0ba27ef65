"""Nothing of a piece of intelligence leaves before a second person has released its text."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from compliance.intelligence.actions import intelligence, sources, ties
from compliance.intelligence.models.intelligence import Dissemination, Intelligence
from compliance.intelligence.queries.cleared import cleared_about, cleared_links
from compliance.intelligence.rules import named
from compliance.releases import actions
from compliance.releases.models import SourceMark, TextReading
from registry.errors import Refused
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.intelligence.sources_world import IDENTITY, a_source
from tests.compliance.intelligence.world import HEARD, SANITISED, answers_for, released, some_intelligence
from tests.conftest import NOW, SetClock
from tests.licensing.checks.agencies import an_agency
from tests.licensing.stories import a_licence
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def codes(act: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [reason.code for reason in refused.value.reasons]


def sentences(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return " ".join(str(reason.text) for reason in refused.value.reasons)


def fresh(piece: Intelligence) -> Intelligence:
    return Intelligence.objects.get(pk=piece.pk)


def file_of(reader: Client) -> str:
    answer = reader.post(reverse("intelligence_list_csv"))
    assert answer.status_code == 200
    return b"".join(answer).decode()


def waiting(*about: Any, **more: Any) -> Intelligence:
    return some_intelligence(*about, is_released=False, **more)


def tasks(kind: str) -> list[Task]:
    return list(Task.objects.filter(kind=kind, done_at=None))


def test_a_second_person_has_a_task_and_releases_it() -> None:
    piece, reader = waiting(), person("intelligence_analyst")
    (task,) = tasks("intelligence.release")
    assert (task.not_by, task.organisation) == (piece.recorded_by, None)
    assert task.due_on is not None

    done = released(piece, by=reader)

    assert (done.status, done.released_by, done.released_at) == ("released", reader, NOW)
    assert tasks("intelligence.release") == []
    reading = TextReading.objects.get()
    assert (reading.outcome, reading.text, reading.by) == ("released", SANITISED, reader)
    assert {answer["said"] for answer in reading.answers.values()} == {"yes", "no"}


def test_who_wrote_it_does_not_release_it_and_the_database_holds_that_too() -> None:
    piece = waiting()
    assert codes(lambda: released(piece, by=piece.recorded_by)) == ["same_person"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Intelligence.objects.filter(pk=piece.pk).update(
            status="released", released_by=piece.recorded_by, released_at=NOW
        )


@pytest.mark.parametrize("role", ["case_officer", "inspector", "auditor", "partner_agency"])
def test_only_those_who_record_intelligence_release(role: str) -> None:
    piece = waiting()
    with pytest.raises(PermissionDenied):
        released(piece, by=person(role))


def test_every_question_is_answered_in_words_and_lets_it_go() -> None:
    piece, reader = waiting(), person("source_handler")
    answers = answers_for(piece)

    def release(**changed: Any) -> Any:
        return lambda: actions.release_text(piece, answers={**answers, **changed}, by=reader, at=NOW)

    assert codes(release(names={"said": "yes", "words": "Marek."})) == ["not_safe"]
    assert codes(release(names={"said": "", "words": "x"})) == ["no_answer"]
    assert codes(release(own_words={"said": "yes", "words": " – "})) == ["no_words"]
    assert len(codes(lambda: actions.release_text(piece, answers={}, by=reader, at=NOW))) == 2 * len(answers)


def test_a_refusal_says_why_and_is_a_task_of_who_wrote_it() -> None:
    piece, reader = waiting(), person("source_handler")
    assert codes(lambda: actions.refuse_text(piece, because="No.", by=reader, at=NOW)) == ["no_reason"]

    actions.refuse_text(piece, because="The drawer is known to two people only.", by=reader, at=NOW)

    (task,) = tasks("intelligence.rewrite")
    assert task.owner == piece.recorded_by
    actions.rewrite_text(fresh(piece), sanitised_text="Passports are kept back.", by=piece.recorded_by, at=NOW)
    assert (tasks("intelligence.rewrite"), len(tasks("intelligence.release"))) == ([], 1)


def test_a_change_after_release_is_released_again() -> None:
    piece, another = some_intelligence(), person("intelligence_analyst")
    changed = actions.rewrite_text(piece, sanitised_text="Passports are kept back.", by=another, at=NOW)

    assert (changed.status, changed.released_by, changed.text_by) == ("waiting", None, another)
    assert codes(lambda: released(fresh(piece), by=another)) == ["same_person"]
    # Who recorded it knows what was heard, and is no second reader of it.
    assert codes(lambda: released(fresh(piece), by=piece.recorded_by)) == ["same_person"]
    assert released(fresh(piece)).status == "released"


def test_what_was_heard_is_no_sanitised_text() -> None:
    assert codes(lambda: waiting(sanitised_text=HEARD.upper())) == ["nearly_equal"]
    piece = some_intelligence()
    again = lambda: actions.rewrite_text(piece, sanitised_text=f"{HEARD} So we heard.", by=piece.recorded_by, at=NOW)  # noqa: E731
    assert codes(again) == ["nearly_equal"]


# --- what of a source is in it ---


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Canary bird drives a van at five.", "name_of_source"),
        ("FFION says that vans come early.", "name_of_source"),
        ("Ring oh double seven double oh nine double oh nine eight seven.", "number_of_source"),
        ("Ring +44 (0)7700-900-987 about the vans.", "number_of_source"),
        ("Write to ffion (at) canarybird dot example.", "number_of_source"),
    ],
)
def test_nothing_of_its_source_is_released_and_only_the_handler_learns_whose_it_is(text: str, code: str) -> None:
    handler = person("source_handler")
    source = a_source(by=handler)
    piece = waiting(source=source, sanitised_text=text, by=handler)
    reader = person("source_handler")

    assert code in codes(lambda: released(piece, by=reader))
    said = sentences(lambda: released(piece, by=reader))
    assert "must not appear" in said
    assert source.reference not in said and "Ffion" not in said and "900987" not in said


def test_the_handler_of_the_source_is_told_whose_it_is() -> None:
    handler = person("source_handler")
    source = a_source(by=handler)
    piece = waiting(sanitised_text="Ffion Canarybird knows of the vans.")

    assert source.reference in sentences(lambda: released(piece, by=handler))


def test_of_another_source_the_whole_name_is_looked_for_and_a_part_is_a_word() -> None:
    a_source()

    assert codes(lambda: released(waiting(sanitised_text="Canarybird, Ffion, was seen."))) == ["name_of_source"]
    assert released(waiting(sanitised_text="Ffion is a common name in the packhouse.")).status == "released"


def test_who_a_source_is_cannot_be_read_from_its_marks_and_looking_is_not_opening() -> None:
    source = a_source()
    piece = waiting(sanitised_text="Ffion Canarybird knows.")
    codes(lambda: released(piece))

    digests = " ".join(SourceMark.objects.values_list("digest", flat=True)).casefold()
    assert not any(word.casefold() in digests for word in IDENTITY["name"].split())
    assert not source.looks.exists()


def test_a_source_that_was_kept_before_is_marked_when_its_handler_opens_it() -> None:
    source = a_source()
    SourceMark.objects.all().delete()

    sources.look(source, because="To meet them again.", by=source.handler, at=NOW)

    assert SourceMark.objects.filter(source=source).count() == 4


# --- doors ---


def test_it_is_neither_passed_on_nor_handed_over_before() -> None:
    licence = a_licence()
    piece = waiting(licence.organisation)
    agency, analyst = an_agency("Revenue"), person("intelligence_analyst")
    given: dict[str, Any] = {"by": analyst, "at": NOW}

    assert codes(lambda: intelligence.pass_on(piece, agency=agency, purpose="To protect workers.", **given)) == [
        "not_released"
    ]
    for to in ("inspection", "licensing"):
        over = lambda to=to: intelligence.hand_over_intelligence(  # noqa: E731
            piece, to=to, organisation=licence.organisation, **given
        )
        assert codes(over) == ["not_released"]


def test_the_database_passes_on_no_text_but_the_released_one() -> None:
    piece, agency = some_intelligence(), an_agency("Revenue")
    about: dict[str, Any] = {
        "reference": "E-1111-1111",
        "intelligence": piece,
        "agency": agency,
        "grade": piece.grade,
        "conditions": [],
        "purpose": "To protect workers.",
        "by": piece.recorded_by,
        "at": NOW,
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Dissemination.objects.create(text=f"{SANITISED} Marek said so.", **about)


def test_no_dossier_shows_it_or_what_is_linked_by_it() -> None:
    licence, reader = a_licence(), person("case_officer")
    piece = waiting(licence.organisation)
    ties.tie(
        piece,
        first=named("organisation", "", licence.organisation, where="first"),
        second=named("vehicle", "AB12 CDE", None, where="second"),
        how="carries workers in",
        strength=2,
        by=piece.recorded_by,
        at=NOW,
    )
    assert cleared_about(licence.organisation, by=reader) == ((), 1)
    assert cleared_links(licence.organisation, by=reader) == ((), 1)

    released(piece)

    assert cleared_about(licence.organisation, by=reader) == ((fresh(piece),), 0)
    assert cleared_links(licence.organisation, by=reader)[1] == 0
    actions.rewrite_text(fresh(piece), sanitised_text="Passports are kept back.", by=piece.recorded_by, at=NOW)
    assert cleared_about(licence.organisation, by=reader) == ((), 1)


def test_the_page_of_a_dossier_has_no_word_of_it() -> None:
    licence = a_licence()
    waiting(licence.organisation)
    one = handed_over(licence=licence)

    shown = signed_in(person("case_officer")).get(f"/staff/hand-overs/{one.reference}/").content.decode()

    assert SANITISED not in shown


def test_no_file_holds_it(set_clock: SetClock) -> None:
    set_clock(NOW)
    piece = waiting()
    reader = signed_in(person("intelligence_analyst"))
    shown = file_of(reader)
    assert piece.reference in shown and "Not released" in shown and SANITISED not in shown

    released(piece)

    assert SANITISED in file_of(reader)


# --- pages ---


def test_by_the_pages_a_second_person_says_why_they_read_it_and_releases_it(set_clock: SetClock) -> None:
    set_clock(NOW)
    piece, reader = waiting(), person("source_handler")
    client, here = signed_in(reader), f"/staff/intelligence/{piece.reference}/"
    assert client.get(f"{here}text/").status_code == 302
    client.post(here, {"because": "To read it as a second person."})
    page = client.get(f"{here}text/").content.decode()
    assert "No second person has read it yet." in page and SANITISED in page
    assert HEARD not in page

    empty = client.post(f"{here}text/release/", {})
    typed = {
        f"{field}-{code}": answer[field] for code, answer in answers_for(piece).items() for field in ("said", "words")
    }
    done = client.post(f"{here}text/release/", typed)

    assert (empty.status_code, done.status_code) == (422, 302)
    assert fresh(piece).is_released
    assert "Read word by word." in client.get(f"{here}text/").content.decode()
    assert "Sanitised text released" in client.get(here).content.decode()


def test_the_trail_has_no_word_of_it() -> None:
    piece = some_intelligence()
    actions.rewrite_text(piece, sanitised_text="Passports are kept back.", by=piece.recorded_by, at=NOW)
    actions.refuse_text(fresh(piece), because="Too few know it yet.", by=person("source_handler"), at=NOW)

    events = Event.objects.filter(kind="intelligence", reference=piece.reference)
    assert [event.verb for event in events.order_by("number")] == [
        "record",
        "release_text",
        "rewrite_text",
        "refuse_text",
    ]
    assert "assport" not in " ".join(f"{event.because} {event.facts}" for event in events)
