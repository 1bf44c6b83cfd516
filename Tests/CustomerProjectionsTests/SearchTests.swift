import CustomerDomain
import CustomerProjections
import EventSourcing
import Testing

@Suite struct SearchTests {
    @Test(arguments: [
        "zoë núñez", "Nunez Zoe", "núñez, zoë", "OE NUN", "zoe@example", "@EXAMPLE.com", "5550123", "+1-555-0123",
        "(555) 0123", "z",
        "ñe", "1 555",
    ])
    func `any part of name, e-mail address and phone is found`(text: String) throws {
        var story = Story()
        _ = story.customer("Other", "Person", email: "someone@else.org", phone: "+44 20 7946 0000")
        let zoe = story.customer("Zoë", "Núñez", email: "Zoe@Example.com", phone: "+1-555-0123")
        #expect(try story.found(text).contains(zoe))
    }

    @Test func `all words must match, and digits of another number do not`() throws {
        var story = Story()
        let zoe = story.customer("Zoë", "Núñez", email: "a555b0123@example.com", phone: "+1-555-9999")
        #expect(try story.found("zoe smith") == [])
        #expect(try story.found("555-0123") == [])
        #expect(try story.found("zoe 9999") == [zoe])
        #expect(try story.found(" , ") == [zoe])
    }

    @Test func `a guest is found by the name on an order, until there is one of the account`() throws {
        var story = Story()
        let guest = story.customer(email: "g@x.org", .guest)
        #expect(story.summary(guest).displayName == "g@x.org")
        story.order("1", of: guest, total: 5, names: ("Ann", "Smith"))
        #expect(story.summary(guest).displayName == "Ann Smith")
        #expect(try story.found("smith ann") == [guest])
        var edit = ProfileEdit()
        edit.lastName = .set("Jones")
        story.happens(.customerUpdated(CustomerUpdated(profile: edit)), to: guest)
        #expect(story.summary(guest).displayName == "Jones")
        #expect(try story.found("smith") == [])
    }

    @Test func `merged and erased customers are not found`() throws {
        var story = Story()
        let one = story.customer("Ann", "One")
        let two = story.customer("Ann", "Two")
        let three = story.customer("Ann", "Three")
        story.happens(.customersMerged(merged: CustomerOrdinal(UInt32(two))), to: one)
        story.happens(.customerErased(reason: nil), to: three)
        #expect(try story.found("ann") == [one])
        #expect(
            story.state.profile(of: CustomerOrdinal(UInt32(two)), at: story.time).mergedInto == story.summary(one).id
        )
    }
}
