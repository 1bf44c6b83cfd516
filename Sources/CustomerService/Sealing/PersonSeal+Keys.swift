import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing

extension PersonSeal {
    /// Seals persons of a snapshot with their own keys, whose they are and which snapshot it is authenticated with them.
    ///
    /// - Parameters:
    ///   - keys: The keys; `nil` to leave everything as it is.
    ///   - sequence: The last event of the snapshot.
    init(_ keys: (any PersonalKeys)?, snapshot sequence: SequenceNumber) {
        guard let keys else {
            self = .none
            return
        }
        self.init(overhead: keys.overhead) { plain, person, bytes in
            try Self.change(&bytes) {
                keys.seal(plain.bytes, of: person, authenticating: Self.place(of: person, sequence), into: &$0)
            }
        } open: { sealed, person, bytes in
            try Self.change(&bytes) {
                keys.open(sealed.bytes, of: person, authenticating: Self.place(of: person, sequence), into: &$0)
            }
        }
    }

    /// Appends what `work` makes; `false` where the key was destroyed.
    private static func change(
        _ bytes: inout ContiguousArray<UInt8>,
        _ work: (inout [UInt8]) -> PersonalSealing
    ) throws(Refusal) -> Bool {
        var made: [UInt8] = []
        switch work(&made) {
        case .done:
            bytes.append(contentsOf: made)
            return true
        case .destroyed: return false
        case .missing(let reason): throw Refusal(description: reason)
        case .forged: throw Refusal(description: "a person in it does not open with the person's key")
        }
    }

    private static func place(of person: CustomerOrdinal, _ sequence: SequenceNumber) -> [UInt8] {
        var bytes = Array("patron snapshot person ".utf8)
        for number in [sequence.value, UInt64(person.value)] {
            withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
        }
        return bytes
    }

    /// Why a person cannot be sealed or opened.
    private struct Refusal: Error, CustomStringConvertible {
        var description: String
    }
}
