"""Policies by name: the built-in ones, and those that packages add."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import resources
from importlib.resources.abc import Traversable

from claimcheck.errors import PolicyError
from claimcheck.extensions import extensions

__all__ = ["PolicyNames", "by_name", "names", "nowhere"]


class PolicyNames(tuple[str, ...]):
    """Names of policies, which a notebook shows with their titles."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from claimcheck.markup import code, table
        from claimcheck.policies.policy import Policy

        return table(("policy", "title"), [(code(name), Policy.load(name).title) for name in self])


def _library() -> Traversable:
    return resources.files("claimcheck.policies") / "library"


def names() -> PolicyNames:
    """The names of the built-in policies, and of those that packages add through `claimcheck.policies`."""
    return PolicyNames(sorted(by_name()))


def by_name() -> dict[str, tuple[str, Traversable]]:
    """Every named policy, with its provider and file. PolicyError if two have one name."""
    shelves = [("library", _library())]
    shelves += [(name, resources.files(package)) for name, package in extensions("claimcheck.policies")]
    found: dict[str, tuple[str, Traversable]] = {}
    for owner, folder in shelves:
        for item in folder.iterdir():
            if item.name.endswith(".toml"):
                name = item.name[:-5]
                if name in found:
                    raise PolicyError(f"both {found[name][0]} and {owner} have a policy of this name", file=item.name)
                found[name] = owner, item
    return found


def nowhere(wanted: str) -> str:
    """Why there is no policy of that name or path, and what may be meant."""
    if wanted.removesuffix(".toml") in names():
        return f'there is no such file that can be read; the library\'s own is "{wanted.removesuffix(".toml")}"'
    if wanted.endswith(".toml") or "/" in wanted:
        return "there is no such file that can be read"
    near = get_close_matches(wanted, names(), n=1)
    meant = f"did you mean {near[0]}?" if near else f"the library holds {', '.join(names())}"
    return f"found neither in the library nor as a file; {meant}"
