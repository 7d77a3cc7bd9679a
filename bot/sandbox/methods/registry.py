"""Which methods there are; names are compared in lower case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.methods import answers, chats, editing, profile, receiving, sending

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.call import Call
    from bot.sandbox.world import World

    Method = Callable[[World, Call], Any]

GET_UPDATES = "getupdates"

_METHODS: dict[str, Method] = {
    "getMe": receiving.get_me,
    "getFile": receiving.get_file,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "logOut": receiving.done,
    "close": receiving.done,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "sendMediaGroup": sending.send_media_group,
    "copyMessage": sending.copy_message,
    "forwardMessage": sending.forward_message,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": answers.answer_callback_query,
    "answerInlineQuery": answers.answer_inline_query,
    "setMessageReaction": answers.set_message_reaction,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "pinChatMessage": chats.pin_chat_message,
    "unpinChatMessage": chats.unpin_chat_message,
    "createForumTopic": chats.create_forum_topic,
    "closeForumTopic": chats.close_forum_topic,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_my_name,
    "getMyName": profile.get_my_name,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
}
METHODS: dict[str, Method] = {name.lower(): method for name, method in _METHODS.items()}
KNOWN = frozenset({*METHODS, GET_UPDATES})
