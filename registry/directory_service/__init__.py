"""Sign-in by the directory of the authority (OpenID Connect, or SAML): the file that configures it, and asking its provider.

An option of the installation. `provider` asks the provider, `tokens` judges what it has signed; `saml` does both for SAML.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from registry.roles import STAFF_ROLES

#: Which of the two providers: that of the people who work for the authority, and that of citizens.
STAFF, CITIZENS = "directory", "citizens"
#: A person who answers for another authority is given that authority by hand, with the role.
MAY_BE_GIVEN = STAFF_ROLES - {"partner_agency"}
KNOWN = {
    STAFF: frozenset(
        {"name", "issuer", "client_id", "scopes", "pages", "groups_claim", "groups", "second_factor"}
        | {"ask_by", "ask_again_after", "break_glass", "email_domains"}
        | {"protocol", "metadata", "subject_claim", "email_claim", "name_claim"}
    ),
    CITIZENS: frozenset({"name", "issuer", "client_id", "scopes", "pages"}),
}
#: How rights are asked for again: at the userinfo endpoint, or by refreshing the tokens where only those name the groups.
ASK_BY = ("userinfo", "refresh")
ASKED_FOR = ("openid", "profile", "email")
OF_SAML = ("metadata", "subject_claim", "email_claim", "name_claim")
OPENID, SAML = "openid", "saml"
#: Seconds for which an answer by SAML holds at least: fewer would send a browser round and round.
SHORTEST_BY_SAML = 60
#: Most seconds for which rights that were confirmed may be used without asking again.
LONGEST_UNASKED = 900


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """One provider of identities, as the file says. Only that of staff has groups, a trusted factor and break-glass accounts."""

    kind: str
    name: str
    issuer: str
    client_id: str
    secret: str
    scopes: tuple[str, ...] = ASKED_FOR
    groups_claim: str = "groups"
    groups: Mapping[str, frozenset[str]] | None = None
    trusted_acr: frozenset[str] = frozenset()
    trusted_amr: frozenset[str] = frozenset()
    ask_by: str = "userinfo"
    ask_again_after: int = 0
    break_glass: frozenset[str] = frozenset()
    email_domains: frozenset[str] = frozenset()
    protocol: str = OPENID
    #: Of SAML: the file with the metadata of the directory, and the attributes that hold what OpenID Connect has names for.
    metadata: str = ""
    subject_claim: str = ""
    email_claim: str = "email"
    name_claim: str = "name"

    @property
    def is_saml(self) -> bool:
        return self.protocol == SAML

    @property
    def trusts_factor(self) -> bool:
        return bool(self.trusted_acr or self.trusted_amr)

    def shows_factor(self, claims: Mapping[str, Any]) -> bool:
        """Whether these claims of an ID token say that a second factor was shown, in a way that the file trusts."""
        return claims.get("acr") in self.trusted_acr or bool(self.trusted_amr & _words(claims.get("amr")))

    def verified_email(self, claims: Mapping[str, Any]) -> str:
        """The address that the provider has verified, or that is in a domain which the file says is its own; else nothing."""
        email = str(claims.get("email") or "").strip().lower()
        is_own = email.rpartition("@")[2] in self.email_domains
        return email if claims.get("email_verified") is True or is_own else ""

    def roles_of(self, claims: Mapping[str, Any]) -> frozenset[str]:
        """The roles that the groups in these claims give."""
        return self.roles_of_groups(_words(claims.get(self.groups_claim)))

    def roles_of_groups(self, named: Iterable[str]) -> frozenset[str]:
        given = self.groups or {}
        return frozenset().union(*(given[group] for group in named if group in given))


def staff_directory() -> IdentityProvider | None:
    """The directory by which people of the authority sign in; None: they sign in here."""
    said = settings.DIRECTORY.get(STAFF)
    if said is None:
        return None
    factor = said.get("second_factor", {})
    return IdentityProvider(
        **_of_both(STAFF, said, settings.DIRECTORY_SECRET),
        groups_claim=said.get("groups_claim", "groups"),
        groups={group: frozenset(roles) for group, roles in said.get("groups", {}).items()},
        trusted_acr=frozenset(factor.get("acr", ())),
        trusted_amr=frozenset(factor.get("amr", ())),
        ask_by=said.get("ask_by", "userinfo"),
        ask_again_after=said.get("ask_again_after", LONGEST_UNASKED if said.get("protocol") == SAML else 0),
        protocol=said.get("protocol", OPENID),
        **{name: said[name] for name in OF_SAML if name in said},
        email_domains=frozenset(domain.lower() for domain in said.get("email_domains", ())),
        break_glass=frozenset(email.lower() for email in said.get("break_glass", ())),
    )


def citizens_provider() -> IdentityProvider | None:
    """The provider by which applicants may sign in; None: they sign in here alone."""
    said = settings.DIRECTORY.get(CITIZENS)
    return None if said is None else IdentityProvider(**_of_both(CITIZENS, said, settings.CITIZENS_SECRET))


def provider_of(kind: str) -> IdentityProvider | None:
    return staff_directory() if kind == STAFF else citizens_provider()


def _of_both(kind: str, said: Mapping[str, Any], secret: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": said["name"],
        "issuer": said["issuer"],
        "client_id": said["client_id"],
        "secret": secret,
        "scopes": tuple(said.get("scopes", ASKED_FOR)),
    }


def _words(said: Any) -> frozenset[str]:
    """A claim with several values; some providers send one as plain text."""
    if isinstance(said, str):
        return frozenset({said})
    return frozenset(one for one in said if isinstance(one, str)) if isinstance(said, list) else frozenset()
