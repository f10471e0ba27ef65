"""The filters of a list as the parameters of an endpoint."""

from typing import Any

import django_filters
from pydantic import BaseModel, ConfigDict, Field, create_model


def parameters(name: str, filterset: type[django_filters.FilterSet], **more: Any) -> type[BaseModel]:
    """The filters as the parameters of an endpoint, so that its document describes what the page offers.

    Choices that are known when the program starts are listed; those of a pack are checked when they are used.
    """
    fields: dict[str, Any] = {key: _parameter(one) for key, one in filterset.base_filters.items()}
    return create_model(name, __config__=ConfigDict(extra="ignore"), **fields, **more)


def _parameter(one: django_filters.Filter) -> tuple[Any, Any]:
    described = ": ".join(str(text) for text in (one.label, one.extra.get("help_text")) if text)
    choices = [str(value) for value, _label in one.extra.get("choices", ())]

    def said(schema: dict[str, Any]) -> None:
        # Left out is not the same as empty: programs should not send what they do not ask for.
        schema.pop("default", None)
        if choices:
            schema["enum"] = choices

    return str, Field("", description=described, max_length=one.extra.get("max_length"), json_schema_extra=said)
