#!/usr/bin/env python3
"""Checks Patron's proofs of several records, and receipts of erasures, with nothing but Python's standard library.
Written from docs/PROOFS.md, not from Patron's code; what is common to all proofs is in verify.py.

    verify_records.py KEY FILE        checks one proof; KEY is the log's key as `patronctl public-key` prints it
    verify_records.py --cases FILE    a JSON object on each line; prints "accepted" or "rejected: why" for each
"""

import base64, json, sys
from verify import check_signature, husk_hash, leaf, node, number, read_checkpoint, require, sha256, unbase64, varint, verdict

def split(count):
    """Where RFC 6962, section 2.1, divides a tree: at the largest power of two below the count."""
    return 1 << (count - 1).bit_length() - 1

def root(leaves, low, high, path):
    """The root over indexes low..<high; parts without a known leaf come from the path, from left to right."""
    if not any(low <= index < high for index in leaves):
        require(path, "the path is too short")
        return path.pop(0)
    if high - low == 1:
        return leaves[low]
    middle = low + split(high - low)
    left = root(leaves, low, middle, path)
    return node(left, root(leaves, middle, high, path))

def position(body):
    """The customer's ordinal (field 7, plus one) and version (field 8) of a record."""
    at, holder, version = 0, 0, 0
    while at < len(body):
        tag, at = varint(body, at)
        if tag & 7 == 0:
            value, at = varint(body, at)
            holder, version = (value if tag >> 3 == 7 else holder), (value if tag >> 3 == 8 else version)
        elif tag & 7 == 2:
            count, at = varint(body, at)
            at += count
        else:
            require(tag & 7 in (1, 5), "no record")
            at += 8 if tag & 7 == 1 else 4
    return holder - 1, version

def check_note(key_text, lines, signatures):
    """The name of the key, when it signed the note of these lines; such a note is signed as a checkpoint is."""
    name, id, key = key_text.split("+", 2)
    is_signed = False
    for line in signatures:
        require(line.startswith("\u2014 "), "no signature line")
        signer, _, data = line[2:].partition(" ")
        if signer == name and unbase64(data)[:4].hex() == id:
            check_signature(unbase64(key)[1:], "".join(line + "\n" for line in lines).encode(), unbase64(data)[4:])
            is_signed = True
    require(is_signed, "not signed with the key")
    return name

def check_seal(key, document, lines, signatures):
    above = document[: document.rindex("\n\npatron/records-proof-seal@v1\n")] + "\n"
    digest = base64.b64encode(sha256(above.encode())).decode()
    require(lines == ["patron/records-proof-seal@v1", digest], "the seal is of another document")
    check_note(key, lines, signatures)

RECEIPT = ["origin", "request", "customer", "identities", "erased", "time", "slots", "checkpoint"]

def check_receipt(key, lines, signatures):
    """The receipt of an erasure; whether its checkpoint is of the log, a consistency proof shows."""
    names, values = zip(*(line.split(" ", 1) for line in lines[1:]))
    require(list(names) == RECEIPT and values[0] == check_note(key, lines, signatures), "a receipt of another log")
    size, root_hash = values[7].split(" ")
    require(1 <= number(values[4]) <= number(size) and len(unbase64(root_hash)) == 32, "no checkpoint of the erasure")
    slots = [number(slot) for slot in values[6].split(" ")]
    require(len(slots) == len(values[3].split(" ")), "a slot for each identity")

def check_records(key, document):
    require(document.endswith("\n"), "cut off")
    parts = [part.split("\n") for part in document[:-1].split("\n\n")]
    head, has_seal = parts[0], len(parts) == 5
    if head[0] == "patron/erasure-receipt@v1" and len(parts) == 2:
        return check_receipt(key, *parts)
    require(head[0] == "patron/records-proof@v1" and len(parts) in (3, 5) and len(head) >= 3, "no proof of records")
    size, root_hash = read_checkpoint(key, parts[1], parts[2])
    claim, *numbers = head[1].split(" ")
    require(claim in ("range", "history") and len(numbers) == 2, "no claim")
    first, second = map(number, numbers)
    records, at, has_words = [], 2, False
    while at < len(head) and head[at].startswith(("record ", "leaf ")):
        kind, sequence, data = head[at].split(" ")
        records.append((number(sequence), kind, unbase64(data)))
        at += 1
        if at < len(head) and head[at].startswith("event "):
            has_words, at = True, at + 1
    sequences = [record[0] for record in records]
    require(sequences and sequences[0] >= 1 and sequences[-1] <= size, "no records of this log")
    if claim == "range":
        require(sequences == list(range(first, second + 1)), "not all of the range")
    else:
        require(sequences == sorted(set(sequences)) and len(records) == second, "not so many versions")
        for version, (_, kind, body) in enumerate(records, 1):
            require(kind == "record" and not husk_hash(body), "a record whose customer nobody can tell")
            require(position(body) == (first, version), "a record of another place in another history")
    leaves = {s - 1: leaf(data) if kind == "record" else data for s, kind, data in records}
    path = [unbase64(line) for line in head[at:]]
    require(all(len(hash) == 32 for hash in path + list(leaves.values())), "no hash")
    require(root(leaves, 0, size, path) == root_hash and not path, "the path leads to another root")
    require(has_seal or not has_words, "the words are not signed")
    if has_seal:
        check_seal(key, document, parts[3], parts[4])

def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    with open(arguments[1], encoding="utf-8", newline="") as file:
        if arguments[0] == "--cases":
            cases = [json.loads(line) for line in file]
            return print("\n".join(verdict(lambda: check_records(case["key"], case["text"])) for case in cases))
        result = verdict(lambda: check_records(arguments[0], file.read()))
    sys.exit(result if result != "accepted" else print(result))

if __name__ == "__main__":
    main(sys.argv[1:])
