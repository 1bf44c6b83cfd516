#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// Random nonces, never used before, some of them fetched at a time: asking the system for each takes longer than sealing.
///
/// They are no secret.
enum Nonces {
    private static let byteCount = 12
    /// The system gives at most 256 bytes at once.
    private static let fetchedByteCount = 252
    private static let ahead = Mutex<[UInt8]>([])

    static func append(to bytes: inout [UInt8]) {
        let nonce = ahead.withLock { ahead in
            if ahead.isEmpty { ahead = fetch() }
            let nonce = Array(ahead.suffix(byteCount))
            ahead.removeLast(byteCount)
            return nonce
        }
        bytes += nonce
    }

    private static func fetch() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: fetchedByteCount)
        let result = unsafe bytes.withUnsafeMutableBytes { unsafe getentropy($0.baseAddress, $0.count) }
        // Never fails for so few bytes; without randomness nothing may be sealed.
        precondition(result == 0, "The system has no random numbers")
        return bytes
    }
}
