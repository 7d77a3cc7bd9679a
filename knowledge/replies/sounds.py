"""How characters sound, without tones: the typos of a pinyin keyboard."""

from __future__ import annotations

from functools import lru_cache

_NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"))


def _readings(char: str, *, every: bool) -> list[str]:
    # its dictionary takes 0.15 s to load, and most answers hold no typo
    from pypinyin import Style, pinyin  # noqa: PLC0415

    return pinyin(char, style=Style.NORMAL, heteronym=every)[0]


@lru_cache(maxsize=8192)
def sounds(char: str) -> frozenset[str]:
    """Return every reading of one character without tones."""
    return frozenset(_readings(char, every=True))


@lru_cache(maxsize=8192)
def _near_sounds(char: str) -> frozenset[str]:
    return frozenset(_blur(sound) for sound in sounds(char))


def _blur(sound: str) -> str:
    for long, short in _NEAR:
        sound = sound.replace(long, short)
    return sound


@lru_cache(maxsize=8192)
def usual_sound(char: str) -> str:
    """Return the usual reading of one character without tones."""
    return _readings(char, every=False)[0]


def sound_alike(first: str, second: str, *, near: bool = False) -> bool:
    """Tell whether two texts of one length sound the same; `near` takes zh for z, ing for in."""
    read = _near_sounds if near else sounds
    return len(first) == len(second) and all(
        a == b or not read(a).isdisjoint(read(b)) for a, b in zip(first, second, strict=True)
    )
