"""What an entry shows of a holder, and how each of the seven outcomes looks.

One symbol, one tone and one word, wherever the outcome is shown.

The answer panel, the tag, the lists, the badge, the proof and the private look-up all read this table. No two outcomes
share a symbol or the edge of their panel, so that they differ in grey print and in forced colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from registry import names, signing
from registry.organisations.models import Organisation
from registry.register.states import Outcome
from registry.schemes import Scheme

#: The role of those who are named by their position and not by their name.
POSITION = "named_position"


@dataclass(frozen=True, slots=True)
class ShownPeople:
    """Who may act for a holder: role and full name of each, and the titles of positions."""

    named: Sequence[tuple[str, str]] = ()
    positions: Sequence[str] = ()


def holder_content(
    holder: Organisation, scheme: Scheme, *, people: ShownPeople, vehicles: Sequence[str]
) -> dict[str, Any]:
    """What an entry shows of a holder, as far as the scheme makes it public: the same before an application and after a grant."""
    public = scheme.public
    shown = sorted(name for role, name in people.named if role in public.named_roles)
    return {
        "name": holder.legal_name,
        "trading_names": list(holder.trading_names),
        "former_names": list(holder.former_names),
        "company_number": holder.company_number,
        "address": dict(holder.address) if public.address else {},
        "telephone": holder.telephone if public.telephone else "",
        "email": holder.email if public.email else "",
        "website": holder.website if public.website else "",
        "named_people": shown if public.named_people == "listed" else None,
        "named_digests": sorted(map(name_digest, shown)) if public.named_people == "confirm_only" else [],
        "named_positions": list(people.positions),
        "vehicles": list(vehicles) if public.vehicles else None,
    }


def name_digest(name: str) -> str:
    """The keyed digest by which a typed name is confirmed without any being listed."""
    return signing.keyed_digest(settings.NAMES_KEY, names.person_key(name))


def end_sentence(words: str, last_day: date, language: str) -> str:
    """That a licence ended: the words of the pack, then its last day as this language writes it."""
    with override(language):
        return f"{words} {date_format(last_day, 'j F Y')}."


@dataclass(frozen=True, slots=True)
class Tone:
    """The colours of an answer: `ink` and `paper` of its symbol and words, `surface` behind them, `edge` around them."""

    name: str
    ink: str
    paper: str
    surface: str
    edge: str
    #: How the edge of a picture is dashed, where no style sheet draws it.
    dashes: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeStyle:
    """What an outcome looks like. The drawing of its symbol names its two colours as {ink} and {paper}."""

    tone: Tone
    drawing: str

    def drawn(self, *, inverted: bool = False) -> str:
        """The drawing of the symbol in a square of 48; `inverted` on a dark surface."""
        ink, paper = (self.tone.paper, self.tone.ink) if inverted else (self.tone.ink, self.tone.paper)
        return self.drawing.format(ink=ink, paper=paper)


YES = Tone("yes", ink="#00603b", paper="#ffffff", surface="#e2f3e8", edge="#00603b")
LOSING = Tone("losing", ink="#0b0c0c", paper="#ffc61a", surface="#fff6dc", edge="#0b0c0c", dashes="12 6")
NO = Tone("no", ink="#8c1515", paper="#ffffff", surface="#8c1515", edge="#8c1515")
APPLIED = Tone("applied", ink="#484949", paper="#ffffff", surface="#ffffff", edge="#484949", dashes="9 6")
NONE = Tone("none", ink="#484949", paper="#ffffff", surface="#ffffff", edge="#484949", dashes="9 6")
CANNOT = Tone("cannot", ink="#484949", paper="#ffffff", surface="#f6f9f9", edge="#484949", dashes="3 4")

LOOKS: dict[Outcome, OutcomeStyle] = {
    Outcome.LICENSED: OutcomeStyle(
        YES,
        '<circle class="f" cx="24" cy="24" r="23" fill="{ink}"/>'
        '<path class="k" d="M12 25l8 8 16-18" fill="none" stroke="{paper}" stroke-width="6"/>',
    ),
    Outcome.LICENSED_WITH_CONDITIONS: OutcomeStyle(
        YES,
        '<rect class="f" x="2" y="2" width="44" height="44" rx="9" fill="{ink}"/>'
        '<path class="k" d="M10 22l7 7 12-14" fill="none" stroke="{paper}" stroke-width="5"/>'
        '<path class="k" d="M10 38h28" stroke="{paper}" stroke-width="4" stroke-dasharray="5 4"/>',
    ),
    Outcome.LOSING_LICENCE: OutcomeStyle(
        LOSING,
        '<path class="f" d="M24 2L47 45H1z" fill="{ink}" stroke="{ink}" stroke-width="2" stroke-linejoin="round"/>'
        '<path class="k" d="M24 17v14" stroke="{paper}" stroke-width="5.5"/>'
        '<circle class="kf" cx="24" cy="38" r="3.2" fill="{paper}"/>',
    ),
    Outcome.NOT_LICENSED: OutcomeStyle(
        NO,
        '<path class="f" d="M14.5 1h19L47 14.5v19L33.5 47h-19L1 33.5v-19z" fill="{ink}"/>'
        '<path class="k" d="M14 14l20 20M34 14L14 34" stroke="{paper}" stroke-width="6.5" fill="none"/>',
    ),
    Outcome.APPLIED: OutcomeStyle(
        APPLIED,
        '<circle class="o" cx="24" cy="24" r="21" fill="{paper}" stroke="{ink}" stroke-width="4" stroke-dasharray="7 5"/>'
        '<circle class="f" cx="14" cy="24" r="3.5" fill="{ink}"/><circle class="f" cx="24" cy="24" r="3.5" fill="{ink}"/>'
        '<circle class="f" cx="34" cy="24" r="3.5" fill="{ink}"/>',
    ),
    Outcome.NOT_FOUND: OutcomeStyle(
        NONE,
        '<circle class="o" cx="20" cy="20" r="16" fill="{paper}" stroke="{ink}" stroke-width="4"/>'
        '<path class="o" d="M32 32l13 13" stroke="{ink}" stroke-width="6"/>'
        '<path class="o" d="M15 16c0-7 10-6 10 0 0 4-5 4-5 8" fill="none" stroke="{ink}" stroke-width="3.5"/>'
        '<circle class="f" cx="20" cy="28" r="2" fill="{ink}"/>',
    ),
    Outcome.CANNOT_TELL: OutcomeStyle(
        CANNOT,
        '<path class="o" d="M24 3l21 21-21 21L3 24z" fill="{paper}" stroke="{ink}" stroke-width="4"/>'
        '<path class="o" d="M14 24h20" stroke="{ink}" stroke-width="5"/>',
    ),
}


def look_of(outcome: Outcome | str) -> OutcomeStyle:
    return LOOKS[Outcome(outcome)]
