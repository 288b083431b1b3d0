"""CMS's own Medicare Code Editor: `cms_mce_edits.py CLAIMS OUT JARS`. Writes what it says of each stay, as
`msdrg_edits.py` does.

Run by the Python of an environment that has `jpype1`, with a Java runtime at hand. JARS is a folder with the archives
of CMS's program (`MCE-2.0-<version>.jar` and those that it needs).
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from msdrg_edits import translated
from serve import load_claims


def main() -> None:
    import jpype

    claims, answers, jars = sys.argv[1:]
    jpype.startJVM(classpath=[str(path) for path in sorted(Path(jars).glob("*.jar"))])
    editor = _Editor()
    with open(answers, "w", encoding="utf-8") as out:  # noqa: PTH123 - as plain as can be
        for claim in load_claims(claims):
            out.write(json.dumps({"edits": editor.edits(claim)}) + "\n")


class _Editor:
    """The Java program."""

    def __init__(self) -> None:
        import jpype

        mce = jpype.JPackage("gov").cms.editor.mce
        self._component, self._record = mce.MceComponent(), mce.transfer.MceRecord
        self._diagnosis, self._procedure = mce.model.MceDiagnosisCode, mce.model.MceProcedureCode
        self._number = jpype.JClass("java.lang.Integer")

    def edits(self, claim: dict[str, Any]) -> dict[str, int]:
        """The edits of a stay by their names, and how often each is given."""
        given, number = translated(claim), self._number
        first, last = (date.fromisoformat(claim[name]) for name in ("admission_date", "discharge_date"))
        builder = (
            self._record.builder()
            .withDischargeDate(str(given["discharge_date"]))
            .withIcdVersion(number(10))
            .withAgeYears(number(given["age"]))
            .withSex(number({0: 1, 1: 2}.get(given["sex"], 0)))
            .withDischargeStatus(number(given["discharge_status"]))
            .withLengthOfStay(number((last - first).days))
        )
        if "admit_dx" in given:
            builder.withAdmitDiagnosis(self._diagnosis(given["admit_dx"]["code"]))
        record = builder.build()
        if "pdx" in given:
            record.addCode(self._diagnosis(given["pdx"]["code"], True))
        for one in given["sdx"]:
            record.addCode(self._diagnosis(one["code"], False))
        for one in given["procedures"]:
            record.addCode(self._procedure(one["code"]))
        self._component.process(record)
        counted = record.getMceOutput().getEditCounter().entrySet()
        return {str(one.getKey().name()): int(one.getValue()) for one in counted if int(one.getValue())}


if __name__ == "__main__":
    main()
