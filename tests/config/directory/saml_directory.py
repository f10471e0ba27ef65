"""A directory that speaks SAML, for tests: it answers questions with signed assertions, or as an attacker would change them."""

import base64
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.utils import OneLogin_Saml2_Utils

ENTITY, PAGE = "urn:example:directory", "https://login.authority.example/sso"
US = "https://register.authority.example/saml"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
MFA = "https://refeds.org/profile/mfa"
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
_ATTRIBUTE = '<saml:Attribute Name="{name}">{values}</saml:Attribute>'
_VALUE = "<saml:AttributeValue>{}</saml:AttributeValue>"
ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" IssueInstant="{now}">
<saml:Issuer>{issuer}</saml:Issuer>
<saml:Subject><saml:NameID Format="{format}">{sub}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{recipient}"{answers}/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{before}" NotOnOrAfter="{until}">{audience}</saml:Conditions>
<saml:AuthnStatement AuthnInstant="{shown}" SessionIndex="s1"{session_until}>
<saml:AuthnContext><saml:AuthnContextClassRef>{context}</saml:AuthnContextClassRef></saml:AuthnContext>
</saml:AuthnStatement>
<saml:AttributeStatement>{attributes}</saml:AttributeStatement>
</saml:Assertion>"""
RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
 ID="_r1" Version="2.0" IssueInstant="{now}" Destination="{destination}"{answers}>
<saml:Issuer>{issuer}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
{assertion}</samlp:Response>"""


@dataclass(frozen=True)
class Said:
    """What the directory says of a person; each fact can be another one."""

    sub: str = "id-of-mair"
    name: str = "Mair Officer"
    email: str = "mair@authority.example"
    groups: tuple[str, ...] = ("officers",)
    context: str = MFA
    shown: timedelta = timedelta()
    #: When it is said, from now.
    at: timedelta = timedelta()
    session_for: timedelta | None = None
    format: str = PERSISTENT
    issuer: str = ENTITY
    audience: str | None = US
    #: Of the signed part: the question that is answered, if not the one that was asked; empty: none.
    answers: str | None = None
    recipient: str = ""
    destination: str = ""
    signed: str = "assertion"  # or "response", or "nothing"
    algorithm: str = Names.RSA_SHA256
    more: dict[str, str] = field(default_factory=dict)


class SamlDirectory:
    def __init__(self, folder: Path, *, days: int = 400) -> None:
        self.key, self.certificate = _made(days=days)
        self.metadata = folder / "metadata.xml"
        self.write_metadata()

    def write_metadata(self, *certificates: str, page: str = PAGE) -> None:
        keys = "".join(
            f'<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>'
            f"<ds:X509Certificate>{_body(one)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            for one in certificates or (self.certificate,)
        )
        self.metadata.write_text(
            f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">'
            f'<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{keys}'
            f'<md:SingleSignOnService Binding="{Names.BINDING_HTTP_REDIRECT}" Location="{page}"/>'
            "</md:IDPSSODescriptor></md:EntityDescriptor>"
        )

    def answer(self, address: str, said: Said) -> str:
        """The answer to the question in this address, as a page of the directory posts it."""
        return encoded(self.response(question(address).get("ID", ""), said))

    def response(self, asked: str, said: Said) -> str:
        here = f"{settings.SITE_ADDRESS}/account/directory/saml/"
        now = datetime.now(UTC) + said.at
        answers = asked if said.answers is None else said.answers
        attributes = {"email": (said.email,), "name": (said.name,), "groups": said.groups, "id": ("e-17",)}
        audience = "<saml:AudienceRestriction><saml:Audience>{}</saml:Audience></saml:AudienceRestriction>"
        assertion = ASSERTION.format(
            id="_a1",
            now=_at(now),
            issuer=said.issuer,
            format=said.format,
            sub=escape(said.sub),
            until=_at(now + timedelta(minutes=5)),
            before=_at(now - timedelta(minutes=1)),
            recipient=said.recipient or here,
            answers=f' InResponseTo="{answers}"' if answers else "",
            audience=audience.format(said.audience) if said.audience else "",
            shown=_at(now - said.shown),
            session_until=f' SessionNotOnOrAfter="{_at(now + said.session_for)}"' if said.session_for else "",
            context=said.context,
            attributes="".join(
                _ATTRIBUTE.format(name=name, values="".join(_VALUE.format(escape(value)) for value in values))
                for name, values in attributes.items()
            ),
        )
        if said.signed == "assertion":
            assertion = self.signed(assertion, said.algorithm)
        response = RESPONSE.format(
            now=_at(now),
            destination=said.destination or here,
            answers=f' InResponseTo="{asked}"' if asked else "",
            issuer=said.issuer,
            assertion=assertion,
        )
        return self.signed(response, said.algorithm) if said.signed == "response" else response

    def signed(self, text: str, algorithm: str = Names.RSA_SHA256) -> str:
        digest = Names.SHA1 if algorithm == Names.RSA_SHA1 else Names.SHA256
        done: str | bytes = OneLogin_Saml2_Utils.add_sign(
            text, self.key, self.certificate, sign_algorithm=algorithm, digest_algorithm=digest
        )
        return done.decode() if isinstance(done, bytes) else done


def hostile(good: str) -> Iterator[tuple[str, str]]:
    """Texts of the size of an answer, made from a good one so that reading it takes seconds: what each has too much of, and the text."""

    def held(inside: str, *, attributes: str = "", of: str = good) -> str:
        value = f"<saml:AttributeValue {attributes}>{inside}</saml:AttributeValue>"
        statement = "<saml:AttributeStatement>"
        return of.replace(statement, f'{statement}<saml:Attribute Name="z">{value}</saml:Attribute>', 1)

    element, places = "<saml:a/>", " ".join(f'xmlns:n{number}="u:{number}"' for number in range(1400))
    [reference] = re.findall(r"<ds:Reference .*?</ds:Reference>", good, re.DOTALL)
    [enveloped] = re.findall(r"<ds:Transform [^>]*enveloped-signature[^>]*/>", good)
    [exclusive] = re.findall(r"<ds:Transform [^>]*exc-c14n[^>]*/>", good)
    prefixes = " ".join(f"n{number}" for number in range(1400))
    listed = f'<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="{prefixes}"/>'
    path = "<ds:XPath>count(//*[count(//*)>0])>0</ds:XPath>"
    program = f'<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">{path}</ds:Transform>'
    yield "characters", good.replace("<saml:Subject>", " " * 10_000_000 + "<saml:Subject>", 1)
    yield "elements", held(element * 7000)
    yield "attributes", held("<saml:a " + " ".join(f'n{number}=""' for number in range(7000)) + "/>")
    yield "depth", held("<saml:a>" * 240 + element * 1000 + "</saml:a>" * 240)
    yield "references", good.replace(reference, reference * 100, 1)
    yield "readings", held(element * 1500, of=good.replace(exclusive, exclusive * 500, 1))
    yield "readings without the signature", held(element * 1500, of=good.replace(enveloped, enveloped * 400, 1))
    yield "programs", held(element * 1500, of=good.replace(exclusive, program, 1))
    listing = exclusive.replace("/>", f">{listed}</ds:Transform>")
    yield "prefixes", held(element * 1800, attributes=places, of=good.replace(exclusive, listing, 1))


def question(address: str) -> dict[str, str]:
    """What an address asks of the directory."""
    said = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
    return dict(etree.fromstring(zlib.decompress(base64.b64decode(said), -15)).attrib)


def encoded(response: str) -> str:
    return base64.b64encode(response.encode()).decode()


def _at(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"


def _body(certificate: str) -> str:
    return "".join(line for line in certificate.splitlines() if "-----" not in line)


def _made(*, days: int) -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "directory")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=800))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    return pem, made.public_bytes(serialization.Encoding.PEM).decode()
