"""The tables of the search index: names, clues, words, how words may be misspelt, and which names hold which word.

Written only by `registry.search`, which also removes what hangs on a row: the database is asked nothing that costs time.
"""

from django.db import models

from registry.fields import PlainCharField


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


class IndexedClue(models.Model):
    """A number, an address or a place of one subject in one space, in the one form in which it is compared."""

    space = models.CharField(max_length=10)
    subject = models.BigIntegerField()
    kind = models.CharField(max_length=10, help_text="company, telephone, email, website, postcode, place and such")
    key = PlainCharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="indexed_clue_once", fields=["space", "key", "kind", "subject"]),
        ]
        indexes = [models.Index(name="indexed_clue_of_subject", fields=["space", "subject"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class IndexedWord(models.Model):
    """A word of the vocabulary and how many names hold it."""

    space = models.CharField(max_length=10)
    word = PlainCharField(max_length=60)
    frequency = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="indexed_word_once", fields=["space", "word"])]

    def __str__(self) -> str:
        return self.word


class Misspelling(models.Model):
    """What is left of a word, or of its sound, when some letters are left out: a number made of the text and the space.

    A misspelt word and the right one share at least one of these.
    """

    key = models.BigIntegerField()
    word = models.ForeignKey(
        IndexedWord, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(name="misspelling_once", fields=["key", "word"])]

    def __str__(self) -> str:
        return f"{self.key} of {self.word_id}"


class Posting(models.Model):
    """The names that hold a word, in one chunk of 65,536 ids: unsigned 16-bit places in the chunk, sorted, packed."""

    word = models.ForeignKey(
        IndexedWord, on_delete=models.DO_NOTHING, related_name="postings", db_index=False, db_constraint=False
    )
    chunk = models.PositiveIntegerField()
    names = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="posting_once_in_a_chunk", fields=["word", "chunk"])]

    def __str__(self) -> str:
        return f"{self.word} {self.chunk}"
