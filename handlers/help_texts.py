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
    "document": "文件未接收：只有专员在内网通道上可以发送案卡导出文件（csv、xlsx、xls）。",
    "other": "这种消息不能读取，请改发文字。",
}
FILE_ON_INTERNET = (
    "互联网通道不接收文件，已从聊天中移除，未作保存。请把导出文件放入数据目录的 exports 文件夹，"
    "每个工作日提示前自动读取。"
)
FILE_REMOVED = "互联网通道不接收图片和文件，已从聊天中移除，未作保存；请用文字写明编号和情况。"
NOT_UNDERSTOOD = (
    "没有读懂这句话，已留存（流水第 {entry} 号）。您可以：\n"
    "写明编号答复，如：A01 已改，审结日期 5月27日；\n"
    "问规则，如：审捕期限几天；\n"
    "发送 /我的 查看手上的问题，/帮助 查看用法。"
)
UNKNOWN_COMMAND = "没有“{command}”这个命令。发送 /帮助 查看可用的命令。"

_MONITORING = (
    ("/待审", "待放行的问题"),
    ("/待复核", "待复核的答复"),
    ("/处理 A08", "看一条问题，定处理方式"),
    ("口头提示 A05 电话", "登记口头提示"),
    ("/未登记", "尚未在系统登记的口头提示"),
    ("发通知书 A08", "拟案件流程监控通知书"),
    ("/通知书", "在办的通知书"),
    ("/监控 91号 无问题", "登记人工监控"),
    ("/撤回 A01", "撤回已发的提示"),
    ("/未送达", "没有送到的消息，再发或另行告知"),
    ("/问答", "没有查到的问法，加别名"),
    ("/数据", "导出情况、未评估的规则"),
    ("/暂停", "停止一切发送"),
    ("/恢复", "恢复发送"),
)
_TO_SIGN = ("/待签", "待签批的文书")
_ACCOUNTS = (("/邀请 姓名", "生成绑定码"), ("/解绑 姓名", "解除绑定"))
COMMANDS: dict[str, tuple[tuple[str, str], ...]] = {
    "prosecutor": (("/我的", "我手上的问题"),),
    "assistant": (("/我的", "我协助的问题"),),
    "head": (("/我的", "本部门待处理的问题"), _TO_SIGN),
    "officer": (*_MONITORING, *_ACCOUNTS),
    "case_head": (*_MONITORING, _TO_SIGN),
    "deputy": (_TO_SIGN,),
    "chief": (_TO_SIGN,),
    "auditor": (("/数据", "导出情况、未评估的规则"),),
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
