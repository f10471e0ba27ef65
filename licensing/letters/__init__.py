"""What to say to an applicant or holder, occasion by occasion. The legal wording is the pack's; the frame is ours. Import from here.

Called in the last beat of an action, inside its transaction: a letter that was not written means that nothing was done.
"""

from licensing.letters.agencies import asked_of_agency
from licensing.letters.appeals import appeal_ended, appeal_received, bundle
from licensing.letters.applications import (
    asked,
    begun,
    demanded,
    file_rejected,
    message_waits,
    paid,
    received,
    withdrawn,
)
from licensing.letters.decisions import decided, dropped, notified, surrender_asked, surrender_dropped
from licensing.letters.holding import change_accepted, change_refused, ended, misuse_received, reminded, told
from licensing.letters.kinds import PAPERS, Kind, kind, kinds_of, paper, papers_of, sample_of
from licensing.letters.officers import dates_missed
from licensing.letters.parts import part, part_code, part_pin
from licensing.letters.sample_papers import printed_sample
from licensing.letters.samples import first_morning, sample, sample_holder
from licensing.letters.transfers import transfer_asked, transfer_declined, transfer_granted, transfer_to_answer
from licensing.letters.wording import Foreseen, foreseen, wording_of

__all__ = [
    "PAPERS",
    "Foreseen",
    "Kind",
    "appeal_ended",
    "appeal_received",
    "asked",
    "asked_of_agency",
    "begun",
    "bundle",
    "change_accepted",
    "change_refused",
    "dates_missed",
    "decided",
    "demanded",
    "dropped",
    "ended",
    "file_rejected",
    "first_morning",
    "foreseen",
    "kind",
    "kinds_of",
    "message_waits",
    "misuse_received",
    "notified",
    "paid",
    "paper",
    "papers_of",
    "part",
    "part_code",
    "part_pin",
    "printed_sample",
    "received",
    "reminded",
    "sample",
    "sample_holder",
    "sample_of",
    "surrender_asked",
    "surrender_dropped",
    "told",
    "transfer_asked",
    "transfer_declined",
    "transfer_granted",
    "transfer_to_answer",
    "withdrawn",
    "wording_of",
]
