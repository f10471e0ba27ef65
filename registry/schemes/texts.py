"""Words of a pack, in English and in whatever other languages the pack declares."""

from typing import Any

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


def said(text: Text, language: str | None) -> str:
    """The text in this language ("cy", "en-gb"), or in English where the pack has no such text."""
    return text[(language or "en").split("-")[0]]
