from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from knowledge.laws.faults import NoArticlesError
from storage.official_texts import correction
from storage.official_texts.correction import DOUBTFUL, NoCorrectionError, UnfinishedError
from storage.official_texts.pictures import Line, Page
from storage.official_texts.process import Pages
from storage.official_texts.read import Scan

if TYPE_CHECKING:
    from pathlib import Path

SCAN = Scan("某规定.pdf", b"%PDF-", Pages(((), ("第三条 丙。",)), (1,)))
READ = Page(
    1,
    b"\xff\xd8",
    (
        Line("\u3000\u3000某规定", certain=True),
        Line("\u3000\u30002024年5月1日施行", certain=True),
        Line("\u3000\u3000第一条甲应当在收到后", certain=True),
        Line("第二条规定的期限内答复。", certain=False, doubts=(0,)),
        Line("\u3000\u3000第二条乙</script>。", certain=True),
    ),
)


@pytest.fixture
def kept(tmp_path: Path) -> correction.Correction:
    made = correction.begin(tmp_path, SCAN)
    correction.keep(made, [READ])
    return made


def test_a_folder_has_picture_text_and_a_page_for_the_browser(kept: correction.Correction) -> None:
    names = sorted(path.name for path in kept.folder.iterdir())
    assert names == ["001.jpg", "001.json", "001.txt", "002.txt", "read.json", "核对.html"]
    assert kept.lines(1)[3] == f"{DOUBTFUL}第二条规定的期限内答复。"
    assert kept.doubtful() == {1: 1}


def test_a_reading_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    begun = correction.begin(tmp_path, SCAN)
    assert begun.left() == (1,)
    with pytest.raises(UnfinishedError, match="还有 1 页没有识别"):
        correction.text_of(begun)
    correction.keep(begun, [READ])
    assert correction.begin(tmp_path, SCAN).left() == ()
    assert correction.opened(begun.folder) == begun


def test_what_was_read_is_a_text_once_it_is_taken(kept: correction.Correction) -> None:
    text = correction.text_of(kept)
    assert (text.title, text.version) == ("某规定", "2024-05-01")
    assert [one.label for one in text.articles] == ["第一条", "第二条", "第三条"]
    assert text.articles[0].text == "甲应当在收到后第二条规定的期限内答复。"
    assert text.source == SCAN.source


def test_a_corrected_text_takes_the_place_of_the_pages_in_it(kept: correction.Correction) -> None:
    content = correction.whole(kept)
    assert correction.code_in(content) == kept.code
    mended = content.replace(f"{DOUBTFUL}第二条规定", "前款规定")
    assert correction.take(kept, mended) == 2
    assert kept.doubtful() == {}
    assert "前款规定的期限" in correction.text_of(kept).articles[0].text


def test_a_page_that_is_not_handed_back_stays_as_it_was(kept: correction.Correction) -> None:
    assert correction.take(kept, "【第 2 页】\r\n第三条 丁。\r\n【第 9 页】\r\n无\r\n") == 1
    text = correction.text_of(kept)
    assert text.articles[0].text.startswith("甲应当")
    assert text.articles[2].text == "丁。"


def test_pages_without_articles_are_one_sentence(tmp_path: Path) -> None:
    made = correction.begin(tmp_path, Scan("图.pdf", b"%PDF-2", Pages(((),), (1,))))
    correction.keep(made, [Page(1, b"", (Line("风景", certain=True),))])
    with pytest.raises(NoArticlesError, match=r"图\.pdf"):
        correction.text_of(made)


@pytest.mark.parametrize("content", [None, "{", "{}"])
def test_a_folder_of_something_else_is_said(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "read.json").write_text(content, encoding="utf-8")
    with pytest.raises(NoCorrectionError, match="没有扫描件的识别结果"):
        correction.opened(tmp_path)
    assert correction.code_in("某规定\n第一条 甲。") is None


def test_the_page_for_the_browser_marks_doubts_and_needs_no_network(
    kept: correction.Correction,
) -> None:
    html = kept.browser_page.read_text(encoding="utf-8")
    assert '<div class="doubtful"><mark>第</mark>二条规定' in html
    assert "乙&lt;/script&gt;。" in html
    assert "http" not in html.replace('http-equiv="Content-Security-Policy"', "")


@pytest.mark.browser
def test_a_browser_shows_the_page_with_its_count(kept: correction.Correction) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    shown = subprocess.run(  # noqa: S603 - Debian's own program on our own file
        [*command, f"--user-data-dir={kept.folder / 'profile'}", kept.browser_page.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert '<span id="left">1</span>' in shown.stdout


def test_pages_are_kept_as_they_come_and_the_whole_is_written_to_be_sent(tmp_path: Path) -> None:
    scan = Scan("某规定.pdf", b"%PDF-3", Pages(((), ()), (1, 2)))
    made = correction.begin(tmp_path, scan)
    correction.keep(made, [READ])
    assert not made.browser_page.exists()
    assert made.left() == (2,)
    sent = correction.write_whole(made).read_text(encoding="utf-8")
    assert sent.startswith(f"【更正稿 {scan.source[:8]}】某规定.pdf\n【第 1 页】\n")
