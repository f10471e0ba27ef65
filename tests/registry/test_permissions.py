import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied

from registry import permissions
from registry.accounts.models import User
from registry.roles import ROLES, STAFF_ROLES, of_staff
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_its_table_says_and_nothing_else(role: str) -> None:
    user = person(role)

    assert user.get_all_permissions() == ROLES[role].codenames


def test_every_permission_that_a_role_names_exists() -> None:
    existing = {f"{app}.{name}" for app, name in Permission.objects.values_list("content_type__app_label", "codename")}

    assert set().union(*(role.codenames for role in ROLES.values())) <= existing


def test_the_groups_are_the_roles() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_requiring_lets_through_who_holds_the_permission() -> None:
    permissions.require(person("decision_maker"), "registry.revoke_licence")


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"decision_maker"}))
def test_nobody_else_may_revoke(role: str) -> None:
    with pytest.raises(PermissionDenied):
        permissions.require(person(role), "registry.revoke_licence")


def test_the_public_holds_no_permission() -> None:
    with pytest.raises(PermissionDenied):
        permissions.require(None, "registry.view_licences")


def test_somebody_who_left_holds_no_permission() -> None:
    with pytest.raises(PermissionDenied):
        permissions.require(person("decision_maker", is_active=False), "registry.revoke_licence")


def test_a_role_that_is_taken_away_is_gone_at_once() -> None:
    user = person("decision_maker")
    user.groups.clear()
    again = type(user).objects.get(pk=user.pk)

    with pytest.raises(PermissionDenied):
        permissions.require(again, "registry.revoke_licence")
    assert again.roles == frozenset()


def test_nobody_both_proposes_and_decides_by_role_or_inspects_and_confirms() -> None:
    for role in ROLES.values():
        assert not {"licensing.propose_decision", "licensing.decide"} <= role.permissions
        assert not {"compliance.report_inspection", "compliance.confirm_inspection"} <= role.permissions


def test_the_inspector_decides_nothing() -> None:
    deciding = {name for name in ROLES["decision_maker"].permissions if not name.endswith(tuple(_reading()))}

    assert not ROLES["inspector"].permissions & deciding


def _reading() -> set[str]:
    return {name.split(".")[1] for name in of_staff.READ}


def test_who_administers_people_sees_no_cases() -> None:
    assert ROLES["people_administrator"].permissions == {"registry.manage_people", "registry.manage_agencies"}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_staff_are_those_whose_role_is_staff(role: str) -> None:
    assert permissions.is_staff(person(role)) == (role in STAFF_ROLES)


def test_all_but_an_applicant_a_labour_user_and_the_system_are_staff() -> None:
    assert set(ROLES) - STAFF_ROLES == {"applicant", "labour_user", "system"}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_staff_work_for_the_authority(role: str) -> None:
    assert person(role).has_perm("registry.work_for_authority") == (role in STAFF_ROLES)


def test_one_of_several_permissions_is_enough() -> None:
    several = ("registry.revoke_licence", "licensing.assess_application")

    permissions.require_one(person("case_officer"), *several)
    with pytest.raises(PermissionDenied, match="revoke_licence"):
        permissions.require_one(person("inspector"), *several)
    with pytest.raises(PermissionDenied):
        permissions.require_one(person("case_officer", is_active=False), *several)


def test_who_may_do_something_are_those_with_access_in_a_role_that_lets_them() -> None:
    officer = person("case_officer")
    person("inspector")
    gone = person("case_officer")
    gone.is_active = False
    gone.save()

    assert list(User.objects.who_may("licensing.assess_application")) == [officer]
    assert not User.objects.who_may("compliance.assess_application").exists()
