"""Names that people guess for what a result has, and what to write instead."""

from __future__ import annotations

__all__ = ["OF_CLAIM", "OF_LINE"]


OF_LINE = {
    "allowed": "allowed_amount",
    "code": "procedure_code",
    "cpt": "procedure_code",
    "denied": "disposition == 'denied'",
    "errors": "[finding for finding in line.findings if finding.severity == 'error']",
    "hcpcs": "procedure_code",
    "number": "line_number",
    "ok": "disposition == 'payable', or no error in findings",
    "paid": "disposition == 'payable', and allowed_amount",
    "status": "disposition",
}
OF_CLAIM = {
    "codes": "[finding.rule_id for finding in result]",
    "denied": "disposition == 'denied'",
    "dict": "to_dict()",
    "id": "claim_id",
    "is_valid": "ok (no errors), complete (nothing left unchecked), or clean (both)",
    "issues": "findings",
    "json": "to_json()",
    "messages": "[finding.message for finding in result]",
    "model_dump": "to_dict()",
    "paid": "disposition == 'payable'",
    "passed": "ok (no errors), complete (nothing left unchecked), or clean (both)",
    "status": "disposition",
    "success": "ok (no errors), complete (nothing left unchecked), or clean (both)",
    "summary": "str(result), or print(result)",
    "to_csv": "claimcheck.frames.results_frame([result]), or claimcheck.io.out.findings_csv.write(path)",
    "to_df": "claimcheck.frames.results_frame([result], backend='pandas')",
    "to_frame": "claimcheck.frames.results_frame([result])",
    "to_pandas": "claimcheck.frames.results_frame([result], backend='pandas')",
    "valid": "ok (no errors), complete (nothing left unchecked), or clean (both)",
}
