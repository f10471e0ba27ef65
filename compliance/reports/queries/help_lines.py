"""Who helps somebody who has seen something wrong."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from registry import schemes
from registry.schemes import HelpLine, said

EMERGENCY = "999"
#: Codes of the help lines that come before all others: the first saves a life, the second knows what to do next.
FIRST = ("emergency", "slavery")


@dataclass(frozen=True, slots=True)
class Helper:
    """Whom to ring, in which case."""

    name: str
    when: str
    telephone: str
    web: str

    @property
    def call(self) -> str:
        return f"tel:{''.join(self.telephone.split())}"


def helpers(on: date) -> tuple[Helper, ...]:
    """The help lines of every scheme in force, each once; whom to call in danger comes first."""
    lines = [line for scheme in schemes.all_in_force(on) for line in scheme.help_lines]
    lines.sort(key=lambda line: FIRST.index(line.code) if line.code in FIRST else len(FIRST))
    return tuple(dict.fromkeys(_helper(line) for line in lines))


def authorities(on: date) -> tuple[Helper, ...]:
    """The authorities that license under the schemes in force, and when they answer."""
    language = get_language()
    found = (scheme.authority for scheme in schemes.all_in_force(on))
    return tuple(
        dict.fromkeys(
            Helper(said(one.name, language), said(one.hours, language), one.telephone, one.web) for one in found
        )
    )


def policy(on: date) -> tuple[str, ...]:
    """What happens with what is reported, by the schemes in force; what several say in the same words, once."""
    language = get_language()
    rules = (scheme.reporting for scheme in schemes.all_in_force(on) if scheme.reporting)
    return tuple(dict.fromkeys(said(text, language) for one in rules for text in (each.text for each in one.happens)))


def _helper(line: HelpLine) -> Helper:
    language = get_language()
    return Helper(said(line.name, language), said(line.when, language), line.telephone, line.web)
