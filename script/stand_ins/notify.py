#!/usr/bin/env python3
"""A stand-in for GOV.UK Notify: the shape of its API, over HTTP. It keeps what it is given and sends nothing.

    script/stand_ins/notify.py --port 8120 --key NAME-SERVICE-SECRET

It answers `POST /v2/notifications/sms` and `/email`, and `GET /v2/notifications?reference=…`. `GET /stand-in/sent` shows all that
was taken. An address that begins with `refused@` is refused; `GET /stand-in/silent` makes it answer nothing but errors until
`/stand-in/speaking`, and `/stand-in/forgetful` makes it take the next message and answer with an error.
"""

import argparse
import hashlib
import hmac
import json
import re
import time
from base64 import urlsafe_b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SENT = {"/v2/notifications/sms": "phone_number", "/v2/notifications/email": "email_address"}
KEY = re.compile(r"([0-9a-f-]{36})-([0-9a-f-]{36})$")


class Notify:
    """What was taken, and how it answers now."""

    def __init__(self, key: str) -> None:
        found = KEY.search(key)
        assert found is not None, "a key is NAME-SERVICE-SECRET"
        self.service, self.secret = found.groups()
        self.taken: list[dict[str, Any]] = []
        self.mood = "speaking"

    def knows(self, token: str) -> bool:
        """Whether the token is signed with our key and is of this half minute."""
        try:
            signed, _dot, digest = token.rpartition(".")
            claims = json.loads(_bytes(signed.split(".")[1]))
            true = hmac.digest(self.secret.encode(), signed.encode(), hashlib.sha256)
            fresh = abs(time.time() - claims["iat"]) < 30
        except (ValueError, IndexError, KeyError):
            return False
        return hmac.compare_digest(true, _bytes(digest)) and fresh and claims["iss"] == self.service

    def take(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        to = SENT[path]
        if not body.get(to) or str(body[to]).startswith("refused@"):
            return 400, {"errors": [{"error": "ValidationError", "message": f"{to} Not a valid value"}]}
        if not body.get("template_id") or "body" not in body.get("personalisation", {}):
            return 400, {"errors": [{"error": "BadRequestError", "message": "Missing personalisation: body"}]}
        self.taken.append(body)
        return 201, {"id": f"{len(self.taken):036d}", "reference": body.get("reference")}


def _bytes(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


class Handler(BaseHTTPRequestHandler):
    notify: Notify

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/stand-in/sent":
            self._answer(200, {"sent": self.notify.taken})
        elif asked.path.startswith("/stand-in/"):
            self.notify.mood = asked.path.rpartition("/")[2]
            self._answer(200, {"mood": self.notify.mood})
        elif self._is_let_in():
            wanted = parse_qs(asked.query).get("reference", [""])[0]
            found = [one for one in self.notify.taken if one.get("reference") == wanted]
            self._answer(200, {"notifications": found})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        if self.path not in SENT or not self._is_let_in():
            return
        said = self.notify.take(self.path, body)
        if self.notify.mood == "forgetful":
            self.notify.mood = "speaking"
            said = 500, {"errors": [{"error": "Exception", "message": "Internal server error"}]}
        self._answer(*said)

    def _is_let_in(self) -> bool:
        if self.notify.mood == "silent":
            self._answer(503, {"errors": []})
        elif not self.notify.knows(self.headers.get("Authorization", "").removeprefix("Bearer ")):
            self._answer(403, {"errors": [{"error": "AuthError", "message": "Invalid token: API key not found"}]})
        else:
            return True
        return False

    def _answer(self, code: int, said: dict[str, Any]) -> None:
        content = json.dumps(said).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: Any) -> None:
        """Quiet: messages hold codes."""


def serve(*, port: int, key: str) -> ThreadingHTTPServer:
    """The server with its handler, not yet running; `server.RequestHandlerClass.notify` is what it knows."""
    handler = type("NotifyHandler", (Handler,), {"notify": Notify(key)})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--key", required=True)
    given = parser.parse_args()
    serve(port=given.port, key=given.key).serve_forever()
