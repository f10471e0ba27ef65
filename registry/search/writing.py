"""Writing the index, in the transaction of the action that changes what is found. One at a time: the head of the trail is held."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from django.db import connection, models, transaction
from django.utils.functional import partition

from registry import names as spelling
from registry.search import identifiers as clues
from registry.search import likeness, postings, vocabulary
from registry.search.identifiers import Clue, Name
from registry.search.models import IndexedClue, IndexedName, IndexedWord, Misspelling, Posting
from registry.trail.models.events import Counter

_BATCH = 5_000
_LONGEST_FOLDED = 400


@transaction.atomic
def add(space: str, subject: int, names: Iterable[Name]) -> None:
    """Make this findable beside what already is: the public index forgets nothing, as past days are asked too."""
    named, clued = _read(space, names)
    new_names, new_clues = named - set(_names_of(space, subject)), clued - set(_clues_of(space, subject))
    if new_names or new_clues:
        _write(space, [(subject, new_names, new_clues)])


@transaction.atomic
def replace(space: str, subject: int, names: Iterable[Name]) -> None:
    """Make exactly this find the subject."""
    named, clued = _read(space, names)
    known_names, known_clues = _names_of(space, subject), _clues_of(space, subject)
    _forget(space, [row for name, row in known_names.items() if name not in named])
    IndexedClue.objects.filter(pk__in=[pk for clue, pk in known_clues.items() if clue not in clued]).delete()
    new_names, new_clues = named - set(known_names), clued - set(known_clues)
    if new_names or new_clues:
        _write(space, [(subject, new_names, new_clues)])


@dataclass(slots=True)
class NewNames:
    """What finds subjects that were made in this transaction, until it is written at once: to write it one by one costs more
    than to make them.
    """

    of: dict[tuple[str, int], Iterable[Name]] = field(default_factory=dict)

    def replace(self, space: str, subject: int, names: Iterable[Name]) -> None:
        """Make exactly this find the subject, once all is written."""
        self.of[space, subject] = names

    def write(self) -> None:
        spaces: dict[str, dict[int, Iterable[Name]]] = defaultdict(dict)
        for (space, subject), names in self.of.items():
            spaces[space][subject] = names
        for space, subjects in sorted(spaces.items()):
            add_many(space, subjects.items())
        self.of.clear()


@transaction.atomic
def add_many(space: str, subjects: Iterable[tuple[int, Iterable[Name]]]) -> int:
    """Make many subjects findable that the space does not know yet; how many names there were.

    They are written chunk by chunk of ids, so that memory does not grow with the register.
    """
    return _write(space, ((subject, *_read(space, names)) for subject, names in subjects))


@transaction.atomic
def rebuild(space: str, subjects: Iterable[tuple[int, Iterable[Name]]]) -> int:
    """Write one space anew from what it is made of; readers see the old one until the new one is complete."""
    Counter.objects.held(Counter.EVENTS)
    words = IndexedWord.objects.filter(space=space)
    Posting.objects.filter(word__in=words).delete()
    Misspelling.objects.filter(word__in=words).delete()
    # The keys that point here are of this app only, and gone: the collector would read every row for nothing.
    for rows in (words, IndexedName.objects.filter(space=space), IndexedClue.objects.filter(space=space)):
        rows._raw_delete(rows.db)
    return add_many(space, subjects)


# What is there


def _read(space: str, names: Iterable[Name]) -> tuple[set[Name], set[Clue]]:
    """The names that have a letter, and the clues that can be read; to the public, also how the names sound."""
    named, clued = partition(lambda name: clues.is_clue(name[0]), names)
    cleaned = {(kind, text.strip()[: clues.LONGEST_TEXT]) for kind, text in named if spelling.fold(text)}
    sounds = {likeness.sound_of(text) for kind, text in cleaned if kind != "former"} if space == clues.PUBLIC else set()
    return cleaned, {clue for kind, text in clued for clue in clues.kept(kind, text)} | sounds


def _names_of(space: str, subject: int) -> dict[Name, IndexedName]:
    return {(row.kind, row.text): row for row in IndexedName.objects.filter(space=space, subject=subject)}


def _clues_of(space: str, subject: int) -> dict[Clue, int]:
    rows = IndexedClue.objects.filter(space=space, subject=subject)
    return {(kind, key): pk for pk, kind, key in rows.values_list("pk", "kind", "key")}


# Adding

Subject = tuple[int, Collection[Name], Collection[Clue]]
Row = tuple[Any, ...]


def _write(space: str, subjects: Iterable[Subject]) -> int:
    # Locked first here as everywhere, so that no two transactions wait for each other.
    Counter.objects.held(Counter.EVENTS)
    last = IndexedName.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    written, count = set[int](), 0
    numbered = enumerate(_name_rows(space, subjects), last + 1)
    for chunk, rows in groupby(numbered, key=lambda row: postings.chunk_of(row[0])):
        holding: dict[str, list[int]] = defaultdict(list)
        count += _pour(IndexedName, _NAME, _collecting(rows, holding))
        written.update(_post(chunk, _known_words(space, holding), holding))
    _count(written)
    return count


_NAME = ("id", "space", "subject", "kind", "text", "folded", "squashed")


def _name_rows(space: str, subjects: Iterable[Subject]) -> Iterator[Row]:
    """The rows of the names; clues are written on the way, as soon as there are enough of them."""
    waiting: list[Row] = []
    for subject, names, subject_clues in subjects:
        waiting.extend((space, subject, kind, key) for kind, key in sorted(subject_clues))
        if len(waiting) >= _BATCH:
            _pour(IndexedClue, _CLUE, waiting)
            waiting.clear()
        for kind, text in sorted(names):
            folded = spelling.fold(text)[:_LONGEST_FOLDED]
            yield space, subject, kind, text, folded, folded.replace(" ", "")
    _pour(IndexedClue, _CLUE, waiting)


_CLUE = ("space", "subject", "kind", "key")


def _collecting(rows: Iterable[tuple[int, Row]], holding: dict[str, list[int]]) -> Iterator[Row]:
    for number, row in rows:
        for word in vocabulary.words_of(row[4]):
            holding[word].append(number)
        yield number, *row


def _known_words(space: str, words: Iterable[str]) -> dict[str, int]:
    """The words with their numbers; those that are new are written, with how they may be misspelt."""
    numbers: dict[str, int] = {}
    for some in _batches(sorted(words)):
        known = _numbers(space, some)
        new = [word for word in some if word not in known]
        _pour(IndexedWord, ("space", "word", "frequency"), [(space, word, 0) for word in new])
        added = _numbers(space, new)
        keys = ((key, number) for word, number in added.items() for key in vocabulary.misspellings(space, word))
        _pour(Misspelling, ("key", "word_id"), sorted(keys))
        numbers |= known | added
    return numbers


def _numbers(space: str, words: Sequence[str]) -> dict[str, int]:
    return dict(IndexedWord.objects.filter(space=space, word__in=words).values_list("word", "pk")) if words else {}


def _post(chunk: int, numbers: dict[str, int], holding: dict[str, list[int]]) -> Collection[int]:
    """Write which names hold which words, in one chunk; names are numbered upwards, so that the new come last."""
    for some in _batches(sorted(numbers)):
        there = {
            row.word_id: row for row in Posting.objects.filter(chunk=chunk, word__in=[numbers[word] for word in some])
        }
        new = []
        for word in some:
            blob = postings.packed(holding[word])
            if row := there.get(numbers[word]):
                row.names = bytes(row.names) + blob
            else:
                new.append((numbers[word], chunk, blob))
        Posting.objects.bulk_update(there.values(), ["names"], batch_size=200)
        _pour(Posting, ("word_id", "chunk", "names"), new)
    return numbers.values()


def _count(words: Iterable[int]) -> None:
    """Write how many names hold each word: two bytes a name."""
    size = models.Sum(models.Func("names", function="length", output_field=models.IntegerField()))
    of_word = Posting.objects.filter(word=models.OuterRef("pk")).order_by().values("word").annotate(size=size)
    for some in _batches(sorted(words)):
        IndexedWord.objects.filter(pk__in=some).update(
            frequency=models.functions.Coalesce(models.Subquery(of_word.values("size")), 0) / 2
        )


# Removing


def _forget(space: str, rows: Sequence[IndexedName]) -> None:
    if not rows:
        return
    Counter.objects.held(Counter.EVENTS)
    gone: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        gone[postings.chunk_of(row.pk)].add(row.pk)
    numbers = _numbers(space, list(set().union(*(vocabulary.words_of(row.folded) for row in rows))))
    for posting in Posting.objects.filter(word__in=numbers.values(), chunk__in=gone):
        (held,) = postings.unpacked([(0, posting.chunk, posting.names)]).values()
        if left := set(held.tolist()) - gone[posting.chunk]:
            posting.names = postings.packed(left)
            posting.save(update_fields=["names"])
        else:
            posting.delete()
    IndexedName.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _count(numbers.values())
    _forget_words(space, IndexedWord.objects.filter(pk__in=numbers.values(), frequency=0))


def _forget_words(space: str, unused: "models.QuerySet[IndexedWord]") -> None:
    for number, word in list(unused.values_list("pk", "word")):
        Misspelling.objects.filter(key__in=vocabulary.misspellings(space, word), word=number).delete()
        Posting.objects.filter(word=number).delete()
        IndexedWord.objects.filter(pk=number).delete()


# Many rows


def _batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(things)
    while some := list(islice(waiting, _BATCH)):
        yield some


def _pour(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write plain rows the way that is fast on each engine: objects cost ten times as much."""
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    into = f"{connection.ops.quote_name(model._meta.db_table)} ({names})"
    count = 0
    with connection.cursor() as cursor:
        for some in _batches(rows):
            count += len(some)
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    for row in some:
                        copy.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(columns))})", some)
    return count
