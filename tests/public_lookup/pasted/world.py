"""The register about which the pasted texts ask, made by real acts, and the texts with their right answers."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from registry.licences.actions import licences
from registry.register.actions import listings
from tests.conftest import NOW
from tests.people import person
from tests.public_lookup.stories import a_holder, show_application
from tests.registry.stories import SCHEME, a_condition, a_decider, an_organisation, day
from tests.remembered import remembered

HERE = Path(__file__).parent
#: What is right of a text: exactly one of these stands with it.
RIGHT = ("answer", "offer", "borrowed", "none")


@dataclass(frozen=True)
class PastedText:
    text: str
    #: The numbers of the businesses that it is about; none where it is about none on the register.
    numbers: tuple[str, ...]
    #: Which of `RIGHT`.
    kind: str


def firms() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = tomllib.loads((HERE / "register.toml").read_text())["firms"]
    return read


def files() -> list[Path]:
    return sorted(HERE.glob("texts_*.toml"))


def texts(file: Path) -> list[PastedText]:
    return [_text(one) for one in tomllib.loads(file.read_text())["texts"]]


def _text(written: dict[str, Any]) -> PastedText:
    (kind,) = written.keys() - {"text"}
    meant = [] if kind == "none" else written[kind]
    return PastedText(written["text"], (meant,) if isinstance(meant, str) else tuple(meant), kind)


@remembered
def the_register() -> None:
    """Every business of the file, with the number that stands there."""
    for firm in firms():
        given = STANDINGS[firm.get("standing", "licensed")](firm)
        assert given == firm["number"], (firm["name"], given)


def _details(firm: dict[str, Any]) -> dict[str, Any]:
    contact = {name: firm.get(name, "") for name in ("telephone", "email", "website", "company_number")}
    address = {"line_1": "1 Orchard Lane", "town": firm["town"], "postcode": "HR1 1AA"}
    names = {kind: firm.get(kind, []) for kind in ("trading_names", "former_names")}
    return {**contact, **names, "address": address}


def _licensed(firm: dict[str, Any]) -> Any:
    return a_holder(firm["name"], **_details(firm))


def _after(act: Callable[..., Any], by: Callable[[], Any] = a_decider, **how: Any) -> Callable[[dict[str, Any]], str]:
    def made(firm: dict[str, Any]) -> str:
        return str(act(_licensed(firm), by=by(), at=NOW, **how).number)

    return made


def _applied(firm: dict[str, Any]) -> str:
    return show_application(_organisation(firm)).number


def _refused(firm: dict[str, Any]) -> str:
    organisation = _organisation(firm)
    show_application(organisation)
    return listings.show_refusal(
        organisation, scheme=SCHEME, refused_from=day(0), by=person("decision_maker"), at=NOW
    ).number


def _organisation(firm: dict[str, Any]) -> Any:
    return an_organisation(firm["name"], **_details(firm))


STANDINGS: dict[str, Callable[[dict[str, Any]], str]] = {
    "licensed": lambda firm: str(_licensed(firm).number),
    "licensed_with_conditions": lambda firm: str(a_condition(_licensed(firm)).licence.number),
    "revoked": _after(licences.revoke, takes_effect=day(0), because="Test."),
    "revocation_to_come": _after(licences.revoke, takes_effect=day(30), because="Test."),
    "suspended": _after(licences.suspend, starts=day(0), until=day(30), because="Test."),
    "surrendered": _after(licences.surrender, takes_effect=day(0), because="Test."),
    "expired": _after(licences.end, ended_from=day(0), because="Test.", by=partial(person, "case_officer")),
    "applied": _applied,
    "refused": _refused,
}
