"""A version of a scheme is frozen with the first case pinned to it; a deployment that would change it is refused."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django import Settings

from config.demo import frozen
from config.demo.people import DOMAIN
from licensing.applications.models import Application
from registry import checks, schemes
from registry.accounts.models import User
from registry.errors import Refused
from registry.schemes import actions as packs
from registry.schemes import freezing
from registry.schemes.models import PackEdition
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.conftest import NOW
from tests.people import person
from tests.stories import SCHEME, an_application, an_application_submitted

pytestmark = pytest.mark.django_db
PACKS = Path(schemes.__file__).parent / "packs"
BECAUSE = "A slip in the wording, against the law."


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    freezing._frozen.clear()
    yield
    freezing._frozen.clear()


@pytest.fixture
def earnest(settings: Settings) -> None:
    settings.DEMO = False


@contextmanager
def edited(folder: Path, old: str, new: str, *, file: str = "base/letters.toml") -> Iterator[None]:
    """The packs of the product, but that one file says something else."""
    root = Path(shutil.copytree(PACKS, folder / "packs", dirs_exist_ok=True))
    text = (root / SCHEME / file).read_text()
    assert old in text
    (root / SCHEME / file).write_text(text.replace(old, new, 1))
    schemes._loaded.cache_clear()
    schemes._loaded_alone.cache_clear()
    with schemes.use([root]):
        yield


def newest() -> schemes.Scheme:
    return schemes.in_force(SCHEME, NOW.date())


OLD, NEW = 'code = "request"\ntitle = { en = "', 'code = "request"\ntitle = { en = "Now: '


def test_the_first_case_freezes_what_its_version_says() -> None:
    an_application()
    assert not PackEdition.objects.exists(), "a draft is pinned to nothing"

    application = an_application_submitted()

    edition = PackEdition.objects.get()
    assert (edition.scheme, edition.version, edition.edition) == (SCHEME, application.version, 1)
    assert edition.digest == freezing.said_by(newest()).digest
    assert list(trail.faults()) == []


def test_sample_data_that_no_action_made_freezes_the_versions_that_it_is_pinned_to() -> None:
    Application.objects.filter(pk=an_application().pk).update(version="2018-10-01")

    freezing.freeze_pinned(at=NOW)
    freezing.freeze_pinned(at=NOW)

    assert [str(one) for one in PackEdition.objects.all()] == ["gla-food 2018-10-01, edition 1"]


@contextmanager
def without_merged_versions(folder: Path) -> Iterator[None]:
    """The packs of a release that dropped the versions that others had taken in."""
    root = Path(shutil.copytree(PACKS, folder / "packs"))
    for file in root.glob("*/merged.toml"):
        file.unlink()
    with schemes.use([root]):
        yield


def pinned_to_a_merged_version() -> Application:
    """As 0.1.0 left it: what was handed in there on 28 November."""
    Application.objects.filter(pk=an_application_submitted().pk).update(version="2026-11-28")
    return Application.objects.get()


@pytest.mark.parametrize("is_demo", [True, False])
def test_setting_up_refuses_a_version_that_rows_are_pinned_to_and_that_is_missing(
    tmp_path: Path, settings: Settings, is_demo: bool
) -> None:
    settings.DEMO = is_demo
    pinned_to_a_merged_version()
    assert checks.pinned_packs(databases=["default"]) == []

    with without_merged_versions(tmp_path):
        (error,) = checks.pinned_packs(databases=["default"])
        with pytest.raises(
            CommandError, match=r"gla-food 2026-11-28 is missing, and pinned to it are: licensing\.application"
        ):
            call_command("set_up", stdout=StringIO())

    assert error.is_serious()
    assert "merged.toml" in str(error.hint)


def test_what_is_missing_is_asked_only_of_tables_that_a_version_before_had(tmp_path: Path) -> None:
    pinned_to_a_merged_version()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE compliance_underpaymentnotice RENAME COLUMN version TO was_not_there")
        cursor.execute("ALTER TABLE licensing_application RENAME TO licensing_application_to_come")

    with without_merged_versions(tmp_path):
        assert checks.pinned_packs(databases=["default"]) == []


def test_a_frozen_version_that_is_missing_makes_the_service_unready(tmp_path: Path) -> None:
    pinned_to_a_merged_version()
    freezing.freeze_pinned(at=NOW)
    assert Client().get("/health/ready").json()["checks"]["packs"] is True

    with without_merged_versions(tmp_path):
        answer = Client().get("/health/ready")

    assert (answer.status_code, answer.json()["checks"]["packs"]) == (503, False)


def test_what_is_unchanged_is_not_refused(earnest: None) -> None:
    an_application_submitted()

    assert list(freezing.changed()) == []
    assert checks.frozen_packs(databases=["default"]) == []


def test_a_version_that_no_case_is_pinned_to_may_be_changed(earnest: None, tmp_path: Path) -> None:
    with edited(tmp_path, OLD, NEW):
        assert checks.frozen_packs(databases=["default"]) == []


@pytest.mark.usefixtures("earnest")
@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("base/letters.toml", OLD, NEW, "gla-food/base/letters.toml: letters[request].title"),
        ("base/standards.toml", "points = 8", "points = 9", "gla-food/base/standards.toml: standards[1.4].points"),
        ("2025-04-28.toml", "A = 4000", "A = 4001", "gla-food/2025-04-28.toml: fees.amounts.application.A"),
        ("base/scheme.toml", "reply_working_days = 10", "reply_working_days = 11", "gla-food/base/scheme.toml: notice.reply_working_days"),
    ],
)  # fmt: skip
def test_a_change_of_a_frozen_version_is_refused_with_its_file_and_key(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    an_application_submitted()

    with edited(tmp_path, old, new, file=file):
        found = checks.frozen_packs(databases=["default"])
        with pytest.raises(CommandError, match="was frozen when the first case was pinned to it"):
            call_command("set_up", stdout=StringIO())

    assert [one.is_serious() for one in found] == [True]
    assert said in found[0].msg


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("base/letters.toml", "[[letters]]", "# A comment.\n[[letters]]"),
        ("2026-04-07/enforcement.toml", "needs_review = true\n", ""),
        ("base/letters.toml", 'code = "request"\n', 'code = "request"\nappeal = []\n'),
        ("base/scheme.toml", "[review]", '[review]\nfees = "Ask somebody."'),
    ],
)
def test_comments_defaults_and_what_is_to_be_confirmed_do_not_count(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    an_application_submitted()

    with edited(tmp_path, old, new, file=file):
        assert list(freezing.changed()) == []


def test_a_demonstration_is_warned_accepts_the_change_and_says_so(tmp_path: Path, settings: Settings) -> None:
    settings.DEMO = True
    for who, role in (("manager", "manager"), ("decision-maker", "decision_maker")):
        person(role, email=f"{who}@{DOMAIN}")
    an_application_submitted()

    with edited(tmp_path, OLD, NEW):
        assert [one.is_serious() for one in checks.frozen_packs(databases=["default"])] == [False]
        assert list(frozen.accept_changes(at=NOW)) == [f"{SCHEME}/{newest().version}"]
        assert list(freezing.changed()) == []


# --- a correction ----------------------------------------------------------------------------------------------------


@pytest.fixture
def manager() -> User:
    return person("manager")


@pytest.fixture
def decider() -> User:
    return person("decision_maker")


def accept(by: User, because: str = "") -> str:
    out = StringIO()
    call_command("accept_pack", f"{SCHEME}/{newest().version}", by=by.email, because=because, stdout=out)
    return out.getvalue()


def test_a_correction_is_accepted_by_two_people_with_a_reason_on_the_trail(
    tmp_path: Path, manager: User, decider: User
) -> None:
    an_application_submitted()

    with edited(tmp_path, OLD, NEW):
        assert "letters[request].title" in accept(manager, BECAUSE)
        assert list(freezing.changed())
        assert "Accepted." in accept(decider)
        assert list(freezing.changed()) == []

    events = Event.objects.filter(kind="packedition").order_by("number")
    assert [(one.verb, one.by_name, one.because) for one in events] == [
        ("propose_correction", str(manager), BECAUSE),
        ("accept_correction", str(decider), BECAUSE),
    ]
    assert list(freezing.changed()), "what it said before is a change now"


@pytest.mark.parametrize(
    ("because", "again", "told"),
    [
        ("", False, "Say the reason"),
        (BECAUSE, True, "someone else must accept it"),
    ],
)
def test_nobody_corrects_a_version_alone_or_without_a_reason(
    tmp_path: Path, manager: User, because: str, again: bool, told: str
) -> None:
    an_application_submitted()

    with edited(tmp_path, OLD, NEW):
        if again:
            accept(manager, because)
        with pytest.raises(CommandError, match=told):
            accept(manager, because)
        assert list(freezing.changed())


def test_what_was_changed_again_must_be_proposed_again(tmp_path: Path, manager: User, decider: User) -> None:
    an_application_submitted()
    with edited(tmp_path, OLD, NEW):
        correction = packs.propose_correction(newest(), because=BECAUSE, by=manager, at=NOW)

    with edited(tmp_path, OLD, NEW + "here: "), pytest.raises(Refused) as refused:
        packs.accept_correction(correction, newest(), by=decider, at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["changed_since"]


def test_what_is_not_frozen_or_not_changed_needs_no_correction(manager: User) -> None:
    with pytest.raises(CommandError, match="No case is pinned"):
        accept(manager, BECAUSE)
    an_application_submitted()
    with pytest.raises(CommandError, match="nothing to accept"):
        accept(manager, BECAUSE)


def test_who_works_on_cases_may_not_correct_the_rules(tmp_path: Path) -> None:
    an_application_submitted()

    with edited(tmp_path, OLD, NEW), pytest.raises(CommandError, match="may not correct"):
        accept(person("case_officer"), BECAUSE)


def test_what_was_frozen_can_be_neither_changed_nor_deleted() -> None:
    an_application_submitted()

    for spoil in (lambda: PackEdition.objects.update(said="{}"), lambda: PackEdition.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            spoil()
    assert Application.objects.count() == 1
