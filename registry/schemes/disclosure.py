"""disclosure.toml: what a business learns of an inspection of it, beyond its report. A version may do without it."""

from pydantic import Field

from registry.schemes.terms import Sourced


class Disclosure(Sourced):
    """From how many workers who talked on a business is told how many; without it never, as it may have seen who was."""

    workers_from: int | None = Field(default=None, ge=1)

    def tells(self, workers: int) -> bool:
        """Whether so many are so many that none of them can be told from it."""
        return self.workers_from is not None and workers >= self.workers_from
