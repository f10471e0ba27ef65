"""Words of a pack, in English and in whatever other languages the pack declares."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, RootModel, model_validator


class Frozen(BaseModel):
    """Part of a pack: unknown keys are refused, and nothing can be changed after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(RootModel[dict[str, str]]):
    """One text by language. `text["cy"]` falls back to English; templates may say `{{ title.cy }}`."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _a_bare_string_is_english(cls, given: Any) -> Any:
        return {"en": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _english_is_present(self) -> "Text":
        if not self.root.get("en", "").strip():
            raise ValueError("the English text is missing")
        return self

    def __getitem__(self, language: str) -> str:
        return self.root.get(language) or self.root["en"]

    def __str__(self) -> str:
        return self.root["en"]

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(language for language, words in self.root.items() if words.strip())


Translate = Callable[[str, str], str]


def _as_it_is(words: str, language: str) -> str:
    return words


_translate: Translate = _as_it_is


def say_by(translate: Translate) -> None:
    """Texts are asked here in the languages that a pack has no words in: `translate(english, language)`."""
    global _translate
    _translate = translate


def said(text: Text, language: str | None) -> str:
    """The text in this language ("cy", "en-gb"): from the pack, else from the site's catalogue, else in English."""
    short = (language or "en").split("-")[0]
    return text[short] if short in text.root else _translate(text.root["en"], short)


class Titled(Protocol):
    """A thing of a pack that has a code and a title, such as a standard."""

    @property
    def code(self) -> str: ...

    @property
    def title(self) -> Text: ...


def coded(rows: Iterable[Titled], language: str | None) -> list[tuple[str, str]]:
    """To choose from: each code, and the code with its title."""
    return [(one.code, f"{one.code} {said(one.title, language)}") for one in rows]
