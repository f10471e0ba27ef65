"""The sample reports."""

from collections import Counter
from datetime import timedelta

import pytest

from compliance.guarded_sharing.models import GuardedSharing
from compliance.intelligence.models.intelligence import Dissemination, Intelligence
from compliance.intelligence.models.sources import SealedIdentity, Source
from compliance.intelligence.models.ties import Tie
from compliance.joint_cases.models import JointCase, JointStep
from compliance.reports.models.reports import Report, ReportPhoto
from config.demo import bulk, knowing, loading, reporting, together
from config.demo.words import INVENTED_PLACES
from registry.trail.queries import chain as trail
from tests.conftest import NOW
from tests.public_lookup.stories import a_holder, an_applicant
from tests.registry.stories import a_licence, an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_there_are_a_few_dozen_in_every_state_and_none_is_stuck() -> None:
    list(loading.people(NOW))
    licence = a_holder(f"{INVENTED_PLACES[0]} Hands Ltd")

    list(loading.reports(NOW))

    assert Counter(Report.objects.values_list("status", flat=True)) == {
        "received": 10,
        "being_looked_at": 15,
        "done": 11,
    }
    assert Report.objects.waiting().count() == 10 + 5 + 2
    assert Report.objects.filter(about_number=licence.number).exists()
    assert ReportPhoto.objects.exists()
    assert set(Report.objects.values_list("contact", flat=True)) == {"mailbox", "direct", "none"}
    assert list(trail.faults()) == []


def test_the_public_has_objected_to_applicants_that_are_open_to_it() -> None:
    list(loading.people(NOW))
    for nth, days in enumerate((3, 9, 40)):
        an_applicant(f"{INVENTED_PLACES[nth]} Hands Ltd", at=NOW - timedelta(days=days))

    list(loading.reports(NOW))

    found = Report.objects.of_kind("objection").order_by("about_number")
    assert list(found.values_list("about_number", "status")) == [
        ("APP-00001", "received"),
        ("APP-00002", "being_looked_at"),
    ]


def test_whoever_is_spoken_ill_of_is_called_after_a_place_that_does_not_exist() -> None:
    list(loading.people(NOW))
    a_holder("Hereford Hands Ltd")

    list(loading.reports(NOW))

    assert not Report.objects.filter(about_name__startswith="Hereford").exists()


def test_more_are_told_in_all_three_states_and_go_on_after_those_that_are_there() -> None:
    list(loading.people(NOW))
    load = bulk.Load.begun(bulk.Sizes(0, 0, 0, reporting.TOLD + 30), seed=1, at=NOW)
    (series,) = (one for one in load.series() if one.name == "reports")

    assert list(series.load()) == [30]
    assert list(series.load()) == []
    assert set(Report.objects.values_list("status", flat=True)) == {"received", "being_looked_at", "done"}
    assert list(trail.faults()) == []


def test_some_is_known_of_firms_from_a_source_too_passed_on_and_tied_together() -> None:
    list(loading.people(NOW))
    for nth in range(4):
        # On the register before anybody is reported: a report is about a firm that stood there when it came.
        a_licence(an_organisation(f"{INVENTED_PLACES[nth]} Hands Ltd"), at=NOW - timedelta(days=200))
    list(loading.reports(NOW))

    list(knowing.intelligence(NOW))

    assert {one.grade for one in Intelligence.objects.all()} >= {"1A/C", "2C/P", "2A/C"}
    assert Intelligence.objects.exclude(source=None).exists()
    assert Dissemination.objects.filter(accepted_at=None).exists()
    assert Tie.objects.count() >= 6
    assert Tie.objects.filter(is_directed=True).exclude(since=None).exists()
    assert GuardedSharing.objects.get().status == "asked"
    assert not sings_of_the_source()

    list(together.together(NOW))

    assert list(JointCase.objects.order_by("pk").values_list("status", flat=True)) == ["open", "closed"]
    assert set(JointStep.objects.filter(status="open").values_list("side", flat=True)) == {"us", "partner"}
    assert list(trail.faults()) == []


def sings_of_the_source() -> bool:
    return any("Sample Source" in str(row) for model in (Source, SealedIdentity) for row in model.objects.values())
