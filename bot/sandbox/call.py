"""One call of a Bot API method: parameters from query, form, multipart or JSON alike."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.errors import BadRequestError
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
        return self.values.get(name) not in {None, ""} or name in self.uploads

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
            return int(value)
        except (TypeError, ValueError):
            raise BadRequestError(f"invalid {name} specified") from None

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
            return json.loads(value)
        except ValueError:
            label = name.replace("_", " ")
            raise BadRequestError(f"can't parse {label} JSON object") from None

    def record(self, name: str) -> dict[str, Any]:
        """Return a parameter that holds a JSON object, empty where it is absent."""
        value = self.structure(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise BadRequestError(f"object expected as {name.replace('_', ' ')}")
        return value

    def series(self, name: str) -> list[Any]:
        """Return a parameter that holds a JSON array, empty where it is absent."""
        value = self.structure(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadRequestError(f"expected an Array of {name.replace('_', ' ')}")
        return value


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
    return Call(method.lower(), values, uploads)


async def _json_object(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        raise BadRequestError("can't parse request JSON object") from None
    if not isinstance(body, dict):
        raise BadRequestError("request JSON object expected")
    return body
