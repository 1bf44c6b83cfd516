import CustomerDomain
import CustomerRecords
import EventSourcing
import TestSupport
import Testing

@Suite struct RecordCodecPropertyTests {
    private let codec = RecordCodec()

    @Test(arguments: EventType.allCases)
    func `an event is read as it was written`(type: EventType) throws {
        try Property.forAll(seeds: 200) { generator in
            let event = generator.recordedEvent(of: type)
            let body = codec.body(event)
            try requireEqual(try codec.event(body, sequence: event.sequence), event, "the event")
            // A body is appended, whatever is there already.
            var bytes: [UInt8] = [1, 2, 3]
            codec.encode(event, into: &bytes)
            try requireEqual(bytes, [1, 2, 3] + body, "the bytes")
        }
    }

    @Test(arguments: EventType.allCases)
    func `a husk is its event without personal data, and has nothing of it`(type: EventType) throws {
        try Property.forAll(seeds: 100) { generator in
            var event = generator.recordedEvent(of: type)
            let body = codec.body(event)
            let hash = (0..<32).map { _ in UInt8(generator.below(256)) }
            let husk = try codec.husk(of: body.span.bytes, leafHash: hash, sequence: event.sequence)
            let isPersonal = WireMessage(body)[content: 12] != nil
            try requireEqual(husk != nil, isPersonal, "whether there is something to redact")
            guard let husk else { return }
            event.event = event.event.withoutPersonalData
            try requireEqual(try codec.event(husk, sequence: event.sequence), event, "the event")
            let kind = try codec.envelope(husk.span.bytes, sequence: event.sequence).kind
            try requireEqual(kind, .husk(leafHash: hash), "the kind")
            try requireEqual(WireMessage(husk)[content: 12], nil, "personal fields")
            try requireEqual(
                try codec.husk(of: husk.span.bytes, leafHash: hash, sequence: event.sequence),
                nil,
                "the husk of a husk"
            )
        }
    }

    @Test(arguments: EventType.allCases)
    func `an envelope says what its event says`(type: EventType) throws {
        try Property.forAll(seeds: 100) { generator in
            let event = generator.recordedEvent(of: type)
            let expected = RecordEnvelope(event, type: type)
            try requireEqual(try codec.envelope(codec.body(event), sequence: event.sequence), expected, "the envelope")
        }
    }

    @Test(arguments: EventType.allCases)
    func `fields that are not known are skipped, at every place and depth`(type: EventType) throws {
        try Property.forAll(seeds: 100) { generator in
            let event = generator.recordedEvent(of: type)
            var record = WireMessage(codec.body(event))
            for part in [11, 12] as [UInt64] {
                var message = WireMessage(record[content: part] ?? [])
                message.addUnknownFields(&generator)
                record[content: part] = message.bytes
            }
            record.addUnknownFields(&generator)
            try requireEqual(try codec.event(record.bytes, sequence: event.sequence), event, "the event")
        }
    }

    @Test(arguments: EventType.allCases)
    func `cut or changed anywhere, a body is another event or an error`(type: EventType) throws {
        try Property.forAll(seeds: 5) { generator in
            let body = codec.body(generator.recordedEvent(of: type))
            // All places of a common body, some of a very long one.
            let places = body.count <= 400 ? Array(body.indices) : (0..<400).map { _ in generator.below(body.count) }
            for place in places {
                readWithoutTrap(Array(body[..<place]))
                var changed = body
                for change in [0x01, 0x80, 0xFF, UInt8(1) << UInt8(generator.below(8))] {
                    changed[place] = body[place] ^ change
                    readWithoutTrap(changed)
                }
            }
        }
    }

    @Test func `arbitrary bytes are an event or an error`() throws {
        try Property.forAll(seeds: 5_000) { generator in
            readWithoutTrap(generator.bytes(generator.below(80)))
        }
    }

    @Test func `arbitrary fields of any type of event are an event or an error`() throws {
        try Property.forAll(seeds: 5_000) { generator in
            var record = WireMessage()
            record.add(3, varint: UInt64(generator.pick(EventType.allCases).rawValue))
            for part in [11, 12] as [UInt64] {
                var message = WireMessage()
                for _ in 0..<generator.below(5) { message.addArbitraryField(&generator) }
                record.add(part, content: message.bytes)
            }
            readWithoutTrap(record.bytes)
        }
    }

    /// Reads `body` in all ways; what can be read can be written, and then reads the same.
    private func readWithoutTrap(_ body: [UInt8]) {
        _ = try? codec.envelope(body)
        guard let event = try? codec.event(body) else { return }
        #expect((try? codec.event(codec.body(event))) == event)
        _ = event.event.json
    }
}

extension RecordEnvelope {
    fileprivate init(_ event: RecordedEvent, type: EventType) {
        self.init(
            sequence: event.sequence,
            kind: .event,
            recordedAt: event.recordedAt,
            occurredAt: event.occurredAt,
            typeNumber: type.rawValue,
            schemaVersion: 1,
            actor: event.actor,
            requestID: event.requestID,
            customer: event.customer,
            customerVersion: event.customerVersion,
            idempotency: event.idempotency,
            isSealed: false
        )
    }
}

extension WireMessage {
    /// Puts fields of all types with numbers that no message has at random places.
    fileprivate mutating func addUnknownFields(_ generator: inout SeededGenerator) {
        for _ in 0..<(1 + generator.below(3)) {
            var field = WireMessage()
            let number = UInt64(generator.pick([16, 100, 2_000, 1 << 29 - 1]))
            switch generator.below(4) {
            case 0: field.add(number, varint: generator.next() >> UInt64(generator.below(64)))
            case 1: field.add(number, content: generator.bytes(generator.below(200)))
            case 2: field.fields.append(Field(number: number, type: 1, value: generator.bytes(8)))
            default: field.fields.append(Field(number: number, type: 5, value: generator.bytes(4)))
            }
            fields.insert(contentsOf: field.fields, at: generator.below(fields.count + 1))
        }
    }

    /// Adds a field that is well formed, but may have any number, type and value.
    fileprivate mutating func addArbitraryField(_ generator: inout SeededGenerator) {
        let number = UInt64(generator.number(in: 1...15))
        switch generator.below(4) {
        case 0: add(number, varint: generator.next() >> UInt64(generator.below(64)))
        case 1: add(number, content: generator.bytes(generator.pick([0, 1, 2, 3, 16, 32])))
        case 2: add(number, content: Array(generator.text().utf8))
        default:
            var inner = WireMessage()
            for _ in 0..<generator.below(3) { inner.addArbitraryField(&generator) }
            add(number, content: inner.bytes)
        }
    }
}
