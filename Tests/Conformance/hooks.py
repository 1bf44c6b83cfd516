"""What the document cannot say about a request, taken out of those that are meant to be taken.

Which parameters exclude one another, that only the server makes cursors, that an idempotency key is of one request, and that
an entity tag is of one version. Requests that are meant to be refused stay as they are.
"""

import functools
import json
import os
import urllib.request
import uuid

import schemathesis

NUMBERED = {"page", "display"}
OTHERS = {"limit", "offset", "cursor"}
SYNONYMS = (("accountType", "type"), ("preset", "filter"), ("registeredFrom", "since"))


def is_positive(case):
    meta = getattr(case, "meta", None)
    return meta is None or meta.generation.mode.is_positive


@functools.cache
def own_key():
    """The id of the API key that asks."""
    request = urllib.request.Request(
        os.environ["PATRON_URL"] + "/api/v1/me", headers={"Authorization": "Bearer " + os.environ["PATRON_API_KEY"]}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["actor"]


@schemathesis.hook
def before_call(context, case, kwargs):
    # Who rotates or revokes the key that it asks with is nobody from then on.
    if (case.path_parameters or {}).get("keyId") == own_key():
        case.path_parameters["keyId"] = "key_" + "0" * 26
    if not is_positive(case):
        return
    query = case.query or {}
    if case.operation.path.endswith("/timeline") is False:
        query.pop("cursor", None)
    if NUMBERED & query.keys():
        for name in OTHERS:
            query.pop(name, None)
    if "cursor" in query:
        query.pop("offset", None)
    for name, synonym in SYNONYMS:
        if name in query:
            query.pop(synonym, None)
    headers = case.headers or {}
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = str(uuid.uuid4())
    headers.pop("If-Match", None)
    headers.pop("If-None-Match", None)
    # The author of a note can only be the API key, whose id no document can name.
    if case.operation.definition.raw.get("operationId") == "addNote" and isinstance(case.body, dict):
        case.body.pop("author", None)
