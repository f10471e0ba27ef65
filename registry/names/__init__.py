"""Names as they are compared: letters of any script, legal forms, likeness. Import from here."""

from registry.names.comparing import fold as fold
from registry.names.comparing import is_same as is_same
from registry.names.comparing import readings as readings
from registry.names.comparing import score as score
from registry.names.comparing import scores as scores
from registry.names.comparing import skeleton as skeleton
from registry.names.comparing import spellings as spellings
from registry.names.comparing import squash as squash
from registry.names.comparing import tokens as tokens
from registry.names.forms import form_called as form_called
from registry.names.forms import keys_with_forms as keys_with_forms
from registry.names.forms import other_form as other_form
from registry.names.forms import taken_apart as taken_apart
from registry.names.people import fold_person as fold_person
from registry.names.people import person_key as person_key
from registry.names.people import person_score as person_score
from registry.names.rules import rules as rules
from registry.names.within import Span as Span
from registry.names.within import WordWithin as WordWithin
from registry.names.within import is_whole as is_whole
from registry.names.within import spans as spans
from registry.names.within import with_form as with_form
from registry.names.within import words_within as words_within
