"""Standing texts: help per role, strangers, things the bot does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.models.people import Person

STRANGER = (
    "您好，本机器人只为本院人员服务，您尚未绑定。请向流程监控专员索取绑定码，并在十分钟内发送给我。"
)
BAD_CODE = "绑定码无效：可能已过期（十分钟）、已使用或有误。请向流程监控专员重新索取。"
CODE_IN_GROUP = "绑定码不能发在群里，该码已作废。请向流程监控专员重新索取，并在私聊中发送。"
TOO_MANY_TRIES = "尝试次数过多，请十分钟后再试，或联系流程监控专员。"
NOT_READ = {
    "voice": "暂不能收听语音，请改发文字，例如：A01 已改。",
    "sticker": "收到表情，未作记录。如需答复，请写明编号，例如：A01 收到。",
    "photo": "图片不能作为答复读取，请用文字写明编号和情况，例如：A01 执行日期 6.3。",
    "document": (
        "文件未接收：只有专员可以发送案卡导出文件（csv、xlsx、xls，限内网通道）"
        "和法律、规则等文本（md、txt、docx、pdf）。"
    ),
    "other": "这种消息不能读取，请改发文字。",
}
FILE_ON_INTERNET = (
    "互联网通道不接收文件，已从聊天中移除，未作保存。请把导出文件放入数据目录的 exports 文件夹，"
    "每个工作日提示前自动读取。法律、规则等文本（md、txt、docx、pdf）可以直接发送。"
)
FILE_REMOVED = "互联网通道不接收图片和文件，已从聊天中移除，未作保存；请用文字写明编号和情况。"
NOT_UNDERSTOOD = (
    "没有读懂这句话，已留存（流水第 {entry} 号）。您可以：\n"
    "写明编号答复，如：A01 已改，审结日期 5月27日；\n"
    "问规则，如：审捕期限几天；\n"
    "发送 /我的 查看手上的问题，/帮助 查看用法。"
)
GREETING = (
    "您好。答复提示请写明编号，如：A01 已改；问规则请直接问，如：审捕期限几天；"
    "发送 /帮助 查看全部用法。"
)
THANKED = "不客气。未作为答复记录；如需答复提示，请写明编号，如：A01 收到。"
UNKNOWN_COMMAND = "没有“{command}”这个命令。发送 /帮助 查看可用的命令。"

_NOTICES = ("/通知书", "在办的通知书")
_MONITORING = (
    ("/待审", "待放行的问题"),
    ("/待复核", "待复核的答复"),
    ("/已核对", "采纳过、不再提示的，可恢复提示"),
    ("/处理 A08", "看一条问题，定处理方式"),
    ("口头提示 A05 电话", "登记口头提示"),
    ("/未登记", "尚未在系统登记的口头提示"),
    ("发通知书 A08", "拟案件流程监控通知书"),
    _NOTICES,
    ("/监控", "今日建议人工查看的案件"),
    ("/监控 91号", "打开全案；后加“无问题”或者问题即登记"),
    ("/专项", "专项监控：新建、下一件、进度"),
    ("/重点", "重点监控：期限、诉权、强制措施、财物"),
    ("/线索", "监督线索；后加编号即转线索"),
    ("/撤回 A01", "撤回已发的提示"),
    ("/未送达", "没有送到的消息，再发或另行告知"),
    ("/问答", "没有查到的问法，加别名"),
    ("/要点库", "导入的法律、规则、要点，标注废止"),
    ("/引用", "规则引用的要点条文，核对确认"),
    ("/数据", "导出情况、未评估的规则"),
    ("/月报", "起草上月工作报告；/月报 5月、/季报、/年报 也可以"),
    ("/部门报告", "送各部门的工作报告"),
    ("/报告", "在办的报告"),
    ("/专项报告", "专项监控的报告；/专项报告 2026-1"),
    ("/评查", "建议移送案件评查的问题"),
    ("/统计", "本月统计；/统计 5月、/统计 2026年 也可以"),
    ("/日志", "当日监控日志；/日志 6月12日"),
    ("/台账", "本年监控台账"),
    ("/讲义", "上月常见问题的培训讲义；/讲义 案卡填录、数据督查、案-件比"),
    ("/培训 案卡填录", "登记专题培训"),
    ("/暂停", "停止一切发送"),
    ("/恢复", "恢复发送"),
)
_REPORTS = (
    ("/统计", "本月统计；/统计 5月、/统计 2026年 也可以"),
    ("/日志", "当日监控日志"),
    ("/台账", "本年监控台账"),
    ("/专项报告", "专项监控的报告"),
)
_CALENDAR = ("/日历", "今后三十天的期限，附图")
_CASE = ("/案 91号", "看一件案件的期限、问题和记录")
_LEAVE = ("/代理", "请假由谁代，如：请假到周五，助理代")
_ADVICE = ("/建议", "近三个月应当改进的")
_FOCUS = ("/重点", "重点监控的问题")
_CLUES = ("/线索", "监督线索")
_TO_SIGN = ("/待签", "待签批的文书")
_HAND_OVER = ("/移交", "案件移交他人接办，如：/移交 周岚 李明 91号")
_ACCOUNTS = (
    ("/名册", "人员名册：身份、部门、绑定码"),
    ("/邀请 姓名", "生成绑定码"),
    ("/解绑 姓名", "解除绑定"),
)
COMMANDS: dict[str, tuple[tuple[str, str], ...]] = {
    "prosecutor": (("/我的", "我手上的问题"), _NOTICES, _CASE, _LEAVE, _CALENDAR, _ADVICE, _FOCUS),
    "assistant": (("/我的", "我协助的问题"), _NOTICES, _CASE, _LEAVE, _CALENDAR, _ADVICE, _FOCUS),
    "head": (
        ("/我的", "由我处理的问题"),
        ("/本周", "本部门在办、临期、未答复"),
        _NOTICES,
        _CASE,
        _LEAVE,
        _HAND_OVER,
        _CALENDAR,
        _ADVICE,
        _FOCUS,
        _CLUES,
        _TO_SIGN,
    ),
    "officer": (*_MONITORING, _LEAVE, _HAND_OVER, _CALENDAR, *_ACCOUNTS),
    "case_head": (*_MONITORING, _LEAVE, _HAND_OVER, _CALENDAR, _TO_SIGN),
    "deputy": (_TO_SIGN, _NOTICES, _CASE, _LEAVE, _CALENDAR, *_REPORTS),
    "chief": (_TO_SIGN, _NOTICES, _CASE, _LEAVE, _CALENDAR, *_REPORTS),
    "auditor": (
        ("/数据", "导出情况、未评估的规则"),
        _CASE,
        *_REPORTS,
        ("/评查", "建议移送案件评查的问题"),
        ("/流水 318", "查一条流水"),
        _FOCUS,
        _CLUES,
    ),
    "admin": (("/数据", "导出情况、未评估的规则"), *_ACCOUNTS),
}
EVERYBODY = (
    ("/帮助", "怎么用"),
    ("查 问题", "问规则，如：审捕期限几天"),
    ("/规则 编号", "看一条规则"),
    ("/期限 起算日 期限", "算届满日，如：/期限 2026-09-18 15日"),
)


def help_for(person: Person) -> str:
    """Return what a person can do, by his roles."""
    lines = [f"{person.name}，您可以："]
    for role, commands in COMMANDS.items():
        if role in person.roles:
            lines += [f"{command}  {words}" for command, words in commands]
    lines += [f"{command}  {words}" for command, words in EVERYBODY]
    if {"prosecutor", "assistant", "head"} & set(person.roles):
        lines.append("答复提示：直接回复消息，或写编号，如：A01 已改，审结日期 5月27日。")
    return "\n".join(dict.fromkeys(lines))


def buttons_for(person: Person) -> list[str]:
    """Return the commands of a person that can be pressed: those that need nothing more."""
    own = [command for role in COMMANDS if role in person.roles for command, _ in COMMANDS[role]]
    return [command for command in dict.fromkeys(own) if " " not in command]


def welcome(person: Person) -> str:
    """Greet a newly bound person."""
    return f"绑定成功。{help_for(person)}"
