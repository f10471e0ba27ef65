"""Two versions of a scheme on the day of change: what is handed in is judged by the version of its day in London."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from config.demo.answers import answers
from licensing.applications.actions import applications, start
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.cases.actions import assignment
from registry import schemes
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Licence
from tests.conftest import NOW, SetClock
from tests.journeys.test_adding_a_sector import FILES, FIRM, PROFILE, SCHEME, VERSION, granted, inspected, write
from tests.licensing.stories import a_check_answered
from tests.people import person, signed_in
from tests.stories import an_application_paid

pytestmark = pytest.mark.django_db

# In summer time the day begins in London an hour before it does in Greenwich.
NEW_VERSION = "2027-04-01"
FIRST_INSTANT = datetime(2027, 3, 31, 23, 0, tzinfo=UTC)
LAST_SECOND = FIRST_INSTANT - timedelta(seconds=1)
FORM = tomllib.loads(FILES[f"{SCHEME}/base/form.toml"])
CHANGED = """
[fees.amounts.application]
large = 660

[standards."1.2"]
points = 6

[form.pages.masks]
after = "{last}"
title = "Who pays for the masks?"
why = "Workers must not."
questions = [{{ key = "masks_free", kind = "yes_no", label = "Are masks free of charge?" }}]
"""


@pytest.fixture(autouse=True)
def packs(tmp_path: Path) -> Iterator[None]:
    """The scheme of the guide, and a second version: it asks one page more, charges more and counts masks for more."""
    for name in FILES:
        write(tmp_path, name)
    last = FORM["sections"][0]["pages"][-1]["slug"]
    (tmp_path / SCHEME / f"{NEW_VERSION}.toml").write_text(CHANGED.format(last=last))
    with schemes.use([*schemes.PACKS, tmp_path]):
        yield


@pytest.fixture
def employer() -> User:
    return person("applicant")


@pytest.fixture
def draft(employer: User) -> Application:
    """Everything that the old version asks has been answered while it was in force."""
    application = start.start(None, legal_name=FIRM, scheme=SCHEME, by=employer, at=NOW)
    for item in answers(schemes.get(SCHEME, VERSION), PROFILE):
        save(application, item.page, item.data, employer, NOW)
    return application


def save(application: Application, page: str, data: object, by: User, at: datetime) -> None:
    applications.save_page(application, page=page, data=data, is_complete=True, by=by, at=at)  # type: ignore[arg-type]


def judged_by(application: Application) -> tuple[str, Decimal | None]:
    return str(application.version), application.fee


def test_in_the_last_second_of_the_old_day_the_old_version_holds(draft: Application, employer: User) -> None:
    handed_in = applications.submit(draft, by=employer, at=LAST_SECOND)

    assert judged_by(handed_in) == (VERSION.isoformat(), Decimal(600))


def test_on_the_first_instant_of_the_new_day_a_draft_misses_what_the_new_version_asks_besides(
    draft: Application, employer: User
) -> None:
    with pytest.raises(Refused) as refused:
        applications.submit(draft, by=employer, at=FIRST_INSTANT)

    assert [(reason.code, reason.where) for reason in refused.value.reasons] == [("page_not_started", "masks")]


def test_the_page_says_what_is_missing_and_leads_there(draft: Application, employer: User, set_clock: SetClock) -> None:
    set_clock(FIRST_INSTANT)

    page = signed_in(employer).post(f"/apply/{draft.reference}/submit/").content.decode()

    assert "Who pays for the masks?" in page
    assert f"/apply/{draft.reference}/steps/masks/" in page


def test_a_draft_of_the_old_days_is_judged_by_the_version_of_the_day_on_which_it_is_handed_in(
    draft: Application, employer: User
) -> None:
    save(draft, "masks", {"masks_free": True}, employer, FIRST_INSTANT)
    save(draft, "declaration", {"signature": PROFILE.facts["signature"]}, employer, FIRST_INSTANT)

    handed_in = applications.submit(draft, by=employer, at=FIRST_INSTANT)

    assert judged_by(handed_in) == (NEW_VERSION, Decimal(660))


def test_what_was_handed_in_before_stays_with_its_version(draft: Application, employer: User) -> None:
    handed_in = applications.submit(draft, by=employer, at=LAST_SECOND)

    later = (FIRST_INSTANT + timedelta(days=30)).date()
    assert applications_queries.form_of(handed_in, today=later).scheme.version == VERSION
    assert list(applications_queries.form_of(handed_in, today=later).missing()) == []


def handed_in_at(draft: Application, employer: User, at: datetime) -> Application:
    """At this instant, with all that the version of the day asks besides."""
    if at >= FIRST_INSTANT:
        save(draft, "masks", {"masks_free": True}, employer, at)
        save(draft, "declaration", {"signature": PROFILE.facts["signature"]}, employer, at)
    return applications.submit(draft, by=employer, at=at)


@pytest.mark.parametrize(
    ("at", "version", "fee", "points"),
    [(LAST_SECOND, VERSION.isoformat(), 600, 4), (FIRST_INSTANT, NEW_VERSION, 660, 6)],
    ids=["the last second of the old", "the first instant of the new"],
)
def test_a_case_is_charged_inspected_scored_and_licensed_by_its_own_version_long_after_the_change(
    draft: Application, employer: User, at: datetime, version: str, fee: int, points: int
) -> None:
    officer, much_later = person("case_officer"), FIRST_INSTANT + timedelta(days=30)
    application = handed_in_at(draft, employer, at)

    paid = an_application_paid(application, at=much_later)
    assessed = assignment.begin_assessment(paid, by=officer, at=much_later)
    for check in assessed.checks.order_by("pk"):
        a_check_answered(check, by=officer, at=much_later)
    inspection = inspected(assessed, officer, person("inspector"), at=much_later)
    decision = granted(assessed, inspection, officer, at=much_later)

    assert sum(payment.amount for payment in application.payments.all()) == fee
    assert (str(inspection.version), decision.points) == (version, points)
    licence = Licence.objects.get()
    assert str(licence.version) == version
    letter = Letter.objects.get(subject="Your licence is granted with conditions")
    assert (letter.facts["rules_of"], letter.facts["issued_under"]) == (version, NEW_VERSION)
    again = applications_queries.scheme_of(licence)
    assert (str(again.version), again.standard("1.2").points) == (version, points)
