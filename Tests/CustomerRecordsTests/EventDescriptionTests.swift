import CustomerDomain
import CustomerRecords
import EventSourcing
import Foundation
import TestSupport
import Testing

@Suite struct EventDescriptionTests {
    @Test func `keys stand in a fixed order, without blanks, and what is not said is left out`() {
        let bare = Event.customerCreated(CustomerCreated(id: SampleEvents.customerID, accountType: .guest))
        #expect(bare.json == #"{"id":"cust_01j1pz1300f8xrr7s2w2emppk1","accountType":"guest"}"#)
        #expect(Event.customerLoggedIn.json == "{}")
        let metadata = Event.metadataChanged(["b": "2", "a": "\u{01}\t\n\"\\/é\u{7F}\u{1F}"])
        #expect(metadata.json == #"{"metadata":{"a":"\u0001\u0009\n\"\\/é"# + "\u{7F}" + #"\u001f","b":"2"}}"#)
    }

    @Test func `ordinals become identifiers where somebody knows them`() {
        let group = GroupID(high: 1, low: 2)
        let description = EventDescription(
            customerID: { $0 == CustomerOrdinal(41) ? SampleEvents.customerID : nil },
            groupID: { $0 == GroupOrdinal(3) ? group : nil }
        )
        #expect(json(.groupLeft(GroupOrdinal(3)), description) == #"{"group":"\#(group)"}"#)
        #expect(json(.groupJoined(GroupOrdinal(4)), description) == #"{"groupOrdinal":4}"#)
        #expect(
            json(.customersMerged(merged: CustomerOrdinal(41)), description)
                == #"{"merged":"\#(SampleEvents.customerID)"}"#
        )
        #expect(json(.customersMerged(merged: CustomerOrdinal(42)), description) == #"{"mergedOrdinal":42}"#)
    }

    @Test func `the digest of a secret is never told`() {
        for sample in SampleEvents.all where EventType(of: sample.event) == .apiKeyCreated {
            #expect(!sample.event.json.lowercased().contains("digest"))
        }
    }

    @Test(arguments: EventType.allCases)
    func `a description is JSON and comes after what is there`(type: EventType) throws {
        try Property.forAll(seeds: 60) { generator in
            let event = generator.event(of: type)
            var bytes = Array("[".utf8)
            EventDescription().appendJSON(dataOf: event, into: &bytes)
            bytes += "]".utf8
            let parsed = try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]]
            try require(parsed?.count == 1, "not one object: \(String(decoding: bytes, as: UTF8.self))")
            try require(!bytes.contains(UInt8(ascii: "\n")), "a line break")
        }
    }

    @Test(arguments: EventType.allCases)
    func `without personal data, two events that differ only there read the same`(type: EventType) throws {
        let redacted = EventDescription(includesPersonalData: false)
        try Property.forAll(seeds: 60) { generator in
            let event = generator.event(of: type)
            let text = json(event, redacted)
            try requireEqual(text, json(event.withoutPersonalData, redacted), "the description")
        }
    }

    private func json(_ event: Event, _ description: EventDescription) -> String {
        var bytes: [UInt8] = []
        description.appendJSON(dataOf: event, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
