"""A new sector by the book: the files of docs/adding-a-sector.md, as they stand there, carry the whole loop.

The product has never heard of the sector. Nothing here is Python of the scheme: only people doing their work.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from config.demo.answers import Profile, answers
from licensing.applications.actions import applications as applications_actions
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.cases.actions import assignment as applications
from licensing.decisions.actions import proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import readiness
from licensing.decisions.rules.grounds import GivenGround
from licensing.decisions.rules.proposals import GivenCondition
from registry import schemes
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.register import queries as register
from registry.trail.queries import chain as trail
from tests.conftest import NOW, SetClock
from tests.licensing.stories import a_check_answered, day, decided, later, notified
from tests.people import person, signed_in
from tests.stories import an_application_paid

pytestmark = pytest.mark.django_db

GUIDE = (Path(__file__).parents[2] / "docs" / "adding-a-sector.md").read_text(encoding="utf-8")
FILES: dict[str, str] = dict(re.findall(r"^```toml\n# (\S+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
SCHEME, VERSION = "nail-bars", date(2026, 11, 1)
FIRM, PRINCIPAL = "Bright Nails Ltd", "Lan Pham"
PROFILE = Profile(
    {
        "legal_name": FIRM,
        "legal_status": "company",
        "sectors": ["manicure"],
        "acrylic": True,
        "turnover": "240000",
        "signature": PRINCIPAL,
    },
    {"principal_authority": {"full_name": PRINCIPAL}},
)


def write(root: Path, name: str) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(FILES[name], encoding="utf-8")


@pytest.fixture
def packs(tmp_path: Path) -> Iterator[Path]:
    """A folder of somebody's own with the files of the guide in it, beside the packs of the product."""
    for name in FILES:
        write(tmp_path, name)
    with schemes.use([*schemes.PACKS, tmp_path]):
        yield tmp_path


def faults(root: Path) -> set[str]:
    try:
        schemes.load(root)
    except schemes.BrokenPack as broken:
        return {str(fault) for fault in broken.faults}
    return set()


def test_each_step_of_the_guide_leaves_only_the_files_of_the_later_steps_to_write(tmp_path: Path) -> None:
    left = list(FILES)

    while left:
        write(tmp_path, left.pop(0))
        assert faults(tmp_path) == {f"{name}: the file is missing" for name in left}


def test_check_packs_says_what_the_guide_promises(packs: Path) -> None:
    out = StringIO()

    call_command("check_packs", "--review", stdout=out)

    said = out.getvalue()
    assert f"{SCHEME} {VERSION}: 2 standards, 4 pages, 2 checks, 14 letters; 4 facts need review" in said
    assert "  scheme.fail_at: Ours; nobody has decided it." in said


def test_a_slip_in_a_file_of_the_guide_is_named_with_file_key_and_reason(tmp_path: Path) -> None:
    for name in FILES:
        write(tmp_path, name)
    triggers = tmp_path / SCHEME / "base" / "triggers.toml"
    triggers.write_text(triggers.read_text().replace('fact = "acrylic"', 'fact = "acrilic"'))

    assert faults(tmp_path) == {
        "nail-bars/base/triggers.toml: triggers[acrylic].when: the form does not declare the fact 'acrilic'"
    }


def test_before_its_day_nobody_can_apply_under_it(packs: Path, set_clock: SetClock) -> None:
    employer = signed_in(person("applicant"))
    set_clock(NOW - timedelta(days=7))

    refused = employer.post(
        "/apply/start/", {"scheme": SCHEME, "whose": "own", "organisation": "new", "legal_name": FIRM}
    )

    assert "Nail bar licensing" not in Client().get("/apply/").content.decode()
    assert refused.status_code == 422
    assert not Application.objects.exists()


def test_the_whole_loop_runs_in_a_sector_that_the_product_has_never_heard_of(packs: Path, set_clock: SetClock) -> None:
    employer, officer, inspector = person("applicant"), person("case_officer"), person("inspector")

    application = handed_in(employer)
    assert "It has applied and is not licensed to supply nail bars." in looked_up(FIRM)
    assert {check.code for check in application.checks.of_others()} == {"council", "police"}
    assert (application.fee_band, application.fee) == ("large", Decimal(600))

    application = applications.begin_assessment(an_application_paid(application), by=officer, at=NOW)
    for check in application.checks.unanswered().order_by("pk"):
        a_check_answered(check, by=officer)
    assert readiness.readiness(application).inspection_wanted, "acrylic leads to an inspection"
    inspection = inspected(application, officer, inspector)
    assert inspection.standards == ["1.1", "1.2"]

    decision = granted(application, inspection, officer)
    licence = Licence.objects.get()
    assert (decision.points, decision.status) == (4, "decided")
    answer = looked_up(licence.number)
    assert "It may supply workers to nail bars, and must put right what the conditions say." in answer
    assert all(words in answer for words in (FIRM, "Nail bar licensing", "Manicure and pedicure", "Buy masks."))
    assert Letter.objects.filter(subject="Your licence is granted with conditions").exists()

    revoked(licence, officer)
    set_clock(later(1))
    assert "It may supply workers until the date shown." in looked_up(licence.number)
    set_clock(later(3))
    assert "The licence was revoked. It may not supply workers to nail bars." in looked_up(licence.number)
    assert f"was licensed on {day(1):%-d %B %Y}." in looked_up(licence.number, at=day(1))
    assert Letter.objects.filter(subject="Your licence is revoked with immediate effect").exists()
    assert [*trail.faults(), *register.faults()] == []


def handed_in(employer: User) -> Application:
    """Started and handed in on the pages; in between, page after page is answered."""
    pages = signed_in(employer)
    started = pages.post("/apply/start/", {"scheme": SCHEME, "whose": "own", "organisation": "new", "legal_name": FIRM})
    application = Application.objects.get()
    assert started.headers["Location"] == f"/apply/{application.reference}/"
    for item in answers(schemes.get(SCHEME, VERSION), PROFILE):
        applications_actions.save_page(
            application, page=item.page, item=item.name, data=item.data, is_complete=True, by=employer, at=NOW
        )
    pages.post(f"/apply/{application.reference}/submit/")
    application.refresh_from_db()
    assert (application.status, application.version) == ("submitted", VERSION)
    return application


def inspected(application: Application, officer: User, inspector: User, *, at: datetime = NOW) -> Inspection:
    today = timezone.localdate(at)
    inspection = inspections.commission(
        application.organisation,
        kind="application",
        scheme=applications_queries.scheme_of(application),
        facts=application.facts,
        brief="See whether there are masks.",
        case=application.reference,
        inspector=inspector,
        due_on=today + timedelta(days=14),
        by=officer,
        at=at,
    )
    inspections.record_findings(
        inspection,
        findings=[
            {"standard": "1.1", "finding": "met", "evidence": ""},
            {"standard": "1.2", "finding": "not_met", "evidence": "Nobody had a mask."},
        ],
        summary="Spoke to four workers.",
        business_comments="",
        visited_on=today,
        by=inspector,
        at=at,
    )
    inspections.report(inspection, by=inspector, at=at)
    return inspections.confirm(inspection, by=person("quality_reviewer"), at=at)


def granted(application: Application, inspection: Inspection, officer: User, *, at: datetime = NOW) -> Decision:
    today = timezone.localdate(at)
    proposal = proposals.propose(
        application,
        kind="grant",
        because="All is well but for the masks.",
        starts=today,
        conditions=[GivenCondition("1.2", "Buy masks.", today + timedelta(days=28))],
        inspections=[inspection],
        by=officer,
        at=at,
    )
    return decided(proposal, at=at)


def revoked(licence: Licence, officer: User) -> None:
    proposal = proposals.propose(
        licence,
        kind="revoke",
        because="Workers were not paid.",
        takes_effect=day(2),
        immediate=True,
        immediate_because="Workers would go unpaid for weeks.",
        grounds=[GivenGround("1.1", "Nobody was paid in October.", "The payslips show it.")],
        by=officer,
        at=NOW,
    )
    decided(notified(proposal))


def looked_up(what: str, *, at: date | None = None) -> str:
    """The one entry that answers to a name or a number, as anybody reads it."""
    worker = Client()
    number = re.findall(r'href="/check/([A-Z0-9-]+)/', worker.get("/check/", {"q": what}).content.decode())[0]
    return " ".join(worker.get(f"/check/{number}/", {"at": at.isoformat()} if at else {}).content.decode().split())
