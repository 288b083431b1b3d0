"""Where a finding says that it is written: in the payer's own policy where that decided, else in what the rule names.

The table says of every rule that reads the policy which of its parameters its findings cite. It is written by hand,
from what each finding says: a limit, a list or a choice of the payer's is cited from the payer's policy. What a table
holds, or a format asks for, is not, though the policy says that the table is used.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

import attrs
import pytest

from claimcheck import Policy, validate_claim
from claimcheck.policies import CodeSpans
from claimcheck.policies.dated import citing
from claimcheck.policies.parameter import key_of, list_of
from claimcheck.policies.parameters import frequency
from rules.test_registry import RULES, cases
from support.cases import of_rule

OWN = ""  #: one of the rule's own sources
CITED = MappingProxyType(
    {
        "CAT101": {"category_ii.charge", OWN},  # OWN: a bill that is meant to pay nothing
        "CAT201": {"category_ii.alone"},
        "CAT204": {"category_ii.zero_total"},
        "CAT301": {"category_ii.results"},
        "CAT302": {"category_ii.results"},
        "CAT304": {"category_ii.pairs"},
        "CAT401": {"category_ii.incentives"},
        "CAT402": {"category_ii.incentives"},
        "CAT501": {"category_ii.incentives", OWN},  # OWN: what another rule made a report of
        "COD106": {"coding.unlisted"},
        "COD107": {"coding.outpatient_facility_codes", OWN},  # OWN: an inpatient bill
        "COD108": {"medicare age_sex made", "medicare inpatient_diagnosis made"},  # lists that are loaded
        "COD203": {"coding.icd_version"},
        "COD206": {
            "coding.manifestations",
            "medicare manifestation made",
            "medicare inpatient_diagnosis made",
            "medicare outpatient_diagnosis made",
            "medicare inpatient_diagnosis FY2018-FY2026 (starter)",
        },
        "COD211": {"coding.excludes1"},
        "COD212": {"coding.sequence"},
        "COD213": {"coding.sides"},
        "COD214": {"coding.pointed"},
        "COD302": {"coding.facility_modifiers", OWN},  # OWN: what the tables of modifiers hold
        "COD304": {"coding.modifier_conflicts"},
        "COD306": {"ncci.bypass"},
        "COV101": {"coverage.fee_schedule_status"},
        "COV201": {"coverage.opps_status", OWN},
        "COV301": {"coverage.fee_schedule_status"},
        "COV401": {"coverage.necessity"},
        "FAC101": {"facility.revenue_needs_procedure"},
        "FAC102": {"facility.revenue_codes", OWN},  # OWN: a format, and what is reserved
        "FAC103": {"facility.unrecognized_revenue_codes"},
        "FAC104": {"facility.total_line", OWN},  # OWN: the total of a claim that is no 837
        "FAC105": {"facility.accommodations"},
        "FAC108": {"facility.condition_codes", OWN},  # OWN: a code that is not two characters
        "FAC109": {"facility.requested"},
        "FAC110": {"facility.revenue_alone"},
        "FAC111": {"facility.revenue_procedures"},
        "FAC112": {"facility.processed_bills"},
        "FAC401": {"facility.visit_procedures"},
        "FAC501": {OWN},
        "FAC502": {OWN},
        "FAC503": {OWN},
        "FAC504": {OWN},
        "FAC505": {OWN},
        "FAC506": {OWN},
        "FAC507": {OWN},
        "FAC508": {OWN},
        "FAC509": {OWN},
        "FAC510": {OWN},
        "FAC511": {OWN},
        "FAC512": {OWN},
        "FAC513": {OWN},
        "FAC601": {OWN},
        "FAC602": {OWN},
        "FAC603": {OWN},
        "FAC604": {OWN},
        "FAC605": {OWN},
        "FAC606": {OWN},
        "FAC607": {OWN},
        "FAC608": {"facility.inpatient_edits"},
        "FAC514": {"facility.token_charges"},
        "FAC515": {OWN},
        "FAC201": {"facility.token_charges"},
        "FAC202": {"facility.observation"},
        "FAC203": {"facility.bilateral"},
        "FAC204": {"facility.visit_with_procedure"},
        "FAC205": {"facility.multiple_visits"},
        "FAC206": {"facility.observation"},
        "FAC207": {"facility.observation"},
        "FAC208": {"facility.discontinued"},
        "FAC209": {"facility.trauma_response"},
        "FAC210": {"facility.inherently_bilateral"},
        "FAC301": {"facility.patient_status"},
        "FAC302": {"facility.admission"},
        "FAC303": {"facility.room_and_board"},
        "FAC304": {"facility.required_revenue"},
        "FRQ101": {"frequency.limits"},
        "NCCI101": {"ncci.bypass", OWN},  # OWN: the table; the payer's: which modifiers do not count
        "NCCI201": {"ncci.medically_unlikely", OWN},  # OWN: the table; the payer's: by line, or left to review
        "NCCI301": {"ncci.add_on_codes", OWN},  # OWN: the table, and the manual on types 2 and 3
        "PRO101": {"professional.components", OWN},  # OWN: the table; the payer's: what becomes of the line
        "PRO102": {"professional.components"},
        "PRO103": {"professional.components"},
        "PRO104": {OWN},
        "PRO201": {"professional.bilateral"},
        "PRO202": {"professional.surgeons", OWN},  # OWN: the table; the payer's: what becomes of the line
        "PRO203": {"professional.not_performed"},
        "PRO204": {"professional.several"},
        "PRO206": {"surgery.outside_package"},
        "PRO209": {"surgery.maternity"},
        "PRO220": {"professional.same_site"},
        "PRO308": {"professional.companions"},
        "PRO309": {"professional.equipment"},
        "PRO310": {"professional.requirements"},
        "PRO311": {"professional.ambulance"},
        "PRO312": {"professional.anesthesia"},
        "PRO313": {"professional.therapy_threshold"},
        "PRO305": {"professional.telehealth"},
        "PRO306": {"professional.equipment"},
        "PRO307": {"professional.anesthesia"},
        "PRO501": {"laboratory.certificates"},
        "PRO502": {"laboratory.waived"},
        "PRO503": {"laboratory.panels"},
        "PRO601": {"drugs.ndc"},
        "PRO602": {"drugs.crosswalk", OWN},  # OWN: the units of an item, by the crosswalk
        "PRO603": {"drugs.waste"},
        "PRO207": {"surgery.outside_package"},
        "PRO208": {"surgery.outside_package"},
        "PRO401": {"visits.complexity"},
        "PRO402": {"visits.with_preventive"},
        "PRO403": {"visits.one_a_day"},
        "PRO404": {"visits.new_patients"},
        "PRO405": {"visits.with_critical_care"},
        "PRO205": {"professional.split_care"},
        "PRO301": {"professional.liability"},
        "PRO302": {"professional.anesthesia"},
        "PRO303": {"professional.therapy"},
        "PRO304": {"professional.ambulance"},
        "STR105": {"structure.required_fields"},
        "STR203": {"structure.zero_charge"},
        "STR301": {"structure.units", OWN},  # OWN: what is no number of units
        "STR302": {"structure.units", OWN},  # OWN: what is no measure
        "STR405": {"structure.units"},
        "STR407": {"structure.timely_filing"},
        "STR502": {"structure.counts", OWN},  # OWN: two principal or admitting diagnoses
        "STR504": {"structure.counts"},
        "STR505": {"structure.frequency_codes", OWN},  # OWN: a replacement or void of nothing, and no code at all
        "STR513": {"structure.file_dates"},
        "STR514": {"structure.file_dates"},
        "STR601": {"structure.duplicates", OWN},  # OWN: exact duplicates
        "STR603": {"structure.duplicates", OWN},  # OWN: exact duplicates
        "STR702": {"structure.rendering_provider", OWN},  # OWN: identifiers that are malformed
        "STR705": {"structure.member_id"},
    }
)
#: Of rules that name several publications, and read no policy or may cite more than one: a clause and its source.
OF_SEVERAL = (
    ("STR701", "a check digit", "CMS NPPES"),
    ("STR701", "a taxonomy", "NUCC"),
    ("STR701", "a tax id", "IRS"),
    ("STR702", "an NPI", "CMS NPPES"),
    ("STR702", "a taxonomy", "NUCC"),
    ("STR703", "not text", "FDA"),
    ("STR703", "no unit", "X12"),
    ("COD305", "1P on 99213", "CMS, MLN MM6514"),
    ("COD305", "P1 on 3044F", "CMS, HCPCS: P1 to P6"),
    ("COD305", "25 on surgery", "Medicare Claims Processing Manual, chapter 12"),
    ("FAC102", "reserved", "Michigan Medicaid"),
    ("FAC102", "malformed", "X12"),
    ("NCCI101", "59 is ignored on evaluation and management", "Noridian"),
    ("NCCI101", "59 on column one, before it counted there", "before CMS Change Request 11168"),
    ("NCCI301", "type 2", "CMS, NCCI Policy Manual"),
    ("STR301", "a fraction", "CMS Change Request 7065"),
)
by_id = MappingProxyType({rule.id: rule for rule in RULES})


def of(key: str) -> str:
    return f"what the payer says of {key}"


@cache
def stamped(policy: str | Policy) -> Policy:
    """The policy, in which each parameter is written by the payer, with a reference that names its key."""
    loaded = policy if isinstance(policy, Policy) else Policy.load(policy)
    parameters = {
        kind: tuple(_stamped(kind, entry) for entry in entries) for kind, entries in loaded.parameters.items()
    }
    return attrs.evolve(loaded, parameters=parameters)


def _stamped(kind, entry):
    reference = of(key_of(kind))
    unsaid = entry.value
    if (field := list_of(kind)) is not None:
        unsaid = attrs.evolve(
            unsaid, **{field: tuple(attrs.evolve(one, reference="") for one in getattr(unsaid, field))}
        )
    return attrs.evolve(entry, value=citing(unsaid, reference), reference=reference, fields=None)


def sources(rule, case):
    return {finding.source for finding in of_rule(case.judge(), rule.id)}


def test_every_rule_that_reads_the_policy_is_in_the_table():
    assert {rule.id for rule in RULES if rule.parameters} == CITED.keys()


@pytest.mark.parametrize("rule_id", CITED)
def test_what_the_payer_decides_is_cited_from_the_payers_policy(rule_id):
    rule = by_id[rule_id]
    found = set()
    for case in cases(rule, "HITS").values():
        found |= sources(rule, attrs.evolve(case, policy=stamped(case.policy)))
    own = {source for source in found if source in rule.sources}
    keys = {source.removeprefix(of("")) for source in found - own}
    assert keys | ({OWN} if own else set()) == CITED[rule_id]
    assert keys & {key_of(parameter) for parameter in rule.parameters} == {key for key in keys if "." in key}


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if not rule.parameters and len(rule.sources) > 1], ids=lambda rule: rule.id
)
def test_what_no_policy_decides_is_cited_from_a_publication_of_the_rule(rule):
    for case in cases(rule, "HITS").values():
        assert sources(rule, case) <= {*rule.sources}


@pytest.mark.parametrize(("rule_id", "clause", "start"), OF_SEVERAL)
def test_of_several_publications_the_one_is_cited_that_says_so(rule_id, clause, start):
    rule = by_id[rule_id]
    found = sources(rule, cases(rule, "HITS")[clause])
    assert found
    assert all(source.startswith(start) for source in found), found


OURS = """
extends = "default"

[[category_ii.charge]]
accepts = ["0.01"]
allowed = "0.01"
reference = "our fee schedule of 2024"

[[frequency.limits]]
reference = "our letter of 2024-05-02"
limits = [{ name = "ours", codes = ["3044F"], most = 1, per = "member", window = "calendar_year" }]
"""


def reports(times):
    line = {"procedure_code": "3044F", "units": 1, "charge": "0.01", "service_date": "2024-07-15"}
    lines = [{**line, "service_date": f"2024-07-{day}"} for day in range(15, 15 + times)]
    return {"claim_type": "professional", "member_id": "M1", "lines": lines}


def test_a_users_own_policy_is_cited(tmp_path):
    (tmp_path / "ours.toml").write_text(OURS)
    result = validate_claim(reports(2), policy=tmp_path / "ours.toml")
    found = {finding.rule_id: finding.source for finding in result.findings}
    assert found["CAT101"] == "our fee schedule of 2024"
    assert found["FRQ101"] == "our letter of 2024-05-02"


def test_what_a_caller_replaces_is_cited_as_the_callers_or_from_where_the_caller_says():
    charge = {"accepts": ["0.01"], "allowed": "0.01"}
    limits = frequency.Limits((frequency.Limit("ours", CodeSpans.of(["3044F"])),))
    policy = Policy.load("default").replace(limits, category_ii__charge={**charge, "reference": "our fee schedule"})
    found = {finding.rule_id: finding.source for finding in validate_claim(reports(2), policy=policy).findings}
    assert found["CAT101"] == "our fee schedule"
    assert found["FRQ101"] == "the caller's own value (Policy.replace)"
    assert policy.on(None)[frequency.Limits] == limits


def test_what_an_entry_leaves_out_is_not_cited_from_it(tmp_path):
    """Another day's entry, too, is cited for its own days only."""
    (tmp_path / "ours.toml").write_text(
        """
        extends = "default"
        [[structure.counts]]
        professional_diagnoses = 1
        reference = "old"
        [[structure.counts]]
        from = 2024-07-16
        professional_diagnoses = 1
        reference = "new"
        """
    )
    line = {"procedure_code": "99213", "units": 1, "charge": "1.00", "modifiers": ["25", "59", "GA", "GY", "GZ"]}

    def cited(day):
        claim = {"claim_type": "professional", "diagnoses": ["I10", "E119"], "lines": [{**line, "service_date": day}]}
        found = validate_claim(claim, policy=tmp_path / "ours.toml").findings
        return {finding.rule_id: finding.source for finding in found if finding.rule_id in ("STR502", "STR504")}

    modifiers = by_id["STR504"].sources[0]
    assert cited("2024-07-15") == {"STR502": "old", "STR504": modifiers}
    assert cited("2024-07-16") == {"STR502": "new", "STR504": modifiers}
