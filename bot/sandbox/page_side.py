"""The page: static files, read once per request, nothing from outside."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

_FOLDER = Path(__file__).parent / "page"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"


def routes() -> list[web.RouteDef]:
    """Return the routes of the page."""
    return [web.get("/", _start), web.get("/page/{name}", _file)]


async def _start(_request: web.Request) -> web.Response:
    return _shown(_FOLDER / "index.html")


async def _file(request: web.Request) -> web.Response:
    path = _FOLDER / Path(request.match_info["name"]).name
    if path.suffix not in _TYPES or not path.is_file():
        raise web.HTTPNotFound
    return _shown(path)


def _shown(path: Path) -> web.Response:
    response = web.Response(
        text=path.read_text(encoding="utf-8"), content_type=_TYPES[path.suffix], charset="utf-8"
    )
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
