"""Who read what: what can be read at which address is declared once, and each reading is written down. Import from here."""

from registry.reading.subjects import DECLARED as DECLARED
from registry.reading.subjects import PAGE as PAGE
from registry.reading.subjects import Read as Read
from registry.reading.subjects import ReadSubject as ReadSubject
from registry.reading.subjects import act_in_words as act_in_words
from registry.reading.subjects import declare as declare
from registry.reading.subjects import is_act as is_act
from registry.reading.subjects import is_of_api as is_of_api
from registry.reading.subjects import is_of_staff as is_of_staff
from registry.reading.subjects import kind_called as kind_called
from registry.reading.subjects import knows as knows
from registry.reading.subjects import read_of as read_of
from registry.reading.subjects import readers_told_to as readers_told_to
from registry.reading.subjects import reads as reads
from registry.reading.subjects import reads_of_row as reads_of_row
from registry.reading.subjects import reads_of_rows as reads_of_rows
from registry.reading.subjects import subject_of as subject_of
from registry.reading.subjects import subjects as subjects
from registry.reading.subjects import within as within
