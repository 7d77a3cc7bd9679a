from __future__ import annotations

from handlers.digest.digest_parts import NUMBERING, Piece, split


def test_what_fits_stays_one_message() -> None:
    parts = split([Piece("头"), Piece("条目", gap=True), Piece("尾")], 100)
    assert [part.text for part in parts] == ["头\n\n条目\n尾"]


def test_an_item_is_never_torn_apart_where_a_message_can_hold_it() -> None:
    pieces = [Piece("头"), *(Piece(f"条目{number}" * 8) for number in range(6))]
    parts = split(pieces, 60)
    assert all(any(piece.text in part.text for part in parts) for piece in pieces)


def test_an_item_longer_than_a_message_is_cut_at_its_lines() -> None:
    long = "\n".join(f"第{number:02}行" for number in range(40))
    parts = split([Piece(long)], 60)
    assert all(len(part.text) <= 60 for part in parts)
    bodies = [part.text.partition("\n")[2] for part in parts]
    assert "\n".join(bodies) == long


def test_a_line_longer_than_a_message_loses_nothing() -> None:
    line = "长" * 200
    parts = split([Piece(line)], 40 + len(NUMBERING))
    assert "".join(part.text.partition("\n")[2] for part in parts) == line
