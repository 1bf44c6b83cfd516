import CustomerDomain
import Testing

/// Names of values outside of the program.
@Suite struct NamedTests {
    private func check<Value: Named & Hashable>(_ type: Value.Type) {
        #expect(Set(type.names).count == type.allCases.count, "\(type)")
        for value in type.allCases {
            #expect(Value(name: value.name) == value)
            #expect(Value(name: value.name[...]) == value)
            #expect(Value(name: value.name + " ") == nil)
            #expect(Value(name: value.name.uppercased()) == nil)
        }
        #expect(Value(name: "") == nil)
    }

    @Test func `each name is that of one value`() {
        check(Permission.self)
        check(Role.self)
        check(ConsentKind.self)
        check(ConsentState.self)
        check(DataRight.self)
        check(DataRequestStatus.self)
        check(GroupType.self)
        check(JobStatus.self)
        check(NoteType.self)
        check(OrderStatus.self)
        check(FulfillmentStatus.self)
        check(CustomerStatus.self)
        check(AccountType.self)
        check(CalendarUnit.self)
    }

    @Test func `names do not follow the cases`() {
        #expect(DataRequestChannel.names == ["other", "web", "email", "phone", "letter", "in_person"])
        #expect("\(FulfillmentStatus.partial) \(CustomerStatus.erased)" == "partial erased")
    }
}
