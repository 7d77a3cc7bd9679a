"""What a phone shows of a message that has neither text nor file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TOLD = ("venue", "location", "contact", "poll", "dice")


def in_words(body: Mapping[str, Any]) -> str:
    """Return a line of words for a message's body, empty for one that needs none."""
    for name, say in _WORDS.items():
        if name in body:
            return say(body[name])
    return ""


def _place(location: Mapping[str, Any]) -> str:
    live = "实时位置" if "live_period" in location else "位置"
    return f"{live}：{location['latitude']:.5f}，{location['longitude']:.5f}"


def _poll(poll: Mapping[str, Any]) -> str:
    options = "\n".join(f"○ {option['text']}" for option in poll["options"])
    closed = "（已结束）" if poll["is_closed"] else ""
    return f"投票{closed}：{poll['question']}\n{options}"


_WORDS: dict[str, Callable[[Any], str]] = {
    "venue": lambda venue: f"地点：{venue['title']}（{venue['address']}）",
    "location": _place,
    "contact": lambda contact: f"联系人：{contact['first_name']} {contact['phone_number']}",
    "poll": _poll,
    "dice": lambda dice: f"{dice['emoji']} 掷出 {dice['value']}",
    "forum_topic_created": lambda topic: f"新话题：{topic['name']}",
    "forum_topic_edited": lambda topic: f"话题改名：{topic.get('name', '')}",
    "forum_topic_closed": lambda _: "话题已关闭",
    "forum_topic_reopened": lambda _: "话题已重新打开",
    "new_chat_title": lambda title: f"群名改为“{title}”",
    "migrate_to_chat_id": lambda _: "群组已升级为超级群组",
    "migrate_from_chat_id": lambda _: "群组已升级为超级群组",
}
