/// A protobuf message as its top-level fields: a second, simple reader and writer for tests that change records.
struct WireMessage {
    /// A field: its number, its wire type, and its value, with the length in front where the type has one.
    struct Field {
        var number: UInt64
        var type: UInt64
        var value: [UInt8]
    }

    var fields: [Field] = []

    /// An empty message.
    init() {}

    /// Reads bytes that are known to be a message.
    init(_ bytes: some Sequence<UInt8>) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let tag = Self.readVarint(&rest)
            let start = rest
            switch tag & 7 {
            case 0: _ = Self.readVarint(&rest)
            case 1: rest = rest.dropFirst(8)
            case 5: rest = rest.dropFirst(4)
            default:
                let length = Int(Self.readVarint(&rest))
                rest = rest.dropFirst(length)
            }
            fields.append(Field(number: tag >> 3, type: tag & 7, value: Array(start[..<rest.startIndex])))
        }
    }

    var bytes: [UInt8] {
        fields.flatMap { Self.varint($0.number << 3 | $0.type) + $0.value }
    }

    /// The content of the last field of this number, which is length-delimited.
    subscript(content number: UInt64) -> [UInt8]? {
        get {
            guard var value = fields.last(where: { $0.number == number && $0.type == 2 })?.value[...] else {
                return nil
            }
            _ = Self.readVarint(&value)
            return Array(value)
        }
        set {
            fields.removeAll { $0.number == number }
            if let newValue { add(number, content: newValue) }
        }
    }

    mutating func add(_ number: UInt64, varint value: UInt64) {
        fields.append(Field(number: number, type: 0, value: Self.varint(value)))
    }

    mutating func add(_ number: UInt64, content: [UInt8]) {
        fields.append(Field(number: number, type: 2, value: Self.varint(UInt64(content.count)) + content))
    }

    mutating func remove(_ number: UInt64) {
        fields.removeAll { $0.number == number }
    }

    private static func readVarint(_ bytes: inout ArraySlice<UInt8>) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = bytes.popFirst() {
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { break }
            shift += 7
        }
        return value
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
