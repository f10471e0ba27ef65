"""Every state is a wait for someone, or says why no one must act."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.urls import get_resolver

from config.management.commands.draw_lifecycles import lifecycles
from registry import schemes
from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.tasks.models import declared_waits
from registry.waits import NoWait, Pending, Wait, waits_of

LIFECYCLES = list(lifecycles())
NAMES = [f"{app}.{name}" for app, name, _lifecycle in LIFECYCLES]


def silent_states(lifecycle: Lifecycle) -> set[str]:
    """States that are no end, in which no one is waited for and that do not say why."""
    waited = {state for wait in lifecycle.waits for state in wait.states}
    ends = {state for state in lifecycle.statuses if not lifecycle.moves_from(state)}
    return set(lifecycle.statuses) - waited - set(lifecycle.no_waits) - ends


@pytest.mark.parametrize("lifecycle", [row[2] for row in LIFECYCLES], ids=NAMES)
def test_every_state_that_is_no_end_waits_for_someone_or_says_why_not(lifecycle: Lifecycle) -> None:
    assert silent_states(lifecycle) == set()


def test_a_planted_state_without_a_wait_is_found() -> None:
    assert silent_states(Lifecycle("new", move("close", {"new"}, "closed"))) == {"new"}
    explained = Lifecycle("new", move("close", {"new"}, "closed"), waits=(NoWait("new", "It is being scanned."),))
    assert silent_states(explained) == set()


def test_waits_name_states_of_their_lifecycle() -> None:
    for _app, _name, lifecycle in LIFECYCLES:
        for wait in lifecycle.waits:
            assert wait.states <= set(lifecycle.statuses), wait.code
        assert set(lifecycle.no_waits) <= set(lifecycle.statuses)


def test_every_wait_is_for_people_who_exist_and_leads_to_a_page() -> None:
    known = {f"{app}.{code}" for app, code in _permissions()}
    pages = set(get_resolver().reverse_dict)

    assert len(declared_waits()) >= 40
    for kind, wait in declared_waits().items():
        assert [bool(wait.permission), bool(wait.act), bool(wait.pending)].count(True) == 1, kind
        assert (
            wait.permission in known
            if wait.permission
            else (wait.act or wait.pending) in {*Act.values, *Pending.values}
        )
        assert not wait.permission or wait.agency or wait.seen_with in known, kind
        assert wait.address or wait.page in pages, kind
        assert str(wait.todo)[0].isupper(), kind


def _permissions() -> set[tuple[str, str]]:
    return {
        (model._meta.app_label, code)
        for model in apps.get_models()
        if model is not Permission
        for code, _title in model._meta.permissions
    }


def test_paths_of_a_wait_lead_through_fields_and_properties_of_its_model() -> None:
    for model in apps.get_models():
        for wait in waits_of(model):
            for path in _paths(wait):
                assert hasattr(model, path.split(".")[0]), f"{model.__name__}.{path}"


def _paths(wait: Wait) -> list[str]:
    named = [wait.owner, wait.first_owner, wait.organisation, wait.agency, wait.due, wait.after, wait.until, wait.when]
    return [path for path in (*named, wait.priority, wait.address, *wait.not_by) if path]


def test_the_scheme_names_only_kinds_of_task_that_there_are() -> None:
    for name in schemes.names():
        for version in schemes.versions(name):
            for term in schemes.get(name, version).tasks.tasks:
                assert term.code in declared_waits(), f"{name} {version}: {term.code}"
