"""Emails and text messages by a service in the shape of GOV.UK Notify: `TEXT_SENDER` and `EMAIL_BACKEND` name these classes.

Notify sends what a template says, so each of the two templates is only what we write: `((body))`, and `((subject))` above it.
"""

import hashlib
import hmac
import json
import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from registry.clients import machines
from registry.clients.texts import TextUndelivered
from registry.json_reader import read_json

#: Seconds for one question; the outbox tries again what was not answered.
WITHIN = 10.0
MOST_READ = 64 * 1024
#: A key is a name, the id of the service and the secret: two UUIDs at the end.
KEY = re.compile(r"(?P<service>[0-9a-f-]{36})-(?P<secret>[0-9a-f-]{36})$")


class NotifySilent(Exception):
    """Notify cannot be asked now, or refused: `code` is its answer, 0 for none."""

    def __init__(self, code: int, words: str = "") -> None:
        super().__init__(f"{code} {words}".strip())
        self.code = code


class NotifySender:
    """Text messages. See `registry.clients.texts.Sender`."""

    def send(self, *, number: str, words: str, reference: str) -> None:
        try:
            if not _has(reference):
                body = {"phone_number": number, "template_id": settings.NOTIFY_TEXT_TEMPLATE, "reference": reference}
                _asked("POST", "/v2/notifications/sms", {**body, "personalisation": {"body": words}})
        except NotifySilent as silent:
            raise TextUndelivered from silent


class NotifyMail(BaseEmailBackend):
    """Emails, as plain text. Several receivers are as many notifications. An email with a file is refused: Notify has no such thing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if message.attachments:
                raise ValueError("Notify sends no files: use SMTP, or take the file out of this email.")
            for address in message.recipients():
                _mail(message, address)
        return len(email_messages)


def _mail(message: EmailMessage, address: str) -> None:
    """Raises `SMTPRecipientsRefused` for an address that Notify does not take, and `OSError` for whatever may be tried again."""
    reference = message.extra_headers.get("Message-ID", "")
    try:
        if reference and _has(reference := f"{reference} {address}"):
            return
        _asked("POST", "/v2/notifications/email", _email(message, address, reference))
    except NotifySilent as silent:
        if silent.code == 400 and "email_address" in str(silent):
            raise SMTPRecipientsRefused({address: (550, b"Not a valid address")}) from silent
        raise OSError(f"Notify did not take the email: {silent.code or 'no answer'}.") from silent


def _email(message: EmailMessage, address: str, reference: str) -> dict[str, Any]:
    stop = message.extra_headers.get("List-Unsubscribe", "").strip("<>")
    return {
        "email_address": address,
        "template_id": settings.NOTIFY_MAIL_TEMPLATE,
        "personalisation": {"subject": message.subject, "body": message.body},
        **({"reference": reference} if reference else {}),
        **({"email_reply_to_id": settings.NOTIFY_REPLY_TO} if settings.NOTIFY_REPLY_TO else {}),
        **({"one_click_unsubscribe_url": stop} if stop.startswith("https://") else {}),
    }


def _has(reference: str) -> bool:
    """Whether it was taken before: an answer may be lost on the way, and the same message must not go twice."""
    said = _asked("GET", f"/v2/notifications?{urlencode({'reference': reference})}")
    return bool(said.get("notifications"))


def _asked(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    address, content = settings.NOTIFY_URL.rstrip("/") + path, json.dumps(body).encode() if body else None
    headers = {"Authorization": f"Bearer {_token()}", "Content-Type": "application/json"}
    try:
        answer = machines.ask(method, address, within=WITHIN, most=MOST_READ, headers=headers, body=content)
        said = read_json(answer.body or b"{}")
    except (machines.MachineSilent, ValueError):
        raise NotifySilent(0) from None
    if answer.code not in (200, 201):
        raise NotifySilent(answer.code, " ".join(str(one.get("message", "")) for one in said.get("errors", ())))
    return dict(said)


def _token() -> str:
    """Notify wants a token of HS256 that is not older than half a minute (RFC 7519)."""
    key = KEY.search(settings.NOTIFY_KEY)
    if key is None:
        raise NotifySilent(0, "NOTIFY_KEY is no key of Notify")
    claims = {
        "iss": key["service"],
        "iat": int(time.time()),
    }  # the clock of the machine that Notify compares with its own
    signed = f"{_part({'typ': 'JWT', 'alg': 'HS256'})}.{_part(claims)}"
    digest = hmac.digest(key["secret"].encode(), signed.encode(), hashlib.sha256)
    return f"{signed}.{_plain(digest)}"


def _part(said: dict[str, Any]) -> str:
    return _plain(json.dumps(said, separators=(",", ":")).encode())


def _plain(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
