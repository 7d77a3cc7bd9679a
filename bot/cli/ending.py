"""How a command ends: 0 done, 1 problems found, 2 wrong use or bad input; never a traceback."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import typer
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, FOUND_PROBLEMS, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def run(app: typer.Typer, arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    _speak_utf8()
    # everything a command writes may hold personal data: for the owner only
    os.umask(0o077)
    try:
        code = _call(app, sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _leave_quietly()
    except (UsageError, UserFacingError, OSError) as fault:
        print(sentence(fault), file=sys.stderr)
        return WRONG_USE
    except (typer.Abort, KeyboardInterrupt):
        print("已中断，没有做完的步骤没有生效", file=sys.stderr)
        return INTERRUPTED
    return code if isinstance(code, int) else DONE


def _call(app: typer.Typer, arguments: Sequence[str]) -> object:
    """Call the command; the library's own way of ending swallows pipes and interrupts."""
    command = typer.main.get_command(app)
    try:
        with command.make_context("fangyuan", list(arguments)) as context:
            return command.invoke(context)
    except typer.Exit as asked:
        return asked.exit_code


def sentence(fault: UsageError | UserFacingError | OSError) -> str:
    """Say in Chinese what went wrong."""
    if isinstance(fault, NoArgsIsHelpError):
        return fault.format_message()
    if isinstance(fault, UsageError):
        return usage_sentence(fault)
    return str(fault) if isinstance(fault, UserFacingError) else system_sentence(fault)


def usage_sentence(fault: UsageError) -> str:
    """Say in Chinese what is wrong with the way a command was called."""
    command = fault.ctx.command_path if fault.ctx else "fangyuan"
    return f"用法有误：{_what(fault)}。运行 {command} --help 查看用法"


def _what(fault: UsageError) -> str:
    if isinstance(fault, NoSuchOption):
        return f"没有选项 {fault.option_name}"
    if isinstance(fault, BadOptionUsage):
        return f"选项 {fault.option_name} 的写法不对（缺少值，或不需要值）"
    if isinstance(fault, MissingParameter):
        return f"缺少 {_name(fault)}"
    if isinstance(fault, BadParameter):
        return f"{_name(fault)} 的值不对{_expected(fault)}"
    words = fault.format_message().rstrip(".")
    for english, chinese in _WORDS.items():
        if words.startswith(english):
            return chinese + words.removeprefix(english).strip().strip("()'\"")
    return words


_WORDS = {
    "No such command": "没有命令 ",
    "Missing command": "缺少子命令",
    "Got unexpected extra argument(s)": "多出了参数 ",
    "Got unexpected extra arguments": "多出了参数 ",
    "Got unexpected extra argument": "多出了参数 ",
}


def _name(fault: BadParameter) -> str:
    param = fault.param
    if param is None:
        return "参数"
    if param.param_type_name == "option":
        return str(param.opts[0])
    return str(param.metavar or param.name)


def _expected(fault: BadParameter) -> str:
    formats = "%Y-%m-%d" in fault.message
    return "，应当是 2026-06-15 这样的日期" if formats else ""


def system_sentence(fault: OSError) -> str:
    """Say in Chinese what the operating system refused."""
    where = f" {fault.filename}" if fault.filename else ""
    if fault.errno in _DISK_FULL:
        return f"磁盘已满，无法写入{where}。请清理后重试"
    return f"无法读写{where}：{fault.strerror or fault}。请检查路径、权限和磁盘后重试"


def _leave_quietly() -> int:
    """The reader closed the pipe: it has what it wanted, and nothing more can be told."""
    # https://docs.python.org/3/library/signal.html#note-on-sigpipe
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
