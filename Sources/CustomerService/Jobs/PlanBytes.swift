/// Writes the parts of a plan one after another, as ``PlanReader`` reads them.
struct PlanWriter {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    mutating func add(_ text: String) {
        add(UInt64(text.utf8.count))
        bytes += Array(text.utf8)
    }

    mutating func add(_ texts: [String]) {
        add(UInt64(texts.count))
        for text in texts { add(text) }
    }
}

/// Reads the parts of a plan.
struct PlanReader {
    /// The bytes are no plan of this program.
    struct Malformed: Error {}

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number() throws(Malformed) -> UInt64 {
        let taken = try take(8)
        return taken.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func text() throws(Malformed) -> String {
        guard let count = Int(exactly: try number()) else { throw Malformed() }
        return String(decoding: try take(count), as: UTF8.self)
    }

    mutating func texts() throws(Malformed) -> [String] {
        guard let count = Int(exactly: try number()), count <= rest.count else { throw Malformed() }
        var texts: [String] = []
        for _ in 0..<count { texts.append(try text()) }
        return texts
    }

    private mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw Malformed() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
