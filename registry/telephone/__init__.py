"""Calls and text messages by the webhooks that telephone providers share: who may post, what is answered. Import from here.

A provider posts a form for each step of a call, and reads what to do in XML (`<Response><Gather><Play/></Gather></Response>`).
Nothing of it is kept: what a call has come to travels, encrypted, in the address of its next step, and never with the number
of the caller (docs/decisions/0158).
"""

from registry.telephone.calls import CallLost, CallState
from registry.telephone.recordings import RecordingLost, take_recording
from registry.telephone.verbs import (
    Gather,
    Redirect,
    Reject,
    Spoken,
    TakeRecording,
    TextAnswer,
    Verb,
    clip,
    languages_by_key,
    say,
    written,
)
from registry.telephone.web import digits_of, is_on, language_of, number_for, signature, webhook

__all__ = [
    "CallLost",
    "CallState",
    "Gather",
    "RecordingLost",
    "Redirect",
    "Reject",
    "Spoken",
    "TakeRecording",
    "TextAnswer",
    "Verb",
    "clip",
    "digits_of",
    "is_on",
    "language_of",
    "languages_by_key",
    "number_for",
    "say",
    "signature",
    "take_recording",
    "webhook",
    "written",
]
