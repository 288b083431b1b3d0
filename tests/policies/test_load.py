"""Policy files that cannot be used: the error says the file, the key, the date and what to do."""

import string
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import PolicyError
from claimcheck.policies import Policy, named
from claimcheck.policies.parameters.category_ii import Charge

CHARGE = '[[category_ii.charge]]\naccepts = ["0.00"]\nallowed = "0.00"\nreference = "a letter"\n'
ALONE = '[[category_ii.alone]]\nthen = "warn"\nreference = "a letter"\n'
LATER = CHARGE.replace("accepts", "from = 2021-06-01\naccepts")


def load(folder: Path, text: str | bytes, name: str = "own.toml") -> Policy:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Policy.load(path)


BAD = {
    "not TOML": ("a = = 1", None, "not a TOML file"),
    "not text": (b"\xff\xfe", None, "not a TOML file"),
    "a title that is no text": ("title = 5", "title", "text is expected"),
    "an extends that is no text": ("extends = ['default']", "extends", "text is expected"),
    "a key of no family": ("colour = 'red'", "colour", "unknown; a policy holds name, title, extends and parameters"),
    "an unknown family": (
        "[[colours.red]]\nx = 1",
        "colours.red",
        "unknown parameter; families are category_ii, coding",
    ),
    "a parameter with a slip of the pen": (
        "[[category_ii.charg]]\nx = 1",
        "category_ii.charg",
        "unknown parameter; did you mean category_ii.charge?",
    ),
    "an unknown parameter": ("[[category_ii.colour]]\nx = 1", "category_ii.colour", "unknown parameter; known:"),
    "one table for a list": ("[category_ii.charge]\nx = 1", "category_ii.charge", "[[category_ii.charge]]"),
    "an empty list": ("[category_ii]\ncharge = []", "category_ii.charge", "a list of entries is expected"),
    "a list of no tables": ("[category_ii]\ncharge = [1]", "category_ii.charge", "a list of entries is expected"),
    "an unknown field": (
        CHARGE.replace("allowed", "alowed"),
        "category_ii.charge",
        "the entry from the beginning: alowed: unknown; known: accepts, allowed; did you mean allowed?",
    ),
    "an unknown field of a later entry": (
        CHARGE + LATER.replace("allowed", "alowed"),
        "category_ii.charge",
        "the entry from 2021-06-01: alowed: unknown",
    ),
    "a wrong type": (
        CHARGE + LATER.replace('"0.00"\nref', "0.00\nref"),
        "category_ii.charge",
        'the entry from 2021-06-01: allowed: an amount in quotes ("0.01") is expected',
    ),
    "a value that cannot be": (
        CHARGE.replace('allowed = "0.00"', 'allowed = "-0.01"'),
        "category_ii.charge",
        "the entry from the beginning: allowed: an amount in whole cents, \"0.00\" or more, is expected, not '-0.01'",
    ),
    "a missing reference": (
        CHARGE + LATER.replace('reference = "a letter"', ""),
        "category_ii.charge",
        "a `reference` is missing on the entry from 2021-06-01",
    ),
    "a blank reference": (
        CHARGE.replace("a letter", " "),
        "category_ii.charge",
        "a `reference` is missing on the entry from the beginning",
    ),
    "a reference that is no text": (
        CHARGE.replace('"a letter"', "5"),
        "category_ii.charge",
        "a `reference` is missing on the entry from the beginning",
    ),
    "a date in quotes": (
        CHARGE + LATER.replace("2021-06-01", '"2021-06-01"'),
        "category_ii.charge",
        "`from` is a date without quotes, such as 2021-06-01",
    ),
    "a moment for a date": (
        CHARGE + LATER.replace("2021-06-01", "2021-06-01T00:00:00"),
        "category_ii.charge",
        "`from` is a date without quotes, such as 2021-06-01",
    ),
    "a gap": (LATER, "category_ii.charge", "nothing is said before 2021-06-01"),
    "an overlap on one day": (
        CHARGE + LATER + LATER,
        "category_ii.charge",
        "the entry from 2021-06-01 overlaps the one before it",
    ),
    "entries out of order": (
        CHARGE + LATER + LATER.replace("2021-06-01", "2020-01-01"),
        "category_ii.charge",
        "the entry from 2020-01-01 overlaps the one before it",
    ),
    "two entries from the beginning": (
        CHARGE + CHARGE,
        "category_ii.charge",
        "the entry from the beginning overlaps the one before it",
    ),
    "a limit of none": (
        '[[frequency.limits]]\nreference = "x"\nlimits = [{ name = "n", codes = ["0001F"], most = 0 }]',
        "frequency.limits",
        "limits: no. 1 ('n'): most: a whole number from 1 to 9,999 is expected, not 0",
    ),
    "a year that begins on a day of some years": (
        '[[frequency.limits]]\nreference = "x"\nlimits = [{ name = "n", codes = ["0001F"], year_starts = "02-29" }]',
        "frequency.limits",
        "limits: no. 1 ('n'): year_starts: a day of every year",
    ),
    "a year that begins on no day": (
        '[[frequency.limits]]\nreference = "x"\nlimits = [{ name = "n", codes = ["0001F"], year_starts = "07" }]',
        "frequency.limits",
        "limits: no. 1 ('n'): year_starts: a day of every year",
    ),
    "an extends that is nowhere": ("extends = 'nowhere'", "extends", "nowhere: found neither in the library nor"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_used(tmp_path, case):
    text, key, message = BAD[case]
    with pytest.raises(PolicyError) as caught:
        load(tmp_path, text)
    assert caught.value.file == str(tmp_path / "own.toml")
    assert caught.value.place == key
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "found neither in the library nor as a file; the library holds .*default.*medicare"),
        ("", "found neither in the library nor as a file; the library holds .*default.*medicare"),
        ("a\0b", "found neither in the library nor as a file; the library holds .*default.*medicare"),
        ("medicaer", r"found neither in the library nor as a file; did you mean medicare\?$"),
        ("no/such/file.toml", "no/such/file.toml: there is no such file that can be read$"),
        ("own.toml", "own.toml: there is no such file that can be read$"),
    ],
)
def test_what_is_nowhere_is_said_with_what_may_be_meant(name, said):
    with pytest.raises(PolicyError, match=said):
        Policy.load(name)


@pytest.mark.parametrize("back", ["b.toml", "./b.toml", "../{folder}/b.toml"])
def test_a_circle_of_policies_is_refused_however_it_is_spelled(tmp_path, back):
    (tmp_path / "a.toml").write_text(f"extends = '{back.format(folder=tmp_path.name)}'")
    (tmp_path / "b.toml").write_text("extends = 'c.toml'")
    (tmp_path / "c.toml").write_text("extends = 'a.toml'")
    with pytest.raises(PolicyError, match="key extends: the policy extends itself") as caught:
        Policy.load(tmp_path / "a.toml")
    assert Path(caught.value.file).name == "c.toml"


def test_a_path_is_taken_from_the_file_that_extends_it(tmp_path):
    for folder in ("payer", "payer/plan", "payer/plan/year"):
        (tmp_path / folder).mkdir()
    (tmp_path / "payer" / "base.toml").write_text(CHARGE)
    (tmp_path / "payer" / "plan" / "gold.toml").write_text("extends = '../base.toml'")
    own = load(tmp_path / "payer" / "plan" / "year", "extends = '../gold.toml'")
    assert own.parameters[Charge][0].reference == "a letter"


def test_two_policies_of_one_name_are_refused(tmp_path, monkeypatch):
    package = tmp_path / "acme_policies"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "default.toml").write_text(CHARGE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(named, "extensions", lambda group: [("acme", "acme_policies")] if "policies" in group else [])
    with pytest.raises(PolicyError, match=r"default\.toml: both library and acme have a policy of this name"):
        Policy.load("default")


def test_a_policy_extends_one_of_the_library_or_one_beside_it(tmp_path):
    (tmp_path / "plan").mkdir()
    (tmp_path / "payer.toml").write_text(f"extends = 'zero'\ntitle = 'the payer'\n{CHARGE}{LATER}")
    own = load(tmp_path / "plan", "extends = '../payer.toml'\nname = 'gold'")
    assert (own.name, own.title) == ("gold", "")
    charges = own.parameters[Charge]
    assert [(entry.start, entry.reference) for entry in charges] == [(None, "a letter"), (date(2021, 6, 1), "a letter")]
    assert {key for key, _ in own.describe()} == {key for key, _ in Policy.load("default").describe()}


def test_the_file_names_the_policy_where_it_does_not_name_itself(tmp_path):
    assert load(tmp_path, CHARGE, "some plan.toml").name == "some plan"


def test_what_neither_the_file_nor_those_it_extends_say_is_the_parameters_default(tmp_path):
    (entry,) = load(tmp_path, ALONE).parameters[Charge]
    assert (entry.value, entry.start, entry.reference) == (Charge(), None, "the parameter's default")


days = st.dates(date(2015, 1, 1), date(2030, 1, 1))


@given(starts=st.lists(days, unique=True, max_size=6), asked=days)
def test_the_value_in_force_is_the_last_that_began(tmp_path_factory, starts, asked):
    """Against an oracle that walks day by day from the beginning."""
    starts = sorted(starts)
    entries = [CHARGE] + [
        LATER.replace("2021-06-01", str(start)).replace('["0.00"]', f'["{number}.00"]')
        for number, start in enumerate(starts, 1)
    ]
    policy = load(tmp_path_factory.mktemp("policies"), "\n".join(entries))
    in_force, day = 0, date(2015, 1, 1)
    while day <= asked:
        in_force += day in starts
        day += timedelta(1)
    assert policy.on(asked)[Charge].accepts == (in_force,)
    assert policy.on(None)[Charge].accepts == (len(starts),)


@given(st.text(string.printable, max_size=80))
def test_any_text_is_a_policy_or_a_policy_error(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("policies")
    with suppress(PolicyError):
        assert load(folder, text).on(None)[Charge] == Charge()
