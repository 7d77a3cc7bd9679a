"""The office's configuration: one YAML file in the home, checked before anything starts."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.home import Home
from handlers.desk import Manners
from handlers.monitoring.monitoring_policy import MonitoringPolicy
from handlers.notices.notice_policy import FORM, NoticePolicy
from knowledge import strict_yaml
from knowledge.errors import UserFacingError
from knowledge.precision import Measure
from knowledge.rule_switches import RuleSwitches

Role = Literal[
    "prosecutor",
    "assistant",
    "officer",
    "case_head",
    "head",
    "deputy",
    "chief",
    "auditor",
    "admin",
]


_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class ConfigError(UserFacingError):
    """The configuration cannot be used; names the file, the entry and what is wrong with it."""

    def __init__(self, path: Path, entry: str, reason: str, *, line: int | None = None) -> None:
        where = f"第 {line} 行" if line else ""
        super().__init__(f"配置文件 {path} {where}“{entry}”有误：{reason}。请改正后重新运行")


class MissingConfigError(UserFacingError):
    """There is no configuration yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"没有找到配置文件 {path}。请先运行 fangyuan init")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OfficePart(_Part):
    """Which office this is."""

    name: str = Field(min_length=1, max_length=80)
    code: str = ""


class PersonPart(_Part):
    """One person of the office; bound to an account later, with a one-time code."""

    name: str = Field(min_length=1, max_length=40)
    department: str = Field(default="", max_length=80)
    roles: tuple[Role, ...] = Field(min_length=1)
    aliases: tuple[str, ...] = ()


class DoorPart(_Part):
    """The messenger, where its token lies, and what may pass through it."""

    kind: Literal["telegram"] = "telegram"
    token_file: Path | None = None
    base_url: str | None = None
    clearance: Literal["internet", "intranet"] = "internet"


class ApprovalPart(_Part):
    """Who approved that imported cards are used over an internet door."""

    number: str = Field(min_length=1)
    person: str = Field(min_length=1)
    date: str

    @field_validator("date")
    @classmethod
    def _is_a_day(cls, text: str) -> str:
        try:
            date.fromisoformat(text)
        except ValueError as error:
            raise ValueError("应当是日期，如 2026-06-01，并加引号") from error
        return text


class DigestPart(_Part):
    """When and how often the digest speaks (内部要求)."""

    time: str = Field(default="08:30", pattern=_CLOCK)
    card_entries: Literal["weekly", "daily"] = "weekly"
    warning_days: tuple[Annotated[int, Field(ge=0, le=60)], ...] = (5, 3, 2, 1, 0)
    max_age_days: int = Field(default=7, ge=1, le=60)
    common_cases: int = Field(default=3, ge=2, le=100)
    dry_run: bool = False
    copy_on_leave: bool = False


class LedgerPart(_Part):
    """Where the ledger's heads are kept too, and for how many years personal texts (内部要求)."""

    second_folder: Path | None = None
    keep_texts_years: int | None = Field(default=None, ge=1, le=60)


class BackupPart(_Part):
    """The evening's backup while the bot runs; no time: none is made by itself."""

    time: str | None = Field(default="21:00", pattern=_CLOCK)
    keep: int = Field(default=30, ge=1, le=1000)
    passphrase_file: Path | None = None


class NoticesPart(_Part):
    """How notices are numbered and approved, and their replies counted (本院口径)."""

    numbering: Literal["entered", "drawn"] = "entered"
    pattern: str = Field(default="{院代字}案管流监〔{年}〕{序号}号", max_length=80)
    short_name: str = Field(default="", max_length=20)
    second_person: bool = True
    reply_unit: Literal["days", "workdays"] = "days"
    roll: bool = False
    quiet_from: str = Field(default="20:00", pattern=_CLOCK)
    quiet_until: str = Field(default="08:00", pattern=_CLOCK)

    @field_validator("pattern")
    @classmethod
    def _makes_numbers(cls, pattern: str) -> str:
        if "{年}" not in pattern or "{序号}" not in pattern:
            raise ValueError("应当含有 {年} 和 {序号}")
        sample = pattern.replace("{院代字}", "检").replace("{年}", "2026").replace("{序号}", "1")
        if FORM.fullmatch(sample) is None:
            raise ValueError("应当写成 {院代字}案管流监〔{年}〕{序号}号 的样子")
        return pattern

    def policy(self) -> NoticePolicy:
        """Return the office's way with notices as handlers use it."""
        return NoticePolicy(
            numbering=self.numbering,
            pattern=self.pattern,
            short_name=self.short_name,
            second_person=self.second_person,
            reply_unit=self.reply_unit,
            roll=self.roll,
            quiet_from=time.fromisoformat(self.quiet_from),
            quiet_until=time.fromisoformat(self.quiet_until),
        )


class MonitoringPart(_Part):
    """How much is looked at by hand, when a campaign is proposed, and who does which line."""

    cases_a_day: int = Field(default=5, ge=0, le=50)
    recurring: int = Field(default=5, ge=0, le=1000)
    departments: dict[Literal["刑事执行检察", "捕诉"], tuple[str, ...]] = Field(
        default_factory=dict
    )

    def policy(self) -> MonitoringPolicy:
        """Return the office's way as handlers use it."""
        departments = {str(line): names for line, names in self.departments.items()}
        return MonitoringPolicy(self.cases_a_day, self.recurring, departments)


class ReportsPart(_Part):
    """What a reporting month is, and when departments get their reports (本院口径)."""

    month: Literal["calendar", "26th"] = "calendar"
    department_day: int = Field(default=20, ge=1, le=28)


class RulesPart(_Part):
    """Which rules speak, and when one is proposed for switching off (内部要求)."""

    off: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    floor: float = Field(default=0.5, ge=0, le=1)
    least_decisions: int = Field(default=10, ge=1, le=1000)

    def switches(self) -> RuleSwitches:
        """Return what the office switched off and on."""
        return RuleSwitches(frozenset(self.off), frozenset(self.on))

    def measure(self) -> Measure:
        """Return from what precision on a rule is worth keeping."""
        return Measure(self.floor, self.least_decisions)


class Config(_Part):
    """The whole configuration."""

    office: OfficePart
    database: str = ""
    door: DoorPart = DoorPart()
    approval: ApprovalPart | None = None
    people: tuple[PersonPart, ...] = ()
    digest: DigestPart = DigestPart()
    notices: NoticesPart = NoticesPart()
    monitoring: MonitoringPart = MonitoringPart()
    reports: ReportsPart = ReportsPart()
    ledger: LedgerPart = LedgerPart()
    backup: BackupPart = BackupPart()
    rules: RulesPart = RulesPart()
    settings: dict[str, int | None] = Field(default_factory=dict)
    holidays: Path | None = None

    @field_validator("people")
    @classmethod
    def _no_two_of_one_name(cls, people: tuple[PersonPart, ...]) -> tuple[PersonPart, ...]:
        seen: set[tuple[str, str]] = set()
        for person in people:
            key = (person.department, person.name)
            if key in seen:
                raise ValueError(f"{person.department}{person.name}出现了两次")
            seen.add(key)
        return people

    def manners(self) -> Manners:
        """Return the manners of the digest as handlers use them."""
        return Manners(
            digest_time=time.fromisoformat(self.digest.time),
            card_entries=self.digest.card_entries,
            warning_days=self.digest.warning_days,
            max_age_days=self.digest.max_age_days,
            dry_run=self.digest.dry_run,
            copy_on_leave=self.digest.copy_on_leave,
            common_cases=self.digest.common_cases,
            keep_texts_years=self.ledger.keep_texts_years,
        )


def load(home: Path) -> Config:
    """Read `config.yaml` in the home.

    Raises:
        MissingConfigError: there is none.
        ConfigError: an entry is unknown, missing or of the wrong form.
    """
    config = load_if_there(home)
    if config is None:
        raise MissingConfigError(Home(home).config)
    return config


def load_if_there(home: Path) -> Config | None:
    """Read `config.yaml` in the home; None where there is none.

    Raises:
        ConfigError: an entry is unknown, missing or of the wrong form.
    """
    path = Home(home).config
    try:
        content = strict_yaml.load(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(path, "全文", f"无法读取（{error.strerror}）") from error
    return parse(content, path)


def parse(content: Any, path: Path) -> Config:
    """Check a configuration that was read; `path` is for the error's sentence."""
    try:
        return Config.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        entry = ".".join(str(step) for step in first["loc"]) or "全文"
        reason = _in_chinese(first["type"], first["msg"])
        raise ConfigError(path, entry, reason, line=_line(content, first["loc"])) from error


def _line(content: Any, steps: tuple[int | str, ...]) -> int | None:
    """Return the line of the deepest entry on the way that knows its own."""
    line = None
    for step in steps:
        if isinstance(content, strict_yaml.Node):
            line = content.line_of(str(step))
            content = content.get(str(step))
        elif isinstance(content, list) and isinstance(step, int) and step < len(content):
            content = content[step]
    return line


_REASONS = {
    "extra_forbidden": "没有这个配置项",
    "missing": "缺少这一项",
    "model_type": "应当是一组配置项",
    "dict_type": "应当是一组配置项",
    "tuple_type": "应当是一个列表",
    "string_pattern_mismatch": "写法不对",
    "literal_error": "不是允许的值",
    "string_type": "应当是文字（请加引号）",
    "path_type": "应当是文件路径",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "float_type": "应当是数",
    "float_parsing": "应当是数",
    "int_from_float": "应当是整数",
    "bool_type": "应当是 true 或 false",
    "bool_parsing": "应当是 true 或 false",
    "too_short": "不能为空",
    "string_too_short": "不能为空",
    "string_too_long": "文字过长",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
}


def _in_chinese(kind: str, message: str) -> str:
    return _REASONS.get(kind, message.removeprefix("Value error, "))
