"""One call of a Bot API method: parameters from query, form, multipart or JSON alike."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.errors import BadRequestError
from bot.sandbox.fields import LARGEST_NUMBER
from bot.sandbox.files import Upload, plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True)
class Call:
    """A method's name in lower case, its parameters, and the files that came with it."""

    method: str
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload]

    def has(self, name: str) -> bool:
        """Say whether a parameter was given with a value."""
        return self.values.get(name) not in (None, "") or name in self.uploads

    def upload(self, name: str) -> Upload | None:
        """Return the file that came under a name, or that the parameter points to."""
        reference = self.values.get(name)
        attached = isinstance(reference, str) and reference.startswith("attach://")
        return self.uploads.get(str(reference).removeprefix("attach://") if attached else name)

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as text."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a parameter as a whole number."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            number = int(value)
        except (TypeError, ValueError, OverflowError):
            raise BadRequestError(f"invalid {name} specified") from None
        if abs(number) > LARGEST_NUMBER:
            raise BadRequestError(f"invalid {name} specified")
        return number

    def fraction(self, name: str, default: float = 0.0) -> float:
        """Return a parameter as a number with a fraction, the default where it is none."""
        value = self.values.get(name)
        try:
            return default if value is None or value == "" else float(value)
        except (TypeError, ValueError):
            return default

    def message_id(self, name: str = "message_id") -> int:
        """Return the number of the message that is meant."""
        number = self.integer(name)
        if number <= 0:
            raise BadRequestError("message identifier is not specified")
        return number

    def flag(self, name: str) -> bool:
        """Return a parameter as yes or no."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def structure(self, name: str) -> Any:
        """Return a parameter that holds JSON, None where it is absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return _readable(json.loads(value))
        except ValueError:
            raise BadRequestError(f"can't parse {_label(name)} JSON object") from None

    def record(self, name: str) -> dict[str, Any]:
        """Return a parameter that holds a JSON object, empty where it is absent."""
        value = self.structure(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise BadRequestError(f"object expected as {_label(name)}")
        return value

    def series(self, name: str) -> list[Any]:
        """Return a parameter that holds a JSON array, empty where it is absent."""
        value = self.structure(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadRequestError(f"expected an Array of {_label(name)}")
        return value


def _readable(value: Any) -> Any:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise BadRequestError("strings must be encoded in UTF-8") from None
    return value


def _label(name: str) -> str:
    return name.replace("_", " ")


async def read_call(request: web.Request, method: str) -> Call:
    """Read a request's parameters, wherever they stand."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json" and request.can_read_body:
        values.update(await _json_object(request))
    elif request.content_type in _FORMS:
        for name, field in (await request.post()).items():
            if isinstance(field, web.FileField):
                uploads[name] = Upload(
                    plain_name(field.filename), field.content_type, field.file.read()
                )
            else:
                values[name] = field.decode() if isinstance(field, (bytes, bytearray)) else field
    return Call(method.lower(), _readable(values), uploads)


async def _json_object(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        raise BadRequestError("can't parse request JSON object") from None
    if not isinstance(body, dict):
        raise BadRequestError("request JSON object expected")
    return body
