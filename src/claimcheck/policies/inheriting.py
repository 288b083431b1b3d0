"""How a policy's entries change what it inherits from the policy that it extends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from claimcheck.errors import PolicyError
from claimcheck.policies.dated import Dated, Entry, entry_from, in_force
from claimcheck.policies.files import PolicyFile
from claimcheck.policies.kind import shown
from claimcheck.policies.parameter import key_of, list_of

__all__ = ["alone", "with_inherited"]


def alone(parameter: type[Any], own: Sequence[Entry], file: PolicyFile) -> tuple[Dated, ...]:
    """What the file says of a parameter that inherits nothing, or that replaces what it inherits."""
    for entry in own:
        for new, old in entry.replaces.items():
            raise _unknown(parameter, (), new, old, file)
    return tuple(Dated(entry.value, entry.start, entry.reference, entry.fields) for entry in own)


def with_inherited(
    parameter: type[Any], below: tuple[Dated, ...], own: Sequence[Entry], file: PolicyFile
) -> tuple[Dated, ...]:
    """What the extended policy says, `below`, with the file's additions on every date. PolicyError."""
    starts = {entry.start for entry in (*below, *own)}
    used: set[tuple[int, str]] = set()  # the entries, and the names they replaced
    merged = []
    for start in sorted(starts, key=lambda day: day or date.min):
        day = start or date.min
        inherited, added = in_force(below, day), in_force(own, day)
        if added is None or added.replace:
            said = added or inherited
            merged.append(Dated(said.value, start, said.reference, said.fields))
        else:
            used |= {(id(added), name) for name in _names(parameter, inherited) if name in added.replaces.values()}
            value, reference = _joined(parameter, inherited, added, file)
            merged.append(Dated(value, start, reference))
    for entry in own:
        for new, old in entry.replaces.items():
            if (id(entry), old) not in used:
                raise _unknown(parameter, below, new, old, file)
    return tuple(merged)


def _names(parameter: type[Any], said: Dated) -> list[str]:
    return [item.name for item in getattr(said.value, list_of(parameter) or "")]


def _joined(parameter: type[Any], inherited: Dated, added: Entry, file: PolicyFile) -> tuple[Any, str]:
    """Both lists as one value, and its reference."""
    field, place = list_of(parameter) or "", key_of(parameter)
    replaced = added.replaces.values()
    kept = [item for item in getattr(inherited.value, field) if item.name not in replaced]
    own = getattr(added.value, field)
    for name in sorted({item.name for item in kept} & {item.name for item in own}):
        raise PolicyError(
            f"{field}: {shown(name)} is inherited already: give yours another name, or add replaces = {shown(name)} to "
            "take its place",
            file=file.file,
            place=place,
        )
    try:
        value = parameter(**{field: (*kept, *own)})
    except ValueError as error:
        raise PolicyError(f"{entry_from(added.start)}: {error}", file=file.file, place=place) from None
    references = [inherited.reference] * bool(kept) + [added.reference] * bool(own or not kept)
    return value, "; ".join(dict.fromkeys(references))


def _unknown(parameter: type[Any], below: tuple[Dated, ...], new: str, old: str, file: PolicyFile) -> PolicyError:
    known = dict.fromkeys(name for entry in below for name in _names(parameter, entry))
    near = get_close_matches(old, known, n=1)
    meant = f"did you mean {shown(near[0])}?" if near else f"inherited: {', '.join(map(shown, known)) or 'none'}"
    return PolicyError(
        f"{list_of(parameter)}: {shown(new)} replaces {shown(old)}, which is not inherited in its time; {meant}",
        file=file.file,
        place=key_of(parameter),
    )
