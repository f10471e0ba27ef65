"""Counts for the public: every quarter that is over, and no number under 10 in any of them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance import jobs
from compliance.inspections.models import Inspection, InspectionKind, Result
from compliance.interviews.models import SeenIndicator
from compliance.statistics import actions as counting
from compliance.statistics.models import StatisticsSubject
from compliance.statistics.queries import counts, tabulations
from compliance.statistics.queries import inspections as of_visits
from compliance.statistics.queries.quarters import Quarter, quarter_of, quarters_over
from compliance.targeting.models import Choice, VisitRound
from registry import schemes
from registry.disclosure.rules.suppression import TOTAL
from registry.disclosure.rules.windows import Window
from registry.organisations import actions as organisations
from registry.schemes.statistics import Statistics
from registry.trail.models.events import Event
from tests import database
from tests.compliance.stories import a_scheme
from tests.compliance.targeting.world import a_round_drawn, licences
from tests.conftest import LONDON, NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/staff/counts/"
LAST = quarters_over(NOW.date())[-1]
PERIOD = Window(LAST.number)
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
    return dict(found.published[PERIOD])


def test_a_quarter_is_three_months_and_is_counted_when_it_is_over() -> None:
    assert quarter_of(date(2026, 12, 31)) == Quarter(2026 * 4 + 3)
    assert quarter_of(date(2027, 1, 1)).begins == datetime(2027, 1, 1, tzinfo=LONDON)
    assert quarters_over(date(2026, 11, 2), 2) == [Quarter(2026 * 4 + 1), Quarter(2026 * 4 + 2)]
    assert str(LAST) == "Quarter 3 of 2026"
    visited(12, at=NOW)

    assert set(table("inspections").values()) == {0}


def test_inspections_are_counted_by_how_they_came_about_and_by_outcome() -> None:
    visited(30)
    visited(14, unmet=["2.2"])  # critical: a fail
    visited(25, unmet=["1.4"], kind=InspectionKind.APPLICATION)
    visited(12, unmet=["1.4", "2.2"], kind=InspectionKind.APPLICATION)

    found = table("inspections")

    truth = {("reactive", "passed"): 30, ("reactive", "failed"): 14, ("other", "passed"): 25, ("other", "failed"): 12}
    assert truth.items() <= found.items()
    assert found[TOTAL, TOTAL] == 81 and found[TOTAL, "failed"] == 26 and found[TOTAL, "passed"] == 55
    assert found["targeted", "passed"] == 0 and found["random", TOTAL] == 0
    standards = table("standards")
    assert standards["1.4", "n"] == 37 and standards["2.2", "n"] == 26 and standards["1.1", "n"] == 0


def test_a_scheme_may_leave_out_visits_under_three() -> None:
    visited(40)
    visited(2, country="wales")
    visited(20, country="scotland")
    scheme = a_scheme().model_copy(update={"statistics": Statistics(businesses=3)})

    (found,) = (one for one in counts.counts(scheme, NOW.date()) if one.code == "regions")

    regions = found.published[PERIOD]
    assert regions[TOTAL, "n"] == 62 and regions["england", "n"] == 40
    assert regions["wales", "n"] is None and "Numbers under 3" in found.about
    assert [row for (row, _column), number in regions.items() if number is None] != ["wales"]


def test_signs_of_forced_labour_that_inspectors_saw_are_counted() -> None:
    with database.triggers_away(of=["compliance_seenindicator"]):
        SeenIndicator.objects.bulk_create(
            SeenIndicator(inspection=one, code="7", evidence="Passports in a drawer.", saved_at=IN_LAST)
            for one in visited(14)[:11]
        )

    found = table("signs")

    assert found["7", "n"] == 11 and found["8", "n"] == 0


def test_targeted_and_drawn_by_lot_are_told_apart() -> None:
    licences(5)
    one = a_round_drawn()
    made = visited(12)
    choice = one.choices.order_by("pk")[0]
    choice.inspection = made[0]
    choice.save(update_fields=["inspection"])
    (visit,) = (each for each in of_visits.confirmed_visits(a_scheme(), [LAST]) if each.how == "random")

    assert visit.quarter == LAST and not visit.failed
    assert isinstance(choice, Choice) and isinstance(one, VisitRound)


def test_the_page_shows_the_tables_with_charts_and_says_what_a_gap_is() -> None:
    visited(30)
    visited(14, unmet=["2.2"])
    counting.tabulate(by=None, at=NOW)

    page = signed_in(person("manager")).get(PAGE).content.decode()

    assert "Quarter 3 of 2026" in page and "<svg" in page
    assert "so that no one can be identified" in page
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
    assert "England" in text and "Wales,0,0,0,0,0,0,0,4\r\n" in text
    assert text.index("Quarter 2 of 2026") < text.index("Quarter 3 of 2026")
    assert Event.objects.get(verb="take_list").facts["list"] == "counts: regions"
    assert signed_in(person("manager")).post(f"{PAGE}nothing.csv").status_code == 404


def test_a_page_shows_what_was_counted_last_in_the_words_of_its_version_and_says_when() -> None:
    visited(30)
    assert jobs.count_for_the_public(at=NOW) == len(schemes.all_in_force(NOW.date()))
    visited(14)

    page = signed_in(person("manager")).get(PAGE).content.decode()
    (made,) = tabulations.tabulated(StatisticsSubject.PUBLIC, a_scheme().name)

    assert "Counted on" in page and str(timezone.localdate(NOW).year) in page
    assert made.version == a_scheme().version
    with CaptureQueriesContext(connection) as none:
        (regions,) = (one for one in counts.count_figures(made) if one.code == "regions")
    assert not none.captured_queries
    assert ("All", *[0] * 7, 30) in regions.rows


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
