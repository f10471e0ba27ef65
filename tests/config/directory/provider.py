"""A real provider of OpenID Connect, allauth's own, as a process of its own: what it says of its people is in a file.

Run with the folder that holds `people.json`, `key.pem` and `clients.json`; prints its port.
"""

import json
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.apps import apps
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command

FOLDER = Path(sys.argv[1])


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the library names it
        """No one reads it."""


def said() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "people.json").read_text())
    return found


settings.configure(
    SECRET_KEY="a provider of tests",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="tests.config.directory.provider_urls",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "provider.sqlite3"}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.idp.oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "tests.config.directory.provider_urls.silent",
    ],
    MIGRATION_MODULES=dict.fromkeys(["auth", "contenttypes", "sessions", "account", "allauth_idp_oidc"]),
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    CACHES={
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": FOLDER / "cache"}
    },
    SESSION_COOKIE_NAME="provider",
    LOGIN_URL="account_login",
    IDP_OIDC_ADAPTER="tests.config.directory.provider_urls.Adapter",
    IDP_OIDC_PRIVATE_KEY=(FOLDER / "key.pem").read_text(),
    IDP_OIDC_RATE_LIMITS=False,
    USE_TZ=True,
    FOLDER=FOLDER,
)


def main() -> None:
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    models: Any = apps.get_model
    people, clients = models("auth.User"), models("allauth_idp_oidc.Client")
    for name in said()["people"]:
        people.objects.create_user(name)
    for one in json.loads((FOLDER / "clients.json").read_text()):
        client = clients(
            id=one["id"],
            name=one["id"],
            skip_consent=True,
            scopes="openid\nprofile\nemail",
            grant_types="authorization_code\nrefresh_token",
            redirect_uris=one["redirect_uri"],
        )
        client.set_secret(one["secret"])
        client.save()
    server = make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Quiet)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
