"""The door for Telegram, on python-telegram-bot: receives, translates, sends."""
