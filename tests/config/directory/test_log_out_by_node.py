"""Back-channel log-out as another provider sends it: oidc-provider, where Node and the module are there.

`npm install --prefix FOLDER oidc-provider`, and OIDC_PROVIDER_MODULES=FOLDER/node_modules.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from django.core.cache import cache
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from registry.trail.models.events import Event
from tests.config.directory.conftest import SECRET

MODULES = os.environ.get("OIDC_PROVIDER_MODULES", "")
pytestmark = [
    pytest.mark.dear,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("node"), reason="not run: no Node"),
    pytest.mark.skipif(not MODULES, reason="not run: oidc-provider is not installed (OIDC_PROVIDER_MODULES)"),
]


@pytest.fixture
def issuer(live_server: LiveServer, settings: Settings) -> Iterator[str]:
    script = Path(__file__).with_name("oidc-provider.mjs")
    command = ["node", str(script), live_server.url, SECRET, MODULES]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        address = f"http://127.0.0.1:{started.stdout.readline().strip()}"
        cache.clear()
        settings.DIRECTORY_SECRET = SECRET
        settings.DIRECTORY = {
            "directory": {
                "name": "Authority directory",
                "issuer": address,
                "client_id": "registry",
                "groups": {"officers": ["case_officer"]},
            }
        }
        yield address
        started.terminate()


def posted(browser: requests.Session, page: requests.Response, **typed: str) -> requests.Response:
    """Send the form of this page, with what it hides and what is typed."""
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    form = re.search(r'<form[^>]+action="([^"]+)"', page.text)
    assert form is not None, page.text
    headers = {"Referer": page.url}
    return browser.post(urljoin(page.url, form[1]), {**hidden, **typed}, headers=headers, timeout=60)


def test_signing_out_at_the_provider_ends_the_session_here(live_server: LiveServer, issuer: str) -> None:
    browser = requests.Session()
    page = browser.get(f"{live_server.url}/account/login/", timeout=60)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token is not None
    page = browser.post(f"{live_server.url}/account/directory/sign-in/", {"csrfmiddlewaretoken": token[1]}, timeout=60)
    here = posted(browser, page, prompt="login", login="mair", password="any")
    assert here.url.startswith(live_server.url), here.text
    staff = f"{live_server.url}/account/name/"
    asked = browser.get(staff, allow_redirects=False, timeout=60)
    assert asked.headers["Location"].startswith("/account/2fa/totp/activate/")  # signed in, without a factor yet

    confirm = browser.get(f"{issuer}/session/end", timeout=60)
    posted(browser, confirm, logout="yes")

    asked = browser.get(staff, allow_redirects=False, timeout=60)
    assert asked.headers["Location"].startswith("/account/login/")
    assert Event.objects.get(verb="sign_out_by_directory").facts["sessions"] == 1
