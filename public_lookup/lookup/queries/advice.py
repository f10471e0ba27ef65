"""What those can do who have to do with a holder whose licence is gone: by the pack, in the language of the reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from registry import schemes
from registry.register.models import Entry
from registry.register.states import Outcome
from registry.schemes import Scheme, said

#: Whose workers are told what to do: also before the licence is gone, so that they have time.
GONE_OR_GOING = frozenset({Outcome.NOT_LICENSED, Outcome.LOSING_LICENCE})


@dataclass(frozen=True, slots=True)
class ReaderAdvice:
    """Sentences for workers and for labour users, and who can help: name, telephone, when to ring."""

    workers: list[str]
    users: list[str]
    help_lines: list[tuple[str, str, str]]


def advice(scheme: Scheme) -> ReaderAdvice:
    language = get_language()
    return ReaderAdvice(
        [said(text, language) for text in scheme.ended.workers],
        [said(text, language) for text in scheme.ended.users],
        [(said(one.name, language), one.telephone, said(one.when, language)) for one in scheme.help_lines],
    )


def advice_on(entries: Iterable[Entry | None], on: date) -> list[ReaderAdvice]:
    """The advice for those of them whose licence is gone or about to go, each scheme's once. Entries with their standing."""
    ended = {entry.scheme for entry in entries if entry and entry.outcome in GONE_OR_GOING}
    return [advice(schemes.in_force(scheme, on)) for scheme in sorted(ended)]


def to_do(packs: Iterable[Scheme]) -> list[str]:
    """What to do when the employer is not found; what several schemes say in the same words, once."""
    helps = (pack.worker_help for pack in packs)
    return list(dict.fromkeys(said(text, get_language()) for one in helps if one for text in one.not_found))


def authority_names(on: date) -> list[str]:
    """The authorities that license under the schemes in force, each once, in the language of the reader."""
    return list(dict.fromkeys(said(scheme.authority.name, get_language()) for scheme in schemes.all_in_force(on)))


def help_lines(on: date) -> list[tuple[str, str]]:
    """The help lines of the schemes in force but the authority itself, each once: name, in the language of the reader, and telephone."""
    lines = [
        line
        for scheme in schemes.all_in_force(on)
        for line in scheme.help_lines
        if line.telephone != scheme.authority.telephone
    ]
    return list(dict.fromkeys((said(line.name, get_language()), line.telephone) for line in lines))
