import CNettle

/// The key of one person's data: 256 bits for AES-GCM (NIST SP 800-38D), by Nettle.
///
/// Nettle keeps everything on the stack: some 0.2 µs for a short text, key schedule included, where swift-crypto takes 1.3.
public struct DataKey: BitwiseCopyable, Sendable {
    /// How many bytes longer sealed bytes are: a nonce of 12 before and a tag of 16 behind.
    public static let overhead = nonceByteCount + tagByteCount

    static let byteCount = 32
    private static let nonceByteCount = 12
    private static let tagByteCount = 16

    // The 32 bytes in their order, whatever the machine's: only ever copied.
    private var words: (UInt64, UInt64, UInt64, UInt64)

    /// The key whose 32 bytes stand at `offset`.
    init(_ bytes: [UInt8], at offset: Int = 0) {
        let span = unsafe bytes.span.bytes
        self = unsafe span.unsafeLoadUnaligned(fromByteOffset: offset, as: DataKey.self)
    }

    /// Appends nonce, ciphertext and tag of `plain`.
    ///
    /// - Parameters:
    ///   - plain: The bytes to seal.
    ///   - clear: What is authenticated with them.
    ///   - bytes: Gets the sealed bytes.
    public func seal(_ plain: RawSpan, authenticating clear: [UInt8], into bytes: inout [UInt8]) {
        let start = bytes.count
        Nonces.append(to: &bytes)
        let nonce = bytes[start...]
        unsafe withContext(nonce.span.bytes, clear) { context in
            unsafe bytes.append(byteCount: plain.byteCount) { target in
                unsafe plain.withUnsafeBytes { source in
                    unsafe nettle_gcm_aes256_encrypt(context, source.count, target, source.baseAddress)
                }
            }
            unsafe bytes.append(byteCount: Self.tagByteCount) { target in
                unsafe nettle_gcm_aes256_digest(context, Self.tagByteCount, target)
            }
        }
    }

    /// Appends the plain bytes of sealed ones.
    ///
    /// - Parameters:
    ///   - sealed: Nonce, ciphertext and tag.
    ///   - clear: What was authenticated with them.
    ///   - bytes: Gets the plain bytes.
    /// - Returns: Whether this key sealed these bytes, with `clear`; if not, nothing was appended.
    public func open(_ sealed: RawSpan, authenticating clear: [UInt8], into bytes: inout [UInt8]) -> Bool {
        let count = sealed.byteCount - Self.overhead
        guard count >= 0 else { return false }
        let start = bytes.count
        let isRight = unsafe withContext(sealed, clear) { context in
            unsafe sealed.withUnsafeBytes { sealed in
                let source = unsafe sealed.assumingMemoryBound(to: UInt8.self)
                unsafe bytes.append(byteCount: count) { target in
                    let ciphertext = unsafe source.baseAddress.map { unsafe $0 + Self.nonceByteCount }
                    unsafe nettle_gcm_aes256_decrypt(context, count, target, ciphertext)
                }
                return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.tagByteCount) { tag in
                    unsafe nettle_gcm_aes256_digest(context, Self.tagByteCount, tag.baseAddress)
                    let given = unsafe source.baseAddress.map { unsafe $0 + (Self.nonceByteCount + count) }
                    return unsafe nettle_memeql_sec(tag.baseAddress, given, Self.tagByteCount) == 1
                }
            }
        }
        if !isRight { bytes.removeSubrange(start...) }
        return isRight
    }

    /// A context with key, the nonce that `bytes` begin with, and what is authenticated, on the stack.
    private func withContext<Result>(
        _ bytes: RawSpan,
        _ clear: [UInt8],
        _ body: (UnsafeMutablePointer<gcm_aes256_ctx>) -> Result
    ) -> Result {
        unsafe withUnsafeTemporaryAllocation(of: gcm_aes256_ctx.self, capacity: 1) { room in
            guard let context = room.baseAddress else { preconditionFailure("One was asked for") }
            unsafe withUnsafeBytes(of: self) { key in
                unsafe key.withMemoryRebound(to: UInt8.self) {
                    unsafe nettle_gcm_aes256_set_key(context, $0.baseAddress)
                }
            }
            unsafe bytes.withUnsafeBytes {
                let nonce = unsafe $0.assumingMemoryBound(to: UInt8.self)
                unsafe nettle_gcm_aes256_set_iv(context, Self.nonceByteCount, nonce.baseAddress)
            }
            unsafe clear.withUnsafeBufferPointer {
                unsafe nettle_gcm_aes256_update(context, $0.count, $0.baseAddress)
            }
            return unsafe body(context)
        }
    }
}

extension [UInt8] {
    /// Appends so many bytes, which `write` writes.
    fileprivate mutating func append(byteCount: Int, _ write: (UnsafeMutablePointer<UInt8>?) -> Void) {
        let start = count
        append(contentsOf: repeatElement(0, count: byteCount))
        unsafe withUnsafeMutableBufferPointer { unsafe write($0.baseAddress.map { unsafe $0 + start }) }
    }
}
