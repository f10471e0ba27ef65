"""A person answers while whoever applies takes the link back; a number is guessed by many at once."""

from functools import partial
from typing import Any

import pytest

from licensing.applications.actions import applications
from licensing.people_named import actions as parts
from licensing.people_named.models import Part
from registry.trail.queries import chain as trail
from tests.conftest import NOW
from tests.races import at_once
from tests.stories import a_part_answered, a_part_sent, director_of, holder_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def test_an_answer_and_a_withdrawal_at_once_leave_nothing_that_the_applicant_may_not_read() -> None:
    part = a_part_answered(a_part_sent().part)
    by = holder_of(part.application.organisation)
    data = {**director_of(part.application).data, "nationality": "Welsh"}

    at_once(
        partial(parts.answer, part, page="directors", data=data, is_complete=True, by=None, at=NOW),
        partial(parts.withdraw, part, by=by, at=NOW),
    )

    kept = director_of(part.application)
    assert (kept.data, kept.part) == ({"full_name": "Gethin Parry"}, None)
    assert list(trail.faults()) == []


def test_a_signature_and_a_removal_at_once_leave_no_answers_of_somebody_removed() -> None:
    part = a_part_answered(a_part_sent().part)
    by = holder_of(part.application.organisation)

    at_once(
        partial(parts.sign, part, name="Gethin Parry", by=None, at=NOW),
        partial(applications.remove_item, part.application, page="directors", item=part.item, by=by, at=NOW),
    )

    assert not part.application.answers.filter(page="directors").exists()
    assert Part.objects.get(pk=part.pk).withdrawn_at == NOW


def test_of_two_links_sent_to_one_person_at_once_one_is_refused() -> None:
    application = a_part_sent().part.application
    by = holder_of(application.organisation)
    given: dict[str, Any] = {
        "page": "directors",
        "item": "new",
        "name": "Mair Owen",
        "address": "",
        "by": by,
        "at": NOW,
    }

    results = at_once(*[partial(parts.send, application, **given) for _time in range(2)])

    assert sorted(type(result).__name__ for result in results) == ["PartInvitation", "Refused"]


def test_guesses_at_once_are_all_counted() -> None:
    sent = a_part_sent(address="")
    wrong = f"{(int(sent.pin) + 1) % 1_000_000:06}"

    at_once(*[partial(parts.try_pin, sent.part, pin=wrong, by=None, at=NOW) for _guess in range(8)])

    assert Part.objects.get(pk=sent.part.pk).tries == 5
