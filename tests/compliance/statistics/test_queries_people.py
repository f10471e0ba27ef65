"""Counts of people for the public: by quarter or longer period, and no number under ten in any of them."""

from datetime import date, timedelta
from typing import Literal

import pytest

from compliance.safeguarding.models.referrals import Referral
from compliance.statistics import actions as counting
from compliance.statistics.models import Tabulation
from compliance.statistics.queries import counts
from compliance.statistics.queries.people import code_of, former_of, people_tables
from compliance.statistics.queries.periods import title_of
from compliance.statistics.queries.quarters import quarters_over
from registry.disclosure.rules.releases import TOGETHER
from registry.disclosure.rules.suppression import SMALLEST, TOTAL
from registry.disclosure.rules.windows import Window
from registry.editions.tables import CountedThing, Mark, ReleaseTable
from registry.schemes.statistics import Statistics
from tests import database
from tests.compliance.reports.world import a_report
from tests.compliance.safeguarding.world import a_referral_sent
from tests.compliance.stories import a_scheme
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/staff/counts/"
TODAY = NOW.date()
LAST = quarters_over(NOW.date())[-1]
PERIOD = Window(LAST.number)
IN_LAST = LAST.begins + timedelta(days=20)
#: When the quarter after the last is over too.
NEW_YEAR = date(2027, 1, 1)


def table(code: str, *, on: date = TODAY) -> dict[Window, dict[tuple[str, str], int | None]]:
    (found,) = (one for one in counts.counts(a_scheme(), on) if one.code == code)
    return {window: dict(cells) for window, cells in found.published.items()}


def referred(how_many: int, *, at: object = IN_LAST, kind: str = "nrm", **more: object) -> None:
    """So many people like one who was sent by the real actions: only what is counted of them matters."""
    one = Referral.objects.filter(kind=kind).first() or a_referral_sent(
        "given" if kind == "nrm" else "refused", kind=kind
    )
    number = Referral.objects.count()
    values = {field.attname: getattr(one, field.attname) for field in Referral._meta.concrete_fields}
    with database.triggers_away(of=["compliance_referral"]):
        Referral.objects.bulk_create(
            Referral(**{**values, "id": None, "reference": f"F-{number + place:05}", "sent_at": at, **more})
            for place in range(how_many)
        )


def test_people_who_were_referred_are_counted_by_kind_and_not_by_nationality() -> None:
    referred(21)
    referred(12, kind="notify")

    assert table("referrals")[PERIOD] == {
        ("nrm", "n"): 21,
        ("notify", "n"): 12,
        (TOGETHER, "n"): None,
        (TOTAL, "n"): 33,
    }
    assert not [one.code for one in counts.counts(a_scheme(), NOW.date()) if "nationalit" in one.code]


def test_children_are_told_from_adults_where_an_age_has_too_few_people() -> None:
    referred(21, age_band="from_25_to_34")
    referred(4, age_band="under_16", is_child=True, consent="child")
    referred(8, age_band="from_16_to_17", is_child=True, consent="child")

    assert table("ages")[PERIOD] == {("child", "n"): 12, ("adult", "n"): 21, (TOGETHER, "n"): None, (TOTAL, "n"): 33}


def test_a_gender_of_few_is_shown_together_with_another() -> None:
    referred(40, gender="female")
    referred(30, gender="male")
    referred(2, gender="other")

    found = table("genders")[PERIOD]

    assert found["female", "n"] == 40 and found[TOGETHER, "n"] == 32
    assert {found[one, "n"] for one in ("male", "other", "not_known")} == {None}


def test_nations_are_shown_where_a_region_has_too_few_people() -> None:
    referred(20, region="london")
    referred(3, region="east")
    referred(19, region="wales")
    referred(11, region="scotland")

    found = table("referral_regions")[PERIOD]

    assert found["nation_england", "n"] == 23 and found[TOTAL, "n"] == 53
    assert ("london", "n") not in found


def test_a_person_exploited_in_several_ways_is_in_one_row() -> None:
    referred(20, natures=["forced_labour"])
    referred(25, natures=["forced_labour", "offence"])

    found = table("natures")[PERIOD]

    assert found["forced_labour", "n"] == 20 and found[TOGETHER, "n"] == 25


def test_a_quarter_with_too_few_of_a_gender_waits_for_the_half_year() -> None:
    referred(20, gender="female")
    referred(4, gender="male")
    assert table("genders") == {} and table("referrals")[PERIOD][TOTAL, "n"] == 24
    referred(15, gender="female", at=IN_LAST + timedelta(days=90))
    referred(16, gender="male", at=IN_LAST + timedelta(days=90))

    half_year = Window(LAST.number, 2)
    found = table("genders", on=NEW_YEAR)

    # With the one who was sent first, in the new quarter.
    assert found[half_year]["female", "n"] == 36 and found[half_year][TOGETHER, "n"] == 20
    assert list(found) == [half_year] and title_of(half_year) == "July to December 2026"


def test_reports_are_counted_by_outcome_and_no_word_of_them_is_shown() -> None:
    for _report in range(21):
        a_report(text="Canarytext of a report", at=IN_LAST)

    found = table("reports")
    counting.tabulate(by=None, at=NOW)

    # That all 21 wait says of each other outcome that it has none, unless they are together.
    assert found[PERIOD][TOTAL, "n"] == 21 and found[PERIOD]["undecided", "n"] is None
    page = signed_in(person("auditor")).get(PAGE).content.decode()
    assert "Canarytext" not in page and "[c]" in page


def test_what_is_kept_of_the_counts_of_people_is_what_may_be_published() -> None:
    referred(30)
    referred(4, kind="notify")
    counting.tabulate(by=None, at=NOW)

    kept = Tabulation.objects.get(scheme=a_scheme().name).tables

    numbers = {cell[2] for cells in kept["referrals"].values() for cell in cells} - {None}
    assert numbers == {34} and all(number >= SMALLEST for number in numbers)


@pytest.mark.parametrize("zero", ["left_out", "printed"])
def test_the_pack_says_whether_zero_is_printed(zero: Literal["left_out", "printed"]) -> None:
    referred(30, gender="female")
    referred(24, gender="male")
    scheme = a_scheme().model_copy(update={"statistics": Statistics(zero=zero)})

    (found,) = (one for one in counts.counts(scheme, NOW.date()) if one.code == "genders")

    genders = found.published[PERIOD]
    assert genders["other", "n"] == (0 if zero == "printed" else None)
    assert genders["male", "n"] == (24 if zero == "printed" else None)


# --- as an edition releases them ---


def released(on: date, former: tuple[ReleaseTable, ...] = ()) -> dict[str, ReleaseTable]:
    made = people_tables(a_scheme(), quarters_over(on), on=on, former=former_of(former))
    return {one.code: one for one in made}


def test_an_edition_has_the_tables_about_people_in_each_language_of_the_site() -> None:
    referred(40, gender="female")
    referred(30, gender="male")
    referred(2, gender="other")

    found = released(NOW.date())

    genders = found["genders"]
    assert genders.counts is CountedThing.PEOPLE and set(genders.title) == {"en", "cy"}
    assert ("2026-Q3", "female", 40) in genders.rows and ("2026-Q3", "together", 32) in genders.rows
    assert ("2026-Q3", "male", Mark.HIDDEN) in genders.rows and ("2026-Q3", "all", 72) in genders.rows
    period, row = genders.dimensions
    assert period.values["2026-Q3"]["en"] == "Quarter 3 of 2026" and row.values["male"]["cy"] == "Gwryw"
    assert all(len(one) == 3 and one[0] in period.values and one[1] in row.values for one in genders.rows)


def test_the_next_edition_leaves_what_this_one_published() -> None:
    referred(40, gender="female")
    referred(30, gender="male")
    first = released(NOW.date())
    referred(3, gender="female")
    referred(12, gender="female", at=IN_LAST + timedelta(days=90))
    referred(19, gender="male", at=IN_LAST + timedelta(days=90))

    second = released(NEW_YEAR, tuple(first.values()))

    assert ("2026-Q3", "all", 70) in second["referrals"].rows
    assert ("2026-Q3", "all", 73) in released(NEW_YEAR)["referrals"].rows
    assert [one for one in second["referrals"].rows if one[0] == "2026-Q4"]


def test_a_period_has_a_code_that_can_be_sorted_and_read_back() -> None:
    windows = [Window(8106), Window(8106, 2), Window(8104, 4), Window(8104, 8)]

    assert [code_of(one) for one in windows] == ["2026-Q3", "2026-H2", "2026", "2026-2027"]
    table = ReleaseTable(
        "t", CountedThing.PEOPLE, {}, {}, (), {}, {}, tuple((code_of(one), "all", 30) for one in windows)
    )
    assert former_of([table]) == {("t", one): {(TOTAL, "n"): 30} for one in windows}
