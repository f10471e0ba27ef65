"""Calls and text messages by the webhooks that telephone providers share: who may post, what is answered. Import from here.

A provider posts a form for each step of a call, and reads what to do in XML (`<Response><Gather><Play/></Gather></Response>`).
Nothing of it is kept: what a call has come to travels, encrypted, in the address of its next step, and never with the number
of the caller (docs/decisions/0158).
"""

from registry.telephone.calls import CallLost as CallLost
from registry.telephone.calls import CallState as CallState
from registry.telephone.recordings import RecordingLost as RecordingLost
from registry.telephone.recordings import take_recording as take_recording
from registry.telephone.verbs import Gather as Gather
from registry.telephone.verbs import Redirect as Redirect
from registry.telephone.verbs import Reject as Reject
from registry.telephone.verbs import Spoken as Spoken
from registry.telephone.verbs import TakeRecording as TakeRecording
from registry.telephone.verbs import TextAnswer as TextAnswer
from registry.telephone.verbs import Verb as Verb
from registry.telephone.verbs import clip as clip
from registry.telephone.verbs import languages_by_key as languages_by_key
from registry.telephone.verbs import say as say
from registry.telephone.verbs import written as written
from registry.telephone.web import digits_of as digits_of
from registry.telephone.web import is_on as is_on
from registry.telephone.web import language_of as language_of
from registry.telephone.web import number_for as number_for
from registry.telephone.web import signature as signature
from registry.telephone.web import webhook as webhook
