/// Writes JSON as UTF-8 bytes into one growing buffer, without a string per field and without a check per byte.
///
/// It puts the commas; whoever calls it keeps objects and arrays balanced and gives every value of an object a key.
struct JSONWriter: ~Copyable {
    private var room: UnsafeMutableBufferPointer<UInt8>
    /// How many bytes were written.
    private(set) var count = 0
    private var needsComma = false

    /// An empty writer with room for this many bytes.
    init(capacity: Int = 512) {
        room = .allocate(capacity: max(64, capacity))
    }

    deinit { room.deallocate() }

    /// What was written so far, copied.
    var bytes: [UInt8] { withBytes { Array($0) } }

    /// Gives what was written so far, for as long as `body` runs.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try body(UnsafeBufferPointer(rebasing: room[..<count]))
    }

    mutating func beginObject() { begin(UInt8(ascii: "{")) }
    mutating func endObject() { end(UInt8(ascii: "}")) }
    mutating func beginArray() { begin(UInt8(ascii: "[")) }
    mutating func endArray() { end(UInt8(ascii: "]")) }

    /// Writes a key that needs no escaping.
    mutating func key(_ name: StaticString) {
        reserve(name.utf8CodeUnitCount + 4)
        if needsComma { put(UInt8(ascii: ",")) }
        put(UInt8(ascii: "\""))
        put(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        put(UInt8(ascii: "\""))
        put(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a key that a client chose.
    mutating func key(of name: String) {
        value(name)
        reserve(1)
        put(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func value(_ text: String) {
        separate()
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { putQuoted($0) }
        if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { putQuoted($0) } }
    }

    mutating func value(_ number: Int64) {
        separate()
        reserve(20)
        if number < 0 { put(UInt8(ascii: "-")) }
        var digitCount = 1
        var rest = number.magnitude
        while rest >= 10 {
            rest /= 10
            digitCount += 1
        }
        putDigits(number.magnitude, count: digitCount)
    }

    mutating func value(_ number: Int) { value(Int64(number)) }

    /// Writes a finite number in the shortest form that reads back the same; anything else as `null`.
    mutating func value(_ number: Double) {
        guard number.isFinite else { return null() }
        raw(number.description.utf8)
    }

    mutating func value(_ flag: Bool) { literal(flag ? "true" : "false") }

    mutating func null() { literal("null") }

    /// Writes a string that is known to need no escaping.
    ///
    /// - Parameters:
    ///   - capacity: How many bytes it has at most.
    ///   - write: Puts them.
    mutating func plain(capacity: Int, _ write: (inout Self) -> Void) {
        separate()
        reserve(capacity + 2)
        put(UInt8(ascii: "\""))
        write(&self)
        put(UInt8(ascii: "\""))
    }

    /// Writes a complete JSON value that was written before.
    mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        let isDone: Void? = json.withContiguousStorageIfAvailable { bytes in
            reserve(bytes.count)
            put(bytes)
        }
        guard isDone == nil else { return }
        for byte in json {
            reserve(1)
            put(byte)
        }
    }

    /// Writes a value, and shows its bytes to `show`.
    mutating func written(_ write: (inout Self) -> Void, shownTo show: (UnsafeBufferPointer<UInt8>) -> Void) {
        let start = needsComma ? count + 1 : count
        write(&self)
        show(UnsafeBufferPointer(rebasing: room[start..<count]))
    }

    // MARK: Bytes for which there is room

    /// Puts a byte of a value, for which room was made.
    mutating func put(_ byte: UInt8) {
        precondition(count < room.count)
        room[count] = byte
        count += 1
    }

    /// Puts the last `digitCount` decimal digits of a number, with leading zeros, for which room was made.
    mutating func putDigits(_ number: some FixedWidthInteger & UnsignedInteger, count digitCount: Int) {
        precondition(room.count - count >= digitCount)
        var rest = number
        var place = count + digitCount
        while place > count {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            place -= 1
            room[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        }
        count += digitCount
    }

    private mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        precondition(room.count - count >= bytes.count)
        guard let source = bytes.baseAddress, let target = room.baseAddress else { return }
        (target + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    private mutating func reserve(_ byteCount: Int) {
        if room.count - count < byteCount { grow(byteCount) }
    }

    @inline(never)
    private mutating func grow(_ byteCount: Int) {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(room.count * 2, count + byteCount))
        _ = larger.update(fromContentsOf: room[..<count])
        room.deallocate()
        room = larger
    }

    private mutating func begin(_ bracket: UInt8) {
        reserve(2)
        if needsComma { put(UInt8(ascii: ",")) }
        put(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        reserve(1)
        put(bracket)
        needsComma = true
    }

    private mutating func separate() {
        reserve(1)
        if needsComma { put(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func literal(_ text: StaticString) {
        separate()
        reserve(text.utf8CodeUnitCount)
        put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func putQuoted(_ utf8: UnsafeBufferPointer<UInt8>) {
        reserve(utf8.count + 2)
        put(UInt8(ascii: "\""))
        // Without branches, so that it looks at many bytes at once.
        var escapes: UInt8 = 0
        for byte in utf8 {
            escapes |=
                (byte < 0x20 ? 1 : 0) | (byte == UInt8(ascii: "\"") ? 1 : 0) | (byte == UInt8(ascii: "\\") ? 1 : 0)
        }
        if escapes == 0 {
            put(utf8)
        } else {
            // An escape has at most six bytes.
            reserve(utf8.count * 6 + 1)
            for byte in utf8 { if Self.needsEscape(byte) { putEscape(of: byte) } else { put(byte) } }
        }
        put(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func putEscape(of byte: UInt8) {
        put(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
        case 0x0A: put(UInt8(ascii: "n"))
        case 0x0D: put(UInt8(ascii: "r"))
        case 0x09: put(UInt8(ascii: "t"))
        default:
            put(UInt8(ascii: "u"))
            put(UInt8(ascii: "0"))
            put(UInt8(ascii: "0"))
            put(UInt8(ascii: "0") + byte >> 4)
            let low = byte & 15
            put(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }
}
