import CustomerDomain
import CustomerRecords
import EventSourcing
import Testing

@Suite struct RecordCodecTests {
    private let codec = RecordCodec()
    private let sequence = SequenceNumber(7)

    @Test func `a husk of which only the hash remains is an error of its own`() throws {
        let husk = husk(leafHash: Array(0..<32))
        let error = #expect(throws: RecordError.self) { try codec.event(husk, sequence: sequence) }
        #expect(error?.code == .husk)
        #expect(error?.sequence == sequence)
        let envelope = try codec.envelope(husk, sequence: sequence)
        #expect(envelope.kind == .husk(leafHash: Array(0..<32)))
        #expect(envelope.recordedAt == Timestamp(microseconds: 5))
    }

    @Test(arguments: [0, 31, 33])
    func `a husk without a whole leaf hash is refused`(count: Int) {
        let error = #expect(throws: RecordError.self) {
            try codec.envelope(husk(leafHash: [UInt8](repeating: 1, count: count)), sequence: sequence)
        }
        #expect(error?.code == .invalidValue)
        #expect(error?.field == 14)
    }

    private func husk(leafHash: [UInt8]) -> [UInt8] {
        var record = WireMessage()
        record.add(1, varint: 1)
        record.add(2, varint: 5)
        record.add(14, content: leafHash)
        return record.bytes
    }

    @Test func `sealed personal fields are an error that says so, and have an envelope`() throws {
        var record = sample(.noteAdded(NoteAdded(id: NoteID(high: 1, low: 2), type: .general, text: "x")))
        record.remove(12)
        record.add(13, content: [0x08, 1, 0x10, 9])
        let error = #expect(throws: RecordError.self) { try codec.event(record.bytes, sequence: sequence) }
        #expect(error?.code == .sealed)
        #expect(error?.field == 13)
        #expect(try codec.envelope(record.bytes).isSealed)
    }

    @Test(arguments: [(1, 2), (3, 0), (3, 999), (3, 4_000_000_000), (4, 0), (4, 2)] as [(UInt64, UInt64)])
    func `what a later program wrote is an error that says so`(field: UInt64, value: UInt64) throws {
        var record = sample(.customerLoggedIn)
        record.remove(field)
        record.add(field, varint: value)
        let error = #expect(throws: RecordError.self) { try codec.event(record.bytes, sequence: sequence) }
        #expect(error?.code == .unknown)
        #expect(error?.field == UInt32(field))
        if field != 1 {
            let envelope = try codec.envelope(record.bytes)
            #expect(field == 3 ? envelope.typeNumber == UInt32(value) : envelope.schemaVersion == UInt32(value))
        }
    }

    @Test func `a record says no more than it must`() {
        let event = RecordedEvent(
            sequence: sequence,
            recordedAt: Timestamp(microseconds: 3),
            occurredAt: Timestamp(microseconds: 3),
            actor: "",
            event: .customerLoggedIn
        )
        #expect(codec.body(event) == [0x10, 3, 0x18, 5])
    }

    @Test func `what is not there has its default`() throws {
        func event(_ type: EventType) throws -> Event {
            var record = WireMessage()
            record.add(3, varint: UInt64(type.rawValue))
            return try codec.event(record.bytes).event
        }
        let zero = CustomerID(high: 0, low: 0)
        #expect(try event(.customerCreated) == .customerCreated(CustomerCreated(id: zero, accountType: .registered)))
        #expect(try event(.customerUpdated) == .customerUpdated(CustomerUpdated()))
        #expect(try event(.organizationConfigured) == .organizationConfigured(OrganizationSettings()))
        guard case .orderPlaced(let order) = try event(.orderPlaced) else { return #expect(Bool(false)) }
        #expect(order.status == .placed)
        #expect(order.fulfillmentStatus == .unfulfilled)
        #expect(order.currency == CurrencyCode(packed: 0x58_5858))  // ISO 4217: no currency
        guard case .apiKeyCreated(let key) = try event(.apiKeyCreated) else { return #expect(Bool(false)) }
        #expect(key.role == .staff)
        #expect(key.permissions.isEmpty)
    }

    @Test func `of a field that is there twice, the last one counts`() throws {
        var record = sample(.loyaltyEnrolled(cardNumber: "1"))
        record.add(8, varint: 77)
        record.add(11, content: [0x0A, 1, UInt8(ascii: "2")])
        let event = try codec.event(record.bytes)
        #expect(event.customerVersion == 77)
        #expect(event.event == .loyaltyEnrolled(cardNumber: "2"))
    }

    @Test func `repeated numbers may be packed or not`() throws {
        var removal = ProfileEdit()
        removal.phone = .remove
        removal.birthDate = .remove
        var record = sample(.customerUpdated(CustomerUpdated(profile: removal)))
        var personal = WireMessage()
        personal.add(15, varint: 5)
        personal.add(15, varint: 4)
        personal.add(15, varint: 99)
        record[content: 12] = personal.bytes
        #expect(try codec.event(record.bytes).event == .customerUpdated(CustomerUpdated(profile: removal)))
    }

    @Test(
        arguments: [
            ([0x2A, 5, 0x61], 5, .truncated),
            ([0x10], 2, .truncated),
            ([0x10, 0x80], 2, .truncated),
            ([0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], 2, .malformed),
            ([0x10, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], 2, .malformed),
            ([0x2A, 1, 0xFF], 5, .invalidText),
            ([0x32, 2, 0xC0, 0x80], 6, .invalidText),
            ([0x38, 0x81, 0x80, 0x80, 0x80, 0x10], 7, .invalidValue),
            ([0x40, 0x80, 0x80, 0x80, 0x80, 0x10], 8, .invalidValue),
            ([0x52, 2, 0x11, 1], 10, .truncated),
            ([0x00, 0x01], 0, .malformed),
            ([0x5B], 11, .malformed),
            ([0x5F, 0x01], 11, .malformed),
            ([0xF9, 1, 1, 2, 3], 31, .truncated),
            // A length that no memory has.
            ([0x5A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], 11, .truncated),
            // In the clear fields of a login, and in the personal fields of a disabling.
            ([0x18, 7, 0x5A, 2, 0x0A, 0x10], 11, .truncated),
            ([0x18, 7, 0x5A, 3, 0x0A, 0x01, 0x00], 11, .invalidValue),
            ([0x18, 1, 0x5A, 2, 0x10, 0x09], 11, .invalidValue),
            ([0x18, 18, 0x5A, 5, 0x12, 3, 0x47, 0x62, 0x50], 11, .invalidValue),
            ([0x18, 3, 0x62, 3, 0x0A, 1, 0x80], 12, .invalidText),
            ([0x18, 3, 0x62, 3, 0x0A, 2, 0x80], 12, .truncated),
        ] as [([UInt8], UInt32, RecordError.Code)]
    )
    func `what is wrong names its field`(body: [UInt8], field: UInt32, code: RecordError.Code) {
        // A type makes it a record that could be read.
        let typed = body.starts(with: [0x18]) ? body : [0x18, 5] + body
        let error = #expect(throws: RecordError.self) { try codec.event(typed, sequence: sequence) }
        #expect(error?.code == code)
        #expect(error?.field == field)
        #expect(error?.sequence == sequence)
        #expect(error?.description.contains("Record 7: ") == true)
    }

    @Test(arguments: EventType.allCases)
    func `personal data is in the personal fields and nowhere else`(type: EventType) throws {
        for sample in SampleEvents.all where EventType(of: sample.event) == type {
            let whole = SampleEvents.record(sample.event)
            var record = WireMessage(codec.body(whole))
            record.remove(12)
            let clear = try codec.event(record.bytes).event
            #expect(clear == sample.event.withoutPersonalData)
        }
    }

    private func sample(_ event: Event) -> WireMessage {
        WireMessage(codec.body(SampleEvents.record(event)))
    }
}
