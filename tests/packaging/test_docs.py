"""The documentation: what is generated, what is shown of a shell, and where its links lead."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from claimcheck import Policy
from claimcheck.rules.registry import all_rules

from .conftest import CLEAN, ROOT

pytestmark = pytest.mark.exhaustive

DOCS = ROOT / "docs"
WRITTEN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
PAGES = [path for path in WRITTEN if not {"_build", "_generated"} & set(path.parts)]


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    sys.path.insert(0, str(DOCS / "_ext"))
    try:
        import claimcheck_pages

        pages: dict[str, str] = claimcheck_pages.pages()
    finally:
        sys.path.remove(str(DOCS / "_ext"))
    return pages


def test_every_rule_policy_and_format_has_a_page(generated: dict[str, str]) -> None:
    assert {f"rules/{rule.id}.md" for rule in all_rules()} <= generated.keys()
    assert {f"policies/{name}.md" for name in Policy.names()} <= generated.keys()
    assert {"formats/npi.md", "formats/icd10cm.md", "formats/procedure.md"} <= generated.keys()
    index = generated["rules/index.md"]
    assert all(f"({rule.id}.md)" in index for rule in all_rules()), "a family is missing from the index"


def test_every_professional_rule_is_in_a_family(generated: dict[str, str]) -> None:
    page = generated["coverage.md"]
    rows = page[page.index("## Professional claims") : page.index("## Publications")]
    assert len(re.findall(r"^\| ", rows, re.MULTILINE)) == 2 + 32, "the heading, its line, and 32 families"
    missing = {rule.id for rule in all_rules() if rule.id.startswith("PRO") and f"[{rule.id}]" not in rows}
    assert missing == set()


def test_no_generated_page_is_empty(generated: dict[str, str]) -> None:
    for name, text in generated.items():
        assert len(text.split()) > 20, name
        assert not re.search(r"^(#+ .*)\n+(?=#|\Z)", text.removeprefix(text.split("\n")[0]), re.MULTILINE), name


def test_examples_of_rules_stand_in_fences(generated: dict[str, str]) -> None:
    for name, text in generated.items():
        outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        assert ">>>" not in outside, name


def test_examples_of_parameters_are_policies(generated: dict[str, str]) -> None:
    text = generated["parameters.md"]
    fence = re.compile(r"```toml\n(.*?)```", re.DOTALL)
    _, *sections = re.split("^## ", text, flags=re.MULTILINE)
    assert all(len(fence.findall(section)) == 1 for section in sections)
    for example in fence.findall(text):
        assert Policy.from_dict(tomllib.loads(example)), example


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path, generated: dict[str, str]) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        aim = (page.parent / target).resolve()
        made = aim.is_relative_to(DOCS / "_generated") and aim.relative_to(DOCS / "_generated").as_posix() in generated
        assert aim.exists() or made, f"{page.name} links to {target}"


def shown() -> list[Any]:
    """Every command of a console block that shows its output, with that and the commands before it in the block."""
    found = []
    for page in PAGES:
        for block in re.findall(r"^```console\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            before: tuple[str, ...] = ()
            for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
                if output:
                    found.append(pytest.param(before, command, output, id=command))
                before = (*before, command)
    return found


@pytest.mark.parametrize(("before", "command", "output"), shown())
def test_what_a_command_says_is_what_is_shown(
    before: tuple[str, ...], command: str, output: str, tmp_path: Path
) -> None:
    with resources.as_file(resources.files("claimcheck.demo") / "example.837") as example:
        shutil.copy(example, tmp_path)
    for earlier in before:
        run(earlier, tmp_path)
    done = run(command, tmp_path)
    assert done.returncode in (0, 1), done.stderr
    pattern = re.escape(output).replace(re.escape("...\n"), r"(?:.*\n)*").replace(re.escape("..."), ".*")
    assert re.fullmatch(pattern, done.stdout), done.stdout


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program, *arguments = command.split()
    assert program == "claimcheck"
    return subprocess.run(
        [sys.executable, "-m", "claimcheck", *arguments],
        cwd=folder,
        env={**CLEAN, "PYTHONPATH": str(ROOT / "src"), "HOME": str(folder), "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_there_are_commands_that_are_shown() -> None:
    assert len(shown()) >= 4


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_list_begins_within_a_paragraph(page: Path) -> None:
    """A line that happens to begin with a number and a dot ends the paragraph, and begins a list."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for before, line in pairwise(text.splitlines()):
        begins = re.match(r"(\d+\.|[-+*]) ", line)
        assert not begins or re.match(r"\s*$|#|\s*(\d+\.|[-+*]) |\s+", before), f"{before!r} goes on as {line!r}"
