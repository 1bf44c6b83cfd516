/// Reads what ``ArchiveWriter`` wrote, and believes nothing: no count is taken that the bytes to come could not hold.
struct ArchiveReader {
    /// Numbers of a column that are read at a time where they are not kept.
    private static let runCount = 8 << 10

    /// Gives the next bytes, none at the end.
    private let source: () throws -> [UInt8]
    private var piece: [UInt8] = []
    private var position = 0
    /// All bytes that are still to come.
    private var remaining: Int
    private(set) var section = ArchiveSection.organization

    init(byteCount: Int, _ source: @escaping () throws -> [UInt8]) {
        remaining = max(0, byteCount)
        self.source = source
    }

    mutating func begin(_ wanted: ArchiveSection) throws {
        section = wanted
        guard try number(UInt32.self) == wanted.rawValue, try number(UInt32.self) == wanted.version else {
            throw malformed("is not where it should be")
        }
    }

    func malformed(_ reason: String) -> ArchiveError { .malformed(section: "\(section)", reason: reason) }

    /// Throws unless a thing that every state has is so.
    @inline(__always)
    func check(_ holds: Bool, _ reason: @autoclosure () -> String) throws {
        if !holds { throw malformed(reason()) }
    }

    mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type = Number.self
    ) throws -> Number {
        var number = Number(0)
        try withUnsafeMutableBytes(of: &number) { try fill($0) }
        return Number(littleEndian: number)
    }

    /// A count of things that take at least so many bytes each.
    mutating func count(of byteCount: Int) throws -> Int {
        guard let count = Int(exactly: try number(UInt64.self)), count <= remaining / byteCount else {
            throw ArchiveError.truncated
        }
        return count
    }

    /// A column; of this count where one is given.
    mutating func column<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type = Number.self,
        count expected: Int? = nil
    ) throws -> ContiguousArray<Number> {
        let count = try count(of: MemoryLayout<Number>.size)
        try check(expected ?? count == count, "a column has \(count) elements")
        return try numbers(count)
    }

    /// The numbers of a column for `body`, without room for all of them.
    mutating func forEachNumber<Number: FixedWidthInteger & BitwiseCopyable>(_ body: (Number) -> Void) throws {
        var left = try count(of: MemoryLayout<Number>.size)
        while left > 0 {
            let run: ContiguousArray<Number> = try numbers(min(left, Self.runCount))
            run.forEach(body)
            left -= run.count
        }
    }

    private mutating func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
        _ count: Int
    ) throws -> ContiguousArray<Number> {
        try ContiguousArray(unsafeUninitializedCapacity: count) { buffer, initializedCount in
            try fill(UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<count])))
            initializedCount = count
        }
    }

    /// A column of bytes, each of which stands for a value.
    mutating func values<Value: RawRepresentable<UInt8>>(
        _ type: Value.Type = Value.self,
        count: Int
    ) throws -> ContiguousArray<Value> {
        let codes = try column(UInt8.self, count: count)
        var values = ContiguousArray<Value>()
        values.reserveCapacity(count)
        for code in codes {
            guard let value = Value(rawValue: code) else { throw malformed("there is no value \(code)") }
            values.append(value)
        }
        return values
    }

    /// A byte that stands for a value.
    mutating func value<Value: RawRepresentable<UInt8>>(_ type: Value.Type = Value.self) throws -> Value {
        let code = try number(UInt8.self)
        guard let value = Value(rawValue: code) else { throw malformed("there is no value \(code)") }
        return value
    }

    mutating func optionalText() throws -> String? {
        var count = 0
        var shift = 0
        while true {
            let byte = try number(UInt8.self)
            guard shift < 35 else { throw malformed("a text has no valid size") }
            count |= Int(byte & 0x7F) << shift
            if byte < 0x80 { break }
            shift += 7
        }
        guard count > 0 else { return nil }
        return String(decoding: try bytes(count - 1), as: UTF8.self)
    }

    mutating func text() throws -> String {
        guard let text = try optionalText() else { throw malformed("a text is missing") }
        return text
    }

    mutating func texts() throws -> [String] {
        let count = try count(of: 1)
        var texts: [String] = []
        for _ in 0..<count { texts.append(try text()) }
        return texts
    }

    mutating func bytes(_ count: Int) throws -> [UInt8] {
        guard count <= remaining else { throw ArchiveError.truncated }
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            try fill(UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<count])))
            initializedCount = count
        }
    }

    /// Byte strings, one after another, of which `body` keeps what it wants.
    @inline(__always)
    mutating func forEachBlob(
        count: Int,
        _ body: (Int, UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        let sizes = try column(UInt32.self, count: count)
        for index in sizes.indices {
            let size = Int(sizes[index])
            guard size <= remaining else { throw ArchiveError.truncated }
            if size <= piece.count - position {
                try piece.withUnsafeBufferPointer {
                    try body(index, UnsafeBufferPointer(rebasing: $0[position..<position + size]))
                }
                position += size
                remaining -= size
            } else {
                try bytes(size).withUnsafeBufferPointer { try body(index, $0) }
            }
        }
    }

    /// Makes sure that nothing follows, and that the source is at its end, too.
    mutating func finish() throws {
        guard remaining == 0, position == piece.count, try source().isEmpty else { throw ArchiveError.surplus }
    }

    private mutating func fill(_ target: UnsafeMutableRawBufferPointer) throws {
        guard target.count <= remaining else { throw ArchiveError.truncated }
        remaining -= target.count
        var done = 0
        while done < target.count {
            if position == piece.count {
                piece = try source()
                position = 0
                if piece.isEmpty { throw ArchiveError.truncated }
            }
            let count = min(piece.count - position, target.count - done)
            piece.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: target[done..<done + count])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
            }
            position += count
            done += count
        }
    }
}
