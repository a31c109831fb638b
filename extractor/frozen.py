"""Values that the type checker keeps frozen, made at a third of the price of frozen dataclasses.

A frozen dataclass sets each field by a call; tens of thousands of fields are set in a hundred articles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """A dataclass with slots and a hash of its fields, whose fields only the type checker keeps from being set."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
