"""What a field of a paper is called in Chinese, and on which door it may be seen.

Templates use the Chinese names as placeholders, so that an office can read and edit them, and an
error can name what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from dataclasses import Field
    from typing import Any

KEY = "naming"


@dataclass(frozen=True)
class Naming:
    """The name of a field and how it is treated.

    `internet`: may stand in a pointer version. `optional`: may be empty; a template then asks with
    {% if %}. `draft`: stands in for an empty value in a draft only. `personal`: hidden in cases of
    minors.
    """

    name: str
    internet: bool = False
    optional: bool = False
    draft: str | None = None
    personal: bool = False


def named(
    name: str,
    *,
    internet: bool = False,
    optional: bool = False,
    draft: str | None = None,
    personal: bool = False,
) -> Mapping[str, Naming]:
    """Return the metadata of a dataclass field that a template calls by this name."""
    return {KEY: Naming(name, internet, optional, draft, personal)}


def naming_of(field: Field[Any]) -> Naming | None:
    """Return a field's naming; None for a field that no template sees."""
    found = field.metadata.get(KEY)
    return found if isinstance(found, Naming) else None
