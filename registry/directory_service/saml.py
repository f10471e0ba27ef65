"""SAML 2.0, for directories that have no OpenID Connect: what we ask, and what is believed of a signed answer.

Of the extra `saml` (requirements/saml.txt). SAML cannot be asked again without the browser of the person, so that what an
answer says holds for `ask_again_after` seconds; then the browser is sent to the directory once more (docs/decisions/0187).
"""

import base64
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509

from registry.directory_service import IdentityProvider
from registry.directory_service.tokens import NotBelieved

#: Characters of an answer, as it is posted. Directories send some ten thousand.
LONGEST = 100_000
#: Our own addresses of the protocol.
TAKEN_AT, DESCRIBED_AT = "/account/directory/saml/", "/account/directory/saml/metadata.xml"
POST, REDIRECT = (f"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-{one}" for one in ("POST", "Redirect"))
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_IN = {"saml": "urn:oasis:names:tc:SAML:2.0:assertion", "ds": "http://www.w3.org/2000/09/xmldsig#"}
#: What is refused before a signature is computed, for its cost grows with a square: elements and attributes, how deep they lie,
#: and what a signature reads how often (one reference, two readings: SAML 2.0 core, 5.4; answer and assertion may both be signed).
_TOO_MUCH = (
    f"count(//* | //@*) > 2000 or {'/*' * 12} or //*[string-length(@PrefixList) > 100]"
    " or count(//ds:Reference) > 2 or count(//ds:Transform) > 2 * count(//ds:Reference)"
)
#: The only readings (5.4.4): another can be a program, whose cost has no bound.
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_READINGS = {f"{_IN['ds']}enveloped-signature", _EXCLUSIVE, f"{_EXCLUSIVE}WithComments"}
_ASSERTION = "/*/saml:Assertion"


@dataclass(frozen=True, slots=True)
class SamlRequest:
    """Where the browser goes, and by which name the answer will refer to the question."""

    address: str
    name: str


def request(provider: IdentityProvider, *, origin: str, again: bool) -> SamlRequest:
    """The question for a person. Where `again` is asked for, the directory shows its page once more."""
    from onelogin.saml2.auth import OneLogin_Saml2_Auth  # noqa: PLC0415 - of an extra

    asking = OneLogin_Saml2_Auth(_place(origin), _settings(provider, origin))
    address = asking.login(return_to="", force_authn=again)
    return SamlRequest(address, asking.get_last_request_id())


def describe(provider: IdentityProvider, *, origin: str) -> bytes:
    """Our own metadata, which the directory is given."""
    from onelogin.saml2.settings import OneLogin_Saml2_Settings  # noqa: PLC0415 - of an extra

    said: str | bytes = OneLogin_Saml2_Settings(_settings(provider, origin), sp_validation_only=True).get_sp_metadata()
    return said.encode() if isinstance(said, str) else said


def claims(provider: IdentityProvider, answer: str, *, origin: str) -> tuple[str, dict[str, Any]]:
    """Which question is answered, and what is said of the person, by the names that OpenID Connect has for it.

    Raises `NotBelieved` unless all of it is signed for us, now. Whether the question was ours its asker must know.
    """
    from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError  # noqa: PLC0415 - of an extra
    from onelogin.saml2.response import OneLogin_Saml2_Response  # noqa: PLC0415
    from onelogin.saml2.settings import OneLogin_Saml2_Settings  # noqa: PLC0415

    if len(answer) > LONGEST:
        raise NotBelieved("too long")
    try:
        settings = OneLogin_Saml2_Settings(_settings(provider, origin), sp_validation_only=True)
        response = OneLogin_Saml2_Response(settings, answer)
        _judge_size(response.document)
        if not response.is_valid(_place(origin)):
            raise NotBelieved(response.get_error())
        # The library takes an answer that is meant for no one in particular, and for no question.
        if provider.client_id not in response.get_audiences():
            raise NotBelieved("audience")
        assertion = response.get_xml_document().xpath(_ASSERTION, namespaces=_IN)[0]
        return _question(response, assertion), _said(provider, response, assertion)
    except (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, ValueError, SyntaxError, LookupError) as fault:
        raise NotBelieved(type(fault).__name__) from fault


def _judge_size(document: Any) -> None:
    """What anyone may post costs little: judged before a signature is computed."""
    ways = document.xpath("//ds:Transform/@Algorithm", namespaces=_IN)
    if document.xpath(_TOO_MUCH, namespaces=_IN) or not _READINGS.issuperset(ways):
        raise NotBelieved("more than a directory sends")


def _question(response: Any, assertion: Any) -> str:
    """The name is in the signed part, not only around it."""
    named = set(assertion.xpath(".//saml:SubjectConfirmationData/@InResponseTo", namespaces=_IN))
    data = assertion.xpath(".//saml:SubjectConfirmationData", namespaces=_IN)
    if named != {response.get_in_response_to()} or len(data) != 1:
        raise NotBelieved("InResponseTo")
    return str(named.pop())


def _said(provider: IdentityProvider, response: Any, assertion: Any) -> dict[str, Any]:
    facts: Mapping[str, list[str]] = response.get_attributes()
    contexts: list[str] = response.get_authn_contexts()
    shown = assertion.xpath("saml:AuthnStatement/@AuthnInstant", namespaces=_IN)
    found: dict[str, Any] = {
        "sub": _subject(provider, response, facts),
        "sid": response.get_session_index() or "",
        "email": _first(facts, provider.email_claim),
        "name": _first(facts, provider.name_claim),
        # Those that give a role, and no other: a person can be in hundreds.
        provider.groups_claim: sorted(set(facts.get(provider.groups_claim, ())) & set(provider.groups or ())),
        "acr": contexts[0] if contexts else "",
        "auth_time": datetime.fromisoformat(shown[0]).replace(tzinfo=UTC).timestamp(),
    }
    if until := response.get_session_not_on_or_after():
        found["until"] = float(until)
    return found


def _subject(provider: IdentityProvider, response: Any, facts: Mapping[str, list[str]]) -> str:
    if provider.subject_claim:
        subject = _first(facts, provider.subject_claim)
    else:
        subject = response.get_nameid() if response.get_nameid_format() != TRANSIENT else ""
    if not subject:
        raise NotBelieved("the directory names no lasting identity: see subject_claim")
    return str(subject)


def _first(facts: Mapping[str, list[str]], name: str) -> str:
    values = facts.get(name) or [""]
    return str(values[0] or "").strip()


# --- both sides


def _place(origin: str) -> dict[str, Any]:
    """As the library wants to know at which address it was asked: by the address of the site, whatever a browser says."""
    parts = urlsplit(origin)
    return {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": TAKEN_AT,
        "get_data": {},
        "post_data": {},
    }


def _settings(provider: IdentityProvider, origin: str) -> dict[str, Any]:
    return {
        "strict": True,
        "sp": {
            "entityId": provider.client_id,
            "assertionConsumerService": {"url": f"{origin}{TAKEN_AT}", "binding": POST},
        },
        "idp": metadata(provider),
        "security": {
            "wantAssertionsSigned": True,
            "wantNameId": not provider.subject_claim,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": sorted(provider.trusted_acr) or False,
        },
    }


def metadata(provider: IdentityProvider) -> dict[str, Any]:
    """What the directory says of itself, by the file that its people gave. Raises `ValueError` and `OSError`."""
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser  # noqa: PLC0415 - of an extra

    try:
        said = OneLogin_Saml2_IdPMetadataParser.parse(
            Path(provider.metadata).read_bytes(), required_sso_binding=REDIRECT, entity_id=provider.issuer
        )
    except SyntaxError as fault:
        raise ValueError(f"{provider.metadata} is no XML: {fault}") from None
    found: dict[str, Any] = said.get("idp", {})
    if "singleSignOnService" not in found or not any(_certificates(found)):
        raise ValueError(
            f"{provider.metadata} has no entity {provider.issuer} with a certificate and a sign-in by HTTP-Redirect."
        )
    return found


def _certificates(said: Mapping[str, Any]) -> Iterator[str]:
    if one := said.get("x509cert"):
        yield one
    yield from said.get("x509certMulti", {}).get("signing", ())


def certificates_until(provider: IdentityProvider) -> datetime:
    """Until when the last certificate of the directory holds: some directories change it without a word."""
    certificates = map(base64.b64decode, _certificates(metadata(provider)))
    return max(x509.load_der_x509_certificate(one).not_valid_after_utc for one in certificates)


def faults(provider: IdentityProvider, *, pages: Iterable[str], at: datetime) -> Iterator[str]:
    """What `check --deploy` refuses; `pages`: the origins to which a form of ours may lead."""
    if not find_spec("onelogin"):
        yield "SAML is asked for and its library is not installed: install requirements/saml.txt."
        return
    try:
        address = urlsplit(metadata(provider)["singleSignOnService"]["url"])
    except (OSError, ValueError) as fault:
        yield str(fault)
        return
    if address.scheme != "https":
        yield f"{address.geturl()} does not begin with https://."
    if f"{address.scheme}://{address.netloc}" not in pages:
        yield f"pages must name {address.scheme}://{address.netloc}, where people sign in."
    with suppress(ValueError):
        if certificates_until(provider) <= at:
            yield f"The certificate in {provider.metadata} has expired: ask the directory for its metadata again."
