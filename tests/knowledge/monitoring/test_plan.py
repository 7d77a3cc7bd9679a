from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from knowledge import chinese
from knowledge.cards import CardSet
from knowledge.laws import parse
from knowledge.monitoring import checkpoints, plan
from knowledge.monitoring.faults import MonitoringFileError
from knowledge.monitoring.risks import Facts
from knowledge.monitoring.stages import fits
from knowledge.rules.interpret import Row, Surroundings
from knowledge.rules.loader import load_catalogue
from tests.support.rule_cards import CALENDAR, TODAY, card
from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.cards import Value

RULES = "人民检察院刑事诉讼规则"
LAW = "人民检察院刑事诉讼规则(2019-12-02).md"


def rows(**values: Value) -> list[Row]:
    one = card(values)
    around = Surroundings(CardSet((one,)), TODAY, CALENDAR)
    return [Row(one, around, {"文书公开天数": 10}, {})]


def test_every_point_of_the_rules_cites_an_article_that_is_there() -> None:
    text = shared_folder("laws", LAW).read_text(encoding="utf-8")
    parsed = parse.parse(text, LAW)
    articles = {f"第{chinese.numeral(one.number)}条": one for one in parsed.articles}
    cited = [
        (point.id, one.article, one.paragraph)
        for point in plan.at().checkpoints
        for one in point.citations
        if one.document == RULES
    ]
    assert cited
    for point, article, paragraph in cited:
        assert article in articles, (point, article)
        assert len(articles[article].paragraphs) >= (paragraph or 1), (point, article, paragraph)


def test_the_rules_of_ready_campaigns_and_focus_areas_are_in_the_catalogue() -> None:
    known = {rule.id for rule in load_catalogue().rules}
    groups = {rule.group for rule in load_catalogue().rules}
    points = {point.id for point in plan.at().checkpoints}
    for one in plan.at().campaigns:
        assert set(one.rules) <= known, one.id
        assert set(one.groups) <= groups, one.id
    for area in plan.at().focus:
        assert area.groups <= groups, area.id
        assert area.rules <= known | points, area.id


def test_the_three_ready_campaigns_and_the_four_areas_are_there() -> None:
    shipped = plan.at()
    assert [one.title for one in shipped.campaigns] == ["法律文书公开", "裁判文书审查", "案卡填录"]
    assert [one.title for one in shipped.focus] == ["办案期限", "诉权保障", "强制措施", "涉案财物"]


@pytest.mark.parametrize(
    ("case_type", "juvenile", "held", "left_out"),
    [
        ("审查逮捕案件", False, "interrogated-in-arrest", "interrogated-in-prosecution"),
        ("一审公诉案件", False, "property-received", "guardian-present"),
        ("一审公诉案件（未检）", False, "guardian-present", "letters-answered"),
        ("审查逮捕案件", True, "guardian-present", "letters-answered"),
        ("刑事申诉审查案件", False, "letters-answered", "two-officials"),
        ("没有见过的类别", False, "document-served", "two-officials"),
        (None, False, "card-entries", "two-officials"),
    ],
)
def test_a_case_is_held_against_the_points_of_its_stage(
    *, case_type: str | None, juvenile: bool, held: str, left_out: str
) -> None:
    found = checkpoints.for_case(plan.at().checkpoints, case_type, juvenile=juvenile)
    ids = {one.id for one in found}
    assert held in ids
    assert left_out not in ids


def test_points_about_others_say_whom_they_concern() -> None:
    concerned = {one.concerns for one in plan.at().checkpoints if one.group == "法律监督"}
    assert concerned == {"公安机关", "人民法院", "看守所"}
    own = [one for one in plan.at().checkpoints if one.group != "法律监督"]
    assert {one.concerns for one in own} == {None}


def test_a_point_is_found_by_what_stands_as_the_rule_of_its_findings() -> None:
    point = plan.at().checkpoint("checkpoint:two-officials")
    assert point is not None
    assert point.rule == "checkpoint:two-officials"
    assert plan.at().checkpoint("review-7d") is None


@pytest.mark.parametrize(
    ("rule", "group", "area"),
    [
        ("arrest-review-detained-7d", "办案期限", "terms"),
        ("checkpoint:two-officials", "诉权保障", "rights"),
        ("bail-max-12m", "强制措施", "measures"),
        ("property-deposit-3d", "涉案财物", "property"),
        ("unified-no-malformed", "案卡填录", None),
        ("list:数据校验管家:3", None, None),
    ],
)
def test_a_finding_belongs_to_the_area_of_its_group(
    rule: str, group: str | None, area: str | None
) -> None:
    held = [one.id for one in plan.at().focus if one.holds(rule, group)]
    assert held == ([area] if area else [])


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ({"一审判决生效日期": date(2026, 5, 1), "公开状态": "已公开"}, ["已公开"]),
        ({"一审判决生效日期": date(2026, 5, 1), "信息公开发布日期": date(2026, 5, 9)}, ["已公开"]),
        (
            {"一审判决生效日期": date(2026, 5, 1), "信息公开发布日期": date(2026, 5, 12)},
            ["超期公开"],
        ),
        ({"一审判决生效日期": date(2026, 5, 1), "不公开原因": "涉及隐私"}, ["不公开有原因"]),
        ({"一审判决生效日期": date(2026, 5, 1)}, ["未公开"]),
        ({"受理日期": date(2026, 5, 1)}, []),
    ],
)
def test_what_the_card_shows_of_publication(values: dict[str, Value], marks: list[str]) -> None:
    publication = plan.at().campaign("publication")
    assert publication is not None
    assert publication.proposed(rows(**values)) == marks


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        (
            {"收到判决裁定日期": date(2026, 5, 1), "裁判审查表日期": date(2026, 5, 11)},
            ["收到判决", "按时审查"],
        ),
        (
            {
                "收到判决裁定日期": date(2026, 5, 1),
                "裁判审查表日期": date(2026, 5, 12),
                "裁判改变起诉情形": "改变定性,改变量刑情节",
                "抗诉书提出日期": date(2026, 5, 10),
            },
            ["收到判决", "超期审查", "改变定性", "改变量刑", "考虑抗诉"],
        ),
        ({"收到判决裁定日期": date(2026, 5, 1)}, ["收到判决", "未见审查表"]),
    ],
)
def test_what_the_card_shows_of_a_judgments_review(
    values: dict[str, Value], marks: list[str]
) -> None:
    reviewed = plan.at().campaign("judgment-review")
    assert reviewed is not None
    assert reviewed.proposed(rows(**values)) == marks


def test_marks_of_one_set_exclude_each_other() -> None:
    publication = plan.at().campaign("publication")
    assert publication is not None
    assert publication.toggled(["已公开"], "未公开") == ["未公开"]
    assert publication.toggled(["已公开"], "屏蔽不规范") == ["已公开", "屏蔽不规范"]
    assert publication.toggled(["已公开", "屏蔽不规范"], "屏蔽不规范") == ["已公开"]


def test_a_problem_under_a_point_sets_the_mark_that_counts_it() -> None:
    publication = plan.at().campaign("publication")
    assert publication is not None
    assert publication.marked(["已公开"], "names-hidden") == ["已公开", "屏蔽不规范"]
    assert publication.marked(["屏蔽不规范"], "names-hidden") == ["屏蔽不规范"]
    assert publication.marked([], "document-published") == []


def test_a_risk_gives_its_reasons_in_words() -> None:
    risk = plan.at().risks.weigh(
        Facts(left=2, detained=True, minor=True, grave_charge=True, open_findings=3, unseen=None)
    )
    assert risk.reasons == (
        "期限还有2天",
        "在押",
        "未成年人案件",
        "案由在重点关注名单内",
        "有 3 条未销号的问题",
        "尚未人工查看",
    )
    assert risk.score == 17


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (Facts(left=-3, unseen=1), ("期限已过3天",)),
        (Facts(left=0, unseen=1), ("期限今日届满",)),
        (Facts(left=8, unseen=1), ()),
        (Facts(open_findings=1, unseen=29), ()),
        (Facts(unseen=30), ("已 30 天未人工查看",)),
    ],
)
def test_what_is_far_or_fresh_weighs_nothing(facts: Facts, reasons: tuple[str, ...]) -> None:
    assert plan.at().risks.weigh(facts).reasons == reasons


def test_a_weight_of_nothing_leaves_a_reason_out(tmp_path: Path) -> None:
    text = (plan.SHIPPED / "risks.yaml").read_text(encoding="utf-8").replace("在押: 3", "在押: 0")
    (tmp_path / "risks.yaml").write_text(text, encoding="utf-8")
    assert plan.at(tmp_path).risks.weigh(Facts(detained=True, unseen=1)).reasons == ()


def test_an_offices_own_file_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "focus.yaml").write_text(
        "focus:\n  - {id: own, title: 本院重点, groups: [案卡填录], without: [due-date-edited]}\n",
        encoding="utf-8",
    )
    own = plan.at(tmp_path)
    assert [one.title for one in own.focus] == ["本院重点"]
    assert own.focus[0].holds("risk-assessment-missing", "案卡填录")
    assert not own.focus[0].holds("due-date-edited", "案卡填录")
    assert own.checkpoints == plan.at().checkpoints


POINT = """checkpoints:
  - id: own-point
    title: 本院要点
    group: 诉权保障
    stages: [审查逮捕]
    check: 看一看
    problems: [没有看]
    severity: 轻微
    provision: [{document: 人民检察院刑事诉讼规则(2019), article: 第六百六十五条}]
    ask: 请核对
"""


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("focus", "focus:\n  - {id: a, title: 甲}\n", 2, "要写 groups 或 rules"),
        ("focus", "focus:\n  - {id: a, title: 甲, colour: 红, groups: [乙]}\n", 2, "不认识的项"),
        ("focus", "areas: []\n", 1, "不认识的项“areas”"),
        ("checkpoints", POINT.replace("轻微", "一般"), 8, "“一般”不在可选的写法里"),
        ("checkpoints", POINT.replace("审查逮捕", "审查批捕"), 5, "没有“审查批捕”这一类"),
        ("checkpoints", POINT.replace("[审查逮捕]", "[]"), 5, "不能为空"),
        ("checkpoints", POINT.replace("own-point", "本院"), 2, "应当是小写英文"),
        ("checkpoints", POINT.replace("没有看", "没" * 21), 7, "按钮上放不下"),
        ("checkpoints", POINT + POINT.partition("\n")[2], 1, "“own-point”写了两次"),
        ("checkpoints", "checkpoints: 甲\n", 1, "应当是一列"),
        ("checkpoints", "checkpoints:\n\t- 甲\n", 2, "制表符"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(
    tmp_path: Path, name: str, text: str, line: int, said: str
) -> None:
    (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(MonitoringFileError) as refused:
        plan.at(tmp_path)
    assert f"监控设置 {name}.yaml 第 {line} 行" in str(refused.value)
    assert said in str(refused.value)
    assert str(refused.value).endswith("请改正后重新启动")


CAMPAIGN = """campaigns:
  - id: own
    title: 本院专项
    background: 背景
    stages: [全部]
    basis: 受理
    checkpoints: [card-entries]
    marks: [{name: 甲, when: 受理日期 非空}]
    figures: [{name: 甲数, marks: [甲]}]
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CAMPAIGN.replace("[card-entries]", "[no-such-point]"), "没有核对要点“no-such-point”"),
        (CAMPAIGN.replace("id: own", "id: free"), "编号不能是 free"),
        (CAMPAIGN.replace("marks: [甲]", "marks: [乙]"), "“乙”不在本专项的 marks 里"),
        (CAMPAIGN.replace("受理日期 非空", "受理日 非空"), "受理日"),
        (CAMPAIGN.replace("basis: 受理", "basis: 归档"), "“归档”不在可选的写法里"),
        (
            CAMPAIGN.replace("[{name: 甲, when: 受理日期 非空}]", "[{name: 甲}, {name: 甲}]"),
            "有一项写了两次",
        ),
    ],
)
def test_a_campaign_that_names_what_is_not_there_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "campaigns.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(MonitoringFileError, match=r"campaigns\.yaml") as refused:
        plan.at(tmp_path)
    assert said in str(refused.value)


def test_a_file_that_cannot_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "risks.yaml").write_text("weights: {}\n", encoding="utf-8")

    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("knowledge.strict_yaml.load", refuse)
    with pytest.raises(MonitoringFileError, match="无法读取"):
        plan.at(tmp_path)


def test_only_points_for_everything_are_of_a_type_nobody_knows() -> None:
    assert fits(("全部",), None)
    assert not fits(("审查逮捕", "未检"), "没有见过的类别", juvenile=True)
