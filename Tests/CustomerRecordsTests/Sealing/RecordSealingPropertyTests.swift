import Crypto
import CustomerDomain
import CustomerRecords
import EventSourcing
import Foundation
import TestSupport
import Testing

@Suite struct RecordSealingPropertyTests {
    private let plain = RecordCodec()
    private let sealing = RecordCodec(keys: SomeKeys(seed: 1))

    @Test(arguments: EventType.allCases)
    func `what was sealed opens to the same bytes`(type: EventType) throws {
        try Property.forAll(seeds: 50) { generator in
            let event = generator.somebodysEvent(of: type)
            let body = plain.body(event)
            let sealed = try sealing.sealed(body)
            try requireEqual(try sealing.opened(sealed) ?? sealed, body, "the plain body")
            try requireEqual(try sealing.event(sealed, sequence: event.sequence), event, "the event")
            let isPersonal = WireMessage(body)[content: 12] != nil
            let message = WireMessage(sealed)
            try requireEqual(message[content: 13] != nil, isPersonal, "whether something is sealed")
            try requireEqual(message[content: 12], nil, "personal fields in the clear")
            try requireEqual(try sealing.envelope(sealed).isSealed, isPersonal, "what the envelope says")
            try requireEqual(try plain.sealed(body), body, "what a codec without keys stores")
        }
    }

    @Test(arguments: EventType.allCases)
    func `without the key nothing personal is left`(type: EventType) throws {
        try Property.forAll(seeds: 50) { generator in
            var event = generator.somebodysEvent(of: type)
            let sealed = try sealing.sealed(plain.body(event))
            let erased = RecordCodec(keys: SomeKeys(seed: 1, destroyed: true))
            let later = try erased.sealed(plain.body(event))
            try requireEqual(WireMessage(later)[content: 12], nil, "what is stored of somebody who was erased")
            try requireEqual(WireMessage(later)[content: 13], nil, "what is stored of somebody who was erased")
            event.event = event.event.withoutPersonalData
            for codec in [erased, RecordCodec(keys: WithheldKeys())] {
                try requireEqual(try codec.event(sealed, sequence: event.sequence), event, "the event")
            }
        }
    }

    @Test func `a ciphertext opens nowhere else, and under no other key`() throws {
        try Property.forAll(seeds: 50) { generator in
            let event = generator.somebodysEvent(of: .customerCreated)
            guard case .customerCreated(let created) = event.event, created.profile != Profile() else { return }
            let sealed = try sealing.sealed(plain.body(event))
            requireNotOpened(RecordCodec(keys: SomeKeys(seed: 2)), sealed)
            // In an event that happened to somebody else, or at another time, the same ciphertext means nothing.
            var other = event
            other.recordedAt.microseconds &+= 1
            var moved = WireMessage(try sealing.sealed(plain.body(other)))
            moved[content: 13] = WireMessage(sealed)[content: 13]
            requireNotOpened(sealing, moved.bytes)
        }
    }

    @Test func `changed anywhere, it never opens to something else`() throws {
        try Property.forAll(seeds: 20) { generator in
            let event = generator.somebodysEvent(of: .noteAdded)
            let body = plain.body(event)
            guard WireMessage(body)[content: 12] != nil else { return }
            let sealed = try sealing.sealed(body)
            var tag = 0
            while body[tag] == sealed[tag] { tag += 1 }
            // With another tag it is another field, in the clear: that is for the log's hashes to find.
            for place in sealed.indices where place != tag {
                var changed = sealed
                changed[place] ^= UInt8(1) << UInt8(generator.below(8))
                guard let read = try? sealing.event(changed, sequence: event.sequence) else { continue }
                try requireEqual(read.event, read.event.withoutPersonalData, "what is read of a change at \(place)")
            }
        }
    }

    @Test func `a person without a key is an error that says why`() throws {
        var generator = SeededGenerator(seed: 3)
        let event = generator.somebodysEvent(of: .noteAdded)
        let body = plain.body(event)
        let codec = RecordCodec(keys: SomeKeys(seed: 1, missing: "the vault is older than the log"))
        #expect { try codec.sealed(body) } throws: { ($0 as? RecordError)?.code == .sealed }
        let sealed = try sealing.sealed(body)
        #expect { try codec.event(sealed) } throws: { ($0 as? RecordError)?.text == "the vault is older than the log" }
        #expect { try plain.event(sealed) } throws: { ($0 as? RecordError)?.code == .sealed }
    }

    private func requireNotOpened(_ codec: RecordCodec, _ body: [UInt8]) {
        #expect { try codec.event(body) } throws: { ($0 as? RecordError)?.code == .notOpened }
    }
}

/// A key for everybody, made from a number; or none.
private struct SomeKeys: PersonalKeys {
    var seed: UInt8
    var destroyed = false
    var missing: String?

    var overhead: Int { 28 }

    func seal(
        _ plain: RawSpan,
        of customer: CustomerOrdinal,
        authenticating clear: [UInt8],
        into bytes: inout [UInt8]
    ) -> PersonalSealing {
        if let refusal { return refusal }
        let plain = plain.withUnsafeBytes { Array($0) }
        guard let box = try? AES.GCM.seal(plain, using: key(of: customer), authenticating: clear) else {
            return .forged
        }
        bytes += box.combined ?? Data()
        return .done
    }

    func open(
        _ sealed: RawSpan,
        of customer: CustomerOrdinal,
        authenticating clear: [UInt8],
        into bytes: inout [UInt8]
    ) -> PersonalSealing {
        if let refusal { return refusal }
        let sealed = sealed.withUnsafeBytes { Array($0) }
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let plain = try? AES.GCM.open(box, using: key(of: customer), authenticating: clear)
        else { return .forged }
        bytes += plain
        return .done
    }

    private var refusal: PersonalSealing? {
        destroyed ? .destroyed : missing.map { .missing(reason: $0) }
    }

    private func key(of customer: CustomerOrdinal) -> SymmetricKey {
        var bytes = [UInt8](repeating: seed, count: 32)
        bytes[0] = UInt8(truncatingIfNeeded: customer.value)
        return SymmetricKey(data: bytes)
    }
}

extension SeededGenerator {
    /// An event that happened to a customer.
    fileprivate mutating func somebodysEvent(of type: EventType) -> RecordedEvent {
        var event = recordedEvent(of: type)
        event.customer = event.customer ?? CustomerOrdinal(UInt32(below(1_000)))
        return event
    }
}

extension RecordCodec {
    fileprivate func sealed(_ body: [UInt8]) throws(RecordError) -> [UInt8] {
        var bytes: [UInt8] = []
        try seal(body.span.bytes, sequence: SequenceNumber(1), into: &bytes)
        return bytes
    }

    /// The plain body; `nil` when it was not sealed.
    fileprivate func opened(_ body: [UInt8]) throws(RecordError) -> [UInt8]? {
        var bytes: [UInt8] = []
        return try open(body.span.bytes, sequence: SequenceNumber(1), into: &bytes) ? bytes : nil
    }
}
