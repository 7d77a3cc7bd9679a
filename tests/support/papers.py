"""Facts of an invented office for papers: a notice, its answer, a report, an oral prompt."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.documents.chief_report_facts import ChiefReportFacts
from handlers.documents.feedback_facts import FeedbackFacts, FeedbackItem, ReviewOpinion
from handlers.documents.notice_facts import CardValue, NoticeFacts, NoticeItem, ReceiptSlip
from handlers.documents.oral_prompt_facts import OralPromptFacts
from knowledge.rules.rule import Citation

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

OFFICE = "云川市北宽区人民检察院"
NUMBER = "云北检流监〔2026〕7号"
LEDGER_HEAD = "318:3fa90c2d17be45aa"
LAW = "中华人民共和国刑事诉讼法"
RULES = "人民检察院刑事诉讼规则"
DAY = date(2026, 6, 15)

LATE = NoticeItem(
    finding="A02",
    case_no="云北检刑捕受[2026]990103000036号",
    tail="尾号036",
    case_name="孙大勇、李小川涉嫌盗窃案",
    case_type="审查逮捕",
    prosecutor="周岚",
    rule="审查逮捕期限",
    fact="案卡记载2026年5月20日受理，2026年5月29日审结，审查逮捕七日期限于2026年5月27日届满，"
    "审结日期晚于届满日2天。",
    values=(
        CardValue("受理日期", "2026年5月20日", "请核对是否为收到提请批准逮捕书之日"),
        CardValue("审结日期", "2026年5月29日", "2026年5月27日以前", "以决定书日期为准"),
        CardValue("嫌疑人姓名", "孙大勇、李小川", "无须更改"),
    ),
    steps=(
        "起算日为2026年5月20日，当日不计入",
        "期限七日，末日为2026年5月27日",
        "末日为周三工作日，不顺延",
        "审结日期2026年5月29日，晚2天",
    ),
    provisions=(Citation(LAW, "第九十一条", 3), Citation(RULES, "第二百八十二条")),
    level="较重",
    ask="核对审查逮捕意见书和决定书的日期；填录有误的，更正审结日期并附决定书；属实的，说明原因。",
    due=date(2026, 5, 27),
)

UNEXECUTED = NoticeItem(
    finding="A05",
    case_no="云北检刑捕受[2026]990103000029号",
    tail="尾号029",
    case_name="白金贵涉嫌诈骗案",
    case_type="审查逮捕",
    prosecutor="周岚",
    rule="不批准逮捕执行情况",
    fact="案卡记载2026年6月1日不批准逮捕，至2026年6月15日未填录执行日期，强制措施一栏仍为“拘留”。",
    values=(
        CardValue("执行日期", "（空）", "请按执行回执填录"),
        CardValue("强制措施", "拘留", "请核对是否已释放或者变更"),
    ),
    steps=("不批准逮捕决定日期为2026年6月1日", "至2026年6月15日已过14天，执行日期为空"),
    provisions=(Citation(LAW, "第91条", 3, strength="derived"),),
    level="轻微",
    ask="向公安机关核实执行情况，按回执填录执行日期和强制措施。",
)

MINOR = NoticeItem(
    finding="A11",
    case_no="云北检未捕受[2026]990103000003号",
    tail="尾号003",
    case_name="陈某明涉嫌抢夺案",
    case_type="审查逮捕（未检）",
    prosecutor="郑言",
    rule="法定代理人到场",
    fact="案卡未填录法定代理人或者合适成年人到场情况。",
    values=(CardValue("嫌疑人姓名", "陈某明", "无须更改"),),
    steps=(),
    provisions=(Citation(LAW, "第二百八十一条", 1),),
    level="较重",
    ask="核对讯问笔录后补录到场情况。",
)

NOTICE = NoticeFacts(
    office=OFFICE,
    number=NUMBER,
    department="第一检察部",
    sender="案件管理办公室",
    items=(LATE, UNEXECUTED),
    handling="发送案件流程监控通知书",
    watcher="林静",
    approver="方敏",
    issued_on=DAY,
    ledger_head=LEDGER_HEAD,
    attachments=("案卡截图2张",),
)

RECEIPT = ReceiptSlip(
    office=OFFICE,
    title="案件流程监控通知书",
    number=NUMBER,
    department="第一检察部",
    sender="案件管理办公室",
    ledger_head=LEDGER_HEAD,
    deliverer="林静",
    manner="当面送达",
    receiver="王建国",
    received_on=date(2026, 6, 16),
)

FEEDBACK = FeedbackFacts(
    office=OFFICE,
    department="第一检察部",
    addressee="案件管理办公室",
    notice_number=NUMBER,
    received_on=date(2026, 6, 16),
    items=(
        FeedbackItem(
            finding="A02",
            case_no=LATE.case_no,
            tail=LATE.tail,
            case_name=LATE.case_name,
            prosecutor="周岚",
            problem="审结日期晚于七日期限届满日2天。",
            conclusion="部分属实",
            cause="决定书于2026年5月27日作出，审结日期误填为文书送达之日。",
            measure="已将审结日期更正为2026年5月27日，并在部门例会上提示核对填录口径。",
            corrected_on=date(2026, 6, 17),
            proofs=("不批准逮捕决定书（2026年5月27日）", "更正后的案卡截图"),
        ),
        FeedbackItem(
            finding="A05",
            case_no=UNEXECUTED.case_no,
            tail=UNEXECUTED.tail,
            case_name=UNEXECUTED.case_name,
            prosecutor="周岚",
            problem="不批准逮捕后未填录执行日期，强制措施仍为拘留。",
            conclusion="属实",
            cause="公安机关执行回执未及时移送。",
            measure="已发函催要回执，收到后当日填录。",
            planned_on=date(2026, 6, 24),
            objection="回执迟延系公安机关所致，请予说明。",
        ),
    ),
    head="王建国",
    signed_on=date(2026, 6, 18),
    ledger_head=LEDGER_HEAD,
    review=ReviewOpinion("继续跟踪", "A02已核对决定书，予以销号；A05待回执。", "林静", DAY),
)

CHIEF_REPORT = ChiefReportFacts(
    office=OFFICE,
    chief="检察长",
    sender="案件管理办公室",
    notice_number=NUMBER,
    department="第一检察部",
    items=(LATE,),
    reason="犯罪嫌疑人在押，审查逮捕期限届满后仍未作出决定，涉及羁押期限。",
    done="已电话告知部门负责人并要求当日核实。",
    proposal="请第一检察部当日查明羁押情况，三日内书面说明；案件管理办公室跟踪核对。",
    watcher="林静",
    case_head="方敏",
    reported_on=DAY,
    ledger_head=LEDGER_HEAD,
)

ORAL_PROMPT = OralPromptFacts(
    office=OFFICE,
    finding="A05",
    prompted_at=datetime(2026, 6, 15, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai")),
    manner="电话",
    prompter="林静",
    prompted="周岚",
    department="第一检察部",
    case_no=UNEXECUTED.case_no,
    tail=UNEXECUTED.tail,
    case_name=UNEXECUTED.case_name,
    problem=UNEXECUTED.fact,
    provisions=UNEXECUTED.provisions,
    ask=UNEXECUTED.ask,
    ledger_head=LEDGER_HEAD,
    answer="执行回执尚未收到，今天催要。",
)

PAPERS: dict[str, DataclassInstance] = {
    "notice": NOTICE,
    "receipt": RECEIPT,
    "feedback": FEEDBACK,
    "chief_report": CHIEF_REPORT,
    "oral_prompt": ORAL_PROMPT,
}
