"""A browser for the page, and runs to report on."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimcheck import Receipt
from claimcheck.report import Entry, Report
from claimcheck.report.entry import Found, Judged

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
RECEIPT = Receipt("0", "default", "0" * 64, ("medicare table 2024",))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="no selenium: pip install 'claimcheck[test-browser]'")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("no Chromium: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    for flag in FLAGS:
        options.add_argument(flag)
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    made = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield made
    made.quit()


def entries(claims: int, findings_each: int = 2, seed: int = 1) -> Iterator[Entry]:
    """Claims of many codes, providers and months, as a report keeps them."""
    chance = random.Random(seed)
    rules = [(f"RUL{number}", f"rule-{number}", f"Publisher {number}") for number in range(30)]
    for number in range(claims):
        found, lines = [], []
        for place in range(1, findings_each + 1):
            rule, name, source = chance.choice(rules)
            severity, disposition = chance.choice((("error", "denied"), ("warning", "review"), ("info", "payable")))
            code = f"{chance.randrange(10000, 99999)}"
            time = f"{chance.choice((2023, 2024))}-{chance.randrange(1, 13):02}"
            lines.append(Judged(disposition, rule, code, f"1{chance.randrange(40):09}", time, chance.randrange(1, 900)))
            found.append(Found(place, place, rule, name, source, severity, f"{code} is not as {rule} has it", "CO-97"))
        yield Entry(None, "in.837", number, True, tuple(lines), tuple(found), frozenset(), RECEIPT, "2024-01", "npi")


@pytest.fixture(scope="session")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of 100,000 findings."""
    report = Report()
    for entry in entries(50_000):
        report.take(entry)
    path = tmp_path_factory.mktemp("large") / "report.html"
    report.write(path)
    return path
