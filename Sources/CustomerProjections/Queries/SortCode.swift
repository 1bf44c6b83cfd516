/// Numbers that sort like values: rising, with missing values last whatever the direction.
enum SortCode {
    @inline(__always)
    static func rising(_ value: Int64) -> UInt64 {
        let code = UInt64(bitPattern: value) ^ 1 << 63
        return code == 0 ? .max : code
    }

    @inline(__always)
    static func falling(_ value: Int64) -> UInt64 {
        let code = UInt64(bitPattern: value) ^ 1 << 63
        return code == 0 ? .max : ~code
    }

    @inline(__always)
    static func falling(text code: UInt64) -> UInt64 { code == .max ? .max : ~code }

    /// The code of eight bytes of a text from `start`; zero bytes where it ends.
    static func chunk(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
        var code: UInt64 = 0
        for index in start..<start + 8 { code = code << 8 | (index < text.count ? UInt64(text[index]) : 0) }
        return code
    }
}
