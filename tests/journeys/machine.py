"""A state machine that follows the links of the description, as one person of the cast.

It stands on schemathesis: what one answer says becomes what the next call asks for.
"""

import json
from urllib.parse import urlencode

import requests
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.specs.openapi import checks as openapi

from offices.rest.description import describe

CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
]
# Keys beyond this were drawn, not read.
GUESSED = 10**5
_schemas = {}


def schema_of(language="zh-hans"):
    """Return the description as schemathesis reads it, read once."""
    if language not in _schemas:
        description = json.loads(json.dumps(describe(language), default=str))
        _schemas[language] = schemathesis.openapi.from_dict(description)
    return _schemas[language]


def walk(user, *, known, walks, steps):
    """Let *user* follow the description on *walks* random walks of *steps* calls each.

    *known* are keys by the noun of the path: what was guessed is replaced by them, so that the
    walks get beyond what is not found. What a walk does is taken back. Raises what schemathesis
    finds; returns how often each call was answered with each status.
    """
    seen = {}

    class Walk(schema_of().as_state_machine()):
        def setup(self):
            self.client = Client()
            self.client.force_login(user)
            self.back = transaction.atomic()
            self.back.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.back.__exit__(None, None, None)

        def before_call(self, case):
            noun = case.path.split("/")[3]
            if case.path_parameters.get("id", 0) > GUESSED and noun in known:
                case.path_parameters["id"] = known[noun]

        def call(self, case, **_options):
            answer = knock(self.client, case)
            key = (case.operation.definition.raw["operationId"], answer.status_code)
            seen[key] = seen.get(key, 0) + 1
            return answer

        def validate_response(self, response, case, additional_checks=None, **_options):
            case.validate_response(response, checks=CHECKS)

    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=walks,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return seen


def knock(client, case):
    """Send *case* as a program would and return the answer as the checks read it."""
    sent = case.as_transport_kwargs(base_url="http://testserver")
    answer = client.generic(
        case.method,
        case.formatted_path,
        json.dumps(sent["json"], default=str) if "json" in sent else "",
        content_type="application/json",
        QUERY_STRING=urlencode(sent.get("params") or {}, doseq=True),
        **_headers(case),
    )
    request = requests.Request(case.method, f"http://testserver{case.formatted_path}")
    return schemathesis.Response(
        status_code=answer.status_code,
        headers={name: [value] for name, value in answer.headers.items()},
        content=b"".join(answer),
        request=request.prepare(),
        elapsed=0.0,
        verify=False,
    )


def _headers(case):
    """Return the headers of *case* as the client names them; the session says who asks."""
    return {
        f"HTTP_{name.upper().replace('-', '_')}": str(value).encode("ascii", "ignore").decode()
        for name, value in (case.headers or {}).items()
        if name.lower() != "authorization"
    }
