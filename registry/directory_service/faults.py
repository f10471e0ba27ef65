"""What is wrong with the file of the directory, before anyone signs in."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from registry.directory_service import (
    ASK_BY,
    ASKED_FOR,
    CITIZENS,
    KNOWN,
    LONGEST_UNASKED,
    MAY_BE_GIVEN,
    OF_SAML,
    OPENID,
    SAML,
    SHORTEST_BY_SAML,
    STAFF,
    saml,
    staff_directory,
)

NEEDED = ("name", "issuer", "client_id")


def faults(*, at: datetime) -> Iterator[str]:
    """Everything that `check --deploy` refuses of the file, its secrets and the metadata that it names."""
    for part in sorted(settings.DIRECTORY.keys() - KNOWN.keys()):
        yield f"[{part}] is not known: the parts are [{STAFF}] and [{CITIZENS}]."
    secrets = {STAFF: settings.DIRECTORY_SECRET, CITIZENS: settings.CITIZENS_SECRET}
    for kind in KNOWN:
        if kind in settings.DIRECTORY:
            yield from _faults_of(kind, settings.DIRECTORY[kind], secrets[kind])
    if STAFF in settings.DIRECTORY:
        yield from _faults_of_staff(settings.DIRECTORY[STAFF], at=at)


def _faults_of(kind: str, said: Mapping[str, Any], secret: str) -> Iterator[str]:
    for key in sorted(said.keys() - KNOWN[kind]):
        yield f"[{kind}] {key} is not known."
    for key in NEEDED:
        if not isinstance(said.get(key), str) or not said[key]:
            yield f"[{kind}] {key} is missing."
    yield from _faults_of_addresses(kind, said)
    if not secret and said.get("protocol") != SAML:
        yield f"[{kind}] has no secret: set {'DIRECTORY_SECRET' if kind == STAFF else 'CITIZENS_SECRET'}."


def _faults_of_addresses(kind: str, said: Mapping[str, Any]) -> Iterator[str]:
    names_an_address = said.get("protocol") != SAML  # the name of an entity need be none
    for address in (*([said.get("issuer", "")] if names_an_address else ()), *said.get("pages", ())):
        if urlsplit(str(address)).scheme != "https":
            yield f"[{kind}] {address or 'issuer'} does not begin with https://."
    if "openid" not in said.get("scopes", ASKED_FOR):
        yield f"[{kind}] scopes must hold openid."


def _faults_of_staff(said: Mapping[str, Any], *, at: datetime) -> Iterator[str]:
    yield from _faults_of_groups(said.get("groups") or {})
    if said.get("ask_by", "userinfo") not in ASK_BY:
        yield f"[{STAFF}] ask_by must be one of {', '.join(ASK_BY)}."
    yield from _faults_of_protocol(said, at=at)
    if not said.get("break_glass"):
        yield f"[{STAFF}] break_glass names no account: no one could sign in while the directory does not answer."


def _faults_of_groups(groups: Mapping[str, Any]) -> Iterator[str]:
    if not groups:
        yield f"[{STAFF}.groups] is empty: no one of the authority could sign in."
    for group, roles in groups.items():
        for role in sorted(set(roles) - MAY_BE_GIVEN):
            yield f"[{STAFF}.groups] {group}: {role} is no role that a group can give."
    folded = [group.strip().casefold() for group in groups]
    for group in sorted({group for group in folded if folded.count(group) > 1}):
        yield f"[{STAFF}.groups] {group} is there twice."


def _faults_of_protocol(said: Mapping[str, Any], *, at: datetime) -> Iterator[str]:
    protocol = said.get("protocol", OPENID)
    if protocol not in (OPENID, SAML):
        yield f"[{STAFF}] protocol must be {OPENID} or {SAML}."
    shortest = SHORTEST_BY_SAML if protocol == SAML else 0
    if not shortest <= said.get("ask_again_after", shortest) <= LONGEST_UNASKED:
        yield f"[{STAFF}] ask_again_after must be from {shortest} to {LONGEST_UNASKED} seconds."
    if protocol != SAML:
        yield from (f"[{STAFF}] {key} is for SAML alone." for key in OF_SAML if key in said)
    elif not said.get("metadata"):
        yield f"[{STAFF}] metadata is missing: name the file with the metadata of the directory."
    elif all(said.get(key) for key in NEEDED) and (directory := staff_directory()):
        found = saml.faults(directory, pages=settings.DIRECTORY_PAGES, at=at)
        yield from (f"[{STAFF}] {fault}" for fault in found)
