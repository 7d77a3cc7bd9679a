"""The page in a real browser: what a person does on a phone there reaches the bot, and back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.support.sandbox import START, WU, ZHOU

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator, Page

    from tests.browser.conftest import Stage
    from tests.support.sandbox import Line, MovableClock

pytestmark = pytest.mark.browser

KEYS = {"inline_keyboard": [[{"text": "A01", "callback_data": "k"}]]}


def _phone(page: Page, name: str) -> Locator:
    return page.locator("section.phone").filter(has=page.get_by_role("heading", name=name))


def _input(page: Page, name: str) -> Locator:
    return page.get_by_label(f"以{name}的身份输入消息")


async def _updates(line: Line, **params: Any) -> list[dict[str, Any]]:
    return await line.updates(timeout=5, **params)


async def test_an_answer_that_is_typed_reaches_the_bot_and_its_reply_the_phone(
    line: Line, desktop: Page
) -> None:
    await _input(desktop, "周岚").fill("A02 已改，是5.27")
    await _input(desktop, "周岚").press("Enter")

    (update,) = await _updates(line)
    await line.done("sendChatAction", chat_id=ZHOU.id, action="typing")
    await expect(_phone(desktop, "周岚").get_by_text("方圆正在输入")).to_be_visible()
    await line.done("sendMessage", chat_id=ZHOU.id, text="已记录 <您> 的说明")

    assert update["message"]["text"] == "A02 已改，是5.27"
    await expect(_phone(desktop, "周岚").get_by_text("已记录 <您> 的说明")).to_be_visible()
    await expect(_phone(desktop, "周岚").get_by_text("方圆正在输入")).to_be_hidden()
    await expect(_input(desktop, "周岚")).to_have_value("")


async def test_a_pressed_button_shows_the_bots_toast(line: Line, desktop: Page) -> None:
    await line.done("sendMessage", chat_id=ZHOU.id, text="A01", reply_markup=KEYS)
    await _phone(desktop, "周岚").get_by_role("button", name="A01").click()

    (update,) = await _updates(line)
    query = update["callback_query"]["id"]
    await line.done("answerCallbackQuery", callback_query_id=query, text="已记录：知悉")

    await expect(_phone(desktop, "周岚").get_by_role("status")).to_have_text("已记录：知悉")
    await expect(_phone(desktop, "周岚").get_by_role("button", name="A01")).to_be_enabled()


async def test_a_message_is_replied_to_and_the_reply_edited(line: Line, desktop: Page) -> None:
    sent = await line.done("sendMessage", chat_id=ZHOU.id, text="请核对")
    phone = _phone(desktop, "周岚")
    await phone.get_by_text("请核对").hover()
    await phone.get_by_label("回复这条消息").click()
    await _input(desktop, "周岚").fill("收到")
    await phone.get_by_role("button", name="发送", exact=True).click()
    (said,) = await _updates(line)

    await phone.get_by_text("收到").hover()
    await phone.get_by_label("编辑这条消息").click()
    await expect(_input(desktop, "周岚")).to_have_value("收到")
    await _input(desktop, "周岚").fill("收到了")
    await _input(desktop, "周岚").press("Enter")
    (edited,) = await _updates(line, offset=said["update_id"] + 1)

    assert said["message"]["reply_to_message"]["message_id"] == sent["message_id"]
    assert edited["edited_message"]["text"] == "收到了"
    await expect(phone.get_by_text("已编辑")).to_be_visible()


async def test_a_thumb_goes_to_the_bot_and_shows(line: Line, desktop: Page) -> None:
    await line.done("getUpdates", allowed_updates=["message_reaction"])
    await line.done("sendMessage", chat_id=ZHOU.id, text="请核对")
    phone = _phone(desktop, "周岚")
    await phone.get_by_text("请核对").hover()
    await phone.get_by_label("点赞").click()

    (update,) = await _updates(line)

    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    await expect(phone.get_by_label("👍 1 人")).to_be_visible()


async def test_files_go_up_and_come_down(line: Line, desktop: Page, tmp_path: Path) -> None:
    upload = tmp_path / "决定书.pdf"
    upload.write_bytes("内容".encode())
    phone = _phone(desktop, "周岚")
    await phone.get_by_label("选择文件").set_input_files(upload)
    (update,) = await _updates(line)
    async with desktop.expect_download() as downloading:
        await phone.get_by_label("下载 决定书.pdf").click()
    download = await downloading.value

    assert update["message"]["document"]["file_name"] == "决定书.pdf"
    assert (await download.path()).read_bytes() == upload.read_bytes()
    assert download.suggested_filename == "决定书.pdf"


async def test_whatever_the_bot_writes_stays_text(line: Line, desktop: Page) -> None:
    hostile = "<img src=x onerror=alert(1)>&lt;script&gt;"
    await line.done("sendMessage", chat_id=ZHOU.id, text=hostile)

    await expect(_phone(desktop, "周岚").locator(".words")).to_have_text(hostile)
    assert await _phone(desktop, "周岚").locator(".words img, script").count() == 0


async def test_at_390_pixels_one_phone_shows_and_unread_ones_are_counted(
    line: Line, handset: Page
) -> None:
    for text in "一二":
        await line.done("sendMessage", chat_id=WU.id, text=text)
    other = handset.get_by_role("button", name="吴敏，流程监控专员，2 条未读")
    await expect(handset.locator("section.phone")).to_have_count(1)
    await expect(other).to_be_visible()
    await expect(handset).to_have_title("（2）方圆 · 沙盒")

    await other.click()

    await expect(_input(handset, "吴敏")).to_be_visible()
    await expect(_input(handset, "周岚")).to_be_hidden()
    await expect(
        handset.get_by_role("button", name="吴敏，流程监控专员", exact=True)
    ).to_be_visible()
    widths = await handset.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths == [390, 390]


async def test_the_page_finds_back_after_the_server_restarted(
    stage: Stage, line: Line, desktop: Page
) -> None:
    await line.done("sendMessage", chat_id=ZHOU.id, text="之前")
    await expect(_phone(desktop, "周岚").get_by_text("之前")).to_be_visible()

    await stage.stop()
    await expect(desktop.get_by_text("连接断开")).to_be_visible()
    await stage.start()
    await line.done("sendMessage", chat_id=ZHOU.id, text="之后")

    await expect(desktop.get_by_text("已连接")).to_be_visible(timeout=10_000)
    await expect(_phone(desktop, "周岚").locator(".words")).to_have_text(["之前", "之后"])


async def test_the_clock_is_moved_from_the_strip(desktop: Page, clock: MovableClock) -> None:
    for name in ("下一小时", "明早", "下一工作日"):
        button = desktop.get_by_role("button", name=name)
        await button.click()
        await expect(button).to_be_enabled()

    await expect(desktop.locator("#clock")).to_contain_text("6月17日 周三 09:00")
    assert [moment.isoformat()[5:16] for moment in clock.sent_to] == [
        "06-15T09:29",
        "06-16T09:00",
        "06-17T09:00",
    ]


async def test_the_ledger_grows_on_the_page(
    desktop: Page, entries: list[dict[str, object]]
) -> None:
    entry = {"moment": START.isoformat(), "actor": "person:1", "who": "周岚", "object": "finding:8"}
    entries.append({**entry, "sequence": 318, "act": "answer_recorded", "text": "A02 已改"})

    row = desktop.locator("#entries li")
    for told in ("第 318 号", "6月15日 08:29:50", "周岚", "记录答复", "A02 已改"):
        await expect(row).to_contain_text(told)


async def test_everything_is_reached_by_the_keyboard(line: Line, desktop: Page) -> None:
    await line.done("sendMessage", chat_id=ZHOU.id, text="A01", reply_markup=KEYS)
    await _phone(desktop, "周岚").get_by_role("button", name="A01").focus()
    await desktop.keyboard.press("Enter")

    (update,) = await _updates(line)

    assert update["callback_query"]["data"] == "k"
    query = update["callback_query"]["id"]
    await line.done("answerCallbackQuery", callback_query_id=query)


async def test_a_stranger_is_added_and_gets_a_phone(line: Line, desktop: Page) -> None:
    await desktop.get_by_role("button", name="添加陌生人").click()
    await desktop.get_by_label("姓名").fill("路人")
    await desktop.get_by_role("button", name="添加", exact=True).click()

    await expect(desktop.get_by_role("button", name="路人，陌生人（未绑定）")).to_be_visible()
    names = [person["name"] for person in await line.ask("GET", "/people")]
    assert names == ["周岚", "吴敏", "路人"]


async def test_nothing_is_fetched_from_elsewhere(line: Line, browser: Any) -> None:
    page = await browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(line.address)
    await page.get_by_text("已连接").wait_for()
    await asyncio.gather(page.close())

    assert asked
    assert [url for url in asked if not url.startswith(line.address)] == []
