"""Sentences that can be translated: a template and the values that go into it.

A check never glues a sentence together; it names the template (English, the msgid) and hands
over the values. The note renders it in the reader's language and escapes every value.
"""

from __future__ import annotations

from string import Formatter

from pydantic import Field, model_validator

from firsthand.records.base import Part

__all__ = ["Message", "say"]


class Message(Part):
    """`text` is an English template with `{named}` places; `values` fills each one."""

    text: str
    values: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _filled(self) -> Message:
        names = {name for _, name, _, _ in Formatter().parse(self.text) if name is not None}
        if names != set(self.values):
            raise ValueError(f"template names {sorted(names)}, values {sorted(self.values)}")
        return self

    def __str__(self) -> str:
        return self.text.format(**self.values)


def say(text: str, **values: str) -> Message:
    """A Message in one call."""
    return Message(text=text, values=values)
