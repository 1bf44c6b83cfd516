import Crypto

/// Wraps and unwraps the keys of one vault: AES-256-GCM under the master key, bound to the vault and the slot.
struct VaultCipher: Sendable {
    let masterKey: MasterKey
    let vaultID: [UInt8]
    private let unwrapping: DataKey

    init(masterKey: MasterKey, vaultID: [UInt8]) {
        self.masterKey = masterKey
        self.vaultID = vaultID
        unwrapping = masterKey.dataKey
    }

    static let keyByteCount = 32
    static let nonceByteCount = 12
    /// Where in a slot nonce, wrapped key and tag stand, in this order.
    private static let sealedPart = 4..<VaultFormat.slotByteCount
    private static let tagWord = Array("PTRNKEY1".utf8)

    /// The bytes of a live slot.
    ///
    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - nonce: 12 bytes that were never used under this master key.
    ///   - slot: Its number.
    /// - Returns: 64 bytes.
    /// - Throws: `invalidArgument` when key or nonce have another size.
    func wrap(
        _ key: ArraySlice<UInt8>,
        nonce: ArraySlice<UInt8>,
        slot: Int
    ) throws(LogStorageError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(
                key,
                using: masterKey.key,
                nonce: AES.GCM.Nonce(data: nonce),
                authenticating: associatedData(slot)
            )
            return [VaultSlot.liveMark, 0, 0, 0] + Array(nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw LogStorageError(.invalidArgument, "A key cannot be wrapped: \(error)")
        }
    }

    /// The key in the live slot whose bytes stand at `offset`; `nil` when it is not what was written there.
    func unwrap(_ bytes: [UInt8], at offset: Int = 0, slot: Int) -> [UInt8]? {
        let sealed = Array(bytes[offset + Self.sealedPart.lowerBound..<offset + Self.sealedPart.upperBound])
        var key: [UInt8] = []
        return unwrapping.open(unsafe sealed.span.bytes, authenticating: associatedData(slot), into: &key) ? key : nil
    }

    /// `PTRNKEY1`, the vault's id and the slot's number.
    private func associatedData(_ slot: Int) -> [UInt8] {
        var data = [UInt8].zeroes(Self.tagWord.count + vaultID.count + 8)
        data.replaceSubrange(0..<Self.tagWord.count, with: Self.tagWord)
        data.replaceSubrange(Self.tagWord.count..<data.count - 8, with: vaultID)
        data.store(UInt64(slot), at: data.count - 8)
        return data
    }
}
