from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from bot.cli import user
from bot.cli.options import present
from bot.config import Role
from bot.office import open_office
from handlers.people.accounts import CODE_LENGTH
from storage import ledger, people

if TYPE_CHECKING:
    from tests.support.command import Commands

CONFIG = """\
office: {name: 海州市东港区人民检察院}
people:
  - {name: 林知秋, department: 一部, roles: [prosecutor]}
  - {name: 许亦, department: 一部, roles: [head, prosecutor], aliases: [许一]}
  - {name: 许亦, department: 二部, roles: [assistant]}
"""


@pytest.fixture
def home(fangyuan: Commands) -> Commands:
    fangyuan.home.mkdir(mode=0o700)
    (fangyuan.home / "config.yaml").write_text(CONFIG, encoding="utf-8")
    return fangyuan


def acts(home: Commands) -> list[str]:
    office = open_office(home.home)
    with office.database.reading() as session:
        found = [entry.act for entry in ledger.tail(session, 0)]
    office.close()
    return found


def bind(home: Commands, name: str) -> None:
    office = open_office(home.home)
    with office.database.transaction(present()) as tx:
        person = people.named(tx.session, office.name, name)[0]
        person.door, person.account, person.chat = "telegram", "77", "77"
        person.bound_at = tx.now
    office.close()


def test_an_invitation_is_a_code_on_stdout_and_an_entry(home: Commands) -> None:
    outcome = home("user", "invite", "林知秋")
    assert outcome.code == 0
    assert len(outcome.out.strip()) == CODE_LENGTH
    assert "10 分钟" in outcome.err
    assert acts(home)[-1] == "invited"


def test_the_code_is_not_kept_in_clear(home: Commands) -> None:
    code = home("user", "invite", "林知秋").out.strip()
    stored = b"".join(path.read_bytes() for path in home.home.glob("fangyuan.db*"))
    assert code.encode() not in stored


def test_a_name_nobody_has_is_refused(home: Commands) -> None:
    outcome = home("user", "invite", "没有人")
    assert outcome.code == 2
    assert "没有人" in outcome.sentence
    assert "invited" not in acts(home)


def test_of_two_with_one_name_the_department_decides(home: Commands) -> None:
    assert "部门" in home("user", "invite", "许亦").sentence
    assert home("user", "invite", "许亦", "--department", "二部").code == 0
    assert home("user", "invite", "许一").code == 0


def test_the_list_shows_who_is_bound(home: Commands) -> None:
    home("user", "list")
    bind(home, "林知秋")
    first, *others = home("user", "list", "--json").lines
    assert first["name"] == "林知秋"
    assert first["bound"]
    assert first["roles"] == ["prosecutor"]
    assert not any(one["bound"] for one in others)
    told = home("user", "list").out.splitlines()
    assert "绑定" in told[0]
    assert "检察官助理" in told[2]
    assert "未绑定" in told[2]


def test_who_leaves_the_configuration_is_listed_as_gone(home: Commands) -> None:
    home("user", "list")
    (home.home / "config.yaml").write_text(CONFIG.rsplit("\n", 2)[0], encoding="utf-8")
    last = home("user", "list", "--json").lines[-1]
    assert (last["department"], last["active"]) == ("二部", False)
    assert "已不在名单" in home("user", "list").out


def test_revoking_takes_the_binding_away_once(home: Commands) -> None:
    home("user", "list")
    bind(home, "林知秋")
    assert "已解除" in home("user", "revoke", "林知秋").err
    assert "没有绑定" in home("user", "revoke", "林知秋").err
    assert acts(home).count("unbound") == 1
    assert not home("user", "list", "--json").lines[0]["bound"]


def test_an_empty_office_says_where_people_come_from(fangyuan: Commands) -> None:
    fangyuan.home.mkdir()
    outcome = fangyuan("user", "list")
    assert (outcome.code, outcome.out) == (0, "")
    assert "people" in outcome.sentence


def test_every_role_has_a_word() -> None:
    assert set(user.ROLE_WORDS) == set(get_args(Role))
