from __future__ import annotations

from storage.official_texts.picture_child import Piece, by_letter, said


def piece(text: str, left: float, down: float, **changed: object) -> Piece:
    given = {"score": 0.99, "letters": (1.0,) * len(text), "fall": 0.0, **changed}
    width, fall = 20.0 * len(text), float(str(given["fall"]))
    letters = given["letters"]
    assert isinstance(letters, tuple)
    return Piece(
        text=text,
        score=float(str(given["score"])),
        begins=(left, down),
        ends=(left + width, down + fall * width),
        height=20.0,
        letters=letters,
    )


def texts(*pieces: Piece) -> list[str]:
    return [line["text"] for line in said(pieces)]


def test_a_line_further_right_begins_a_paragraph() -> None:
    first = piece("第一条为了方便读者", 140, 100)
    second = piece("制定本办法的全部规定", 100, 140)
    assert texts(first, second) == ["\u3000\u3000第一条为了方便读者", "制定本办法的全部规定"]


def test_pieces_of_one_row_are_one_line_with_its_gap() -> None:
    left, right = piece("第一章", 100, 102), piece("总则及其他规定", 300, 98)
    assert texts(right, left) == ["第一章\u3000总则及其他规定"]


def test_a_page_askew_is_read_as_if_it_lay_straight() -> None:
    # falling by one in fifty: down the page the left edge runs to the left of the first line's
    lines = [
        piece("甲乙丙丁戊己庚辛壬癸", 100 - 2 * row, 100 * row, fall=0.02) for row in range(10)
    ]
    assert not any(text.startswith("\u3000") for text in texts(*lines))


def test_narrow_signs_between_characters_become_wide() -> None:
    assert texts(piece("(一)借阅期限:三十日", 100, 100)) == ["（一）借阅期限：三十日"]
    assert texts(piece("超过20,000元,按1.5倍", 100, 100)) == ["超过20,000元，按1.5倍"]


def test_a_letter_of_little_certainty_makes_its_line_doubtful() -> None:
    letters = (1.0, 0.3, 1.0, 1.0, 1.0, 1.0)
    (line,) = said([piece("验收编号上架", 100, 100, letters=letters)])
    assert (line["certain"], line["doubts"]) == (False, [1])


def test_brackets_are_not_doubted_for_their_width() -> None:
    letters = (0.5, 1.0, 0.5, *(1.0,) * 5)
    (line,) = said([piece("（一）在室内吸烟", 100, 100, letters=letters)])
    assert line["certain"]


def test_a_page_number_is_never_doubted() -> None:
    (line,) = said([piece("—12一", 100, 100, score=0.4, letters=(0.4,) * 4)])
    assert line["certain"]


def test_pairs_that_are_not_closed_and_items_that_end_wrongly_are_doubted() -> None:
    lines = [
        piece("所称“以上”“以下”“以内”届满”", 100, 100),
        piece("（一）在室内吸烟、喧哗的：", 100, 140),
        piece("（二）涂改、撕毁书刊的；", 100, 180),
        piece("依照《社区图书室管理办法", 100, 220),
        piece("实施细则》执行的，从其规定。", 100, 260),
    ]
    assert [line["certain"] for line in said(lines)] == [True, False, True, True, True]
    lines.append(piece("另有“以内”届满”的规定", 100, 300))
    assert not said(lines)[-1]["certain"]


def test_a_page_without_letters_has_no_lines() -> None:
    assert said([]) == []


def test_letters_keep_their_certainty_beside_spaces_that_are_not_told_of() -> None:
    assert by_letter("第 一", [("第", 0.9), ("一", 0.5)]) == (0.9, 1.0, 0.5)
    assert by_letter("第一", []) == (1.0, 1.0)
