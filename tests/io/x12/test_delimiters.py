"""What must make no difference: delimiters, line breaks, byte order marks, text encoding, and how the bytes arrive."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.claims import Claim
from claimcheck.errors import InputError
from claimcheck.io import x12

Maker = Callable[..., str]
Outcome = Callable[[str | bytes], tuple[list[Claim], InputError | None]]

#: Every ASCII character that can delimit and that the examples do not use in their text.
DELIMITERS = "*:~|!@#$%&;<>?{}[]+=_\\/`\"'\t\x1c\x1d\x1e\x1f\x07\n\r"
BREAKS = ["", "\n", "\r\n", "\r", "\n\n", " \n", "\x00"]

NAMES = ("professional", "institutional", "version_4010")


def recode(text: str, element: str, component: str, terminator: str, between: str) -> str:
    table = str.maketrans({"*": element, ":": component, "~": terminator})
    return (
        "".join(f"{segment.strip()}~" for segment in text.split("~") if segment.strip())
        .translate(table)
        .replace(terminator, terminator + between)
    )


def claims_of(source: str | bytes) -> list[Claim]:
    return list(x12.read(source.encode() if isinstance(source, str) else source))


def alone(claim: Claim) -> dict[str, object]:
    """The claim without what depends on its place in a file."""
    return {**attrs.asdict(claim, recurse=False), "source": None, "problems": [p.kind for p in claim.problems]}


def full(claim: Claim) -> tuple[object, ...]:
    """The claim with what its equality leaves out: positions."""
    return claim, claim.source, [line.source for line in claim.lines]


@given(
    name=st.sampled_from(NAMES),
    delimiters=st.lists(st.sampled_from(DELIMITERS), min_size=3, max_size=3, unique=True),
    between=st.sampled_from(BREAKS),
    mark=st.sampled_from(["", "\ufeff", "\n", "\ufeff\r\n"]),
)
def test_any_delimiters(examples: dict[str, str], name: str, delimiters: list[str], between: str, mark: str) -> None:
    element, component, terminator = delimiters
    if between and set(between) & {element, component}:
        between = ""  # a line break that delimits cannot be formatting too
    text = mark + recode(examples[name], element, component, terminator, between)
    assert list(map(full, claims_of(text))) == list(map(full, claims_of(examples[name])))


class Dribble(io.RawIOBase):
    """A stream that hands out as much as it likes."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        self._data = data
        self._sizes = sizes
        self._turn = 0

    def read(self, _size: int = -1) -> bytes:
        self._turn += 1
        size = self._sizes[self._turn % len(self._sizes)]
        piece, self._data = self._data[:size], self._data[size:]
        return piece


@given(name=st.sampled_from(NAMES), sizes=st.lists(st.integers(1, 400), min_size=1, max_size=5))
def test_any_chunks(examples: dict[str, str], name: str, sizes: list[int]) -> None:
    data = ("\ufeff" + examples[name] + "\n\x1a" + examples["institutional"].replace("DOE*SAM", "DÖE*SÁM")).encode()
    assert list(map(full, x12.read(Dribble(data, sizes)))) == list(map(full, claims_of(data)))


@pytest.mark.parametrize("between", ["", "\n", "\r\n\r\n", "\ufeff", "\x00" * 2000, " \x1a\n"])
def test_interchanges_one_after_the_other(examples: dict[str, str], between: str) -> None:
    """Each has its own delimiters, and positions count on."""
    parts = [examples["professional"], recode(examples["institutional"], "|", "^", "\n", ""), examples["version_4010"]]
    claims = claims_of(between.join(parts) + between)
    assert list(map(alone, claims)) == [alone(claim) for part in parts for claim in claims_of(part)]
    before = len(re.findall("~", parts[0]))
    assert claims[3].source is not None
    assert claims[3].source.place == before + 16


def test_several_groups_and_transaction_sets(make: Maker) -> None:
    text = make("CLM*1*10***11:B:1*Y*A*Y*Y")
    group = text[text.index("GS*") : text.index("IEA*")]
    twice = text.replace(group, group + group).replace("IEA*1*", "IEA*2*")
    sets = group[group.index("ST*") : group.index("GE*")]
    both = twice.replace(sets, sets * 3).replace("GE*1*", "GE*3*")
    claims = claims_of(both)
    assert len(claims) == 6
    assert {claim.problems for claim in claims} == {()}


def test_the_last_terminator_may_be_missing(examples: dict[str, str]) -> None:
    """An editor strips it where it is a line break; the control number shows that the segment is whole."""
    for name in NAMES:
        assert claims_of(examples[name].rstrip("~\n")) == claims_of(examples[name])


def test_empty_segments_do_not_count(make: Maker) -> None:
    """Two terminators in a row, even a whole block of them."""
    text = make(*["CLM*1*10***11:B:1*Y*A*Y*Y"] * 50)
    padded = text.replace("~", "~~~ ~").encode()
    assert list(map(full, claims_of(padded))) == list(map(full, claims_of(text)))
    assert list(map(full, x12.read(Dribble(padded, [1])))) == list(map(full, claims_of(text)))


def test_text_wrapped_at_eighty_columns(examples: dict[str, str]) -> None:
    for name in NAMES:
        text = examples[name].replace("\n", "")
        wrapped = "\r\n".join(text[n : n + 80] for n in range(0, len(text), 80))
        assert claims_of(wrapped) == claims_of(examples[name])
        assert list(map(alone, claims_of(wrapped + wrapped))) == list(map(alone, claims_of(examples[name]))) * 2


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_encodings(make: Maker, encoding: str) -> None:
    text = make("CLM*ÄÖ-1*10***11:B:1*Y*A*Y*Y", "LX*1", "SV1*HC:99213:::::Señal*10*UN*1***1")
    [claim] = claims_of(text.encode(encoding))
    assert claim.claim_id == "ÄÖ-1"
    assert claim.lines[0].description == "Señal"


def test_both_encodings_in_one_file(make: Maker) -> None:
    text = (
        make("CLM*Ä-1*10***11:B:1*Y*A*Y*Y", "CLM*É-2*10***11:B:1*Y*A*Y*Y")
        .encode()
        .replace("É".encode(), "É".encode("latin-1"))
    )
    assert [claim.claim_id for claim in claims_of(text)] == ["Ä-1", "É-2"]


def test_kinds_of_source(examples: dict[str, str], tmp_path: Path) -> None:
    text = examples["institutional"]
    path = tmp_path / "a.837"
    path.write_text(text)
    expected = claims_of(text)
    with path.open("rb") as binary, path.open() as words:
        sources = [path, str(path), text.encode(), bytearray(text.encode()), memoryview(text.encode())]
        for source in (*sources, binary, words, io.BytesIO(text.encode()), io.StringIO(text)):
            assert list(x12.read(source)) == expected


def test_names_in_positions(examples: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "a.837"
    path.write_text(examples["institutional"])

    def named(*args: object, **how: object) -> object:
        source = next(x12.read(*args, **how)).source  # type: ignore[arg-type]
        return source and source.file

    assert named(path) == str(path)
    assert named(path, name="batch 7") == "batch 7"
    assert named(path.read_bytes()) is None
    assert named(io.BytesIO(path.read_bytes()), name="inbox") == "inbox"
    with path.open("rb") as stream:
        assert named(stream) == str(path)


def test_reading_is_lazy(examples: dict[str, str]) -> None:
    """The first claim is there when the second has been read, not when the file has."""
    text = examples["professional"]
    end = text.index("HL*5*")

    class Watched(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            return super().read(64)

    stream = Watched(text.encode())
    next(x12.read(stream))
    assert stream.tell() <= end + 128


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"ISA*00*", True),
        (b"ISA|00|", True),
        (b"\xef\xbb\xbfISA*", True),
        (b"\r\n  ISA^", True),
        (b"ISA", False),
        (b"ISA ", False),
        (b"ISA\xa7", False),
        (b"ISAAC", False),
        (b"isa*", False),
        (b"", False),
        (b"GS*HC", False),
        (b'{"a": 1}', False),
        (b"PK\x03\x04", False),
    ],
)
def test_is_x12(head: bytes, expected: bool) -> None:
    assert x12.is_x12(head) is expected


def test_elements_filled_up_with_spaces(make: Maker, outcome: Outcome) -> None:
    """Exports of fixed width pad elements; neither a qualifier nor a code ends in spaces."""
    text = make("CLM*1*10***11:B:1*Y*A*Y*Y", "HI*ABK:I10*ABF:E119", "REF*F8*A", "LX*1", "SV1*HC:99213:25*10*UN*1***1:2")
    padded = text.replace("NM1*IL*", "NM1*IL *").replace("*MI*", "*MI  *").replace("REF*F8*", "REF*F8 *")
    padded = padded.replace("ABK:", "ABK :").replace("I10", "I10  ").replace("HC:99213:", "HC:99213  :")
    assert padded != text
    assert outcome(padded) == outcome(text)
    claims, _ = outcome(padded)
    assert claims[0].original_claim_id == "A"
