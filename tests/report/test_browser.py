"""The page in a real browser."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium", reason="no selenium: pip install 'claimcheck[test-browser]'")
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from claimcheck.report import Report

from .conftest import entries

pytestmark = pytest.mark.exhaustive

TOTAL = 100_000


@pytest.fixture
def opened(browser: Any, large_page: Path) -> Any:
    """The large page, on a desktop."""
    _screen(browser, 1280, 900)
    _media(browser, scheme="light")
    _open(browser, large_page)
    return browser


def _open(browser: Any, page: Path) -> None:
    """Opens a page anew and waits until its list is drawn.

    A page opened over itself is a reload, and a loaded machine may answer a script from the document that is
    about to go; an empty page between leaves no such document.
    """
    browser.get("about:blank")
    browser.get(page.as_uri())
    drawn = "return document.readyState === 'complete' && document.querySelector('#shown').innerText !== ''"
    _wait(browser, lambda: browser.execute_script(drawn))


def _wait(browser: Any, met: Callable[[], bool]) -> None:
    """Waits until a condition is met; a machine under load takes its time."""
    WebDriverWait(browser, 30, poll_frequency=0.05).until(lambda _: met())


def _screen(browser: Any, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def _media(browser: Any, *, scheme: str, media: str = "screen") -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})


def _text(browser: Any, selector: str) -> str:
    return str(browser.execute_script("return document.querySelector(arguments[0]).innerText", selector))


def _rows(browser: Any) -> list[str]:
    script = "return [...document.querySelectorAll('#list tbody tr')].map((row) => row.innerText)"
    return list(browser.execute_script(script))


def _press(browser: Any, *keys: str) -> None:
    """Presses keys on what has the focus."""
    browser.switch_to.active_element.send_keys(*keys)


def test_a_hundred_thousand_findings_open_without_a_complaint(browser: Any, large_page: Path) -> None:
    assert large_page.stat().st_size < 20_000_000
    _open(browser, large_page)
    assert "1 to 50 of 100,000 findings" in _text(browser, "#shown")
    assert [entry for entry in browser.get_log("browser") if entry["level"] != "INFO"] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_charts_are_drawn_as_wide_as_their_card(browser: Any, large_page: Path, width: int) -> None:
    _screen(browser, width, 900)
    _media(browser, scheme="light")
    _open(browser, large_page)
    charts = browser.execute_script("""
        return [...document.querySelectorAll("figure > div")].map((chart) => {
          const marks = [...chart.querySelectorAll("i")].filter((mark) => mark.getBoundingClientRect().width > 0);
          const colors = new Set(marks.map((mark) => getComputedStyle(mark).backgroundColor));
          const card = chart.closest(".card");
          const style = getComputedStyle(card);
          const room = card.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
          return { marks: marks.length, colors: [...colors], share: chart.getBoundingClientRect().width / room,
                   height: chart.getBoundingClientRect().height };
        })
    """)
    assert len(charts) == 6
    for chart in charts:
        assert chart["marks"] >= 2
        assert chart["share"] == pytest.approx(1, abs=0.01)
        assert chart["height"] > 20
        assert not {"rgba(0, 0, 0, 0)", "rgb(0, 0, 0)"} & set(chart["colors"])


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_number_breaks_in_the_middle(browser: Any, large_page: Path, width: int) -> None:
    _screen(browser, width, 900)
    _open(browser, large_page)
    broken = browser.execute_script("""
        const range = document.createRange();
        return [...document.querySelectorAll(".n, .number, .value, .pick, .grid b")].flatMap((element) =>
          [...element.childNodes]
            .filter((node) => node.nodeType === Node.TEXT_NODE && /[0-9]/.test(node.data))
            .filter((node) => { range.selectNode(node); return range.getClientRects().length > 1; })
            .map((node) => node.data));
    """)
    assert broken == []


def test_what_is_listed_is_saved_as_csv(opened: Any) -> None:
    opened.execute_script("""
        window.saved = [];
        URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return "data:,"; };
        HTMLAnchorElement.prototype.click = function () {};
        document.querySelector(".pick[data-key=rule]").click();
        document.getElementById("save").click();
        document.querySelector("[aria-labelledby=by-rule] .save").click();
    """)
    _wait(opened, lambda: opened.execute_script("return window.saved.length") == 2)
    texts = sorted(opened.execute_script("return window.saved"), key=len)
    table, findings = (list(csv.reader(io.StringIO(text.lstrip("\ufeff")))) for text in texts)
    shown = int(_text(opened, "#shown").split(" of ")[1].split()[0].replace(",", ""))
    rule = opened.execute_script("return document.querySelector('.pick[data-key=rule]').dataset.value")
    assert len(findings) == shown + 1
    assert {row[findings[0].index("rule_id")] for row in findings[1:]} == {rule}
    assert table[0] == ["Rule", "Findings", "At risk"]
    assert table[1][1] == f"{shown:,}"


def test_a_cell_that_a_spreadsheet_would_run_is_saved_as_text(browser: Any, tmp_path: Path) -> None:
    [entry] = entries(1, findings_each=1)
    report = Report(show_claim_ids=True)
    report.take(entry._replace(claim_id="=cmd|' /C calc'!A0"))
    report.write(tmp_path / "report.html")
    _screen(browser, 1280, 900)
    _open(browser, tmp_path / "report.html")
    browser.execute_script("""
        URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return "data:,"; };
        HTMLAnchorElement.prototype.click = function () {};
        document.getElementById("save").click();
    """)
    _wait(browser, lambda: browser.execute_script("return window.saved !== undefined"))
    assert """"'=cmd|' /C calc'!A0",""" in browser.execute_script("return window.saved")


def test_nothing_is_wider_than_the_screen(opened: Any, large_page: Path) -> None:
    for width in (320, 390, 768, 1280):
        _screen(opened, width, 800)
        _open(opened, large_page)
        assert opened.execute_script("return document.documentElement.scrollWidth") <= width


def test_the_list_is_narrowed_down_by_a_row_of_a_table(opened: Any) -> None:
    opened.execute_script("document.querySelector('.pick[data-key=rule]').click()")
    rule = opened.execute_script("return document.querySelector('.pick[data-key=rule]').dataset.value")
    said = int(_text(opened, "#shown").split(" of ")[1].split()[0].replace(",", ""))
    assert 0 < said < TOTAL
    counted = opened.execute_script(
        "return document.querySelector('.pick[data-key=rule]').closest('tr').cells[1].innerText"
    )
    assert said == int(counted.replace(",", ""))
    assert all(rule in row for row in _rows(opened))
    assert rule in _text(opened, "#chips")
    opened.execute_script("document.querySelector('#chips button').click()")
    assert "of 100,000 findings" in _text(opened, "#shown")


def test_months_narrow_the_list_down_too(opened: Any) -> None:
    opened.execute_script("document.querySelector('.pick[data-key=time]').click()")
    month = opened.execute_script("return document.querySelector('.pick[data-key=time]').dataset.value")
    assert all(month in row for row in _rows(opened))


def test_search_and_order(opened: Any) -> None:
    box = opened.find_element("id", "search")
    box.send_keys("rul7 co-97")
    _wait(opened, lambda: "of 100,000 findings" not in _text(opened, "#shown"))
    rows = _rows(opened)
    assert len(rows) == 50
    assert all("RUL7 " in row for row in rows)
    opened.execute_script("""
        const order = document.getElementById("order");
        order.value = "cents";
        order.dispatchEvent(new Event("change"));
    """)
    charges = opened.execute_script(
        "return [...document.querySelectorAll('#list tbody tr')].map((row) => row.cells[4].innerText)"
    )
    amounts = [float(charge.strip("$").replace(",", "")) for charge in charges]
    assert amounts == sorted(amounts, reverse=True)
    box.send_keys("no such words at all")
    _wait(opened, lambda: "0 to 0 of 0 findings" in _text(opened, "#shown"))


def test_pages_turn(opened: Any) -> None:
    first = _rows(opened)
    for key, page in (("next", 2), ("next", 3), ("back", 2), ("last", 2000), ("first", 1)):
        opened.execute_script("document.querySelector(`[data-go=${arguments[0]}]`).click()", key)
        assert _text(opened, "#page") == f"page {page:,} of 2,000"
    assert _rows(opened) == first
    assert not opened.find_element("css selector", "[data-go=back]").is_enabled()


def test_everything_can_be_done_by_keyboard(opened: Any) -> None:
    _press(opened, Keys.TAB)
    skip = opened.switch_to.active_element
    assert skip.text == "Skip to the findings"
    skip.send_keys(Keys.ENTER)
    assert opened.switch_to.active_element.get_attribute("id") == "findings"
    _press(opened, Keys.TAB)
    assert opened.switch_to.active_element.get_attribute("data-key") == "severity"
    outline = opened.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    _press(opened, Keys.ARROW_DOWN)
    assert "Severity: error" in _text(opened, "#chips")
    assert all("error" in row for row in _rows(opened))
    pick = opened.find_element("css selector", ".pick[data-key=provider]")
    opened.execute_script("arguments[0].focus()", pick)
    _press(opened, Keys.ENTER)
    assert opened.switch_to.active_element.get_attribute("id") == "findings"
    assert "NPI: " in _text(opened, "#chips")


def test_controls_have_names_and_tables_have_heads(opened: Any) -> None:
    nameless = opened.execute_script("""
        return [...document.querySelectorAll("button, select, input")].filter((control) =>
          !(control.textContent.trim() || control.labels?.length || control.ariaLabel)).length
    """)
    assert nameless == 0
    assert opened.execute_script("return [...document.querySelectorAll('th')].every((head) => head.scope === 'col')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_its_ground(opened: Any, scheme: str) -> None:
    """WCAG 2.2, contrast (minimum): 4.5 to 1."""
    _media(opened, scheme=scheme)
    worst = opened.execute_script("""
        const light = (colour) => {
          const parts = colour.match(/[0-9.]+/g).slice(0, 3).map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
          return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
        };
        const ground = (element) => {
          for (let one = element; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor;
            if (!colour.startsWith("rgba(0, 0, 0, 0")) return colour;
          }
          return "rgb(255, 255, 255)";
        };
        const ratios = [...document.querySelectorAll("p, td, th, h1, h2, small, button:enabled, .severity, .tile span")]
          .filter((element) => element.innerText.trim())
          .map((element) => {
            const pair = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
            return [(pair[0] + 0.05) / (pair[1] + 0.05), element.outerHTML.slice(0, 80)];
          });
        return ratios.sort((a, b) => a[0] - b[0])[0];
    """)
    assert worst[0] >= 4.5, worst


def test_it_prints_without_its_controls(opened: Any) -> None:
    _media(opened, scheme="dark", media="print")
    shown = opened.execute_script("""
        const visible = (selector) => getComputedStyle(document.querySelector(selector)).display !== "none";
        return [visible(".filters"), visible(".pager"), visible("figure"), visible("#list"),
                getComputedStyle(document.body).backgroundColor];
    """)
    assert shown == [False, False, True, True, "rgb(255, 255, 255)"]
    opened.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert opened.execute_script("return document.querySelectorAll('main details:not([open])').length") == 0
    opened.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert opened.execute_script("return document.querySelectorAll('main details[open]').length") == 0
    pdf = base64.b64decode(opened.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])
    assert pdf.startswith(b"%PDF")
    _media(opened, scheme="light")


def test_a_page_whose_data_is_markup_runs_none_of_it(browser: Any, tmp_path: Path) -> None:
    from claimcheck.report import Report

    from .conftest import entries

    text = "</script><img src=x onerror=document.title='taken'><b>"
    [entry] = entries(1)
    found = entry.findings[0]._replace(rule=text, name=text, source=text, message=text, codes=text)
    line = entry.lines[0]._replace(code=text, provider=text)
    report = Report(show_claim_ids=True)
    report.take(entry._replace(claim_id=text, file=text, lines=(line, *entry.lines[1:]), findings=(found,)))
    report.write(tmp_path / "page.html")
    _open(browser, tmp_path / "page.html")
    assert browser.title == "claimcheck report: 1 claim"
    assert text in _rows(browser)[0]
    assert browser.execute_script("return document.querySelectorAll('img, table b').length") == 0
