"""The tables of the search index: names, words, and which names hold which word. Written only by `registry.index`."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class PlainCharField(models.CharField[str, str]):
    """Text compared byte by byte on both engines, so that a range of an ordinary index finds the beginnings of words."""

    def db_parameters(self, connection: "BaseDatabaseWrapper") -> Any:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else "BINARY"
        return parameters


class IndexedName(models.Model):
    """One name of one subject in one space, folded for comparison."""

    space = models.CharField(max_length=10)
    subject = models.BigIntegerField(help_text="listing in the public space, organisation in the staff space")
    kind = models.CharField(max_length=10, help_text="legal, trading or former")
    text = models.CharField(max_length=200)
    folded = PlainCharField(max_length=400)
    squashed = PlainCharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="indexed_name_once", fields=["space", "subject", "kind", "text"]),
        ]
        indexes = [models.Index(name="indexed_name_squashed", fields=["space", "squashed"])]

    def __str__(self) -> str:
        return self.text


class IndexedWord(models.Model):
    """A word of the vocabulary and how many names hold it."""

    space = models.CharField(max_length=10)
    word = PlainCharField(max_length=60)
    frequency = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="indexed_word_once", fields=["space", "word"])]

    def __str__(self) -> str:
        return self.word


class Posting(models.Model):
    """The names that hold a word, in one chunk of 65,536 ids: unsigned 32-bit numbers, sorted, packed."""

    word = models.ForeignKey(IndexedWord, on_delete=models.CASCADE, related_name="postings")
    chunk = models.PositiveIntegerField()
    names = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="posting_once_in_a_chunk", fields=["word", "chunk"])]

    def __str__(self) -> str:
        return f"{self.word} {self.chunk}"
