import CustomerDomain
import CustomerProjections
import EventSourcing
import Foundation
import TestSupport
import Testing

/// Holds docs/SEGMENTS.md to the language.
@Suite struct SegmentDocumentTests {
    private let document: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        document = try String(contentsOf: root.appending(path: "docs/SEGMENTS.md"), encoding: .utf8)
    }

    @Test func `every example is a query, and finds whom the plain model finds`() throws {
        let part = try #require(document.components(separatedBy: "## Examples").last)
        let block = part.components(separatedBy: "```")[1]
        let examples = block.split(separator: "\n").map { String($0) }
        #expect(examples.count == 11)
        var shop = RandomShop(SeededGenerator(seed: 1))
        shop.run(300)
        let state = OrganizationState(after: shop.events)
        let now = Timestamp(microseconds: shop.clock)
        let utc = [LocalCalendar.Offset(since: Timestamp(microseconds: 0), seconds: 0)]
        let plain = PlainSegments(shop: PlainShop(shop.model, shop.events), now: now, offsets: utc)
        for example in examples {
            var query = CustomerQuery()
            let segment = try SegmentQuery(example)
            query.condition = segment
            let found = state.ordinals(query, at: QueryTime(now: now, monthStart: now))
            #expect(found == plain.members(segment), "\(example)")
        }
    }

    @Test func `every attribute is in the table, with how it is compared`() {
        let rows = document.split(separator: "\n").filter { $0.hasPrefix("| `") }
        for field in SegmentField.allCases {
            let row = rows.first { $0.contains("`\(field.rawValue)`") }
            let column = row?.split(separator: "|", omittingEmptySubsequences: false).dropLast().last ?? ""
            let expected: String =
                switch field.kind {
                case .money: "amount"
                case .number: "number"
                case .date: "day"
                case .birthday: ""
                case .text: "text"
                case .list: "`CONTAINS`"
                case .choice: "word"
                case .flag: "`true`, `false`"
                }
            #expect(row != nil, "\(field.rawValue)")
            #expect(column.trimmingCharacters(in: .whitespaces) == expected, "\(field.rawValue)")
        }
    }
}
