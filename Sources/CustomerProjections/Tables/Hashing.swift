import CustomerDomain

/// Hashes for ``HashIndex``: quick, and different in every process, so that nobody can choose keys that collide.
///
/// Never part of an answer or of the state hash.
enum Hashing {
    private static let seed = UInt64.random(in: .min ... .max)

    /// The hash of two words.
    @inline(__always)
    static func hash(_ high: UInt64, _ low: UInt64) -> UInt32 {
        fold(high ^ seed ^ 0x2D35_8DCC_AA6C_78A5, low ^ 0x8BB8_4B93_962E_ACC9)
    }

    /// The hash of bytes, told apart by `salt`.
    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>, salt: UInt64 = 0) -> UInt32 {
        var state = seed ^ salt &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
        let raw = UnsafeRawBufferPointer(bytes)
        var position = 0
        while position + 8 <= raw.count {
            state = mix(state ^ raw.loadUnaligned(fromByteOffset: position, as: UInt64.self), 0xA076_1D64_78BD_642F)
            position += 8
        }
        var tail: UInt64 = 0
        while position < raw.count {
            tail = tail << 8 | UInt64(raw[position])
            position += 1
        }
        return fold(state ^ tail, 0xE703_7ED1_A0B4_28DB)
    }

    /// The hash of a text's UTF-8, told apart by `salt`.
    static func hash(_ text: String, salt: UInt64 = 0) -> UInt32 {
        var text = text
        return text.withUTF8 { hash($0, salt: salt) }
    }

    /// The hash of an e-mail address, the same for all that have one normalized form.
    static func hash(email: UnsafeBufferPointer<UInt8>, _ type: AccountType) -> UInt32 {
        let salt = UInt64(type.rawValue)
        guard email.allSatisfy({ $0 < 0x80 }) else {
            return hash(EmailAddress(unchecked: String(utf8: email)).normalized, salt: salt)
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: email.count) { lower in
            for index in email.indices {
                let byte = email[index]
                lower.initializeElement(at: index, to: (0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
            }
            return hash(UnsafeBufferPointer(lower), salt: salt)
        }
    }

    @inline(__always)
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt32 {
        let mixed = mix(left, right)
        return UInt32(truncatingIfNeeded: mixed ^ mixed >> 32)
    }
}
