/// Steps over the parts of a byte string that nobody vouches for, so that those who read it later need not check.
struct BlobWalk {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let section: ArchiveSection
    private(set) var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ section: ArchiveSection) {
        self.bytes = bytes
        self.section = section
    }

    var isAtEnd: Bool { position == bytes.count }

    var malformed: ArchiveError { .malformed(section: "\(section)", reason: "a byte string is not what it should be") }

    /// Steps over a varint of at most five bytes.
    @inline(__always)
    mutating func varint() throws -> Int {
        var value = 0
        var shift = 0
        while true {
            guard position < bytes.count, shift < 35 else { throw malformed }
            let byte = bytes[position]
            position += 1
            value |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    /// Steps over so many bytes and gives them.
    @inline(__always)
    @discardableResult
    mutating func take(_ count: Int) throws -> UnsafeBufferPointer<UInt8> {
        guard count <= bytes.count - position else { throw malformed }
        defer { position += count }
        return UnsafeBufferPointer(rebasing: bytes[position..<position + count])
    }

    /// Steps over optional texts.
    @inline(__always)
    mutating func texts(_ count: Int) throws {
        for _ in 0..<count {
            let size = try varint()
            if size > 0 { try take(size - 1) }
        }
    }

    /// All that is left.
    mutating func rest() throws -> UnsafeBufferPointer<UInt8> { try take(bytes.count - position) }
}
