// Every number on the disk is little-endian and read from any alignment.

extension RawSpan {
    /// The number at `offset`, which must lie inside the span with all its bytes.
    func number<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Number.Type) -> Number {
        unsafe Number(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: type))
    }
}

extension [UInt8] {
    /// Overwrites the bytes at `offset` with `number`.
    mutating func store<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at offset: Int) {
        unsafe withUnsafeMutableBytes {
            unsafe $0.storeBytes(of: number.littleEndian, toByteOffset: offset, as: Number.self)
        }
    }

    func number<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Number.Type) -> Number {
        unsafe span.bytes.number(at: offset, as: type)
    }

    /// The bytes in `range`, checked.
    func crc32c(_ range: Range<Int>) -> UInt32 { unsafe Checksum.crc32c(span.bytes.extracting(range)) }
}
