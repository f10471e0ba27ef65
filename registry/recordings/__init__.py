"""Sentences that can be heard: which there are, and the clips that were recorded of them. Import from here.

A clip is `registry/static/recordings/<language>/<key>.mp3`; `recordings.toml` says whose voice it is and which words were read.
A clip whose sentence has changed since is not played.
"""

from registry.recordings.clips import Clip, clip_of, faults, machine_made, path_of, played, recorded
from registry.recordings.sentences import Sentence, sentence_of, sentences

__all__ = [
    "Clip",
    "Sentence",
    "clip_of",
    "faults",
    "machine_made",
    "path_of",
    "played",
    "recorded",
    "sentence_of",
    "sentences",
]
