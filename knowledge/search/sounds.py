"""How the characters of a base sound, without tones: for pinyin, for initials, for typos."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pypinyin import Style, pinyin

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEAR = (
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("ang", "an"),
    ("eng", "en"),
    ("ing", "in"),
    ("v", "u"),
)
_SYLLABLE = re.compile(r"[a-z]{1,6}\Z")


class Sounds:
    """Every reading of every character a base contains, the usual one first."""

    def __init__(self, characters: Iterable[str]) -> None:
        self._readings: dict[str, tuple[str, ...]] = {}
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        self._by_near_sound: defaultdict[str, list[str]] = defaultdict(list)
        for char in characters:
            for reading in self.readings(char):
                self._by_sound[reading].append(char)
                self._by_near_sound[blur(reading)].append(char)

    def readings(self, char: str) -> tuple[str, ...]:
        """Return every reading of a character, also of one the base does not contain."""
        if char not in self._readings:
            found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
            syllables = found[0] if found else []
            self._readings[char] = tuple(one for one in syllables if _SYLLABLE.match(one))
        return self._readings[char]

    def initial(self, char: str) -> str:
        """Return the first letter of the usual reading, a space where it has none."""
        readings = self.readings(char)
        return readings[0][0] if readings else " "

    def sounding(self, syllable: str) -> list[str]:
        """Return the characters of the base with this reading."""
        return self._by_sound.get(syllable, [])

    def sounding_near(self, syllable: str) -> list[str]:
        """Return the characters whose reading is taken for this one: zh and z, ing and in."""
        return self._by_near_sound.get(blur(syllable), [])

    def is_syllable(self, letters: str) -> bool:
        """Tell whether letters are the reading of some character of the base."""
        return letters in self._by_sound

    def syllables(self) -> Iterable[str]:
        """Return every reading in the base."""
        return self._by_sound


def blur(syllable: str) -> str:
    """Return a reading as those hear it who do not tell zh from z or ing from in."""
    for long, short in _NEAR:
        syllable = syllable.replace(long, short)
    return syllable
