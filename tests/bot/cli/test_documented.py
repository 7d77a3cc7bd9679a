from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
import typer
from pydantic import BaseModel

from bot.cli import ending
from bot.cli.main import app
from bot.config import Config
from tests.support.command import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer.core import TyperCommand


@cache
def page() -> str:
    return (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def commands() -> Iterable[tuple[str, TyperCommand]]:
    def below(command: object, name: str) -> Iterable[tuple[str, TyperCommand]]:
        children = getattr(command, "commands", None)
        if children is None:
            yield name, command  # type: ignore[misc]  # a leaf is a command
            return
        for word, child in children.items():
            yield from below(child, f"{name} {word}")

    return list(below(typer.main.get_command(app), "fangyuan"))


def entries(model: type[BaseModel], prefix: str = "") -> Iterable[str]:
    for name, entry in model.model_fields.items():
        inner = list(_models(entry.annotation))
        if not inner:
            yield prefix + name
        for one in inner:
            is_list = "tuple" in str(entry.annotation)
            yield from entries(one, f"{prefix}{name}{'[]' if is_list else ''}.")


def _models(annotation: object) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models(part)


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_on_the_page(name: str) -> None:
    assert f"`{name}" in page()


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_option_of_a_command_is_on_its_line(name: str, command: TyperCommand) -> None:
    [heading] = [part for part in page().split("\n### ") if f"`{name}" in part.splitlines()[0]][:1]
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert parameter.opts[0] in heading


def test_every_entry_of_the_configuration_is_on_the_page() -> None:
    missing = [entry for entry in entries(Config) if f"`{entry}`" not in page()]
    assert missing == []


@pytest.mark.parametrize(
    "code", [ending.DONE, ending.FOUND_PROBLEMS, ending.WRONG_USE, ending.INTERRUPTED]
)
def test_every_exit_code_is_on_the_page(code: int) -> None:
    assert f"| {code} | " in page()


def test_every_command_has_a_help_text_in_chinese() -> None:
    texts = [str(command.help) for _, command in commands()]
    assert all(any("一" <= letter <= "鿿" for letter in text) for text in texts)
