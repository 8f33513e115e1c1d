"""The addresses keep what their description says: schemathesis draws good, odd and wrong requests from it.

No answer is a 500; statuses, types and bodies are those described; what fits the description is accepted.
"""

from __future__ import annotations

import pytest
import schemathesis
from corpora import WHOLE
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette

from budgetdata.web import middleware, routes

CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    positive_data_acceptance,
]
"""Not that whatever violates the description is refused: a number for a list of one, or {}, looks the same in an address."""
EXAMPLES = {"/data/": 6, "/chart/": 3, "/embed/": 2, "/oembed": 30, "/healthz": 1}


@pytest.fixture(scope="module")
def described() -> schemathesis.BaseSchema:
    from budgetdata.build.current import ensure_database

    ensure_database()
    return schemathesis.openapi.from_asgi("/openapi.json", Starlette(routes=routes(), middleware=middleware()))


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["as described", "otherwise"])
@pytest.mark.parametrize("under", list(EXAMPLES))
def test_an_address_keeps_its_description(described: schemathesis.BaseSchema, under: str, mode: GenerationMode) -> None:
    found = [each.ok() for each in described.get_all_operations()]
    operations = [each for each in found if each.path.startswith(under) and not each.path.endswith(".png")]
    if under == "/chart/" and not WHOLE:  # 18 charts × 4 kinds of file, one declaration: a third, in which each stands
        operations = operations[(mode is GenerationMode.NEGATIVE) :: 3]
    assert operations
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not operation.query:
            continue  # nothing that could be said wrongly

        @settings(
            max_examples=EXAMPLES[under], deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        holds()
