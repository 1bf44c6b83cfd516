import Crypto
import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing

extension PersonSeal {
    /// Seals persons of a snapshot with their own keys: AES-256-GCM, with whose they are and the snapshot authenticated.
    ///
    /// - Parameters:
    ///   - keys: The keys; `nil` to leave everything as it is.
    ///   - sequence: The last event of the snapshot.
    init(_ keys: (any PersonalKeys)?, snapshot sequence: SequenceNumber) {
        guard let keys else {
            self = .none
            return
        }
        self.init(overhead: 12 + 16) { plain, person, bytes in
            guard let key = try keys.usableKey(of: person) else { return false }
            let place = Self.place(of: person, sequence)
            // Always there with a nonce of the usual size.
            guard let sealed = try AES.GCM.seal(plain, using: key, authenticating: place).combined else { return false }
            bytes.append(contentsOf: sealed)
            return true
        } open: { sealed, person, bytes in
            guard let key = try keys.usableKey(of: person) else { return false }
            let box = try AES.GCM.SealedBox(combined: sealed)
            bytes.append(
                contentsOf: try AES.GCM.open(box, using: key, authenticating: Self.place(of: person, sequence))
            )
            return true
        }
    }

    private static func place(of person: CustomerOrdinal, _ sequence: SequenceNumber) -> [UInt8] {
        var bytes = Array("patron snapshot person ".utf8)
        for number in [sequence.value, UInt64(person.value)] {
            withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
        }
        return bytes
    }
}

extension PersonalKeys {
    /// A person's key; `nil` when it was destroyed.
    fileprivate func usableKey(of person: CustomerOrdinal) throws(KeyMissing) -> SymmetricKey? {
        switch key(of: person) {
        case .usable(let key): return key
        case .destroyed: return nil
        case .missing(let reason): throw KeyMissing(description: reason)
        }
    }
}

/// A person's key is not there, though it should be.
private struct KeyMissing: Error, CustomStringConvertible {
    var description: String
}
