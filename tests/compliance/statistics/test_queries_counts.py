"""Counts for the public: every quarter that is over, and no number under 10 in any of them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance import jobs
from compliance.inspections.models import Inspection, InspectionKind, Result
from compliance.interviews.models import SeenIndicator
from compliance.safeguarding.models.referrals import Referral
from compliance.statistics import actions as counting
from compliance.statistics.models import StatisticsSubject, Tabulation
from compliance.statistics.queries import counts, tabulations
from compliance.statistics.queries import inspections as of_visits
from compliance.statistics.queries.quarters import Quarter, quarter_of, quarters_over
from registry.disclosure.rules.suppression import SMALLEST, TOTAL
from compliance.statistics.queries.tables import LEFT_OUT
from compliance.targeting.models import Choice, VisitRound
from registry.organisations import actions as organisations
from registry.schemes.statistics import Statistics
from registry.trail.models.events import Event
from tests import database
from tests.compliance.reports.world import a_report
from tests.compliance.safeguarding.world import a_referral_sent
from tests.compliance.stories import a_scheme
from tests.compliance.targeting.world import a_round_drawn, licences
from tests.conftest import LONDON, NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/staff/counts/"
LAST = quarters_over(NOW.date())[-1]
IN_LAST = LAST.begins + timedelta(days=20)


def visited(
    how_many: int, *, unmet: Sequence[str] = (), sectors: Sequence[str] = ("agriculture",), country: str = "england",
    at: datetime = IN_LAST, kind: str = InspectionKind.COMPLIANCE,
) -> list[Inspection]:  # fmt: skip
    """So many confirmed inspections, as rows: only what is counted of them matters."""
    scheme, inspector, reviewer = a_scheme(), person("inspector"), person("quality_reviewer")
    firm = organisations.open_file(legal_name="Counted Ltd", by=person("applicant"), at=NOW)
    type(firm).objects.filter(pk=firm.pk).update(address={"country": country})
    first = Inspection.objects.count()
    made = Inspection.objects.bulk_create(
        Inspection(
            reference=f"I-C{first + number:04}", organisation=firm, kind=kind, scheme=scheme.name,
            version=scheme.version, brief="b", facts={"sectors": list(sectors)}, inspector=inspector,
            commissioned_by=reviewer, commissioned_at=at, due_on=at.date(), visited_on=at.date()
        )
        for number in range(how_many)
    )  # fmt: skip
    Result.objects.bulk_create(
        Result(inspection=one, standard=code, finding="not_met", evidence="e") for one in made for code in unmet
    )
    rows = Inspection.objects.filter(pk__in=[one.pk for one in made])
    rows.update(status="reported", reported_at=at)
    rows.update(status="confirmed", confirmed_by=reviewer, confirmed_at=at)
    return made


def table(code: str) -> dict[tuple[str, str], int | None]:
    (found,) = (one for one in counts.counts(a_scheme(), NOW.date()) if one.code == code)
    return dict(found.published[LAST])


def test_a_quarter_is_three_months_and_is_counted_when_it_is_over() -> None:
    assert quarter_of(date(2026, 12, 31)) == Quarter(2026 * 4 + 3)
    assert quarter_of(date(2027, 1, 1)).begins == datetime(2027, 1, 1, tzinfo=LONDON)
    assert quarters_over(date(2026, 11, 2), 2) == [Quarter(2026 * 4 + 1), Quarter(2026 * 4 + 2)]
    assert str(LAST) == "Quarter 3 of 2026"
    visited(12, at=NOW)

    assert set(table("inspections").values()) == {None}


def test_inspections_are_counted_by_how_they_came_about_and_by_outcome() -> None:
    visited(30)
    visited(14, unmet=["2.2"])  # critical: a fail
    visited(25, unmet=["1.4"], kind=InspectionKind.APPLICATION)
    visited(12, unmet=["1.4", "2.2"], kind=InspectionKind.APPLICATION)

    found = table("inspections")

    truth = {("reactive", "passed"): 30, ("reactive", "failed"): 14, ("other", "passed"): 25, ("other", "failed"): 12}
    shown = {key: number for key, number in found.items() if number is not None}
    assert {key: number for key, number in shown.items() if key in truth}.items() <= truth.items()
    assert found[TOTAL, TOTAL] == 81 and found[TOTAL, "failed"] == 26 and found[TOTAL, "passed"] == 55
    # Nobody was drawn or chosen: with the sums alone both zeros would be known, so others are left out too.
    assert found["targeted", "passed"] is None and found["random", TOTAL] is None and len(shown) >= 6
    standards = table("standards")
    assert standards["1.4", "n"] == 37 and standards["2.2", "n"] == 26
    assert standards["1.1", "n"] is None


def test_signs_of_forced_labour_that_inspectors_saw_are_counted() -> None:
    with database.triggers_away(of=["compliance_seenindicator"]):
        SeenIndicator.objects.bulk_create(
            SeenIndicator(inspection=one, code="7", evidence="Passports in a drawer.", saved_at=IN_LAST)
            for one in visited(14)[:11]
        )

    found = table("signs")

    assert found["7", "n"] == 11 and found["8", "n"] is None


def test_people_who_were_referred_are_counted_by_age_gender_and_what_was_done_to_them_and_not_by_nationality() -> None:
    sent = [a_referral_sent("refused", kind="notify"), a_referral_sent("given")]
    with database.triggers_away(of=["compliance_referral"]):
        for one, how_many in zip(sent, (12, 21), strict=True):
            Referral.objects.bulk_create(
                _again(one, f"F-{one.kind}{number:04}", age_band="from_18_to_24" if one.kind == "nrm" else one.age_band)
                for number in range(how_many)
            )

    assert table("referrals") == {("nrm", "n"): 21, ("notify", "n"): 12, (TOTAL, "n"): 33}
    ages = table("ages")
    # Of the other bands all are nought: with the total alone that would be known, so the 12 are left out with them.
    assert ages["from_18_to_24", "n"] == 21 and ages[TOTAL, "n"] == 33
    assert {n for key, n in ages.items() if key not in {("from_18_to_24", "n"), (TOTAL, "n")}} == {None}
    assert table("natures")["forced_labour", "n"] == 33
    assert not [one.code for one in counts.counts(a_scheme(), NOW.date()) if "nation" in one.code]


def _again(one: Referral, reference: str, **more: object) -> Referral:
    """The same once more, sent in the last quarter: only what is counted of it matters."""
    values = {field.attname: getattr(one, field.attname) for field in Referral._meta.concrete_fields}
    return Referral(**{**values, "id": None, "reference": reference, "sent_at": IN_LAST, **more})


def test_targeted_and_drawn_by_lot_are_told_apart() -> None:
    licences(5)
    one = a_round_drawn()
    made = visited(12)
    choice = one.choices.order_by("pk")[0]
    choice.inspection = made[0]
    choice.save(update_fields=["inspection"])
    (visit,) = (each for each in of_visits._visits(a_scheme(), [LAST]) if each.how == "random")

    assert visit.quarter == LAST and not visit.failed
    assert isinstance(choice, Choice) and isinstance(one, VisitRound)


def test_a_small_region_is_left_out_with_another_so_that_the_total_does_not_give_it_away() -> None:
    visited(40)
    visited(4, country="wales")
    visited(20, country="scotland")

    found = table("regions")

    assert found[TOTAL, "n"] == 64 and found["england", "n"] == 40
    assert found["wales", "n"] is None
    left_out = [row for (row, _column), number in found.items() if number is None]
    assert len(left_out) > 1 or found["scotland", "n"] is None


def test_what_was_published_of_a_quarter_stands_when_too_little_has_changed_since() -> None:
    for country in ("england", "scotland", "wales", "northern_ireland", "elsewhere"):
        visited(20, country=country)
    before = counts.counts(a_scheme(), NOW.date())
    former = {(one.code, quarter): one.published[quarter] for one in before for quarter in one.published}
    visited(3, country="scotland")

    after = counts.counts(a_scheme(), NOW.date(), former=former)

    (regions,) = (one for one in after if one.code == "regions")
    assert regions.published[LAST]["scotland", "n"] == 20 and regions.published[LAST][TOTAL, "n"] == 100
    assert table("regions")["scotland", "n"] == 23


def test_reports_are_counted_by_what_became_of_them_and_no_word_of_them_is_shown() -> None:
    for _report in range(11):
        a_report(text="Canarytext of a report", at=IN_LAST)

    found = table("reports")
    counting.tabulate(by=None, at=NOW)

    # That all 11 wait would say that of each other answer there is none.
    assert found[TOTAL, "n"] == 11 and found["undecided", "n"] is None
    page = signed_in(person("auditor")).get(PAGE).content.decode()
    assert "Canarytext" not in page


def test_the_page_shows_the_tables_with_charts_and_says_what_a_gap_is() -> None:
    visited(30)
    visited(14, unmet=["2.2"])
    counting.tabulate(by=None, at=NOW)

    page = signed_in(person("manager")).get(PAGE).content.decode()

    assert "Quarter 3 of 2026" in page and LEFT_OUT in page and "<svg" in page
    assert "There are no totals over quarters" in page
    # Whoever reads begins with the newest; a file goes on in the order of time.
    assert page.index("Quarter 3 of 2026</th>") < page.index("Quarter 2 of 2026</th>")
    assert "Quarter 3 of 2026</p><svg" in page
    assert signed_in(person("case_officer")).get(PAGE).status_code == 403


def test_a_table_is_taken_away_as_it_is_shown_and_that_is_noted() -> None:
    visited(30)
    visited(4, country="wales")
    counting.tabulate(by=None, at=NOW)

    taken = signed_in(person("intelligence_analyst")).post(f"{PAGE}regions.csv?scheme={a_scheme().name}")

    text = b"".join(taken.streaming_content).decode()  # type: ignore[attr-defined]
    assert "England" in text and LEFT_OUT in text and ",4\r\n" not in text
    assert text.index("Quarter 2 of 2026") < text.index("Quarter 3 of 2026")
    assert Event.objects.get(verb="take_list").facts["list"] == "counts: regions"
    assert signed_in(person("manager")).post(f"{PAGE}nothing.csv").status_code == 404


def test_a_page_shows_what_was_counted_last_in_the_words_of_its_version_and_says_when() -> None:
    visited(30)
    assert jobs.count_for_the_public(at=NOW) == len(tabulations.counted_schemes(NOW.date()))
    visited(14)

    page = signed_in(person("manager")).get(PAGE).content.decode()
    (made,) = tabulations.tabulated(StatisticsSubject.PUBLIC, a_scheme().name)

    assert "Counted on" in page and str(timezone.localdate(NOW).year) in page
    assert made.version == a_scheme().version
    with CaptureQueriesContext(connection) as none:
        (regions,) = (one for one in counts.count_figures(made) if one.code == "regions")
    assert not none.captured_queries
    assert ("All", *[LEFT_OUT] * 7, 30) in regions.rows


def test_counts_are_made_once_a_day_and_whenever_somebody_who_sees_them_asks() -> None:
    visited(30)
    manager = signed_in(person("manager"))
    assert "Nothing has been counted yet" in manager.get(PAGE).content.decode()
    assert jobs.count_for_the_public(at=NOW) > 0
    visited(14)
    assert jobs.count_for_the_public(at=NOW + timedelta(minutes=1)) == 0
    assert ">44<" not in manager.get(PAGE).content.decode()

    answer = manager.post(f"{PAGE}again/?scheme={a_scheme().name}", follow=True).content.decode()

    assert "Everything has been counted again." in answer and ">44<" in answer
    assert signed_in(person("case_officer")).post(f"{PAGE}again/").status_code == 403
    visited(6)
    assert jobs.count_for_the_public(at=NOW + timedelta(days=1)) > 0
    assert ">50<" in manager.get(PAGE).content.decode()


def test_what_is_kept_of_the_counts_is_what_may_be_published() -> None:
    visited(30)
    visited(4, country="wales")
    counting.tabulate(by=None, at=NOW)

    kept = Tabulation.objects.get(scheme=a_scheme().name).tables

    numbers = {cell[2] for table in kept.values() for cells in table.values() for cell in cells} - {None}
    assert 34 in numbers and all(number >= SMALLEST for number in numbers)


def test_the_page_of_many_counts_asks_for_one_row() -> None:
    visited(1)
    counting.tabulate(by=None, at=NOW)
    manager = signed_in(person("manager"))
    manager.get(PAGE)
    visited(30)

    with CaptureQueriesContext(connection) as asked:
        manager.get(PAGE)

    assert not [one for one in asked.captured_queries if "compliance_inspection" in one["sql"]]
    assert len([one for one in asked.captured_queries if "compliance_tabulation" in one["sql"]]) == 1


def test_many_cases_take_as_many_questions_as_few() -> None:
    visited(1)
    with CaptureQueriesContext(connection) as few:
        counts.counts(a_scheme(), NOW.date())
    visited(40, unmet=["1.4"])

    with CaptureQueriesContext(connection) as many:
        counts.counts(a_scheme(), NOW.date())

    assert len(many) == len(few)


@pytest.mark.parametrize("zero", ["left_out", "printed"])
def test_the_pack_says_whether_zero_is_printed(zero: Literal["left_out", "printed"]) -> None:
    visited(30)
    visited(14, unmet=["2.2"])
    scheme = a_scheme().model_copy(update={"statistics": Statistics(zero=zero)})

    found = {one.code: one for one in counts.counts(scheme, NOW.date())}

    regions, reports = found["regions"].published[LAST], found["reports"]
    assert regions["wales", "n"] == (0 if zero == "printed" else None)
    assert regions["england", "n"] == (44 if zero == "printed" else None)
    assert ("zero is printed" in found["sectors"].about) == (zero == "printed")
    # Every scheme shows the same table of reports, so one of them alone changes nothing in it.
    assert "Zero is printed" not in reports.about
