import EventSourcing

/// Where a page ended: the sort values of its last row, the row itself, and which query it was.
///
/// Written as base64url without padding; opaque to clients. Because values stand in it and not places, rows that come,
/// go or move elsewhere between two pages neither repeat nor hide others.
struct Cursor {
    /// One value that rows are sorted by.
    enum Value: Hashable {
        case missing
        case number(Int64)
        case text([UInt8])
    }

    var fingerprint: UInt64
    var values: [Value]
    var row: UInt32

    /// The cursor that `text` is, when it was made for a query of this fingerprint.
    init(_ text: String, fingerprint: UInt64, keyCount: Int) throws(QueryError) {
        guard let bytes = Base64.decode(text, .url), let cursor = Cursor(bytes) else { throw .malformedCursor }
        guard cursor.fingerprint == fingerprint, cursor.values.count == keyCount else { throw .cursorOfAnotherQuery }
        self = cursor
    }

    init(fingerprint: UInt64, values: [Value], row: UInt32) {
        self.fingerprint = fingerprint
        self.values = values
        self.row = row
    }

    private init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        guard rest.popFirst() == 1, let fingerprint = rest.popFixed(8), let row = rest.popFixed(4) else { return nil }
        self.init(fingerprint: fingerprint, values: [], row: UInt32(row))
        while let tag = rest.popFirst() {
            switch tag {
            case 0: values.append(.missing)
            case 1:
                guard let number = rest.popFixed(8) else { return nil }
                values.append(.number(Int64(bitPattern: number)))
            case 2:
                guard let count = rest.popFixed(2), rest.count >= Int(count) else { return nil }
                values.append(.text(Array(rest.prefix(Int(count)))))
                rest.removeFirst(Int(count))
            default: return nil
            }
        }
    }

    /// The text for the client.
    var text: String {
        var bytes: [UInt8] = [1]
        bytes.appendFixed(fingerprint, byteCount: 8)
        bytes.appendFixed(UInt64(row), byteCount: 4)
        for value in values {
            switch value {
            case .missing: bytes.append(0)
            case .number(let number):
                bytes.append(1)
                bytes.appendFixed(UInt64(bitPattern: number), byteCount: 8)
            case .text(let text):
                bytes.append(2)
                bytes.appendFixed(UInt64(text.count), byteCount: 2)
                bytes += text
            }
        }
        return Base64.encode(bytes, .url)
    }
}

/// A digest of what a query asks for, the same in every process.
struct Fingerprint {
    // FNV-1a, 64 bits (Fowler, Noll, Vo).
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    mutating func add(_ number: Int64?) {
        add(UInt8(number == nil ? 0 : 1))
        guard var rest = number.map(UInt64.init(bitPattern:)) else { return }
        for _ in 0..<8 {
            add(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func add(_ text: String?) {
        add(text.map { Int64($0.utf8.count) })
        for byte in (text ?? "").utf8 { add(byte) }
    }
}

extension [UInt8] {
    fileprivate mutating func appendFixed(_ value: UInt64, byteCount: Int) {
        for index in 0..<byteCount { append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8))) }
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func popFixed(_ byteCount: Int) -> UInt64? {
        guard count >= byteCount else { return nil }
        var value: UInt64 = 0
        for (index, byte) in prefix(byteCount).enumerated() { value |= UInt64(byte) << UInt64(index * 8) }
        removeFirst(byteCount)
        return value
    }
}
