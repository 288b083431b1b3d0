"""What a new user guesses: names, keywords, options. What is not so called is answered with what to write."""

from __future__ import annotations

import copy
import io
import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

import claimcheck as cc
from claimcheck.cli import command
from claimcheck.guesses import hinted

LINE = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
CLAIM: dict[str, Any] = {"claim_id": "A1", "claim_type": "professional", "member_id": "M1", "lines": [LINE]}
TABLE = "claim_id,claim_type,procedure_code,units\nSMITH-1,professional,99213,1\n"
RESULT = cc.validate_claim(CLAIM)
FINDING = cc.validate_claim({**CLAIM, "lines": [{**LINE, "units": "x"}]}).errors[0]

#: What works, though nobody said so.
WORKS: dict[str, Callable[[], Any]] = {
    "explain a number": lambda: str(cc.explain(99213)).startswith("99213"),  # type: ignore[arg-type]
    "explain a finding": lambda: str(cc.explain(FINDING)).startswith(FINDING.rule_id),
    "explain what was not checked": lambda: str(cc.explain(RESULT.not_checked[0])).startswith(
        RESULT.not_checked[0].rule_id
    ),
    "explain CO-97": lambda: str(cc.explain("CO-97")).startswith("CARC 97"),
    "Severity('ERROR')": lambda: cc.Severity("ERROR") is cc.Severity.ERROR,
    "Disposition('Denied')": lambda: cc.Disposition("Denied") is cc.Disposition.DENIED,
    "claims from text": lambda: [one.claim_id for one in cc.io.read_claims(io.StringIO(TABLE))] == ["SMITH-1"],
    "a JSON list": lambda: len([*cc.io.read_claims(json.dumps([CLAIM, CLAIM]).encode())]) == 2,
    "cc.errors": lambda: cc.errors.PolicyError is cc.PolicyError,
    "cc.rules": lambda: cc.rules.registry is not None,
    "rows of a frame": lambda: cc.validate_claim(dict(zip(LINE, LINE.values(), strict=True))).findings != (),
    "equal results": lambda: cc.validate_claim(CLAIM) == RESULT,
    "a set of results": lambda: len({RESULT, cc.validate_claim(CLAIM)}) == 1,
    "a copy of a result": lambda: copy.copy(RESULT) == copy.deepcopy(RESULT) == RESULT,
    "a pickled claim": lambda: pickle.loads(pickle.dumps(cc.Claim(**CLAIM))) == cc.Claim(**CLAIM),
    "hasattr": lambda: not hasattr(RESULT, "is_valid") and hasattr(RESULT, "ok"),
    "getattr with a default": lambda: getattr(RESULT, "valid", None) is None,
    "str(finding)": lambda: FINDING.rule_id in str(FINDING),
    "a policy in upper case is told": lambda: "medicare" in cc.Policy.names(),
}

#: What does not, and what is said to do.
TOLD: dict[str, tuple[Callable[[], Any], str]] = {
    "cc.read_claims": (lambda: cc.read_claims("x"), "use claimcheck.io.read_claims(path)"),
    "cc.read_csv": (lambda: cc.read_csv("x"), "use claimcheck.io.read_claims(path)"),
    "cc.validate": (lambda: cc.validate(CLAIM), "use claimcheck.validate_claim(claim)"),
    "cc.check": (lambda: cc.check(CLAIM), "use claimcheck.validate_claim(claim)"),
    "cc.validate_file": (lambda: cc.validate_file("x"), "claimcheck.io.read_claims(path)"),
    "cc.validate_frame": (lambda: cc.validate_frame(1), "use claimcheck.frames.validate_frame(frame)"),
    "cc.results_frame": (lambda: cc.results_frame([]), "use claimcheck.frames.results_frame(results)"),
    "cc.to_frame": (lambda: cc.to_frame([]), "use claimcheck.frames.results_frame(results)"),
    "cc.load_policy": (lambda: cc.load_policy("zero"), "use claimcheck.Policy.load(name)"),
    "cc.is_valid_npi": (lambda: cc.is_valid_npi("1"), "use claimcheck.codes.npi.is_valid(text)"),
    "cc.write_csv": (lambda: cc.write_csv("x"), "claimcheck.io.out.findings_csv.write(path)"),
    "Policy('medicare')": (lambda: cc.Policy("medicare"), "Policy.load(name or path)"),
    "policy.to_dict()": (lambda: cc.Policy.load("zero").to_dict(), "use policy.parameters"),
    "Validator().validate_claims": (lambda: cc.Validator().validate_claims, "use validate_many(claims)"),
    "Validator().check": (lambda: cc.Validator().check, "use validate(claim)"),
    "Validator().validate_frame": (lambda: cc.Validator().validate_frame, "use claimcheck.frames.validate_frame"),
    "Validator(payer=)": (lambda: cc.Validator(payer="zero"), "Validator(policy, tables, history)"),
    "validate_claim(payer=)": (lambda: cc.validate_claim(CLAIM, payer="zero"), "give policy=NAME"),
    "validate_claim(date=)": (lambda: cc.validate_claim(CLAIM, date="2024-08-01"), "give as_of="),
    "validate_claim(**claim)": (lambda: cc.validate_claim(**CLAIM), "a claim is one argument"),
    "validate_claims(jobs=)": (lambda: cc.validate_claims([CLAIM], jobs=2), "--jobs N"),
    "result.is_valid": (lambda: RESULT.is_valid, "use ok (no errors)"),
    "result.status": (lambda: RESULT.status, "use disposition"),
    "result.issues": (lambda: RESULT.issues, "use findings"),
    "result.messages": (lambda: RESULT.messages, "finding.message"),
    "result.codes": (lambda: RESULT.codes, "finding.rule_id"),
    "result.summary()": (lambda: RESULT.summary, "print(result)"),
    "result.dict()": (lambda: RESULT.dict, "use to_dict()"),
    "result.json()": (lambda: RESULT.json, "use to_json()"),
    "result.to_pandas()": (lambda: RESULT.to_pandas, "results_frame([result], backend='pandas')"),
    "result.to_csv()": (lambda: RESULT.to_csv("x"), "claimcheck.io.out.findings_csv.write(path)"),
    "result.finding": (lambda: RESULT.finding, "did you mean 'findings'?"),
    "line.denied": (lambda: RESULT.lines[0].denied, "use disposition == 'denied'"),
    "line.paid": (lambda: RESULT.lines[0].paid, "allowed_amount"),
    "line.allowed": (lambda: RESULT.lines[0].allowed, "use allowed_amount"),
    "line.errors": (lambda: RESULT.lines[0].errors, "finding.severity == 'error'"),
    "line.cpt": (lambda: RESULT.lines[0].cpt, "use procedure_code"),
    "finding.code": (lambda: FINDING.code, "use rule_id"),
    "finding.rule": (lambda: FINDING.rule, "use rule_id, rule_name"),
    "finding.text": (lambda: FINDING.text, "use message"),
    "finding.line": (lambda: FINDING.line, "use line_number"),
    "Claim(cpt=)": (lambda: cc.Claim(cpt="99213"), "Claim.from_dict({...})"),
    "claim.to_dict()": (lambda: cc.Claim(**CLAIM).to_dict(), "use attrs.asdict(claim)"),
    "claim.replace()": (lambda: cc.Claim(**CLAIM).replace(claim_id="B"), "attrs.evolve"),
    "ServiceLine(cpt=)": (lambda: cc.ServiceLine(cpt="99213"), "ServiceLine.from_dict({...})"),
    "ServiceLine of three": (lambda: cc.ServiceLine("99213", 1, 125), "units=1, charge='125.00'"),
    "line.dos": (lambda: cc.ServiceLine("99213").dos, "use service_date"),
    "history.add": (lambda: cc.MemoryHistory().add(CLAIM), "use record(claim, result)"),
    "SqliteHistory(':memory:')": (lambda: cc.SqliteHistory(":memory:"), "MemoryHistory()"),
    "a frame to read_claims": (lambda: [*cc.io.read_claims(pl.DataFrame({"a": [1]}))], "validate_frame judges it"),
    "text to read_claims": (lambda: [*cc.io.read_claims(TABLE)], "give it as bytes, or as io.StringIO(text)"),
    "JSON text to read_claims": (lambda: [*cc.io.read_claims(json.dumps(CLAIM))], "give it as bytes"),
    "a folder to read_claims": (lambda: [*cc.io.read_claims(Path(__file__).parent)], "a folder: give the files"),
    "a pattern to read_claims": (lambda: [*cc.io.read_claims("no/*.837")], "as glob.glob finds them"),
    "a URL to read_claims": (lambda: [*cc.io.read_claims("https://example.org/a.837")], "download the file"),
    "verdict.to_pandas()": (
        lambda: cc.frames.validate_frame(pl.DataFrame([{**LINE, "claim_id": "A"}])).to_pandas(),
        "frames of the kind that was given",
    ),
    "history=True": (lambda: [*cc.validate_claims([CLAIM], history=True)], "give a MemoryHistory"),
    "Policy.load('Medicare')": (lambda: cc.Policy.load("Medicare"), "did you mean medicare?"),
    "Severity('fatal')": (lambda: cc.Severity("fatal"), "not a valid Severity"),
}

#: Options and commands, and what is said.
ON_THE_COMMAND_LINE = {
    "validate FILE": "claimcheck check FILE...",
    "FILE": "claimcheck check FILE",
    "version": "claimcheck --version",
    "help check": "claimcheck COMMAND --help",
    "-V": "claimcheck --version",
    "check FILE --json": "--format jsonl",
    "check FILE --csv": "--format csv",
    "check FILE -f csv": "--format",
    "check FILE -q": "--quiet",
    "check FILE --date 2024-10-01": "--as-of YYYY-MM-DD",
    "check FILE --strict": "--fail-on warning, or --require-complete",
    "check FILE --rules NCCI": "--select RULE",
    "check FILE --report r.html": "--format html -o FILE",
    "check FILE --policies": "claimcheck policies list",
    "check FILE --no-color": "NO_COLOR=1",
    "check FILE --workers 2": "--jobs N",
    "tables update": "claimcheck tables add FILE...",
    "rules list": "no rule begins with LIST",
    "check FILE --format json": "'jsonl'",
    "check FILE --fail-on never": "'error', 'warning', 'info'",
}


@pytest.mark.parametrize("call", WORKS)
def test_what_works(call: str) -> None:
    assert WORKS[call]()


@pytest.mark.parametrize("call", TOLD)
def test_what_is_told(call: str) -> None:
    tried, said = TOLD[call]
    with pytest.raises((AttributeError, TypeError, ValueError, cc.ClaimcheckError)) as caught:
        tried()
    assert said in str(caught.value)
    assert "SMITH" not in str(caught.value)


@pytest.mark.parametrize("arguments", ON_THE_COMMAND_LINE)
def test_what_the_command_says(arguments: str, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(TABLE)
    given = [str(file) if one == "FILE" else one for one in arguments.split()]
    run = CliRunner().invoke(command, given)
    said = ON_THE_COMMAND_LINE[arguments]
    assert run.exit_code == 2
    assert " ".join(said.replace("check FILE", f"check {file}", said == "claimcheck check FILE").split()) in " ".join(
        run.output.split()
    )


def test_parts_are_there_without_being_imported() -> None:
    parts = ["io", "errors", "tables", "rules", "testing", "frames"]
    asked = f"import claimcheck; print([getattr(claimcheck, name).__name__ for name in {parts}])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([f"claimcheck.{name}" for name in parts])


def test_a_stored_history_says_it_too(tmp_path: Path) -> None:
    with cc.SqliteHistory(tmp_path / "members.db") as history, pytest.raises(AttributeError, match="use record"):
        history.add(CLAIM)


def test_a_class_keeps_its_own_answers() -> None:
    @hinted({"x": "y"})
    class Answering:
        def __getattr__(self, name: str) -> int:
            if name == "own":
                return 1
            raise AttributeError(name)

    assert Answering().own == 1
    with pytest.raises(AttributeError, match="use y"):
        Answering().x  # noqa: B018
    with pytest.raises(AttributeError, match=r"^other$"):
        Answering().other  # noqa: B018
