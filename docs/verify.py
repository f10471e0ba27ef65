#!/usr/bin/env python3
"""Checks what the labour licensing registry has signed, without a connection and without trusting this machine's software.

    python3 verify.py --keys jwks.json THING…

THING is a certificate or a proof of check (PDF), a signed record (JSON), a copy of the register (NDJSON, or that with gzip), or the text of the
square code of a certificate. Get `jwks.json` yourself from /.well-known/jwks.json on the website of the register, not from
whoever gave you the document. Only the standard library of Python 3.11 or newer is needed. Exit: 0 when all are genuine, 1 when
one is not or was altered, 2 when one cannot be confirmed or read.

What is signed: of a record, its JSON with keys sorted, without spaces, in UTF-8; of a square code, all before the last point.
Of a PDF, the record inside and, by the line "%Seal-1 KEY START END SIGNATURE" near its end, all other bytes: the text "Seal-1
POSITION START END" and a line end, then the file without SIGNATURE and without START to END (digits of a PAdES signature, or 0 0).
Signatures are Ed25519 (RFC 8032), keys a JSON Web Key Set (RFC 8037).
"""

import argparse
import base64
import gzip
import hashlib
import json
import re
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

# --- Ed25519, as RFC 8032 section 6 has it ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _add(a, b):
    left, right = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, d - c, d + c, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor, point):
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point, factor = _add(point, point), factor >> 1
    return total


def _same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def _point(raw):
    """The point that 32 bytes stand for, or None when there is none."""
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if len(raw) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (not x and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(key, content, signature):
    """Whether the holder of this key signed exactly these bytes."""
    place, commitment = _point(key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if place is None or commitment is None or len(signature) != 64 or s >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + content).digest(), "little") % ORDER
    return _same(_times(s, BASE), _add(commitment, _times(challenge, place)))


# --- reading ---


class NotGenuine(Exception):
    """It was not signed so by a key of the register, or was changed since; `lines` say what of it is genuine."""

    def __init__(self, why, label="NOT GENUINE", status=1, lines=()):
        super().__init__(why)
        self.label, self.status, self.lines = label, status, lines


class Unreadable(Exception):
    """It is not one of the things that the register signs, so nothing can be said of it."""

    label, status, lines = "CANNOT TELL", 2, ()


def _bytes(text):
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError as error:
        raise NotGenuine("a part of it is not base64url") from error
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
        raise NotGenuine("a part of it is written in another way than it was signed")
    return raw


def read_keys(path):
    """Each key by its name, from a JSON Web Key Set."""
    found = {}
    for key in json.loads(path.read_text(encoding="utf-8"))["keys"]:
        if key.get("crv") == "Ed25519":
            raw = _bytes(key["x"])
            found[hashlib.sha256(raw).hexdigest()[:16]] = raw
    return found


def _check(keys, name, content, signature):
    if name not in keys:
        raise NotGenuine(f"it names the key {name}, which is not among those that you gave")
    if not signed_by(keys[name], content, _bytes(signature)):
        raise NotGenuine("the signature does not fit what it says: it was altered, or never signed")


def _opened(sealed, keys):
    if not isinstance(sealed, dict) or not {"record", "key", "signature"} <= set(sealed):
        raise Unreadable("it is not a signed record")
    if len(sealed) != 3:
        raise NotGenuine("it holds more than what was signed")
    record, name, signature = sealed["record"], sealed["key"], sealed["signature"]
    if not (isinstance(record, dict) and isinstance(name, str) and isinstance(signature, str)):
        raise NotGenuine("its parts are not of the kind that is signed")
    try:
        canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    except RecursionError as error:
        raise NotGenuine("it is nested more deeply than anything that is signed") from error
    _check(keys, name, canonical.encode("utf-8", "surrogatepass"), signature)
    return record


def _once_each(pairs):
    if len(dict(pairs)) != len(pairs):
        raise NotGenuine("one of its keys stands there twice: programs would read it in different ways")
    return dict(pairs)


def _json(content):
    try:
        return json.loads(content, object_pairs_hook=_once_each)
    except (ValueError, RecursionError) as error:
        raise Unreadable("it is not JSON that we write") from error


def _inflated(stream):
    # The end of the line before "endstream" may have taken the last byte of the checksum along: what is signed says enough.
    return zlib.decompressobj().decompress(stream)


def _attached(content):
    """The signed record that is attached to a PDF: the one stream in it that is such a thing."""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        for read in (_inflated, bytes):
            try:
                found = json.loads(read(stream), object_pairs_hook=_once_each)
            except (zlib.error, ValueError, RecursionError):
                continue
            if isinstance(found, dict) and "signature" in found:
                return found
    raise Unreadable("no signed record is attached to this PDF")


def _of_record(record):
    if record.get("kind") == "receipt" and isinstance(record.get("answered"), dict):
        return "proof of check", list(_of_receipt(record))
    lines = [f"{key.replace('_', ' ')}: {_in_words(value)}" for key, value in record.items() if key != "kind"]
    if record.get("kind") == "certificate":
        lines.insert(0, OF_A_CERTIFICATE)
    return str(record.get("kind", "record")).replace("_", " "), lines


OF_A_CERTIFICATE = "It does not say whether the licence holds today: look up the number in the register."
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: The answer for each standing of the register, in the words of its pages.
ANSWERS = {
    "licensed": "LICENSED",
    "licensed_with_conditions": "LICENSED, WITH CONDITIONS",
    "revocation_to_come": "LOSING ITS LICENCE",
    "suspended": "NOT LICENSED",
    "revoked": "NOT LICENSED",
    "expired": "NOT LICENSED",
    "surrendered": "NOT LICENSED",
    "refused": "APPLIED, NOT LICENSED",
    "applied": "APPLIED, NOT LICENSED",
}
#: The same of a past day.
PAST_ANSWERS = {
    "LICENSED": "WAS licensed on {day}",
    "LICENSED, WITH CONDITIONS": "WAS licensed on {day}, with conditions",
    "LOSING ITS LICENCE": "WAS licensed on {day}, and was losing its licence",
    "NOT LICENSED": "WAS NOT licensed on {day}",
    "APPLIED, NOT LICENSED": "WAS NOT licensed on {day}: it had applied",
    "WE CANNOT TELL NOW": "We cannot tell what it was on {day}",
}
#: Who is asked about; of a licence that holds, all other fields are printed as well.
OF_THE_BUSINESS = ("number", "name", "trading_names", "company_number", "address", "scheme", "issued_by")
#: Fields that the line of the answer says in words.
IN_THE_ANSWER = ("standing", "outcome", "licensed")


def _of_receipt(record):
    """The answer of the day the proof was made, then that of the past day it is about; empty fields are left out."""
    asked, answered = record["asked"], record["answered"]
    is_past = asked["as_at"] != record["taken_at"]
    yield _made(record) if is_past else _heading(asked["day"], answered)
    if is_past:
        then = _asked_when(asked)
        yield f"As the register showed it on {then}: {PAST_ANSWERS[_answer(answered)].format(day=then)}"
    yield f"number of the proof: {record['receipt']}"
    yield f"asked at {record['taken_at']} about {asked['number']}, as it was at {asked['as_at']}"
    yield from _fields(answered, holds=not is_past and answered.get("licensed") is True)
    yield f"entry of the register: {record['entry']['number']}, with the hash {record['entry']['hash']}"
    yield f"the register then had {record['register']['entries']} entries, the last with the hash {record['register']['hash']}"
    for key, value in record.get("checked_by", {}).items():
        yield f"formal check by, {key}: {value}"


def _made(record):
    """The answer of the day on which a proof about a past day was made; the oldest such proofs do not hold it."""
    if "today" in record:
        return _heading(record["today"]["day"], record["today"]["answered"])
    day = _day_in_words(record["taken_at"])
    return f"Made on {day}, about a past day. It does not say what the register answered on {day}: look up the answer of today."


def _heading(day, answered):
    return f"On {_day_in_words(day)}, when this proof was made: {_answer(answered)}"


def _asked_when(asked):
    """The day that was asked about, with its time where it was not the end of a day."""
    day, at = _day_in_words(asked["day"]), asked["as_at"]
    return day if at.endswith("59:59.999999Z") else f"{day} at {at[11:19]} UTC"


def _answer(answered):
    """One of the seven answers, in words. None is where the register had no entry."""
    return ANSWERS.get(answered["standing"], "WE CANNOT TELL NOW") if answered else "NOT FOUND"


def _fields(answered, holds):
    """Of a licence that does not hold, or held on a past day, no term, no telephone and no people: only who it was."""
    for key, value in answered.items():
        if value in (None, "", [], {}) or key in IN_THE_ANSWER or not (holds or key in OF_THE_BUSINESS):
            continue
        yield f"{key.replace('_', ' ')}: {_in_words(value)}"


def _day_in_words(text):
    day = datetime.strptime(text[:10], "%Y-%m-%d").replace(tzinfo=UTC)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _in_words(value):
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _register(content, keys):
    first, _newline, body = content.partition(b"\n")
    record = _opened(_json(first), keys)
    if record.get("kind") != "snapshot":
        raise NotGenuine("its first line is signed, but not as that of a register")
    if hashlib.sha256(body).hexdigest() != record.get("sha256"):
        raise NotGenuine("the lines below the first are not those that were signed")
    kind, lines = _of_record(record)
    until = datetime.strptime(record["valid_until"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    if until <= datetime.now(UTC):
        lines.append("It is older than 24 hours: it says what was so then, and nothing about today.")
    return kind, lines


def _mark(text, keys):
    said, _point, signature = text.rpartition(".")
    parts = said.split(".")
    if len(parts) != 7:
        raise NotGenuine("a square code of a certificate has eight parts")
    _check(keys, parts[6], said.encode("utf-8"), signature)
    _form, number, start, end, entry, name, _key = parts
    return "square code of a certificate", [
        OF_A_CERTIFICATE,
        f"licence number: {number}",
        f"name: {_bytes(name).decode(errors='replace')}",
        f"valid from {start[:4]}-{start[4:6]}-{start[6:]} until {end[:4]}-{end[4:6]}-{end[6:]}",
        f"entry of the register: {entry}",
    ]


def verify(thing, keys):
    """What kind of thing it is, and what it says, line by line. Raises NotGenuine or Unreadable."""
    if re.search(r"(^|#)L1\.", thing):
        return _mark(thing[thing.rindex("L1.") :].strip(), keys)
    try:
        content = Path(thing).read_bytes()
        content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"it cannot be read: {error}") from error
    if content.startswith(b"%PDF"):
        return _paper(content, keys)
    if b'"kind":"snapshot"' in content.partition(b"\n")[0]:
        return _register(content, keys)
    return _of_record(_opened(_json(content), keys))


SEAL = re.compile(rb"(?m)^%Seal-1 ([0-9a-f]{16}) ([0-9]{10}) ([0-9]{10}) ([A-Za-z0-9_-]{86})$")
UNSEALED = (
    "it has no seal: it was made before papers were sealed, or was changed. Compare it with the page of the register"
)


def _paper(content, keys):
    """A PDF: the record inside, and the seal over every byte that people see."""
    record = _opened(_attached(content), keys)
    kind, lines = _of_record(record)
    inside = [f"The record inside is genuine. It is a {kind} and says:", *(f"  {line}" for line in lines)]
    seals = list(SEAL.finditer(content))
    if not seals and record.get("paper") != "sealed":
        raise NotGenuine(UNSEALED, "CANNOT CONFIRM", 2, inside)
    if not seals or not _is_whole(content, seals[-1], keys):
        raise NotGenuine("this paper was changed since we made it", "ALTERED", 1, inside)
    return kind, [*lines, "the pages are byte for byte as they were made"]


def _is_whole(content, seal, keys):
    start, end = int(seal[2]), int(seal[3])
    head = f"Seal-1 {seal.start()} {start} {end}\n".encode()
    if (start, end) == (0, 0):
        start = end = len(content)
    elif not seal.end() < start < end <= len(content) or not re.fullmatch(rb"[0-9A-Fa-f]*", content[start:end]):
        return False
    said = head + content[: seal.start(4)] + content[seal.end(4) : start] + content[end:]
    key, signature = keys.get(seal[1].decode()), seal[4].decode()
    raw = base64.urlsafe_b64decode(signature + "==")
    return key is not None and base64.urlsafe_b64encode(raw)[:86] == seal[4] and signed_by(key, said, raw)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", required=True, type=Path, metavar="jwks.json", help="the keys of the register")
    parser.add_argument("things", nargs="+", metavar="THING")
    given = parser.parse_args()
    try:
        keys = read_keys(given.keys)
    except (OSError, ValueError, KeyError, TypeError, NotGenuine):
        print(f"{given.keys}: these are no keys", file=sys.stderr)
        return 2
    worst = 0
    for thing in given.things:
        try:
            kind, lines = verify(thing, keys)
            print(f"GENUINE: {thing}\n  {kind}", *lines, sep="\n  ")
        except (NotGenuine, Unreadable) as why:
            worst = max(worst, why.status)
            print(f"{why.label}: {thing}\n  {why}", *why.lines, sep="\n  ")
    if worst == 0:
        print("Genuine means that the register said so when it was signed. Ask the register what is so today.")
    return worst


if __name__ == "__main__":
    sys.exit(main())
