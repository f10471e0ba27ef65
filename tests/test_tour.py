"""docs/tour.md, step by step: the sample person opens the address, does what is said, and sees what is promised."""

import re
from random import Random

import pytest
from django.utils import timezone
from pytest_django import Settings

from compliance import jobs
from config.demo import casting as stories
from config.demo import loading, parts
from config.demo import stories as demo_stories
from config.demo.people import SAMPLE_PEOPLE
from registry import schemes
from tests.conftest import NOW
from tests.tour import SIGNED_OUT, TOUR, Seat, acts, steps

pytestmark = pytest.mark.once

#: What the tour needs of the sample data: how many firms end where, and how many days ago they began.
PLAN = {
    name: {**parts.PROVIDERS, **parts.APPLICATIONS}[name]
    for name in ("draft", "paid", "inspection_commissioned", "inspection_reported", "proposed", "licensed")
}


def one_firm_of_each() -> None:
    list(loading.people(NOW))
    random, cast = Random(loading.SEED), parts.cast(loading.SCHEME)
    plan = {name: (1, at_least, at_most) for name, (_how_many, at_least, at_most) in PLAN.items()}
    firms = parts.parts(plan, random, scheme=loading.SCHEME, at=NOW)
    for _step in stories.play([demo_stories.application(cast, firm, random) for firm in firms], until=NOW):
        pass
    jobs.score_all(at=NOW)


@pytest.mark.django_db
def test_each_step_shows_what_the_tour_promises(settings: Settings) -> None:
    settings.DEMO = True
    one_firm_of_each()
    seats: dict[str, Seat] = {}
    names: dict[str, str] = {}

    for step in steps():
        seat = seats.setdefault(step.who, Seat(step.who))
        if step.where:
            seat.open(step.where)
        seat.do(step.do, today=timezone.localdate(), names=names)
        names[f"the name of step {step.number}"] = seat.heading.rpartition(": ")[2]
        missing = [words for words in step.see if words not in seat.text]
        assert (seat.status, missing) == (200, []), (
            f"step {step.number}: {step.title}, {seat.address}\n{seat.text[:3000]}"
        )


def test_the_tour_goes_the_whole_loop_in_order() -> None:
    found = steps()
    people = {key: name for key, _role, name in SAMPLE_PEOPLE}

    assert [step.number for step in found] == list(range(1, len(found) + 1))
    assert all(step.see for step in found)
    for verb in ("Apply", "Check", "Inspect", "Decide", "License", "Publish", "Look up", "Report", "Target"):
        assert [step for step in found if verb.lower() in step.title.lower()], verb
    for step in found:
        assert step.who == SIGNED_OUT or people[step.who] in TOUR.read_text()


def test_every_verb_of_a_step_is_understood() -> None:
    for step in steps():
        said = len(re.findall(r'\b(?:Open|Press|Choose|Fill in) ["`]', step.do))

        assert len(list(acts(step.do))) == said, step


def test_the_tour_is_of_the_scheme_of_the_sample_data() -> None:
    assert loading.SCHEME in schemes.names()
