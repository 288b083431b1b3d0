from claimcheck.rules.structure.provider_identifiers import (
    BILLING_NPI,
    BILLING_TAXONOMY,
    RENDERING_NPI,
    RENDERING_TAXONOMY,
    TAX_ID,
    UNREADABLE,
)
from support.cases import Case, rule_tests

HITS = {
    "a check digit": Case([], {"billing_npi": "1234567890"}, outcome=BILLING_NPI, evidence={"field": "billing_npi"}),
    "a first digit": Case([], {"billing_npi": "3000000000"}, outcome=BILLING_NPI),
    "not text": Case([], {"billing_npi": 1.5}, outcome=BILLING_NPI),
    "the rendering provider": Case([], {"rendering_npi": "123"}, outcome=RENDERING_NPI),
    "a taxonomy": Case([], {"billing_taxonomy": "207Q0000"}, outcome=BILLING_TAXONOMY),
    "the rendering provider's": Case([], {"rendering_taxonomy": "207Q0000"}, outcome=RENDERING_TAXONOMY),
    "a tax id that is no text": Case([], {"billing_tax_id": 7.5}, outcome=UNREADABLE),
    "a tax id": Case([], {"billing_tax_id": "1234"}, outcome=TAX_ID),
}
MISSES = {
    "well formed": Case(
        [],
        {
            "billing_npi": "1234567893",
            "rendering_npi": "1003000126",
            "billing_taxonomy": "207Q00000X",
            "rendering_taxonomy": "207Q00000X",
            "billing_tax_id": "12-3456789",
        },
    ),
    "missing": Case([]),
}
test_hits, test_misses = rule_tests("STR701", HITS, MISSES)


def test_the_identifiers_are_not_shown():
    result = Case([], {"billing_tax_id": "999-88-777", "billing_npi": "1234567890"}).judge()
    assert "999" not in str(result)
    assert "1234567890" not in str(result)
