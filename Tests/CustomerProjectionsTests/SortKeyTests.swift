import CustomerProjections
import Testing

@Suite struct SortKeyTests {
    @Test func `both syntaxes are read, in lists, too`() throws {
        let keys = [SortKey(.totalSpent, descending: true), SortKey(.name), SortKey(.email, descending: true)]
        #expect(try SortKey.parse("-totalSpent,name,email:desc") == keys)
        #expect(try SortKey.parse("totalSpent:desc, name:asc ,-email") == keys)
        #expect(try SortKey.parse("") == [])
        #expect(try OrderSortKey.parse("-createdAt,number") == [.init(.placedAt, descending: true), .init(.number)])
    }

    @Test(arguments: ["age", "-", "name,,email", "name:up", "--name", "Name", "-name:desc"])
    func `what cannot be sorted by is named, with what can`(text: String) {
        let error = #expect(throws: QueryError.self) { try SortKey.parse(text) }
        guard case .unknownSortKey(let name, let allowed) = error else {
            Issue.record("\(text): \(String(describing: error))")
            return
        }
        #expect(text.contains(name))
        #expect(allowed == SortKey.Field.allCases.map(\.name))
    }
}
