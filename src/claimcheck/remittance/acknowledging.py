"""How a clearinghouse or payer reports returned claims: the codes of a 277CA's STC segments (005010X214).

A returned claim is never adjudicated, so no 835 answers it. Its status has a category (X12 code list 507: A2 accepted
into adjudication, A3 returned as unprocessable, A7 invalid information, A8 information that contradicts other
information), a status (code list 508: which information) and, where the status requires one, an entity (code list 237:
85 billing provider, 82 rendering provider, IL subscriber, PR payer, QC patient). The remark code (RARC) of a finding
says which information it is, or its reason (CARC) does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from types import MappingProxyType

import attrs

from claimcheck.claims import ClaimResult, Disposition, Finding, LineResult
from claimcheck.money import ZERO

__all__ = ["AcknowledgedClaim", "AcknowledgedLine", "StatusCode", "acknowledged"]


@attrs.frozen(weakref_slot=False)
class StatusCode:
    """A category, a status, and the entity it refers to, if any; its text is the content of STC01.

    >>> str(StatusCode("A7", "562", "85"))
    'A7:562:85'
    """

    category: str
    status: str
    entity: str | None = None

    def __str__(self) -> str:
        return ":".join((self.category, self.status, *([self.entity] if self.entity is not None else [])))


@attrs.frozen(weakref_slot=False)
class AcknowledgedLine:
    """The statuses of a returned line, with what it bills."""

    line_number: int
    statuses: tuple[StatusCode, ...]
    procedure_code: str | None = None
    modifiers: tuple[str, ...] = ()
    revenue_code: str | None = None
    charge: Decimal | None = None
    service_date: datetime.date | None = None


@attrs.frozen(weakref_slot=False)
class AcknowledgedClaim:
    """Whether a claim is accepted into adjudication and, if it is returned, why: as a whole, and by line.

    A rejected line returns an institutional claim; on another claim, it is left to the remittance.

    `charge` is the sum of its lines, None if a line has none; `service_date` and `service_date_end` are the first and
    last day of the lines.
    """

    claim_id: str | None
    accepted: bool
    statuses: tuple[StatusCode, ...]
    lines: tuple[AcknowledgedLine, ...] = ()
    charge: Decimal | None = None
    service_date: datetime.date | None = None
    service_date_end: datetime.date | None = None


_ACCEPTED = StatusCode("A2", "20")  #: accepted for processing
_LINES = StatusCode("A7", "247")  #: line information: see the lines
_OTHERWISE = StatusCode("A3", "0")  #: no further status can be given electronically
_INVALID = "A7"
#: The information that a remark code names (CMS, remittance advice remark codes), as a status of code list 508. X12
#: ended 461, 462 and 463, which said codes and their dates or amounts in one: 719 to 722, 725 and 726 say them apart.
_BY_REMARK = MappingProxyType(
    {
        "M20": ("454", None),  # procedure code
        "M44": ("460", None),  # condition codes
        "M45": ("719", None),  # occurrence codes
        "M47": ("464", None),  # the payer's claim control number
        "M49": ("725", None),  # value codes
        "M50": ("455", None),  # revenue code
        "M51": ("454", None),
        "M52": ("187", None),  # dates of service
        "M53": ("476", None),  # units
        "M54": ("178", None),  # submitted charges
        "M56": ("153", "PR"),  # the payer's identifier
        "M59": ("187", None),
        "M64": ("255", None),
        "M67": ("490", None),  # other procedures
        "M76": ("255", None),  # diagnosis code
        "M77": ("249", None),  # place of service
        "M78": ("453", None),
        "M79": ("178", None),
        "M81": ("255", None),
        "M119": ("218", None),  # NDC
        "MA30": ("228", None),  # type of bill
        "MA31": ("188", None),  # statement dates
        "MA39": ("157", "QC"),  # sex
        "MA40": ("189", None),  # admission date
        "MA41": ("231", None),  # admission type
        "MA42": ("229", None),  # admission source
        "MA43": ("234", None),  # patient status
        "MA63": ("254", None),  # principal diagnosis
        "MA65": ("232", None),  # admitting diagnosis
        "MA66": ("465", None),  # principal procedure
        "MA120": ("544", None),  # CLIA number
        "MA130": ("481", None),  # format of the submission
        "N37": ("244", None),  # tooth number
        "N56": ("454", None),
        "N75": ("240", None),  # tooth surfaces
        "N152": ("464", None),
        "N257": ("562", "85"),  # NPI of the billing provider
        "N288": ("145", "82"),  # taxonomy of the rendering provider
        "N290": ("562", "82"),
        "N299": ("720", None),  # occurrence dates
        "N300": ("722", None),  # occurrence span dates
        "N301": ("486", None),  # procedure date
        "N329": ("158", "QC"),  # birth date
        "N346": ("245", None),  # area of the mouth
        "N350": ("306", None),  # description of the service
        "N382": ("164", "IL"),  # member number
        "N430": ("476", None),
        "N434": ("688", None),  # present on admission
        "N519": ("453", None),  # modifiers
        "N815": ("216", None),  # drug information
        "N816": ("216", None),
        "N822": ("453", None),
        "N823": ("453", None),
    }
)
#: Category and status of a reason (CARC) that needs no remark code to say what is wrong.
_BY_REASON = MappingProxyType(
    {
        "7": ("A8", "474"),  # procedure and sex
        "9": ("A8", "255"),  # diagnosis and age
        "11": ("A8", "488"),  # diagnosis and procedure
        "97": ("A3", "735"),  # included in another service
        "107": ("A3", "736"),  # the qualifying service is not there
        "109": ("A3", "116"),  # another payer's
        "181": ("A7", "454"),  # procedure code of another time
        "182": ("A7", "453"),  # modifier of another time
        "199": ("A8", "455"),  # revenue code and procedure
        "282": ("A8", "228"),  # type of bill and procedure
    }
)


def acknowledged(results: Iterable[ClaimResult]) -> Iterator[AcknowledgedClaim]:
    """The status of each claim; a claim superseded by another one has none.

    >>> from claimcheck import validate_claim
    >>> line = {"procedure_code": "99213", "charge": "125.00", "service_date": "2024-07-15"}
    >>> good, bad = ({"claim_type": "professional", "lines": [{**line, "units": units}]} for units in ("1", "-1"))
    >>> taken, returned = acknowledged(map(validate_claim, (good, bad)))
    >>> taken.accepted, list(map(str, taken.statuses))
    (True, ['A2:20'])
    >>> returned.accepted, [(line.line_number, list(map(str, line.statuses))) for line in returned.lines]
    (False, [(1, ['A7:476'])])
    """
    for result in results:
        if result.disposition is not Disposition.SUPERSEDED:
            yield _claim(result)


def _claim(result: ClaimResult) -> AcknowledgedClaim:
    charges = [line.billed or ZERO for line in result.lines if line.charge is not None]
    days = [line.service_date for line in result.lines if line.service_date is not None]
    lines: tuple[AcknowledgedLine, ...] = ()
    statuses: tuple[StatusCode, ...] = (_ACCEPTED,)
    accepted = not result.returned
    if not accepted:
        lines = tuple(filter(None, map(_line, result.lines)))
        of_claim = [finding for finding in result.findings if finding.position is None]
        statuses = _statuses(of_claim) or ((_LINES,) if lines else (_OTHERWISE,))
    return AcknowledgedClaim(
        result.claim_id,
        accepted,
        statuses,
        lines,
        sum(charges, ZERO) if len(charges) == len(result.lines) else None,
        min(days, default=None),
        max(days, default=None),
    )


def _line(line: LineResult) -> AcknowledgedLine | None:
    """The line with its statuses; None if nothing returns it."""
    statuses = _statuses(line.findings)
    if not statuses:
        return None
    billed = (line.procedure_code, line.modifiers, line.revenue_code, line.charge, line.service_date)
    return AcknowledgedLine(line.line_number, statuses, *billed)


def _statuses(findings: Iterable[Finding]) -> tuple[StatusCode, ...]:
    """The statuses of the findings that return something, each once."""
    returning = [finding for finding in findings if finding.disposition is Disposition.REJECTED]
    return tuple(dict.fromkeys(status for finding in returning for status in _of(finding)))


def _of(finding: Finding) -> list[StatusCode]:
    named = [_BY_REMARK[remark] for remark in finding.rarcs if remark in _BY_REMARK]
    if named:
        return [StatusCode(_INVALID, status, entity) for status, entity in named]
    by_reason = _BY_REASON.get(finding.carc or "")
    return [_OTHERWISE if by_reason is None else StatusCode(*by_reason)]
