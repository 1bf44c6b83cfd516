import CustomerDomain
import TestSupport
import Testing

@testable import CustomerProjections

@Suite struct TextCodesTests {
    @Test func `nothing that only an erased customer had is known any longer`() throws {
        var story = Story()
        let ann = story.customer("Ann", email: "ann@smith.family")
        let bob = story.customer("Bob", email: "bob@shared.example")
        let eve = story.customer("Eve", email: "eve@shared.example")
        for (customer, city) in [(ann, "Hideaway"), (bob, "Bern"), (eve, "Bern")] {
            var fields = AddressFields()
            fields.city = city
            story.happens(
                .addressAdded(Address(id: AddressID(high: 1, low: UInt64(customer)), fields: fields)),
                to: customer
            )
            story.happens(.metadataChanged([SegmentField.languageKey: city == "Bern" ? "de" : "rm"]), to: customer)
        }
        var update = CustomerUpdated()
        update.profile.role = .set("hermit")
        update.profile.birthDate = .set(CalendarDate(dayNumber: 59))
        story.happens(.customerUpdated(update), to: ann)
        try story.state.requireTextCodes()
        #expect(Set(story.state.emailDomains.texts.values) == ["smith.family", "shared.example"])
        #expect(story.state.customers.birthday[ann] == 3 * 32 + 1)

        // Merged, and erased with the one who answers for her.
        let ordinal = CustomerOrdinal(UInt32(ann))
        story.happens(.customersMerged(merged: ordinal, terms: MergeTerms(fields: [.email])), to: bob)
        try story.state.requireTextCodes()
        story.happens(.customerErased(reason: nil), to: bob)
        try story.state.requireTextCodes()
        let state = story.state
        #expect(Array(state.emailDomains.texts.values) == ["shared.example"])
        #expect(Array(state.languages.texts.values) == ["de"])
        #expect(state.places.count == 1 && state.roles.count == 0)
        #expect(state.customers.birthday[ann] == 0)
    }
}
