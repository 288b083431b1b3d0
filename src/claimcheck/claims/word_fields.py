"""Readers of words of the field: the type of a claim, the sex of a member, the version and role of a diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimcheck.claims import scalars
from claimcheck.claims.read_as import ReadAs
from claimcheck.claims.reading import digits_of, text, unreadable

__all__ = ["claim_type", "diagnosis_role", "entity_type", "icd_version", "sex"]


def _word(value: object, others: Mapping[str, str]) -> Any:
    """A word of the field; `others` maps alternative words to it."""
    read = text(value)
    if type(read) is not str:
        digits = digits_of(scalars.plain(value))
        read = read if digits is None or digits not in others else digits
        if type(read) is not str:
            return read
    meant = others.get(read.lower().replace("-", "").replace("_", "").replace(" ", ""))
    return read if meant is None else ReadAs(meant, "another word for it")


_CLAIM_TYPES = {
    **dict.fromkeys(("p", "prof", "837p", "cms1500", "hcfa1500", "hcfa", "physician"), "professional"),
    **dict.fromkeys(("i", "inst", "837i", "ub04", "ub92", "ub", "facility", "hospital"), "institutional"),
}
_SEXES = {"male": "M", "female": "F", "unknown": "U"}
_ENTITIES = {
    **dict.fromkeys(("1", "person", "individual", "practitioner", "type1", "npi1"), "1"),
    **dict.fromkeys(("2", "nonpersonentity", "organization", "group", "type2", "npi2"), "2"),
}
_VERSIONS = {
    **dict.fromkeys(("10", "icd10", "10cm", "icd10cms"), "ICD-10-CM"),
    **dict.fromkeys(("9", "icd9", "9cm"), "ICD-9-CM"),
}
_ROLES = {
    **dict.fromkeys(("primary", "abk"), "principal"),
    **dict.fromkeys(("admit", "abj"), "admitting"),
    **dict.fromkeys(("secondary", "abf"), "other"),
}


def claim_type(value: str | Any | None) -> Any:
    """The type of a claim.

    >>> claim_type("professional"), claim_type("837P").value, claim_type("UB-04").value
    ('professional', 'professional', 'institutional')
    """
    return _word(value, _CLAIM_TYPES)


def sex(value: str | Any | None) -> Any:
    """The sex of the member.

    >>> sex("F"), sex("female").value
    ('F', 'F')
    """
    return _word(value, _SEXES)


def entity_type(value: str | Any | None) -> Any:
    """What a provider is: "1" for a person, "2" for an organization.

    >>> entity_type("2"), entity_type("organization").value, entity_type("third")
    ('2', '2', Unreadable(expected='1 (person) or 2 (organization)', shape='text of 5: aaaaa'))
    """
    read = text(value)
    if read is None or read in ("1", "2"):
        return read
    read = _word(value, _ENTITIES)
    return read if type(read) is ReadAs else unreadable(scalars.plain(value), "1 (person) or 2 (organization)")


def icd_version(value: str | Any | None) -> Any:
    """The code set of a diagnosis.

    >>> icd_version("ICD-10-CM"), icd_version("ICD10").value, icd_version(9).value
    ('ICD-10-CM', 'ICD-10-CM', 'ICD-9-CM')
    """
    return _word(value, _VERSIONS)


def diagnosis_role(value: str | Any | None) -> Any:
    """The role of a diagnosis on its claim.

    >>> diagnosis_role("principal"), diagnosis_role("Primary").value
    ('principal', 'principal')
    """
    return _word(value, _ROLES)
