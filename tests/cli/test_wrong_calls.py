"""What a person reads who asks for help, or for something that cannot be: what is wrong, where, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimcheck.cli.main import command

FILES = {
    "letters.txt": "Dear all,\nhow are you\n",
    "unknown.csv": "a,b,c\n1,2,3\n",
    "known.csv": "CLAIM_REF,CPT,DOS\n7,99213,2024-07-01\n",
    "empty.837": "",
    "slip.toml": 'extends = "default"\n[[category_ii.charg]]\nreference = "r"\n',
    "torn.toml": 'title = "x\n',
    "orphan.toml": 'extends = "medicaer"\n',
    "twice.toml": "extends = 'default'\n[[category_ii.charge]]\nreference = 'r'\naccept = ['0.00']\n",
}
#: What is called, and what the person reads; each file of `FILES` stands in the folder from which it is called.
WRONG = {
    "a file that is not there": ("check no.837", "no.837: cannot be read: No such file or directory"),
    "a pattern that fits nothing": ("check in/*.837", "in/*.837: no file matches this pattern"),
    "a folder": ("check .", ".: a folder: name the files in it, as in '*'"),
    "a file of nothing": ("check empty.837", "empty.837: the file is empty"),
    "a letter": ("check letters.txt", "letters.txt: no claims that claimcheck reads"),
    "columns that say nothing": ("check unknown.csv", "give the layout by name (layout, --columns), or a mapping"),
    "columns of one's own": (
        "check known.csv",
        "no layout that claimcheck knows (cpt, dos; not known: column 1): give",
    ),
    "a layout that is none": ("check known.csv --columns tuvva", "tuvva is no layout: 837, cclf1, cclf2"),
    "a mapping that is not there": ("check known.csv --mapping m.toml", "m.toml: the mapping cannot be read: No such"),
    "a policy that is none": ("check empty.837 --policy zerro", "zerro: found neither in the library nor as a"),
    "a policy file that is not there": ("check empty.837 --policy our.toml", "our.toml: there is no such file"),
    "a parameter with a slip": ("check empty.837 --policy slip.toml", "slip.toml, key category_ii.charg: unknown"),
    "what was meant by it": ("policies check slip.toml", "did you mean category_ii.charge?"),
    "a field with a slip": ("policies check twice.toml", "twice.toml, key category_ii.charge: "),
    "the fields that it has": ("policies check twice.toml", "accept: unknown; known: accepts, "),
    "a file that is no TOML": ("policies check torn.toml", "torn.toml: not a TOML file: "),
    "a policy that extends nothing": ("policies show orphan.toml", "key extends: medicaer: found neither"),
    "a store that is not there": ("check empty.837 --tables st", "st: there is no table store here; make one with"),
    "a store to list": ("tables list --in st", "there is no table store here; make one with 'claimcheck tables add"),
    "a store to verify": ("tables verify --in st", "there is no table store here; make one with"),
    "a table that is not there": ("tables add no.zip --in st", "no.zip: cannot be read: No such file or directory"),
    "a table that is none": ("tables add letters.txt --in st", "letters.txt: is none of the tables that are known"),
    "a day that is none": ("check empty.837 --as-of 2024-13-01", "'--as-of': a date is expected, as 2024-07-01"),
    "a day to explain on": ("explain 99213 --on 2024-02-30", "'--on': a date is expected, as 2024-07-01"),
    "a way to write that is none": ("check empty.837 --format xml", "'xml' is not one of 'table', 'jsonl', 'csv'"),
    "a kind of file that is not written": ("check empty.837 -o out.pdf", ".pdf files are not written: name it .html"),
    "a group without its command": ("tables", "needed Show which official files"),
    "a place to write that is none": ("check empty.837 -o no/out.txt", "no/out.txt: cannot be written: No such file"),
    "a history in no folder": ("check empty.837 --history no/m.db", "cannot be opened as a history (No such file"),
    "a history that is none": ("check empty.837 --history unknown.csv", "as a history (file is not a database)"),
    "verdicts that are none": ("replay letters.txt", "not JSON: expected a result from `check --format jsonl`"),
    "verdicts that are not there": ("replay no.jsonl", "no.jsonl: the file cannot be opened: No such file"),
    "a command that is none": ("chek empty.837", "No such command 'chek'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_call_says_what_is_wrong(invoke: Any, case: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    asked, said = WRONG[case]
    result = invoke(*asked.split())
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_what_is_not_known_is_told_what_is(invoke: Any) -> None:
    said = " ".join(invoke("explain", "NCCI999").stdout.split())
    assert "not a code of any format" in said
    assert "try a code (3044F, E11.65), a pair (45385/45380), a rule (NCCI101)" in said


@pytest.mark.parametrize("group", ["", "tables", "policies"])
def test_help_says_of_every_command_what_it_does_in_a_whole_sentence(invoke: Any, group: str) -> None:
    context = command.commands[group] if group else command
    said = invoke(*group.split(), "--help").stdout
    for name in context.commands:
        (line,) = (line for line in said.splitlines() if line.startswith(f"  {name} "))
        assert line.endswith(".")
        assert not line.endswith("...")


def test_help_of_check_says_the_exit_codes_and_shows_calls(invoke: Any) -> None:
    said = invoke("check", "-h").stdout
    assert "Exit code" in said
    assert "claimcheck check in/*.837 -o results.jsonl\n" in said
