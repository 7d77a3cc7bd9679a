"""Bring a typed text into one form: width, signs, faces, and the typos of a phone keyboard."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from knowledge.replies.sounds import usual_sound
from knowledge.replies.vocabulary import vocabulary

LIMIT = 800  # nobody answers a prompt in more; a pasted document is not read to its end
_TYPO_LIMIT = 300
_SIGNS = str.maketrans(
    {
        "，": ",",
        "；": ";",
        "！": "!",
        "？": "?",
        "：": ":",
        "．": ".",
        "〜": "~",
        "…": "。",
        "\u200b": "",
    }
)
_FACE = re.compile(r"\[[\u4e00-\u9fffA-Za-z]{1,4}\]")
_KEPT_FACES = re.compile(r"\[(?:图片|照片|文件|附件|视频|语音)\]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def clean(text: str) -> str:
    """Return the text in the form that all later steps read."""
    cut = text[:LIMIT]
    for word, faces in vocabulary().faces.items():
        for face in faces:
            cut = cut.replace(face, f" {word} ")
    flat = unicodedata.normalize("NFKC", cut).translate(_SIGNS)
    flat = _FACE.sub(lambda m: m[0] if _KEPT_FACES.fullmatch(m[0]) else " ", flat)
    flat = "".join(char if _is_readable(char) else " " for char in flat.replace("\n", ";"))
    return _by_sound(_by_shape(re.sub(r"\s+", " ", flat).strip()[:LIMIT]))


def _is_readable(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPZ" or char in "+=~<>|^$"


def _by_shape(text: str) -> str:
    for wrong, right in vocabulary().confusions.items():
        if wrong in text:
            text = re.sub(f"(?<!自){wrong}", right, text)
    return text


def _by_sound(text: str) -> str:
    """Write the words of the office with their own characters where only the sound was right."""
    if len(text) > _TYPO_LIMIT:
        return text
    chars, position, index = list(text), 0, _by_first_sound()
    while position < len(chars):
        word = _word_heard(text, position, index) if _HAN.match(text[position]) else None
        if word:
            chars[position : position + len(word)] = word
        position += len(word) if word else 1
    return "".join(chars)


@cache
def _by_first_sound() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    index: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word, others in vocabulary().homophones.items():
        index.setdefault(usual_sound(word[0]), []).append((word, others))
    return {sound: tuple(words) for sound, words in index.items()}


def _word_heard(
    text: str, at: int, index: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
) -> str | None:
    """Return the word that is meant here: same sound, one character right, no word of its own."""
    for word, others in index.get(usual_sound(text[at]), ()):
        typed = text[at : at + len(word)]
        if typed == word or typed in others or len(typed) < len(word):
            continue
        pairs = list(zip(typed, word, strict=True))
        if any(a == b for a, b in pairs) and all(
            usual_sound(a) == usual_sound(b) for a, b in pairs
        ):
            return word
    return None
