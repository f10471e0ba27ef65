"""The dossier of a hand-over on paper: what its page shows to the one who asks for it, and no more."""

from datetime import datetime

from compliance.hand_overs.models import HandOver
from licensing.dossiers.queries import Dossier
from registry.accounts.models import User
from registry.papers import pdf


def dossier(hand_over: HandOver, shown: Dossier, *, by: User, language: str, at: datetime) -> bytes:
    """Printed for one person: each part as far as they may see it. Raises `PdfUnavailable`."""
    facts = {
        "hand_over": hand_over,
        "result": hand_over.result_in_words,
        "dossier": shown,
        "printed_for": by,
        "printed_at": at,
    }
    record = {"kind": "dossier", "hand_over": hand_over.reference, "for": by.reference, "printed_at": at}
    return pdf.pdf("licensing/dossiers/paper.html", facts=facts, record=record, language=language, at=at)
