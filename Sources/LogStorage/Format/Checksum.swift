import CChecksum

/// CRC-32C and the byte counts that recovery needs, over checked ranges.
enum Checksum {
    /// The CRC-32C of the bytes.
    static func crc32c(_ bytes: RawSpan) -> UInt32 {
        unsafe bytes.withUnsafeBytes { unsafe patron_crc32c(0, $0.baseAddress, $0.count) }
    }

    /// The number of bytes that are not zero, counted up to `limit`.
    static func nonzeroCount(_ bytes: RawSpan, limit: Int = .max) -> Int {
        unsafe bytes.withUnsafeBytes { unsafe patron_count_nonzero($0.baseAddress, $0.count, limit) }
    }

    /// The offset just after the last byte that is not zero; 0 when all are.
    static func nonzeroEnd(_ bytes: RawSpan) -> Int {
        unsafe bytes.withUnsafeBytes { unsafe patron_nonzero_end($0.baseAddress, $0.count) }
    }

    static func isZero(_ bytes: RawSpan) -> Bool { nonzeroCount(bytes, limit: 1) == 0 }
}
