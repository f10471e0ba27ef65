"""What opens for someone whose roles come from groups is what opens for someone who was given them by hand."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from registry.accounts.models import User
from tests.config.directory.conftest import RunningProvider, sign_in
from tests.config.directory.test_sign_in import MFA
from tests.config.walker import routes
from tests.in_part import in_part
from tests.people import person, signed_in

OWN_WAYS = ("account_", "mfa_", "sign_in_again")
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("role", ["inspector", "case_officer"])
def test_a_directory_account_opens_what_its_roles_open(
    provider: RunningProvider, settings: Settings, role: str
) -> None:
    plain = [route.name for route in routes() if route.is_guarded and not (route.parameters or route.namespace)]
    some = in_part(plain, of=8, named=lambda name: f"{role} {name}")
    provider.says(mair={**MFA, "groups": [f"{role.split('_')[-1]}s"]})
    browser = Client()
    sign_in(browser, "mair")
    by_directory = statuses(browser, some)

    settings.DIRECTORY = {}
    by_hand = person(role)
    assert by_directory == statuses(signed_in(by_hand), some) and 403 in by_directory.values()
    assert User.objects.get(email="mair@authority.example").roles == by_hand.roles


def statuses(browser: Client, names: list[str]) -> dict[str, int]:
    """What each address answers. Pages about one's own ways to sign in depend on them, and not on roles."""
    return {name: browser.get(reverse(name)).status_code for name in names if not name.startswith(OWN_WAYS)}
