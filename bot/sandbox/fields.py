"""Fields of the JSON objects a call carries; the complaints are worded as Telegram words them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import BadRequestError, MalformedError

LARGEST_NUMBER = 2**63 - 1


def needed(record: Any, name: str) -> Any:
    """Return a field that must be there.

    Raises:
        MalformedError: It is absent; the caller says of what.
    """
    if not isinstance(record, dict) or record.get(name) is None:
        raise MalformedError(f'Can\'t find field "{name}"')
    return record[name]


def needed_text(record: Any, name: str) -> str:
    """Return a text that must be there.

    Raises:
        MalformedError: It is absent or no text; the caller says of what.
    """
    value = needed(record, name)
    if not isinstance(value, str):
        raise MalformedError(f'Field "{name}" must be of type String')
    return value


def needed_number(record: Any, name: str) -> int:
    """Return a whole number that must be there; digits in a string will do.

    Raises:
        MalformedError: It is absent or no number; the caller says of what.
    """
    value = needed(record, name)
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise MalformedError(f'Field "{name}" must be of type Number')
    try:
        number = int(value)
    except ValueError:
        raise MalformedError(f'Field "{name}" must be a valid Number') from None
    if abs(number) > LARGEST_NUMBER:
        raise MalformedError(f'Field "{name}" must be a valid Number')
    return number


def flag(record: Any, name: str, *, plain: bool = False) -> bool:
    """Return a yes or no, no where it is absent.

    Raises:
        BadRequestError: It is something else.
        MalformedError: The same where `plain` says that the caller will say of what.
    """
    value = record.get(name) if isinstance(record, dict) else None
    if value is None or isinstance(value, bool):
        return bool(value)
    if plain:
        raise MalformedError(f'Field "{name}" must be of type Boolean')
    raise BadRequestError(f'field "{name}" must be of type Boolean')
