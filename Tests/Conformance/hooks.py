"""What the document cannot say about a request: which parameters exclude one another, and what a cursor is."""

import uuid

import schemathesis

NUMBERED = {"page", "display"}
OTHERS = {"limit", "offset", "cursor"}


@schemathesis.hook
def map_query(context, query):
    """Keeps one way of paging, one of two names of a filter, and no cursor, since only the server makes them."""
    if not query:
        return query
    query = dict(query)
    query.pop("cursor", None)
    if NUMBERED & query.keys():
        for name in OTHERS:
            query.pop(name, None)
    for name, synonym in (("accountType", "type"), ("preset", "filter"), ("registeredFrom", "since")):
        if name in query:
            query.pop(synonym, None)
    return query


@schemathesis.hook
def map_headers(context, headers):
    """A key that was used for another request is refused, and so is a version that is not the resource's."""
    if not headers:
        return headers
    headers = dict(headers)
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = str(uuid.uuid4())
    headers.pop("If-Match", None)
    return headers
