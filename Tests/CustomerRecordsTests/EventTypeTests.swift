import CustomerDomain
import CustomerRecords
import Testing

@Suite struct EventTypeTests {
    /// What is stored and what scripts rely on; a line here is never changed.
    @Test func `numbers and names stay for ever`() {
        let table = [
            "CustomerCreated", "CustomerUpdated", "CustomerDisabled", "CustomerEnabled", "CustomerLoggedIn",
            "GuestClaimed", "AddressAdded", "AddressUpdated", "AddressRemoved", "DefaultAddressesChanged",
            "CustomerTagged", "CustomerUntagged", "MetadataChanged", "NoteAdded", "GroupCreated", "GroupJoined",
            "GroupLeft", "OrderPlaced", "OrderStatusChanged", "OrderCancelled", "RefundRecorded",
            "LoyaltyProgramConfigured", "LoyaltyEnrolled", "PointsEarned", "PointsAdjusted", "PointsRedeemed",
            "PointsReversed", "CustomersMerged", "CustomerErased", "OrganizationConfigured", "APIKeyCreated",
            "APIKeyRevoked",
        ]
        let later: [(number: UInt32, name: String)] = [(39, "CustomersUnmerged")]
        #expect(EventType.allCases.map(\.name) == table + later.map(\.name))
        #expect(EventType.allCases.map(\.rawValue) == Array(1...UInt32(table.count)) + later.map(\.number))
    }

    @Test(arguments: EventType.allCases)
    func `a type is found by its name`(type: EventType) {
        #expect(EventType(name: type.name) == type)
        #expect(EventType(name: type.name.lowercased()) == nil)
    }

    @Test func `an event has the type of its sample's name`() {
        for sample in SampleEvents.all { #expect(sample.event.name == sample.name.prefix { $0 != "-" }) }
    }
}
