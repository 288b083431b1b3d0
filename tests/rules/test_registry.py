"""What every rule must have: documentation, sources, hits and misses, an id of its own, adjustments to send."""

from __future__ import annotations

import doctest
import importlib.util
import re
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType

import attrs
import pytest

from claimcheck.claims import Disposition, RemedyKind, Severity
from claimcheck.errors import PolicyError
from claimcheck.policies.parameter import key_of
from claimcheck.policies.parameters import PARAMETERS
from claimcheck.rules.facts import ClaimDiagnosis, Day, Line, Outline, Service, Setting, WholeClaim
from claimcheck.rules.registry import all_rules, by_id, check_registry
from claimcheck.rules.rule import Outcome, Rule, Scope
from claimcheck.tables import Tables
from support.cases import Case, of_rule

HERE = Path(__file__).parent
LEDGER = HERE / "ids.txt"
SECTIONS = ["What it checks", "Why payers deny it", "Example", "What it does not check"]
PREFIX = {
    "category_ii": "CAT",
    "coding": "COD",
    "coverage": "COV",
    "facility": "FAC",
    "frequency": "FRQ",
    "ncci": "NCCI",
    "professional": "PRO",
    "structure": "STR",
}
VIEW = {
    Scope.SETTING: Setting,
    Scope.OUTLINE: Outline,
    Scope.DIAGNOSIS: ClaimDiagnosis,
    Scope.LINE: Line,
    Scope.CLAIM: WholeClaim,
    Scope.DAY: Day,
    Scope.MEMBER: Service,
}
LISTED = date(2024, 6, 18)

RULES = tuple(rule for rule in all_rules() if rule.check.__module__.startswith("claimcheck.rules."))
"""Those of the package; an installed plugin may add others."""
every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])


def family_and_name(rule: Rule) -> tuple[str, str]:
    family, name = rule.check.__module__.split(".")[-2:]
    return family, name


@cache
def mirror(rule: Rule) -> ModuleType:
    """The test module of a rule, loaded from where it must be."""
    family, name = family_and_name(rule)
    path = HERE / family / f"test_{name}.py"
    assert path.is_file(), f"{rule!r} has no tests at {path.relative_to(HERE.parent)}"
    spec = importlib.util.spec_from_file_location(f"mirrored_{family}_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(rule: Rule, table: str) -> dict[str, Case]:
    """The HITS or MISSES of a rule; of a module with several rules, those under the rule's id."""
    found = getattr(mirror(rule), f"{table}_{rule.id}", None) or getattr(mirror(rule), table, None)
    assert found, f"the tests of {rule!r} have no {table}"
    return found


@every_rule
def test_documentation_has_its_sections_in_order(rule):
    assert re.findall(r"^## (.+)$", rule.documentation, re.MULTILINE) == SECTIONS
    first, blank = rule.documentation.split("\n")[:2]
    assert first.endswith(".")
    assert blank == ""
    for part in re.split(r"^## .+$", rule.documentation, flags=re.MULTILINE)[1:]:
        assert part.strip(), "a section says nothing"


@every_rule
def test_the_example_runs(rule):
    test = doctest.DocTestParser().get_doctest(rule.documentation, {}, rule.id, None, None)
    assert len(test.examples) >= 2
    assert any(example.want.strip() for example in test.examples), "the example shows nothing"
    said: list[str] = []
    flags = doctest.ELLIPSIS
    assert doctest.DocTestRunner(optionflags=flags).run(test, out=said.append).failed == 0, "".join(said)


@every_rule
def test_a_rule_has_sources_and_known_parameters(rule):
    assert rule.sources
    assert all(source.strip() == source and len(source) > 10 for source in rule.sources)
    assert set(rule.parameters) <= set(PARAMETERS)
    assert rule.status in ("stable", "preview")


@every_rule
def test_reads_are_facts_of_the_view(rule):
    view = VIEW[rule.scope]
    facts = {field.name for field in attrs.fields(view)} | {
        name
        for name, value in vars(view).items()
        if not name.startswith("_") and (callable(value) or isinstance(value, property))
    }
    assert rule.reads
    assert set(rule.reads) <= facts
    assert len(set(rule.reads)) == len(rule.reads)


@every_rule
def test_the_id_is_of_the_family(rule):
    family, _ = family_and_name(rule)
    assert re.fullmatch(f"{PREFIX[family]}[1-9][0-9]{{2}}", rule.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert by_id(rule.id.lower()) is by_id(rule.name.upper()) is rule


@every_rule
def test_a_rule_has_hits_and_misses(rule):
    module = mirror(rule)
    assert cases(rule, "HITS")
    assert cases(rule, "MISSES")
    assert any(name.startswith("test_hits") for name in vars(module)), "HITS are not made into a test"
    assert any(name.startswith("test_misses") for name in vars(module)), "MISSES are not made into a test"


@every_rule
def test_each_outcome_is_given_by_a_hit(rule):
    given = {outcome for case in cases(rule, "HITS").values() for outcome in outcomes_of(rule, case)}
    assert set(rule.outcomes) <= given, f"no hit of {rule!r} gives {set(rule.outcomes) - given}"
    assert given <= set(rule.outcomes), f"{rule!r} gives, and does not declare, {given - set(rule.outcomes)}"


def outcomes_of(rule: Rule, case: Case) -> set[Outcome]:
    result = case.judge()
    return {
        Outcome(finding.severity, finding.disposition, finding.group_code, finding.carc, finding.rarcs)
        for finding in of_rule(result, rule.id)
    }


def ledger(text: str) -> list[tuple[str, str]]:
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return [(words[0], words[1]) for words in lines if words]


def test_ids_stand_in_the_ledger():
    """An id is given once. A rule that is gone leaves its line; a new rule appends one."""
    entries = ledger(LEDGER.read_text())
    assert len({rule_id for rule_id, _ in entries}) == len(entries)
    assert len({name for _, name in entries}) == len(entries)
    missing = [f"{rule.id} {rule.name}" for rule in RULES if (rule.id, rule.name) not in entries]
    assert not missing, f"append to {LEDGER.name}: " + "; ".join(missing)


def test_the_codes_that_rules_answer_with_are_those_that_are_written_down():
    """A hit is held against the constant of its rule, which says nothing of the code in it."""
    written = [line for line in (HERE / "answers.txt").read_text().splitlines() if not line.startswith("#")]
    assert written == sorted({_written(rule, answer) for rule in RULES for answer in rule.outcomes})


def _written(rule: Rule, answer: Outcome) -> str:
    codes = (answer.group_code, answer.carc, ",".join(answer.rarcs))
    return " ".join((rule.id, answer.severity, answer.disposition, *(code or "-" for code in codes)))


def test_the_ledger_only_grows():
    """Against what was last committed, where that can be told."""
    shown = subprocess.run(
        ["git", "show", f"HEAD:./{LEDGER.name}"], cwd=HERE, capture_output=True, text=True, check=False
    )
    if shown.returncode:
        pytest.skip("no git, or the ledger is not committed")
    before, now = ledger(shown.stdout), ledger(LEDGER.read_text())
    assert now[: len(before)] == before


@pytest.mark.parametrize("attribute", ["id", "name"])
def test_two_rules_of_one_id_or_name_are_refused(attribute):
    one, two = RULES[:2]
    with pytest.raises(PolicyError, match=f"two rules have the {attribute} {getattr(one, attribute)}"):
        check_registry([one, attrs.evolve(two, **{attribute: getattr(one, attribute)})])


def test_rules_run_by_phase_and_id():
    assert [(rule.phase, rule.id) for rule in all_rules()] == sorted((rule.phase, rule.id) for rule in all_rules())
    assert by_id("no such rule") is None


def test_a_rule_says_what_it_is():
    rule = by_id("NCCI101")
    assert rule is not None
    assert rule.title == "The column-two code of an NCCI pair is denied"
    assert repr(rule) == "<NCCI101 procedure-to-procedure>"
    assert list(rule(attrs.evolve(_empty_day(), codes=frozenset()))) == []


def _empty_day() -> Day:
    from claimcheck import Claim
    from claimcheck.policies import Policy
    from claimcheck.rules.facts.tables_by_day import TablesByDay
    from claimcheck.rules.facts.tables_on import TablesOn

    policy, tables = Policy.load("default"), Tables.starter()
    setting = Setting.of(Claim(claim_type="professional"), policy, TablesByDay(tables), has_reference=False)
    return Day(setting, LISTED, (), frozenset(), (), (), (), policy.on(LISTED), TablesOn(tables, LISTED))


def test_every_family_has_a_prefix():
    assert {family_and_name(rule)[0] for rule in RULES} == set(PREFIX)
    assert len(set(PREFIX.values())) == len(PREFIX)


def test_a_line_that_is_denied_or_rejected_has_an_error():
    """Only an error makes `ok` false, and a claim of which a line is denied is not clean."""
    refused = (Disposition.DENIED, Disposition.REJECTED)
    weak = [
        rule.id
        for rule in all_rules()
        for outcome in rule.outcomes
        if outcome.disposition in refused and outcome.severity is not Severity.ERROR
    ]
    assert weak == []


@every_rule
def test_a_rule_of_several_outcomes_says_when_it_gives_each(rule):
    conditions = [outcome.condition for outcome in rule.outcomes]
    if len(conditions) == 1:
        return
    assert len(set(conditions)) == len(conditions), f"{rule.id}: two outcomes with one condition, or none"
    fields = {f"{key_of(parameter)}.{field.name}" for parameter in rule.parameters for field in attrs.fields(parameter)}
    for condition in conditions:
        assert 10 <= len(condition) <= 160
        assert not condition.startswith(("when ", "if "))
        assert not condition.endswith(".")
        assert set(re.findall(r"`([^`]*)`", condition)) <= fields, f"{condition}: a field of the rule's parameters"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_whatever_is_not_paid_or_not_right_says_what_would_change_it(rule):
    for outcome in rule.outcomes:
        if outcome.severity is Severity.INFO and outcome.disposition is Disposition.PAYABLE:
            continue
        remedy = outcome.remedy
        assert remedy is not None, f"{rule.id}: {outcome}: give it a remedy (claimcheck.rules.remedies)"
        assert 10 <= len(remedy.text) <= 110
        assert remedy.text[0].isupper()
        assert not remedy.text.endswith(".")
        assert remedy.kind is not RemedyKind.NONE or not (remedy.values or remedy.documented)


def test_the_old_name_of_a_rule_family_warns() -> None:
    rule = by_id("NCCI101")
    with pytest.warns(DeprecationWarning, match=r"Rule\.room is now Rule\.family"):
        assert rule.room == rule.family == "ncci"
