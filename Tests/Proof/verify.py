#!/usr/bin/env python3
"""Checks Patron's proofs with nothing but Python's standard library.
Written from the documents, not from Patron's code: RFC 6962 (tree), RFC 9162 (checking proofs), RFC 8032 (Ed25519),
C2SP signed-note, tlog-checkpoint and tlog-proof; docs/PROOFS.md says how they are put together.

    verify.py KEY FILE        checks one proof; KEY is the log's key as `patronctl public-key` prints it
    verify.py --cases FILE    a JSON object on each line; prints "accepted" or "rejected: why" for each
"""

import base64, hashlib, json, sys

class Rejected(ValueError):
    """The proof does not hold."""

def require(condition, why):
    if not condition:
        raise Rejected(why)

def sha256(data):
    return hashlib.sha256(data).digest()

# RFC 6962, section 2.1: the tree.

def node(left, right):
    return sha256(b"\x01" + left + right)

def varint(body, at):
    value = 0
    for place, byte in enumerate(body[at : at + 10]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value & (2**64 - 1), at + place + 1
    return 0, len(body)  # cut off: nothing can follow

def husk_hash(body):
    """The leaf hash that a husk keeps: kind (field 1) = 1 comes first, leaf_hash is field 14. None for an event."""
    at = 2
    while body[:2] == b"\x08\x01" and at < len(body):
        tag, at = varint(body, at)
        count = {1: 8, 5: 4}.get(tag & 7, 0)
        if tag & 7 == 0:
            _, at = varint(body, at)
        elif tag & 7 == 2:
            count, at = varint(body, at)
        elif not count:
            return None
        value = body[at : at + count]
        if len(value) < count or tag == 14 << 3 | 2:
            return value if len(value) == count == 32 else None
        at += count

def leaf(body):
    return husk_hash(body) or sha256(b"\x00" + body)

# RFC 9162, sections 2.1.3.2 and 2.1.4.2: checking proofs.

def climb(fn, sn, fr, sr, path):
    """The loop that both have in common: `fr` is the older tree's root, `sr` the newer one's or the only one."""
    for c in path:
        require(sn != 0, "the path is too long")
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    require(sn == 0, "the path is too short")
    return fr, sr

def check_inclusion(hash, index, size, root, path):
    require(0 <= index < size, "the index is not in the tree")
    require(climb(index, size - 1, hash, hash, path)[1] == root, "the path leads to another root")

def check_consistency(first, first_root, second, second_root, path):
    require(1 <= first <= second, "the sizes are not in order")
    if first == second:
        return require(not path and first_root == second_root, "two roots for one size")
    path = ([first_root] if first & (first - 1) == 0 else []) + path
    require(path, "the path is empty")
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    roots = climb(fn, sn, path[0], path[0], path[1:])
    require(roots == (first_root, second_root), "the path leads to other roots")

# RFC 8032, section 5.1: Ed25519, points in extended coordinates (X, Y, Z, T).

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, d - c, d + c, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P

def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result

def decode_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    require(y < P, "no point of the curve")
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    require((x * x - x2) % P == 0 and (x or not sign), "no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = decode_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def check_signature(key, message, signature):
    require(len(key) == 32 and len(signature) == 64, "a signature of another size")
    point, r, s = decode_point(key), decode_point(signature[:32]), int.from_bytes(signature[32:], "little")
    require(s < L, "not the one signature")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    a, b = multiply(s, BASE), add(r, multiply(k, point))
    require((a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0, "a wrong signature")

# C2SP: signed notes, checkpoints, proofs.

def unbase64(text):
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text, "not the one base 64")
    return data

def number(text):
    require(text.isascii() and text.isdigit() and str(int(text)) == text, "no number")
    return int(text)

def read_checkpoint(key_text, text, signatures):
    """The size and root that a note says, when it is signed with the key. `text` and `signatures` are lists of lines."""
    name, id, key = key_text.split("+", 2)
    key = unbase64(key)
    require(sha256(name.encode() + b"\n" + key)[:4].hex() == id and key[:1] == b"\x01", "no Ed25519 key of a note")
    require(len(text) >= 3 and text[0] == name, "a checkpoint of another log")
    is_signed = False
    for line in signatures:
        require(line.startswith("\u2014 "), "no signature line")
        signer, _, data = line[2:].partition(" ")
        if signer == name and unbase64(data)[:4].hex() == id:
            check_signature(key[1:], "".join(line + "\n" for line in text).encode(), unbase64(data)[4:])
            is_signed = True
    require(is_signed, "not signed with the key")
    return number(text[1]), unbase64(text[2])

def check_document(key, document):
    require(document.endswith("\n"), "cut off")
    parts = [part.split("\n") for part in document[:-1].split("\n\n")]
    head, notes = parts[0], parts[1:]
    if head[0] == "c2sp.org/tlog-proof@v1" and len(notes) == 2:
        require(len(head) >= 3 and head[1][:6] == "extra " and head[2][:6] == "index ", "fields are missing")
        size, root = read_checkpoint(key, *notes)
        path = [unbase64(line) for line in head[3:]]
        check_inclusion(leaf(unbase64(head[1][6:])), number(head[2][6:]), size, root, path)
    elif head[0] == "patron/consistency-proof@v1" and len(notes) == 4:
        old, new = read_checkpoint(key, *notes[:2]), read_checkpoint(key, *notes[2:])
        check_consistency(*old, *new, [unbase64(line) for line in head[1:]])
    else:
        raise Rejected("no proof")

def verdict(check):
    try:
        check()
        return "accepted"
    except ValueError as error:
        return f"rejected: {error}"

def check_case(case):
    path = [bytes.fromhex(hash) for hash in case.get("path", [])]
    if case["kind"] == "inclusion":
        body, root = bytes.fromhex(case["body"]), bytes.fromhex(case["root"])
        check_inclusion(leaf(body), case["index"], case["size"], root, path)
    elif case["kind"] == "consistency":
        roots = bytes.fromhex(case["oldRoot"]), bytes.fromhex(case["root"])
        check_consistency(case["oldSize"], roots[0], case["size"], roots[1], path)
    else:
        check_document(case["key"], case["text"])

def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    with open(arguments[1], encoding="utf-8", newline="") as file:
        if arguments[0] == "--cases":
            return print("\n".join(verdict(lambda: check_case(json.loads(line))) for line in file))
        result = verdict(lambda: check_document(arguments[0], file.read()))
    sys.exit(result if result != "accepted" else print(result))

if __name__ == "__main__":
    main(sys.argv[1:])
