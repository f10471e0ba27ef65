"""The sample firms of the second scheme."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pytest_django import Settings

from config.demo import acting, checking, loading, parts
from config.demo import casting as stories
from config.demo import stories as demo_stories
from licensing.applications.models import Application
from public_lookup.formal_checks.models import FormalCheck
from public_lookup.receipts.models import Receipt
from registry import schemes
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.memberships.queries import invitations_for
from registry.organisations.models import Organisation
from registry.register import queries as register
from registry.trail.queries import chain as trail
from tests.conftest import LONDON, NOW
from tests.registry.schemes.drafts import a_later_version
from tests.registry.stories import a_decider, a_licence, an_organisation, day

pytestmark = pytest.mark.django_db

IN_FORCE = schemes.versions(loading.YOUNG_SCHEME)[0]
OLD_ENOUGH = datetime(IN_FORCE.year, IN_FORCE.month, IN_FORCE.day, 12, tzinfo=LONDON) + timedelta(days=47)


def test_a_scheme_too_young_for_the_stories_has_no_sample_firms() -> None:
    list(loading.people(OLD_ENOUGH))

    assert list(loading._of_the_young_scheme(OLD_ENOUGH - timedelta(days=1))) == []


def test_the_second_scheme_has_six_providers_and_four_applications(settings: Settings) -> None:
    settings.CLAMD_ADDRESS = "none"  # as a demonstration has it: its files are accepted at once
    list(loading.people(OLD_ENOUGH))

    for _step in stories.play(loading._of_the_young_scheme(OLD_ENOUGH), until=OLD_ENOUGH):
        pass

    assert set(Application.objects.values_list("scheme", flat=True)) == {loading.YOUNG_SCHEME}
    assert Counter(Application.objects.values_list("status", flat=True)) == {
        "granted": 6,
        "assessing": 2,
        "submitted": 1,
        "draft": 1,
    }
    assert Licence.objects.exclude(conditions=None).distinct().count() == 2
    assert [*trail.faults(), *register.faults()] == []


@pytest.mark.parametrize("scheme", schemes.names())
def test_a_sample_firm_that_applies_while_a_new_form_comes_into_force_answers_that_one_too(
    scheme: str, tmp_path: Path
) -> None:
    """The sample data can be loaded on any day, also on the first days of a new version."""
    with a_later_version(tmp_path, NEW_FORM, scheme=scheme, day="2026-11-24"):
        applies_while_it_comes(scheme)


NEW_FORM = """
[form.pages.workers.questions.lorries]
first = true
kind = "number"
label = { en = "How many lorries?", cy = "Faint o lorïau?" }
"""


def applies_while_it_comes(scheme: str) -> None:
    two_days_after = datetime(2026, 11, 25, 2, tzinfo=LONDON)
    list(loading.people(two_days_after))
    (part,) = parts.parts({"submitted": (1, 3, 3)}, Random(1), scheme=scheme, at=two_days_after, for_samples=False)

    for _step in stories.play([demo_stories.application(parts.cast(scheme), part, Random(1))], until=two_days_after):
        pass

    made = Application.objects.get()
    assert made.version and schemes.in_force(scheme, part.began.date()).version < made.version
    assert made.status == "submitted"


def test_the_sample_agent_acts_for_two_firms_and_is_asked_by_a_third() -> None:
    list(loading.people(NOW))
    firms = [
        an_organisation(name, by=User.objects.get(email=f"{who}@demo.example"))
        for name, who in (("First Ltd", "applicant"), ("Second Ltd", "applicant"), ("Third Ltd", "other-employer"))
    ]

    list(acting.act(NOW))

    agent = User.objects.get(email="agent@demo.example")
    assert set(Organisation.objects.acted_for_by(agent)) == {firms[0], firms[2]}
    assert [one.organisation for one in invitations_for(agent, at=NOW)] == [firms[1]]
    assert firms[0].memberships.answering().count() == 2


def test_the_sample_labour_user_has_proofs_and_formal_checks_and_two_holders_were_told() -> None:
    list(loading.people(NOW))
    before: dict[str, Any] = {"at": NOW - timedelta(days=40), "starts": day(-40)}
    for number in range(5):
        a_licence(an_organisation(f"Hands Number {number}"), **before)
    gone = a_licence(an_organisation("Gone Hands"), **before)
    licences.revoke(gone, takes_effect=day(-2), because="Test.", by=a_decider(), at=NOW - timedelta(days=2))

    made = list(checking.check(NOW))

    assert Receipt.objects.filter(taken_by__email="labour-user@demo.example").count() == 6
    assert "revoked" in set(Receipt.objects.values_list("standing", flat=True))
    assert FormalCheck.objects.count() == Letter.objects.filter(template__endswith="checked.html").count() == 2
    assert len(made) == Receipt.objects.count() == 7
