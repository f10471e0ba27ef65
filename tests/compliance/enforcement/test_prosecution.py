"""The file for the prosecutor: everything sorted, nothing said of what may not be, put together by one and read by another."""

import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from compliance.enforcement import letters
from compliance.enforcement.actions import cases as enforcement
from compliance.enforcement.actions import prosecution
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.prosecution import CaseMaterial, ProsecutorFile
from compliance.enforcement.queries import prosecution as queries
from compliance.exhibits import actions as evidence
from registry import signing
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.papers import pdf as printed
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests import database
from tests.compliance.enforcement.world import (
    TODAY,
    WHY,
    a_case_made_out,
    a_case_proposed,
    a_case_referred,
    a_case_to_be_filed,
    a_file_for_the_prosecutor,
    a_file_that_was_read,
    a_notice,
    handed_over,
)
from tests.compliance.stories import an_exhibit, an_inspection_recorded
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
CANARY = "Canarysource"
REFERRED: dict[str, Any] = {"status": "referred", "approved_at": NOW, "approved_because": WHY}
WHEN: dict[str, Any] = {
    "committed_from": date(2026, 10, 3),
    "committed_until": date(2026, 10, 9),
    "place": "The packhouse at Mill Drove",
}


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as no, transaction.atomic():
        act()
    return [reason.code for reason in no.value.reasons]


def stays(change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


@pytest.fixture
def decider() -> User:
    return person("decision_maker", name="Non Decider")


def sort(case: Any, piece: queries.MaterialPiece, **more: Any) -> Callable[[], CaseMaterial]:
    given = {"use": "unused", "description": "The sheets of hours of August.", **more}
    return lambda: prosecution.sort_material(case, kind=piece.kind, code=piece.code, by=case.officer, at=NOW, **given)


# --- sorting ---


def test_everything_that_the_case_knows_is_listed_to_be_sorted() -> None:
    case = a_case_to_be_filed()
    assert case.inspection is not None and case.report is not None

    pieces = {(one.kind, one.code) for one in queries.pieces_of(case)}

    assert {("exhibit", f"{case.inspection.reference}/{n}") for n in (1, 2)} <= pieces
    assert ("report", f"{case.inspection.reference}, 1") in pieces
    assert ("told", case.report.reference) in pieces


def test_letters_to_a_labour_user_are_material_too() -> None:
    case = a_case_made_out()
    notice = a_notice(case)

    assert [(one.kind, one.code) for one in queries.pieces_of(case)] == [("letter", notice.letter.number)]


def test_what_could_tell_who_told_is_always_sensitive_and_never_described() -> None:
    case = a_case_to_be_filed()
    (told,) = [one for one in queries.pieces_of(case) if one.kind == "told"]

    assert refused(sort(case, told, use="unused")) == ["always_sensitive"]
    assert refused(sort(case, told, use="sensitive")) == ["no_why"]
    kept = sort(case, told, use="sensitive", why_sensitive="safety", description=CANARY)()
    assert (kept.description, kept.why_sensitive) == ("", "safety")
    stays(
        lambda: CaseMaterial.objects.filter(pk=kept.pk).update(
            use="unused", why_sensitive="", description="Words of it."
        )
    )
    stays(lambda: CaseMaterial.objects.filter(pk=kept.pk).update(description=CANARY))


def test_what_is_not_sensitive_is_described_and_no_other_piece_is_taken() -> None:
    case = a_case_to_be_filed()
    exhibit = queries.pieces_of(case)[1]

    assert refused(sort(case, exhibit, description="x")) == ["not_described"]
    foreign = queries.MaterialPiece("exhibit", "I-0000-0000/9", "", None)
    assert refused(sort(case, foreign)) == ["unknown_piece"]


def test_something_that_the_service_does_not_know_is_added_and_numbered() -> None:
    case = a_case_to_be_filed()
    given: dict[str, Any] = {"use": "unused", "by": case.officer, "at": NOW}
    first = prosecution.add_material(case, description="Notebook 4 of the officer.", kept_at="Store 2", **given)
    second = prosecution.add_material(case, description="Recording of the hotline.", **given)

    assert [(one.code, one.kept_at) for one in (first, second)] == [("1", "Store 2"), ("2", "")]
    assert "Notebook 4 of the officer." in json.dumps(queries.content_of(case))
    piece = queries.piece_of(case, "other", "1")
    assert piece is not None
    anew = sort(case, piece, use="sensitive", why_sensitive="others")()
    assert (anew.description, anew.kept_at) == ("", "")


# --- when and where ---


def test_no_file_is_put_together_before_it_is_said_when_and_where_the_offence_was() -> None:
    case = a_case_to_be_filed()
    case.offences.update(committed_from=None, place="")
    assert refused(lambda: prosecution.put_together(case, by=case.officer, at=NOW)) == ["not_dated"]

    prosecution.say_when(case, offence="s13", **WHEN, by=case.officer, at=NOW)

    kept = prosecution.put_together(case, by=case.officer, at=NOW).content["offences"][0]
    assert (kept["committed_from"], kept["committed_until"]) == ("2026-10-03", "2026-10-09")
    assert kept["place"] == "The packhouse at Mill Drove"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"offence": "s12_1"}, "unknown_offence"),
        ({"committed_from": None}, "wrong_day"),
        ({"committed_from": TODAY + timedelta(days=1), "committed_until": None}, "wrong_day"),
        ({"committed_until": date(2026, 10, 2)}, "ends_first"),
        ({"committed_until": TODAY + timedelta(days=1)}, "ends_first"),
        ({"place": "  "}, "no_place"),
    ],
)
def test_what_is_wrong_with_a_day_or_place_is_said(given: dict[str, Any], code: str) -> None:
    case = a_case_to_be_filed()
    said = {"offence": "s13", **WHEN, **given}

    assert refused(lambda: prosecution.say_when(case, **said, by=case.officer, at=NOW)) == [code]


def test_it_is_said_on_a_page_and_what_was_typed_is_kept() -> None:
    case = a_case_to_be_filed()
    desk, address = signed_in(case.officer), f"/staff/unlicensed/{case.reference}/when/"
    typed = {"offence": "s13", "committed_from_day": "3", "committed_from_month": "10", "place": "Mill Drove"}

    wrong = desk.post(address, typed)
    assert wrong.status_code == 422 and 'value="Mill Drove"' in wrong.content.decode()
    assert desk.post(address, {**typed, "committed_from_year": "2026"}).status_code == 302

    page = " ".join(desk.get(f"/staff/unlicensed/{case.reference}/").content.decode().split())
    assert "3 October 2026</time>, Mill Drove" in page


# --- the file ---


def test_a_file_is_put_together_once_nothing_lies_unsorted_and_a_prosecution_is_proposed() -> None:
    early = a_case_made_out()
    assert {one.code for one in queries.put_together_blockers(early)} == {"not_proposed", "no_evidence"}
    case = a_case_to_be_filed()
    assert queries.put_together_blockers(case) == []
    with database.triggers_away(of=["compliance_casematerial"]):
        CaseMaterial.objects.filter(case=case, kind="report").delete()

    assert refused(lambda: prosecution.put_together(case, by=case.officer, at=NOW)) == ["unsorted"]


def test_the_file_has_elements_evidence_with_its_way_and_the_schedules_and_no_word_of_what_is_sensitive() -> None:
    case = a_case_to_be_filed()
    assert case.inspection is not None and case.report is not None
    exhibit = case.inspection.exhibits.get(number=1)
    evidence.hand_on(
        exhibit, act="stored", holder="The store", place="Cardiff", seal_number="S-1", happened_at=NOW,
        by=case.inspection.inspector, at=NOW,
    )  # fmt: skip

    file = prosecution.put_together(case, by=case.officer, at=NOW)

    content = file.content
    assert [one["section"] for one in content["offences"]] == ["section 13"]
    assert [one["shown"] for one in content["offences"][0]["elements"]] == ["yes", "yes"]
    relied_on = {one["code"]: one for one in content["evidence"]}
    assert [step["holder"] for step in relied_on[exhibit.reference]["custody"]][-1] == "The store"
    assert relied_on[exhibit.reference]["digest"] == exhibit.digest
    assert [one["code"] for one in content["unused"]] == [f"{case.inspection.reference}/2"]
    assert content["sensitive"] == [{"number": 1, "kind": "told", "why": "source"}]
    said = json.dumps(content)
    assert CANARY not in said and case.report.reference not in said
    assert file.digest == signing.digest(content)
    assert Event.objects.get(verb="put_together").facts["digest"] == file.digest


def test_the_pdf_says_it_all_in_words_with_the_content_attached_and_names_no_source(decider: User) -> None:
    file = a_file_for_the_prosecutor()
    report = file.case.report
    assert report is not None

    answer = signed_in(decider).get(f"/staff/unlicensed/{file.case.reference}/files/1.pdf")

    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        attached = [pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments]
    assert any(file.digest.encode() in one for one in attached)
    assert all(
        CANARY.encode() not in one and report.reference.encode() not in one for one in (*attached, answer.content)
    )
    stranger = person("inspector")
    assert signed_in(stranger).get(f"/staff/unlicensed/{file.case.reference}/files/1.pdf").status_code == 404


def test_whoever_reads_it_finds_no_piece_called_something_else_and_the_way_of_an_exhibit_by_day_and_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = a_case_to_be_filed()
    prosecution.add_material(
        case, description="Notebook 4.", kept_at="Store 2", use="evidence", why_sensitive="", by=case.officer, at=NOW
    )
    file = prosecution.put_together(case, by=case.officer, at=NOW)
    shown: dict[str, Any] = {}
    monkeypatch.setattr(printed, "pdf", lambda *_template, facts, **_more: shown.update(facts) or b"")

    letters.prosecutor_file(file, language="en-gb")

    titles = [one["title"] for one in shown["evidence"]]
    assert "Item 1" in titles and not any("Something else" in title for title in titles)
    steps = [step["at"] for one in shown["evidence"] for step in one["custody"]]
    assert {(at.date(), at.utcoffset()) for at in steps} == {(TODAY, timedelta(0))}


def test_another_reads_it_and_a_later_version_is_read_anew(decider: User) -> None:
    both = person("inspector", "decision_maker")
    file = a_file_for_the_prosecutor(by=both)
    assert refused(lambda: prosecution.read_file(file, by=both, at=NOW)) == ["own_file"]
    stays(lambda: ProsecutorFile.objects.update(read_by=both, read_at=NOW))

    read = prosecution.read_file(file, by=decider, at=NOW)
    later = prosecution.put_together(file.case, by=both, at=NOW)

    assert (read.read_by, later.number, later.read_by) == (decider, 2, None)
    assert refused(lambda: prosecution.read_file(read, by=decider, at=NOW)) == ["read_already", "not_the_last"]


def test_it_is_handed_over_once_it_was_read_and_the_case_referred(decider: User) -> None:
    file = a_file_for_the_prosecutor()
    officer = file.case.officer

    def hand(on: Any = TODAY) -> Callable[[], ProsecutorFile]:
        file.case.refresh_from_db()
        return lambda: prosecution.hand_over(file, to="The Crown Prosecutor", on=on, by=officer, at=NOW)

    assert refused(hand()) == ["not_referred", "not_read"]
    prosecution.read_file(file, by=decider, at=NOW)
    enforcement.refer(file.case, because=WHY, by=decider, at=NOW)
    assert refused(hand(TODAY + timedelta(days=1))) == ["wrong_day"]
    handed = hand()()
    assert (handed.handed_to, handed.handed_on) == ("The Crown Prosecutor", TODAY)
    assert refused(hand()) == ["handed_already"]


def test_a_later_version_that_no_one_has_read_stops_no_hand_over_and_is_handed_over_once_it_was_read(
    decider: User,
) -> None:
    case = a_case_proposed()
    first = a_file_that_was_read(case, by=decider)
    enforcement.refer(case, because=WHY, by=decider, at=NOW)
    case.refresh_from_db()
    prosecution.say_when(case, offence="s13", **WHEN, by=case.officer, at=NOW)
    second = prosecution.put_together(case, by=case.officer, at=NOW)
    given: dict[str, Any] = {"to": "The Crown Prosecutor", "on": TODAY, "by": case.officer, "at": NOW}

    def kinds() -> set[str]:
        return {one.kind for one in Task.objects.open().filter(kind__startswith="unlicensedcase.", subject_pk=case.pk)}

    assert kinds() == {"unlicensedcase.hand_over", "unlicensedcase.read_file"}
    assert refused(lambda: prosecution.hand_over(second, **given)) == ["not_read"]
    page = signed_in(case.officer).get(f"/staff/unlicensed/{case.reference}/material/").content.decode()
    assert "/files/1/hand-over/" in page and "/files/2/hand-over/" not in page
    prosecution.hand_over(first, **given)
    assert kinds() == {"unlicensedcase.record_result", "unlicensedcase.read_file"}

    prosecution.read_file(second, by=decider, at=NOW)

    assert kinds() == {"unlicensedcase.record_result", "unlicensedcase.hand_over"}
    assert refused(lambda: prosecution.hand_over(first, **given)) == ["handed_already"]
    prosecution.hand_over(second, **given)
    assert kinds() == {"unlicensedcase.record_result"}


def test_of_two_that_were_read_the_later_is_handed_over(decider: User) -> None:
    case = a_case_proposed()
    first = a_file_that_was_read(case, by=decider)
    prosecution.say_when(case, offence="s13", **WHEN, by=case.officer, at=NOW)
    second = prosecution.put_together(case, by=case.officer, at=NOW)
    prosecution.read_file(second, by=decider, at=NOW)
    enforcement.refer(case, because=WHY, by=decider, at=NOW)
    first.refresh_from_db()

    given: dict[str, Any] = {"to": "The Crown Prosecutor", "on": TODAY, "by": case.officer, "at": NOW}
    assert refused(lambda: prosecution.hand_over(first, **given)) == ["not_the_last"]


def test_where_the_file_was_read_the_case_can_be_referred_with_a_button(decider: User) -> None:
    case = a_case_proposed()
    a_file_that_was_read(case, by=decider)
    address = f"/staff/unlicensed/{case.reference}/refer/"

    assert address in signed_in(decider).get(f"/staff/unlicensed/{case.reference}/material/").content.decode()
    assert address not in signed_in(case.officer).get(f"/staff/unlicensed/{case.reference}/material/").content.decode()


def test_no_case_is_referred_before_two_people_have_read_what_its_file_says_now(decider: User) -> None:
    case = a_case_to_be_filed()

    def refer() -> object:
        return enforcement.refer(case, because=WHY, by=decider, at=NOW)

    assert refused(refer) == ["no_prosecutor_file"]
    first = prosecution.put_together(case, by=case.officer, at=NOW)
    assert refused(refer) == ["not_read"]
    prosecution.read_file(first, by=decider, at=NOW)
    prosecution.add_material(case, use="unused", description="Notebook 4 of the officer.", by=case.officer, at=NOW)
    assert refused(refer) == ["file_outdated"]
    second = prosecution.put_together(case, by=case.officer, at=NOW)
    assert refused(refer) == ["not_read"]
    stays(lambda: UnlicensedCase.objects.filter(pk=case.pk).update(**REFERRED, approved_by=decider))

    prosecution.read_file(second, by=decider, at=NOW)

    assert enforcement.refer(case, because=WHY, by=decider, at=NOW).status == "referred"


def test_what_comes_after_the_file_was_read_is_sorted_and_read_before_the_case_is_referred(decider: User) -> None:
    visit = an_inspection_recorded("2.4", exhibits=1)
    case = a_case_proposed(inspection=visit, organisation=visit.organisation)
    a_file_that_was_read(case, by=decider)
    item = an_exhibit(visit)

    assert refused(lambda: enforcement.refer(case, because=WHY, by=decider, at=NOW)) == ["file_outdated"]

    (exhibit,) = [one for one in queries.pieces_of(case) if one.code == item.reference]
    sort(case, exhibit)()
    prosecution.read_file(prosecution.put_together(case, by=case.officer, at=NOW), by=decider, at=NOW)
    assert enforcement.refer(case, because=WHY, by=decider, at=NOW)


def test_no_result_is_recorded_before_the_prosecutor_has_the_file(decider: User) -> None:
    case = a_case_referred(by=decider)

    def convicted(on: date = TODAY) -> object:
        return enforcement.record_result(case, result="convicted", on=on, by=case.officer, at=NOW)

    assert refused(convicted) == ["not_handed_over"]
    stays(
        lambda: UnlicensedCase.objects.filter(pk=case.pk).update(status="closed", result="acquitted", result_on=TODAY)
    )
    handed_over(case)
    assert refused(lambda: convicted(TODAY - timedelta(days=1))) == ["before_hand_over"]
    assert convicted()


def test_each_step_to_the_prosecutor_is_someones_task(decider: User) -> None:
    case = a_case_proposed()

    def waits_for() -> set[tuple[str, Any]]:
        tasks = Task.objects.open().filter(kind__startswith="unlicensedcase.", subject_pk=case.pk)
        return {(task.kind.removeprefix("unlicensedcase."), task.owner or task.not_by) for task in tasks}

    assert waits_for() == {("put_together", case.officer)}
    file = a_file_that_was_read(case, by=decider)
    assert waits_for() == {("approve", case.officer)}
    prosecution.say_when(case, offence="s13", **WHEN, by=case.officer, at=NOW)
    assert waits_for() == {("put_together", case.officer)}
    file = prosecution.put_together(case, by=case.officer, at=NOW)
    assert waits_for() == {("read_file", case.officer)}
    prosecution.read_file(file, by=decider, at=NOW)
    enforcement.refer(case, because=WHY, by=decider, at=NOW)
    assert waits_for() == {("hand_over", case.officer)}
    handed_over(case)
    assert waits_for() == {("record_result", case.officer)}


def test_a_file_stays_as_it_was_put_together_and_whoever_comes_past_the_guards_is_noticed() -> None:
    file = a_file_for_the_prosecutor()
    forged: list[dict[str, Any]] = [
        {"content": {}},
        {"digest": "0" * 64},
        {"number": 9},
        {"handed_to": "x", "handed_on": TODAY},
    ]
    for changed in forged:
        stays(lambda: ProsecutorFile.objects.update(**changed))  # noqa: B023
    stays(lambda: ProsecutorFile.objects.all().delete())
    call_command("verify_reports")

    with database.triggers_away(of=["compliance_prosecutorfile"]):
        ProsecutorFile.objects.filter(pk=file.pk).update(content={**file.content, "evidence": []})

    with pytest.raises(CommandError):
        call_command("verify_reports")


def test_nobody_with_a_conflict_of_interest_sorts_puts_together_or_reads_it(decider: User) -> None:
    file = a_file_for_the_prosecutor()
    case, firm = file.case, file.case.organisation
    assert firm is not None
    for who in (case.officer, decider):
        conflicts.declare(
            who, organisation=firm, because="A sister works there.", since=TODAY, by=person("manager"), at=NOW
        )

    assert refused(sort(case, queries.pieces_of(case)[1])) == ["conflicted"]
    assert refused(lambda: prosecution.put_together(case, by=case.officer, at=NOW)) == ["conflicted"]
    assert refused(lambda: prosecution.read_file(file, by=decider, at=NOW)) == ["conflicted"]
    stays(lambda: ProsecutorFile.objects.update(read_by=decider, read_at=NOW))
    assert signed_in(decider).get(f"/staff/unlicensed/{case.reference}/material/").status_code == 404


def test_it_is_all_done_on_pages(decider: User) -> None:
    case = a_case_to_be_filed()
    desk, office = signed_in(case.officer), signed_in(decider)
    address = f"/staff/unlicensed/{case.reference}"
    assert f"{address}/material/" in desk.get(f"{address}/").content.decode()
    page = desk.get(f"{address}/material/").content.decode()
    assert CANARY not in page and "Not described" in page

    told = f"{address}/material/sort/?kind=told&code={case.report}"
    assert desk.post(told, {"why_sensitive": "safety"}).status_code == 302
    assert set(desk.get(told).context["form"].fields) == {"why_sensitive"}
    assert desk.get(f"{address}/material/sort/?kind=told&code=P-0000-0000").status_code == 404
    added = desk.post(f"{address}/material/add/", {"use": "unused", "description": "Notebook 4 of the officer."})
    assert added.status_code == 302
    assert desk.post(f"{address}/files/new/").status_code == 302
    assert office.post(f"{address}/files/1/read/", {}).status_code == 302
    enforcement.refer(case, because=WHY, by=decider, at=NOW)
    day = {"on_day": "2", "on_month": "11", "on_year": "2026"}
    assert desk.post(f"{address}/files/1/hand-over/", {"to": "The Crown Prosecutor", **day}).status_code == 302
    assert "The Crown Prosecutor" in office.get(f"{address}/material/").content.decode()
    early = a_case_made_out()
    refused_page = signed_in(early.officer).post(f"/staff/unlicensed/{early.reference}/files/new/")
    assert refused_page.status_code == 409 and "Propose first" in refused_page.content.decode()


def test_a_file_is_not_put_together_from_a_page_that_is_old() -> None:
    case = a_case_proposed()
    desk, address = signed_in(case.officer), f"/staff/unlicensed/{case.reference}"
    version = desk.get(f"{address}/material/").context["form"].page_version
    prosecution.add_material(case, use="unused", description="Notebook 4 of the officer.", by=case.officer, at=NOW)

    refused_page = desk.post(f"{address}/files/new/", {"version": version})

    assert refused_page.status_code == 409 and "Material added" in refused_page.content.decode()
    assert not case.files.exists()
