"""What a decision rests on, and what shows that all was looked at, is covered: a row that someone rewrote by SQL is named."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from compliance.interviews import actions as interviews
from compliance.interviews.models import InterviewSeed
from compliance.targeting.models import Choice
from licensing.findings.models import FindingToConsider
from licensing.messages import actions as messages
from licensing.payments.models import Statement
from registry import jobs
from registry.trail.actions import events as trail
from registry.trail.actions import verifications
from registry.trail.models.covered import RowDigest, covered_fields, covered_models, kinds_of
from registry.trail.models.verifications import TrailVerification
from tests import database, stories
from tests.architecture.source import ROOT
from tests.compliance.field.world import SIGNED, TOLD
from tests.compliance.interviews.test_interviews import KEY
from tests.compliance.reports.world import a_report_decided
from tests.compliance.stories import an_inspection, an_inspection_recorded
from tests.compliance.targeting.world import a_round_about, explanation_of
from tests.conftest import NOW
from tests.licensing.payments.bank_statements import a_line
from tests.licensing.stories import FAILING, an_application_checked, an_inspection_of
from tests.people import person
from tests.registry.integrity.test_covering import commit, faults, rewrite
from tests.registry.stories import a_licence
from tests.tampering import Tamperer

pytestmark = pytest.mark.django_db


def a_sample() -> Any:
    visit = an_inspection()
    return interviews.draw(visit, workers_present=42, by=visit.inspector, at=NOW)


def a_choice() -> Choice:
    return a_round_about(a_licence()).choices.get(how="targeted")


def a_finding() -> FindingToConsider:
    visit = an_inspection_of(an_application_checked(), *FAILING)
    return FindingToConsider.objects.get(inspection=visit)


def an_interview() -> Any:
    visit = an_inspection()
    return interviews.keep(visit, key=KEY, told=TOLD, held_at=NOW, by=visit.inspector, at=NOW)


def a_sign_seen() -> Any:
    visit = an_inspection_recorded()
    return interviews.note_indicator(visit, code="7", seen=True, evidence="Seen.", by=visit.inspector, at=NOW)


def a_signature() -> Any:
    visit = an_inspection_recorded()
    return interviews.sign(visit, key=KEY, signed=SIGNED, signed_at=NOW, by=visit.inspector, at=NOW)  # type: ignore[arg-type]


def a_message() -> Any:
    case = stories.an_application_being_assessed()
    return messages.write(case, text="Shall we send the lease too?", by=stories.holder_of(case.organisation), at=NOW)


def a_verification() -> TrailVerification:
    verifications.ask(None, by=person("auditor"), at=NOW)
    jobs.verify_asked(at=NOW)
    return TrailVerification.objects.get()


EVIDENCE: dict[str, Callable[[], models.Model]] = {
    "compliance.interviewseed": lambda: InterviewSeed.objects.get(inspection=a_sample().inspection),
    "compliance.sample": a_sample,
    "compliance.interview": an_interview,
    "compliance.seenindicator": a_sign_seen,
    "compliance.signature": a_signature,
    "compliance.triage": lambda: a_report_decided().triages.get(),
    "compliance.visitround": lambda: a_choice().round,
    "compliance.choice": a_choice,
    "compliance.visitexplanation": lambda: explanation_of(a_choice()),
    "licensing.findingtoconsider": a_finding,
    "licensing.message": a_message,
    "licensing.statement": lambda: Statement.objects.get(lines=a_line()),
    "licensing.statementline": a_line,
    "registry.trailverification": a_verification,
}


def tamper(row: models.Model, way: str) -> None:
    """By the first seed by which no constraint refuses it."""
    for seed in range(50):
        with suppress(IntegrityError), transaction.atomic():
            getattr(Tamperer(seed), way)(type(row), row.pk)
            return
    pytest.fail(f"every constraint holds of {row!r}")


@pytest.mark.parametrize("kind", EVIDENCE)
def test_evidence_that_was_rewritten_or_taken_out_is_named(kind: str) -> None:
    row = EVIDENCE[kind]()
    commit()
    assert row._meta.label_lower == kind
    assert all("ROWS" in fault for fault in faults()), "the licences that a round has for its figures alone"

    for way, said in (("_change", "is not as event"), ("_delete", "was deleted without an event")):
        with transaction.atomic():
            with database.triggers_away():
                tamper(row, way)
                found = faults()
            transaction.set_rollback(True)
        assert any(fault.startswith(f"Rows, {kind} {row.pk}: {said}") for fault in found), (way, found)


def test_the_digest_of_a_row_with_a_secret_is_made_with_a_key(settings: Any) -> None:
    """Who has a copy of the database tries no seed on the digest, and who writes to it makes none for another seed."""
    seed = InterviewSeed.objects.get(inspection=a_sample().inspection)
    commit()
    assert faults() == ()

    settings.NAMES_KEY = "another key"

    event = RowDigest.objects.get(kind="compliance.interviewseed").event
    assert f"Rows, compliance.interviewseed {seed.pk}: is not as event {event} left it" in faults()


# --- verifications that were asked for ---


def asked(at: Any = NOW) -> TrailVerification:
    made = verifications.ask(None, by=person("auditor"), at=at)
    commit()
    return made


def test_a_verification_that_was_rewritten_keeps_no_other_from_being_made() -> None:
    first = asked()
    rewrite("UPDATE registry_trailverification SET asked_at = '2026-01-01 00:00:00+00' WHERE id = %s", first.pk)

    second = verifications.ask(None, by=person("auditor"), at=NOW)
    commit()

    assert second != first
    assert jobs.verify_asked(at=NOW + timedelta(minutes=1)) == 1
    second.refresh_from_db()
    assert any(fault.startswith(f"Rows, registry.trailverification {first.pk}:") for fault in second.faults)


def test_a_verification_that_was_put_in_does_not_stand_in_for_the_one_of_the_day() -> None:
    asked()
    jobs.verify_asked(at=NOW)
    commit()
    later = NOW + timedelta(days=1, hours=1)
    columns = [str(field.column) for field in TrailVerification._meta.concrete_fields if not field.primary_key]
    copied = ["%s" if name in ("asked_at", "started_at", "finished_at") else f'"{name}"' for name in columns]
    rewrite(
        f"INSERT INTO registry_trailverification ({', '.join(columns)}) SELECT {', '.join(copied)}"
        " FROM registry_trailverification",
        *[connection.ops.adapt_datetimefield_value(later)] * 3,
    )

    assert jobs.verify_trail(at=later + timedelta(minutes=1)) == 1

    trail.seal()
    newest = TrailVerification.objects.order_by("-pk")[0]
    assert any("was added without an event" in fault for fault in newest.faults)


# --- what is left out ---

LIST = ROOT / "docs/security/trail.md"


def left_out() -> dict[str, str]:
    """By the tables of a row of the list, the reason."""
    rows = LIST.read_text().partition("## Tables that are not covered")[2].splitlines()
    return dict(row.strip("| ").split(" | ") for row in rows if row.startswith("| `"))


def faults_of(listed: list[str]) -> list[str]:
    """Each table that is neither covered nor listed, is both, is listed twice, or is not there."""
    covered = {model._meta.label for model in covered_models()}
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    return sorted({*(there - covered).symmetric_difference(listed), *(one for one in listed if listed.count(one) > 1)})


def test_every_table_is_covered_or_left_out_for_a_reason() -> None:
    listed = [name for names in left_out() for name in re.findall(r"`(\S+)`", names)]

    assert faults_of(listed) == []
    assert all(len(reason.split()) >= 8 and reason.endswith(".") for reason in left_out().values())
    assert faults_of([*listed, "registry.User", "registry.Gone", "registry.Task"]) == [
        "registry.Gone",
        "registry.Task",
        "registry.User",
    ]
    assert faults_of([name for name in listed if name != "registry.Task"]) == ["registry.Task"]


def test_every_column_that_is_left_out_is_said() -> None:
    text = LIST.read_text()
    for model in covered_models():
        kinds = kinds_of(model)
        names = [
            one.name for one in model._meta.concrete_fields if not any(one in covered_fields(kind) for kind in kinds)
        ]
        assert all(f"`{name}`" in text or f" {name}`" in text for name in names if not is_made(model, name)), model


def is_made(model: type[models.Model], name: str) -> bool:
    return bool(getattr(model._meta.get_field(name), "generated", False))
