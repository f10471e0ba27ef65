#!/usr/bin/env python3
"""A stand-in for a provider of card payments: the shape of GOV.UK Pay, version 1, over HTTP. No card is ever charged.

    script/stand_ins/card_payments.py --port 8100 --key KEY --secret SECRET --tell http://127.0.0.1:8000/card-payments/told/

What it plays: `POST /v1/payments` (with Idempotency-Key), `GET /v1/payments/ID`, `POST /v1/payments/ID/cancel`, its own page
on which a card is typed, and signed messages to `--tell` when a payment has ended. `--keep FILE` survives a restart.
Cards: 4444 3333 2222 1111 is paid; 4000 0000 0000 0002 is declined; every other number is said to be wrong.
For tests, `POST /stand-in/silent` makes it answer nothing but errors until `POST /stand-in/speaking`.
"""

import argparse
import hashlib
import hmac
import html
import json
import secrets
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAID, DECLINED = "4444333322221111", "4000000000000002"
EXPIRES = 90 * 60
STATES: dict[str, dict[str, Any]] = {
    "created": {"status": "created", "finished": False},
    "started": {"status": "started", "finished": False},
    "success": {"status": "success", "finished": True},
    "declined": {"status": "failed", "finished": True, "code": "P0010", "message": "Payment method rejected"},
    "expired": {"status": "failed", "finished": True, "code": "P0020", "message": "Payment expired"},
    "went_back": {
        "status": "failed",
        "finished": True,
        "code": "P0030",
        "message": "Payment was cancelled by the user",
    },
    "cancelled": {
        "status": "cancelled",
        "finished": True,
        "code": "P0040",
        "message": "Payment was cancelled by the service",
    },
}
EVENTS = {
    "success": "card_payment_succeeded",
    "declined": "card_payment_failed",
    "went_back": "card_payment_failed",
    "cancelled": "card_payment_failed",
    "expired": "card_payment_expired",
}
WORDS = {
    "en": {
        "title": "Payment (a stand-in)",
        "about": "This is a demonstration: no card is charged. Card 4444 3333 2222 1111 is paid, 4000 0000 0000 0002 is declined.",
        "card": "Card number",
        "pay": "Pay",
        "cancel": "Cancel the payment",
        "wrong": "Enter one of the two card numbers above.",
        "done": "This payment has ended. Go back to the service that you came from.",
    },
    "cy": {
        "title": "Taliad (gweinydd dros dro)",
        "about": "Arddangosiad yw hwn: ni chodir tâl ar unrhyw gerdyn. Telir â cherdyn 4444 3333 2222 1111; gwrthodir 4000 0000 0000 0002.",
        "card": "Rhif y cerdyn",
        "pay": "Talu",
        "cancel": "Canslo'r taliad",
        "wrong": "Rhowch un o'r ddau rif cerdyn uchod.",
        "done": "Mae'r taliad hwn wedi dod i ben. Ewch yn ôl i'r gwasanaeth y daethoch ohono.",
    },
}
STYLE = "body{font:1.1rem/1.5 sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem}input,button{font:inherit;padding:.5rem;margin:.25rem 0}.wrong{color:#a00}"


class Till:
    """Every payment that it was asked for."""

    def __init__(self, *, address: str, key: str, secret: str, tell: str, keep: Path | None) -> None:
        self.address, self.key, self.secret, self.tell, self.keep = address, key, secret, tell, keep
        self.lock = threading.RLock()
        self.is_silent = False
        self.payments: dict[str, dict[str, Any]] = {}
        if keep and keep.exists():
            self.payments = json.loads(keep.read_text())

    def create(self, asked: dict[str, Any], idempotency_key: str) -> dict[str, Any]:
        with self.lock:
            for known in self.payments.values():
                if idempotency_key and known["idempotency_key"] == idempotency_key:
                    return known
            payment_id = secrets.token_hex(13)
            self.payments[payment_id] = {
                "id": payment_id,
                "idempotency_key": idempotency_key,
                "asked": asked,
                "state": "created",
                "created": time.time(),
            }
            self._kept()
            return self.payments[payment_id]

    def find(self, payment_id: str) -> dict[str, Any] | None:
        with self.lock:
            found = self.payments.get(payment_id)
            if found and not STATES[found["state"]]["finished"] and time.time() - found["created"] > EXPIRES:
                self.end(payment_id, "expired")
            return found

    def end(self, payment_id: str, state: str) -> None:
        """Once; whatever comes after it changes nothing."""
        with self.lock:
            payment = self.payments[payment_id]
            if STATES[payment["state"]]["finished"]:
                return
            payment["state"] = state
            self._kept()
        if self.tell:
            threading.Thread(target=self._say, args=(payment, EVENTS[state]), daemon=True).start()

    def shown(self, payment: dict[str, Any]) -> dict[str, Any]:
        here = f"{self.address}/v1/payments/{payment['id']}"
        state = STATES[payment["state"]]
        following = None if state["finished"] else {"href": f"{self.address}/pay/{payment['id']}", "method": "GET"}
        return {
            "payment_id": payment["id"],
            "amount": payment["asked"]["amount"],
            "reference": payment["asked"]["reference"],
            "description": payment["asked"]["description"],
            "return_url": payment["asked"]["return_url"],
            "state": state,
            "created_date": _instant(payment["created"]),
            "payment_provider": "sandbox",
            "_links": {
                "self": {"href": here, "method": "GET"},
                "next_url": following,
                "events": {"href": f"{here}/events", "method": "GET"},
                "cancel": None if state["finished"] else {"href": f"{here}/cancel", "method": "POST"},
            },
        }

    def message(self, payment: dict[str, Any], event: str) -> tuple[bytes, str]:
        body = json.dumps(
            {
                "webhook_message_id": secrets.token_hex(13),
                "api_version": 1,
                "created_date": _instant(time.time()),
                "resource_id": payment["id"],
                "resource_type": "payment",
                "event_type": event,
                "resource": self.shown(payment),
            }
        ).encode()
        return body, hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()

    def _say(self, payment: dict[str, Any], event: str) -> None:
        """Told again for a while when nobody takes it, as the real one does for days."""
        body, signature = self.message(payment, event)
        headers = {"Content-Type": "application/json", "Pay-Signature": signature}
        for wait in (0, 2, 10, 60):
            time.sleep(wait)
            try:
                with urllib.request.urlopen(
                    urllib.request.Request(self.tell, data=body, headers=headers), timeout=5
                ) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                continue

    def _kept(self) -> None:
        if self.keep:
            self.keep.parent.mkdir(parents=True, exist_ok=True)
            self.keep.write_text(json.dumps(self.payments))


def _instant(at: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(at))


class Handler(BaseHTTPRequestHandler):
    till: Till

    def do_GET(self) -> None:
        parts = urlsplit(self.path).path.strip("/").split("/")
        if parts[:2] == ["v1", "payments"] and len(parts) == 3:
            self._tell_of(parts[2])
        elif parts[0] == "pay" and len(parts) == 2:
            self._show(parts[1])
        else:
            self._json(404, {"code": "P0200", "description": "Not found"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path).path.strip("/").split("/")
        if parts[0] == "stand-in":
            self.till.is_silent = parts[-1] == "silent"
            self._json(200, {"silent": self.till.is_silent})
        elif parts == ["v1", "payments"]:
            self._create(body)
        elif parts[:2] == ["v1", "payments"] and parts[-1] == "cancel" and len(parts) == 4:
            self._cancel(parts[2])
        elif parts[0] == "pay" and len(parts) == 2:
            self._typed(parts[1], parse_qs(body.decode()))
        else:
            self._json(404, {"code": "P0200", "description": "Not found"})

    # --- for programs

    def _may(self) -> bool:
        if self.till.is_silent:
            self._json(503, {"code": "P0999", "description": "Unavailable"})
            return False
        if self.headers.get("Authorization") != f"Bearer {self.till.key}":
            self._json(401, {"code": "P0900", "description": "Unauthorised"})
            return False
        return True

    def _create(self, body: bytes) -> None:
        if not self._may():
            return
        try:
            asked = json.loads(body)
            amount = asked["amount"]
            texts = [asked[name] for name in ("reference", "description", "return_url")]
        except (ValueError, KeyError, TypeError):
            self._json(422, {"code": "P0101", "description": "Missing mandatory attribute"})
            return
        if type(amount) is not int or not 1 <= amount <= 10_000_000 or not all(isinstance(text, str) for text in texts):
            self._json(422, {"code": "P0102", "description": "Invalid attribute value"})
            return
        payment = self.till.create(asked, self.headers.get("Idempotency-Key", ""))
        self._json(201, self.till.shown(payment))

    def _tell_of(self, payment_id: str) -> None:
        if self._may():
            payment = self.till.find(payment_id)
            if payment is None:
                self._json(404, {"code": "P0200", "description": "Not found"})
            else:
                self._json(200, self.till.shown(payment))

    def _cancel(self, payment_id: str) -> None:
        if not self._may():
            return
        payment = self.till.find(payment_id)
        if payment is None:
            self._json(404, {"code": "P0500", "description": "Not found"})
        elif STATES[payment["state"]]["finished"]:
            self._json(400, {"code": "P0501", "description": "Cancellation failed"})
        else:
            self.till.end(payment_id, "cancelled")
            self._answer(204, b"", "application/json")

    # --- for people

    def _show(self, payment_id: str, wrong: str = "") -> None:
        payment = self.till.find(payment_id)
        if payment is None:
            self._answer(404, b"<h1>Not found</h1>", "text/html; charset=utf-8")
            return
        words = WORDS["cy" if payment["asked"].get("language") == "cy" else "en"]
        asked = {name: html.escape(str(payment["asked"][name])) for name in ("reference", "description")}
        if STATES[payment["state"]]["finished"]:
            back = html.escape(payment["asked"]["return_url"], quote=True)
            form = f'<p><a href="{back}">{words["done"]}</a></p>'
        else:
            if payment["state"] == "created":
                payment["state"] = "started"
            form = (
                f'<form method="post"><p class="wrong" role="alert">{words[wrong] if wrong else ""}</p>'
                f'<p><label for="card">{words["card"]}</label><br>'
                f'<input id="card" name="card" inputmode="numeric" autocomplete="off"></p>'
                f'<p><button name="do" value="pay">{words["pay"]}</button> '
                f'<button name="do" value="cancel">{words["cancel"]}</button></p></form>'
            )
        page = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{words["title"]}</title>'
            f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
            f"<h1>{words['title']}</h1><p>{words['about']}</p>"
            f"<p>{asked['description']}<br>{asked['reference']}: <strong>£{payment['asked']['amount'] / 100:,.2f}</strong></p>"
            f"{form}</body></html>"
        )
        self._answer(200, page.encode(), "text/html; charset=utf-8")

    def _typed(self, payment_id: str, given: dict[str, list[str]]) -> None:
        payment = self.till.find(payment_id)
        if payment is None or STATES[payment["state"]]["finished"]:
            self._show(payment_id)
            return
        card = "".join(given.get("card", [""])[0].split())
        ends = {PAID: "success", DECLINED: "declined"}.get(card, "")
        if given.get("do") == ["cancel"]:
            ends = "went_back"
        if not ends:
            self._show(payment_id, "wrong")
            return
        self.till.end(payment_id, ends)
        self.send_response(303)
        self.send_header("Location", payment["asked"]["return_url"])
        self.send_header("Content-Length", "0")
        self.end_headers()

    # --- answers

    def _json(self, status: int, said: dict[str, Any]) -> None:
        self._answer(status, json.dumps(said).encode(), "application/json")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing is written down."""


def serve(
    *, port: int, key: str, secret: str, tell: str = "", keep: Path | None = None, host: str = "127.0.0.1"
) -> ThreadingHTTPServer:
    """The server, listening and not yet answering: `serve_forever` is the caller's. Port 0 takes one that is free."""
    server = ThreadingHTTPServer((host, port), Handler)
    address = f"http://{host}:{server.server_address[1]}"
    till = Till(address=address, key=key, secret=secret, tell=tell, keep=keep)
    server.RequestHandlerClass = type("OwnHandler", (Handler,), {"till": till})
    return server


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in for a provider of card payments.")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--key", required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--tell", default="", help="the address that is told of payments which have ended")
    parser.add_argument("--keep", type=Path, help="a file in which payments survive a restart")
    given = parser.parse_args()
    serve(**vars(given)).serve_forever()


if __name__ == "__main__":
    main()
