import CustomerDomain
import EventSourcing
import Testing

struct ViewTests {
    private static let id = ViewID.number(90)
    private static let anna = Actor(id: "key_anna", isAdmin: false, permissions: [.manageViews])
    private static let bert = Actor(id: "key_bert", isAdmin: false, permissions: [.manageViews])

    /// A model with a view of Anna's.
    private static func shop(isShared: Bool) -> OrganizationModel {
        var model = OrganizationModel()
        let saved = ViewSaved(id: id, terms: ViewTerms(name: "Best", condition: "amount_spent > 5", isShared: isShared))
        let decided = try? decide(.saveView(saved), facts: model, by: anna)
        model.record(decided ?? [], recordedAt: .seconds(1_700_000_000), actor: anna.id)
        return model
    }

    private static func refusal(_ command: Command, _ model: OrganizationModel, by actor: Actor) -> Rejection? {
        do throws(Rejection) {
            _ = try decide(command, facts: model, by: actor)
            return nil
        } catch {
            return error
        }
    }

    @Test func `others do not see a view that is not shared, and change none`() {
        let change = Command.changeView(ChangeView(id: Self.id, name: "Mine"))
        let alone = Self.shop(isShared: false)
        #expect(Self.refusal(change, alone, by: Self.anna) == nil)
        #expect(Self.refusal(change, alone, by: Self.bert) == .viewNotFound(Self.id))
        #expect(Self.refusal(change, alone, by: .admin) == nil)
        let shared = Self.shop(isShared: true)
        #expect(Self.refusal(change, shared, by: Self.bert) == .viewOfAnother(Self.id))
        #expect(Self.refusal(.removeView(Self.id), shared, by: Self.bert) == .viewOfAnother(Self.id))
        #expect(Self.refusal(.removeView(.number(91)), shared, by: .admin) == .viewNotFound(.number(91)))
    }

    @Test func `a name is unique among the views of its maker`() {
        let model = Self.shop(isShared: true)
        let again = Command.saveView(ViewSaved(id: .number(91), terms: ViewTerms(name: "BEST")))
        #expect(Self.refusal(again, model, by: Self.anna) == .viewNameTaken("BEST"))
        #expect(Self.refusal(again, model, by: Self.bert) == nil)
    }

    @Test func `a view keeps no free search and nothing that the list does not take`() {
        func field(_ change: (inout ViewTerms) -> Void) -> String? {
            var terms = ViewTerms(name: "New")
            change(&terms)
            let save = Command.saveView(ViewSaved(id: .number(91), terms: terms))
            return Self.refusal(save, Self.shop(isShared: true), by: Self.bert)?.field
        }
        #expect(field { _ in } == nil)
        for name in ["q", "email", "phone", "sort", "where"] {
            #expect(field { $0.filters = [ViewFilter(name: name, value: "Ana")] } == "filters/\(name)")
        }
        #expect(field { $0.filters = [ViewFilter(name: "tag", value: "")] } == "filters/tag")
        #expect(field { $0.filters = Array(repeating: ViewFilter(name: "tag", value: "a"), count: 61) } == "filters")
        #expect(field { $0.condition = "nothing" } == "where")
        #expect(field { $0.columns = ["email", "email"] } == "columns/1")
        #expect(field { $0.sort = "" } == "sort")
        #expect(field { $0.name = "" } == "name")
    }
}
