import CustomerDomain

/// Writes the fields of JSON objects as UTF-8 into one growing buffer; a field without a value is left out.
///
/// It puts the commas. Keys need no escaping.
struct JSONFields {
    private(set) var bytes: [UInt8]
    private var needsComma = false

    /// Goes on writing after `bytes`.
    init(after bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    mutating func object(_ write: (inout JSONFields) -> Void) {
        nested("{", "}", write)
    }

    mutating func object(_ key: StaticString, _ write: (inout JSONFields) -> Void) {
        self.key(key)
        object(write)
    }

    mutating func array<Element>(
        _ key: StaticString,
        _ elements: [Element],
        _ write: (inout JSONFields, Element) -> Void
    ) {
        self.key(key)
        nested("[", "]") { fields in
            for element in elements { write(&fields, element) }
        }
    }

    mutating func field(_ key: StaticString, _ text: String?) {
        guard let text else { return }
        self.key(key)
        value(text)
    }

    mutating func field(_ key: StaticString, _ number: Int64) {
        self.key(key)
        literal(String(number))
    }

    mutating func field(_ key: StaticString, _ flag: Bool) {
        self.key(key)
        literal(flag ? "true" : "false")
    }

    mutating func field(_ key: StaticString, _ texts: [String]) {
        array(key, texts) { $0.value($1) }
    }

    /// Writes identifiers, days and codes as their text.
    mutating func field(_ key: StaticString, _ value: (some LosslessStringConvertible)?) {
        field(key, value?.description)
    }

    /// Writes a value that was set, `null` for one that was removed, and nothing where all stayed as it was.
    mutating func field<Value>(_ key: StaticString, _ edit: Edit<Value>, _ text: (Value) -> String) {
        switch edit {
        case .keep: break
        case .set(let value): field(key, text(value))
        case .remove:
            self.key(key)
            literal("null")
        }
    }

    /// Writes a field whose key comes from outside.
    mutating func field(of key: String, _ text: String) {
        value(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
        value(text)
    }

    private mutating func nested(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ write: (inout JSONFields) -> Void) {
        separate()
        bytes.append(UInt8(ascii: open))
        needsComma = false
        write(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func key(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: "\":".utf8)
        needsComma = false
    }

    mutating func number(_ number: Int64) { literal(String(number)) }

    mutating func value(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: byte < 0x10 ? "\\u000".utf8 : "\\u00".utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
