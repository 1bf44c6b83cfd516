/// Reads one JSON text (RFC 8259), strictly: valid UTF-8, no duplicate keys, no lone surrogates, nothing after the value.
struct JSONParser {
    /// How deep arrays and objects may nest.
    static let maximumDepth = 32

    private let bytes: [UInt8]
    private var index = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Parses a whole text.
    ///
    /// - Throws: ``JSONError`` with the first byte that cannot be taken.
    static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes)
        parser.skipBlanks()
        let value = try parser.parseValue(depth: 0)
        parser.skipBlanks()
        guard parser.index == bytes.count else { throw parser.error("there is something after the value") }
        return value
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func error(_ reason: String, at offset: Int? = nil) -> JSONError {
        JSONError(offset: offset ?? index, reason: reason)
    }

    private mutating func skipBlanks() {
        while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    private mutating func parseValue(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < Self.maximumDepth else { throw error("values nest deeper than \(Self.maximumDepth)") }
        switch current {
        case UInt8(ascii: "{"): return try parseObject(depth: depth)
        case UInt8(ascii: "["): return try parseArray(depth: depth)
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseLiteral("true", .boolean(true))
        case UInt8(ascii: "f"): return try parseLiteral("false", .boolean(false))
        case UInt8(ascii: "n"): return try parseLiteral("null", .null)
        case UInt8(ascii: "-"), .some(0x30...0x39): return try parseNumber()
        case nil: throw error("a value is missing")
        default: throw error("no value begins like this")
        }
    }

    private mutating func parseLiteral(_ literal: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let count = literal.utf8CodeUnitCount
        let matches = literal.withUTF8Buffer {
            index + count <= bytes.count && bytes[index..<index + count].elementsEqual($0)
        }
        guard matches else { throw error("no value begins like this") }
        index += count
        return value
    }

    private mutating func parseArray(depth: Int) throws(JSONError) -> JSONValue {
        index += 1
        skipBlanks()
        var elements: [JSONValue] = []
        if current == UInt8(ascii: "]") {
            index += 1
            return .array(elements)
        }
        while true {
            skipBlanks()
            elements.append(try parseValue(depth: depth + 1))
            skipBlanks()
            switch current {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "]"):
                index += 1
                return .array(elements)
            default: throw error("a comma or the end of the array is missing")
            }
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONError) -> JSONValue {
        index += 1
        skipBlanks()
        var members: [JSONValue.Member] = []
        // Small objects are searched, large ones hashed: a client may not choose quadratic work.
        var seen: Set<String> = []
        if current == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            skipBlanks()
            let start = index
            guard current == UInt8(ascii: "\"") else { throw error("a key is missing") }
            let key = try parseString()
            let isDuplicate =
                members.count < 16 ? members.contains { $0.key == key } : !seen.insert(key).inserted
            guard !isDuplicate else { throw error("the key \(quoted(key)) is there twice", at: start) }
            skipBlanks()
            guard current == UInt8(ascii: ":") else { throw error("a colon is missing") }
            index += 1
            skipBlanks()
            members.append(JSONValue.Member(key: key, value: try parseValue(depth: depth + 1)))
            if members.count == 16 { seen = Set(members.map(\.key)) }
            skipBlanks()
            switch current {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "}"):
                index += 1
                return .object(members)
            default: throw error("a comma or the end of the object is missing")
            }
        }
    }

    private mutating func parseNumber() throws(JSONError) -> JSONValue {
        let start = index
        var isWhole = true
        if current == UInt8(ascii: "-") { index += 1 }
        let firstDigit = index
        guard skipDigits() else { throw error("a digit is missing") }
        guard bytes[firstDigit] != UInt8(ascii: "0") || index == firstDigit + 1 else {
            throw error("a number may not begin with a zero", at: firstDigit)
        }
        if current == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            guard skipDigits() else { throw error("a digit is missing") }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isWhole = false
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            guard skipDigits() else { throw error("a digit is missing") }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let number = Int64(text) { return .integer(number) }
        guard let number = Double(text), number.isFinite else { throw error("the number is too large", at: start) }
        return .number(number)
    }

    /// Whether there was at least one.
    private mutating func skipDigits() -> Bool {
        let start = index
        while let byte = current, (0x30...0x39).contains(byte) { index += 1 }
        return index > start
    }

    private mutating func parseString() throws(JSONError) -> String {
        let opening = index
        index += 1
        let start = index
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { index += 1 }
        if current == UInt8(ascii: "\"") {
            let end = index
            index += 1
            return try validated(bytes[start..<end], at: opening)
        }
        var text = Array(bytes[start..<index])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return try validated(text[...], at: opening)
            case UInt8(ascii: "\\"): try parseEscape(into: &text)
            case 0..<0x20: throw error("a control character must be escaped")
            default:
                text.append(byte)
                index += 1
            }
        }
        throw error("the string has no end", at: opening)
    }

    private func validated(_ utf8: ArraySlice<UInt8>, at offset: Int) throws(JSONError) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else {
            throw error("the string is not UTF-8", at: offset)
        }
        return text
    }

    private mutating func parseEscape(into text: inout [UInt8]) throws(JSONError) {
        let start = index
        index += 1
        guard let letter = current else { throw error("the string has no end", at: start) }
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try parseScalar(from: start)
            text.append(contentsOf: String(scalar).utf8)
        default: throw error("there is no such escape", at: start)
        }
    }

    private mutating func parseScalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try parseHexadecimal(from: start)
        var code = first
        if (0xD800..<0xDC00).contains(first), current == UInt8(ascii: "\\") {
            index += 1
            guard current == UInt8(ascii: "u") else { throw error("half of a surrogate pair is missing", at: start) }
            index += 1
            let second = try parseHexadecimal(from: start)
            guard (0xDC00..<0xE000).contains(second) else {
                throw error("half of a surrogate pair is missing", at: start)
            }
            code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair is missing", at: start) }
        return scalar
    }

    private mutating func parseHexadecimal(from start: Int) throws(JSONError) -> UInt32 {
        guard index + 4 <= bytes.count else { throw error("the escape is too short", at: start) }
        var value: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
            default: throw error("the escape needs four hexadecimal digits", at: start)
            }
        }
        index += 4
        return value
    }

    private func quoted(_ key: String) -> String {
        "\"" + key.prefix(60) + "\""
    }
}

/// Why a text is not JSON as we take it.
struct JSONError: Error, Hashable {
    /// The byte where it went wrong, from 0.
    var offset: Int
    var reason: String
}
