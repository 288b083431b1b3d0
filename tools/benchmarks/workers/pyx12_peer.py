"""pyx12: `pyx12_peer.py FILE`. Every segment of an X12 file against the implementation guide's map, and a 999."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable
from typing import Any

from serve import serve, version


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    import pyx12.params
    import pyx12.x12n_document

    (path,) = sys.argv[1:]
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    with open(path, encoding="ascii") as file:  # noqa: PTH123 - as plain as a worker can be
        text = file.read()
    lines, claims = text.count("~\nLX*"), text.count("~\nCLM*")
    parameters = pyx12.params.params()

    def run() -> dict[str, Any]:
        answer = io.StringIO()
        valid = pyx12.x12n_document.x12n_document(parameters, io.StringIO(text), answer, None)
        return {"lines": lines, "findings": answer.getvalue().count("IK3*"), "valid": valid}

    return {"version": version("pyx12"), "claims": claims, "lines": lines}, run


if __name__ == "__main__":
    serve(prepare)
