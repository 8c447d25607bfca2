from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from qcode.errors import UserError
from qcode.exchange.exporters import matrix_html, page, quotes_html
from qcode.model.matrix import Measure
from qcode.model.report import MatrixReport
from tests.exchange.exporters import golden
from tests.exchange.exporters.browser import Page, browser
from tests.exchange.exporters.reports import HOSTILE, hostile_report, large_report, quote_report, small_report

REPORTS = {"small": small_report(), "hostile": hostile_report(), "large": large_report(12, 9, 4)}


def source_of(report: MatrixReport, folder: Path) -> str:
    matrix_html.write(report, folder / "m.html")
    return (folder / "m.html").read_bytes().decode("utf-8")


def without_assets(text: str) -> str:
    """The page without its style, script and their hashes, which have their own history."""
    text = re.sub("(<style>).*?(</style>)", r"\1\2", text, flags=re.DOTALL)
    text = re.sub("(<script>).*?(</script>)", r"\1\2", text, flags=re.DOTALL)
    return re.sub("sha256-[A-Za-z0-9+/=]*", "sha256-", text)


@pytest.mark.parametrize("measure", [Measure.CODINGS, Measure.PRESENCE])
def test_golden(tmp_path: Path, measure: Measure) -> None:
    golden.check(f"matrix-{measure.value}.html", without_assets(source_of(small_report(measure), tmp_path)))


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_every_number_leads_to_its_quotes_and_each_quote_stands_once(tmp_path: Path, report: MatrixReport) -> None:
    tree = html.fromstring(source_of(report, tmp_path))
    names = tree.xpath("//@id")
    assert len(set(names)) == len(names)
    for (row, column), indexes in report.behind.items():
        (link,) = tree.xpath(f"//tr[@id='R_{row + 1}']/td[{column + 1}]/a")
        (block,) = tree.xpath(f"//div[@id='{link.get('href')[1:]}']")
        assert block.getparent().tag == "details"
        assert [item.text_content() for item in block.xpath(".//a[@class='id']")] == [report.quotes[i].id for i in indexes]
        assert block.xpath(".//p[@class='back']/a/@href") == [f"#R_{row + 1}"]
    assert len(tree.xpath("//p[@class='words']")) == len(report.quotes)
    assert {address[1:] for address in tree.xpath("//a/@href")} <= set(names)


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_nothing_comes_from_elsewhere(tmp_path: Path, report: MatrixReport) -> None:
    text = source_of(report, tmp_path)
    tree = html.fromstring(text)
    assert all(address.startswith("#") for address in tree.xpath("//@href"))
    assert not tree.xpath("//@src | //@style | //link | //img | //iframe | //object | //form | //base")
    assert not [name for element in tree.iter() for name in element.attrib if str(name).startswith("on")]
    assert "url(" not in re.sub("(?s)<main>.*</main>", "", text)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for part, kind in (("style", "style"), ("script", "script")):
        (content,) = re.findall(f"(?s)<{part}>(.*?)</{part}>", text)
        assert f"{kind}-src 'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'" in policy


def test_hostile_words_stand_as_text(tmp_path: Path) -> None:
    tree = html.fromstring(source_of(hostile_report(), tmp_path))
    words = [element.text_content() for element in tree.xpath("//p[@class='words']")]
    plain = [word for word in HOSTILE if not re.search("[\x07\x1b\x85]", word)]
    assert set(plain) <= set(words)
    assert len(tree.xpath("//script")) == 1
    assert len(words[-1]) == 40_000


def test_a_screen_reader_gets_whole_sentences(tmp_path: Path) -> None:
    tree = html.fromstring(source_of(small_report(), tmp_path))
    sentence = "Staff turnover, Kyrgyzstan: 3 quotes from 2 of 19 sources read; 2 sources not yet read"
    assert tree.xpath("//tr[@id='R_3']/td[1]/a/@aria-label") == [sentence]
    assert "nothing so far in 6 of 11 sources" in tree.xpath("//tr[@id='R_3']/td[3]")[0].text_content()
    assert {cell.get("scope") for cell in tree.xpath("//th")} == {"col", "row", "rowgroup"}
    assert tree.xpath("//table/caption")


def test_looks_of_cells(tmp_path: Path) -> None:
    tree = html.fromstring(source_of(small_report(), tmp_path))
    looks = [[cell.get("class") for cell in row.xpath("td")[:3]] for row in tree.xpath("//tbody/tr[@id]")]
    assert looks == [
        ["nothing", "pos s1", "partly"],
        ["nothing", "nothing", "unread"],
        ["neg s1", "neg s1", "partly"],
        ["nothing", "nothing", "empty"],
    ]
    assert [row.text_content() for row in tree.xpath("//tr[@class='group']")] == ["Success factors", "Constraints"]


@pytest.mark.parametrize("writer", [matrix_html, quotes_html])
def test_too_many_quotes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Any) -> None:
    monkeypatch.setattr(page, "MAX_QUOTES", 3)
    report = small_report() if writer is matrix_html else quote_report(small_report())
    with pytest.raises(UserError, match=r"^4 quotes are too many for m\.html.*narrow"):
        writer.write(report, tmp_path / "m.html")


# the filter waits 120 ms for the next letter; timers of one page keep their order
WAIT = "new Promise(done => setTimeout(done, 200))"


def find(tab: Page, words: str) -> list[str]:
    """The IDs of the quotes that stay when those words are typed into the filter."""
    tab.run(f"var f = document.getElementById('find'); f.value = {words!r}; f.dispatchEvent(new Event('input')); {WAIT}")
    return list(tab.run("[...document.querySelectorAll('.quote:not([hidden])')].map(q => q.querySelector('.id').textContent)"))


def test_the_page_in_a_browser(tmp_path: Path) -> None:
    matrix_html.write(small_report(), tmp_path / "m.html")
    with browser(tmp_path) as tab:
        tab.open(tmp_path / "m.html")
        assert tab.run("[...document.querySelectorAll('details')].map(d => d.open)") == [False, False, False]
        tab.run("document.querySelector('#R_3 td a').click(); " + WAIT)
        assert tab.run("[...document.querySelectorAll('details')].map(d => d.open)") == [False, True, False]
        assert tab.run("document.querySelector('#R_3 td a').className") == "here"
        top = tab.run("document.querySelector('#C_3_1').getBoundingClientRect().top")
        assert 0 <= top <= tab.run("innerHeight")
        assert find(tab, "LAWYER convention") == ["KGZ01-Q00001"]
        assert tab.run("document.getElementById('hits').textContent") == "1 quote found"
        assert find(tab, "both experts") == ["KGZ01-Q00002", "KGZ01-Q00002"]
        assert find(tab, "nowhere") == []
        assert tab.run("document.getElementById('hits').textContent") == "No quote has these words."
        assert len(find(tab, "")) == 5
        assert tab.run("[...document.querySelectorAll('details')].map(d => d.open)") == [False, True, False]
        assert tab.requests() == [(tmp_path / "m.html").as_uri()]
        assert tab.complaints() == []


def test_without_script_the_numbers_still_open_their_quotes(tmp_path: Path) -> None:
    matrix_html.write(small_report(), tmp_path / "m.html")
    with browser(tmp_path) as tab:
        tab.send("Emulation.setScriptExecutionDisabled", value=True)
        tab.open(tmp_path / "m.html", "#C_3_1")
        assert tab.run("[...document.querySelectorAll('details')].map(d => d.open)") == [False, True, False]
        assert tab.run("document.getElementById('finder').checkVisibility()") is False


def test_hostile_words_do_nothing_in_a_browser(tmp_path: Path) -> None:
    matrix_html.write(hostile_report(), tmp_path / "m.html")
    quotes_html.write(quote_report(hostile_report()), tmp_path / "q.html")
    with browser(tmp_path) as tab:
        for name in ("m.html", "q.html"):
            tab.open(tmp_path / name)
            assert tab.run("[...document.querySelectorAll('.words')].map(w => w.textContent)")[0] == HOSTILE[0]
            assert tab.run("document.scripts.length") == 1
            assert tab.run("document.documentElement.scrollWidth <= innerWidth") is True
        assert tab.requests() == [(tmp_path / name).as_uri() for name in ("m.html", "q.html")]
        assert tab.complaints() == []


def test_the_policy_would_stop_what_slipped_in(tmp_path: Path) -> None:
    matrix_html.write(small_report(), tmp_path / "m.html")
    text = (tmp_path / "m.html").read_text(encoding="utf-8")
    hostile = "<script>document.title = 'hacked'</script><img src='http://127.0.0.1:9/x.png'></main>"
    (tmp_path / "m.html").write_text(text.replace("</main>", hostile), encoding="utf-8")
    with browser(tmp_path) as tab:
        tab.open(tmp_path / "m.html")
        assert tab.run("document.title") == small_report().title
        assert len(tab.complaints()) == 2


def test_all_quotes_are_printed_also_those_not_opened(tmp_path: Path) -> None:
    import pypdfium2

    matrix_html.write(large_report(60, 12, 1), tmp_path / "m.html")
    with browser(tmp_path) as tab:
        tab.open(tmp_path / "m.html")
        tab.print_to(tmp_path / "m.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "m.pdf")
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    sizes = {tuple(round(side) for side in sheet.get_size()) for sheet in document}
    document.close()
    assert sizes == {(842, 595)}
    heads = [text for text in texts if "Country 12" in text and "Total" in text]
    assert len(heads) >= 3, "the head of the table is repeated on each of its pages"
    number = len(large_report(60, 12, 1).quotes)
    assert sum(text.count("Our lawyer left") for text in texts) == number


def test_a_total_says_in_how_many_countries(tmp_path: Path) -> None:
    report = small_report()
    tree = html.fromstring(source_of(replace(report, matrix=replace(report.matrix, each="Country")), tmp_path))
    assert tree.xpath("//tr[@id='R_3']/td[last()]/small/text()") == ["in 2 of 3 countries"]
    assert tree.xpath("//dl[@class='figures']/div[3]/dt/text()") == ["countries"]
    assert tree.xpath("//thead//th[last()]/small/text()") == ["43 of 50 read"]
