"""Asking the scanner, a ClamAV daemon, over its socket. Without an answer nothing is clean.

The protocol is clamd's INSTREAM: chunks with their length before them, an empty one at the end, one line of answer.
"""

import logging
import socket
import struct
import time
from enum import StrEnum

from django.conf import settings

from registry.clients.machines import cut_at

logger = logging.getLogger(__name__)

NONE = "none"  # the demonstration has no scanner, and says so beside every document
#: For one document, from the first byte to the last of the answer; and what is read of that.
SECONDS, MOST_READ = 30.0, 4096
CHUNK = 256 * 1024


class ScanVerdict(StrEnum):
    """What is known of a file: only what was scanned and found clean is served, or in the demonstration what was not scanned."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"  # nobody answered: it waits
    NOT_SCANNED = "not_scanned"


def scanned(content: bytes) -> ScanVerdict:
    """What the scanner says of these bytes; `UNKNOWN` when there is none, when it is down, or when it cannot tell."""
    address = settings.CLAMD_ADDRESS
    if address == NONE:
        return ScanVerdict.NOT_SCANNED
    if not address:
        return ScanVerdict.UNKNOWN
    try:
        return _understood(_asked(address, content))
    except OSError as fault:
        logger.warning("The virus scanner does not answer: %s", type(fault).__name__)
        return ScanVerdict.UNKNOWN


def _understood(answer: str) -> ScanVerdict:
    if answer.endswith(" OK"):
        return ScanVerdict.CLEAN
    if answer.endswith(" FOUND"):
        logger.warning("The virus scanner found: %s", answer)
        return ScanVerdict.INFECTED
    logger.warning("The virus scanner cannot tell: %s", answer)
    return ScanVerdict.UNKNOWN


def _asked(address: str, content: bytes) -> str:
    with _connected(address) as scanner, cut_at(time.monotonic() + SECONDS, scanner):
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            scanner.sendall(struct.pack("!I", len(chunk)) + chunk)
        scanner.sendall(struct.pack("!I", 0))
        answer = b""
        while len(answer) < MOST_READ and (part := scanner.recv(MOST_READ)):
            answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connected(address: str) -> socket.socket:
    """`/run/clamav/clamd.ctl` is a socket of this machine, `scanner.internal:3310` one of another."""
    if address.startswith("/"):
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(SECONDS)
        try:
            scanner.connect(address)
        except OSError:
            scanner.close()
            raise
        return scanner
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
