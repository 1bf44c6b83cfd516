"""Gives a new server something to answer with: a programme, a group, customers, an order."""

import json
import os
import urllib.request


def send(method, path, body=None):
    request = urllib.request.Request(
        os.environ["PATRON_URL"] + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["PATRON_API_KEY"],
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


send("PUT", "/api/v1/loyalty/program", {})
group = send("POST", "/api/v1/groups", {"name": "VIP"})
for number in range(5):
    customer = send(
        "POST",
        "/api/v1/customers",
        {
            "email": f"seed{number}@example.com",
            "firstName": "Seed",
            "tags": ["vip"],
            "groups": [group["id"]],
            "addresses": [{"line1": "456 Oak Ave", "city": "Portland", "country": "US"}],
        },
    )
    path = "/api/v1/customers/" + customer["id"]
    send("POST", path + "/loyalty")
    send("POST", path + "/notes", {"text": "Prefers the morning."})
    items = [{"sku": "A", "name": "Apple", "quantity": 2, "unitPrice": 1250}]
    send("POST", path + "/orders", {"number": f"SEED-{number}", "currency": "USD", "items": items})
