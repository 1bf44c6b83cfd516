import CustomerDomain
import Testing

struct EditTests {
    @Test(arguments: [nil, "a", "b"], [.keep, .remove, .set("a")] as [Edit<String>])
    func `a reduced edit does the same, and nothing is reduced to keep`(_ current: String?, _ edit: Edit<String>) {
        let reduced = edit.reduced(against: current)
        #expect(reduced.applied(to: current) == edit.applied(to: current))
        #expect((reduced == .keep) == (edit.applied(to: current) == current))
    }

    @Test func `a profile edit knows when it is empty`() {
        var edit = ProfileEdit()
        #expect(edit.isEmpty)
        edit.lastName = .set("Silva")
        let profile = edit.applied(to: Profile(firstName: "Ana"))
        #expect(profile == Profile(firstName: "Ana", lastName: "Silva"))
        #expect(edit.reduced(against: profile).isEmpty)
    }
}
