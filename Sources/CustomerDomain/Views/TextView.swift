/// A text where it lies in a record: checked UTF-8 that nobody copied.
///
/// Valid only while the bytes that it was read from are. Whoever keeps it copies it.
public struct TextView {
    // Not optional, so that an absent text takes no room of its own.
    private let start: UnsafePointer<UInt8>
    /// How many bytes it has.
    public let count: Int

    /// The text of these bytes, which are valid UTF-8; `nil` for a buffer that is nowhere.
    @inline(__always)
    public init?(unchecked bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return nil }
        self.start = start
        count = bytes.count
    }

    /// Its UTF-8.
    @inline(__always)
    public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    /// Whether it is this text, byte for byte.
    public func isEqual(to text: String) -> Bool {
        text.utf8.count == count && text.utf8.elementsEqual(bytes)
    }
}

extension String {
    /// A copy of the text.
    public init(_ view: TextView) {
        self.init(copying: UTF8Span(unchecked: view.bytes.span))
    }
}
