"""disclosure.toml: what a business learns of an inspection of it, beyond its report. A version may do without it."""

import re

from pydantic import Field

from registry.schemes.terms import Sourced


class Disclosure(Sourced):
    """From how many workers who talked on a business is told how many; without it never, as it may have seen who was."""

    workers_from: int | None = Field(default=None, ge=1)
    #: Beginnings of words: of interviews; of what people say, which counts where workers are named too; and whole numbers.
    words_of_interviews: tuple[str, ...] = ()
    words_of_saying: tuple[str, ...] = ()
    words_of_workers: tuple[str, ...] = ()
    words_of_numbers: tuple[str, ...] = ()

    def counts_talks(self, sentence: str) -> bool:
        """Whether a sentence says of a number that it is of workers who talked or were asked."""
        words = [word.casefold() for word in re.findall(r"\w+", sentence)]

        def has(beginnings: tuple[str, ...]) -> bool:
            return any(word.startswith(beginnings) for word in words)

        speaks = has(self.words_of_interviews) or (has(self.words_of_saying) and has(self.words_of_workers))
        return speaks and any(word.isdigit() or word in self.words_of_numbers for word in words)

    def tells(self, workers: int) -> bool:
        """Whether so many are so many that none of them can be told from it."""
        return self.workers_from is not None and workers >= self.workers_from
