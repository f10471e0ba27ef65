"""Changes of versions that cases are pinned to: a demonstration accepts them, by two people, and says so."""

from collections.abc import Iterator
from datetime import datetime

from config.demo.people import person
from registry import schemes
from registry.schemes import actions as packs
from registry.schemes import freezing

BECAUSE = "Sample data: this demonstration goes on with the rules as they are now."


def accept_changes(*, at: datetime) -> Iterator[str]:
    """Which versions were accepted as they are now. Nothing where nobody works yet, as no case is pinned then."""
    for changed in list(freezing.changed()):
        scheme = schemes.get(changed.edition.scheme, changed.edition.version)
        correction = packs.propose_correction(scheme, because=BECAUSE, by=person("manager"), at=at)
        packs.accept_correction(correction, scheme, by=person("decision-maker"), at=at)
        yield str(changed)
