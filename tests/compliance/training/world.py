"""A training of an officer, recorded by the real action."""

from datetime import timedelta
from typing import Any

from compliance.training import actions
from compliance.training.models import Training
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

LAST_WEEK = (NOW - timedelta(days=7)).date()


@remembered
def a_training(**told: Any) -> Training:
    given = {"kind": "signs", "on": LAST_WEEK, "at": NOW, **told}
    who, by = given.pop("person", None) or person("inspector"), given.pop("by", None) or person("manager")
    return actions.record_training(person=who, by=by, **given)
