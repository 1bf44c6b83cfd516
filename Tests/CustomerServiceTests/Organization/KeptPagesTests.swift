@testable import CustomerService
import EventSourcing
import Testing

@Suite struct KeptPagesTests {
    private let pages = KeptPages()
    private static let noon = Timestamp(microseconds: 1_000)

    private func page(_ text: String) -> KeptPages.Page {
        KeptPages.Page(bytes: Array(text.utf8), links: nil, validity: Self.noon..<Timestamp(microseconds: 2_000))
    }

    private func text(_ target: String, _ head: Int, at time: Int64 = 1_500) -> String? {
        let page = pages.page(target, after: SequenceNumber(UInt64(head)), at: Timestamp(microseconds: time))
        return page.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test func `a page is kept for its target, its event and its time`() {
        pages.keep(page("one"), of: "/a", after: SequenceNumber(7))
        #expect(text("/a", 7) == "one")
        #expect(text("/b", 7) == nil)
        #expect(text("/a", 6) == nil && text("/a", 8) == nil)
        #expect(text("/a", 7, at: 999) == nil && text("/a", 7, at: 1_000) == "one" && text("/a", 7, at: 2_000) == nil)
    }

    @Test func `a newer event drops what is older, and nothing older comes back`() {
        pages.keep(page("old"), of: "/a", after: SequenceNumber(7))
        pages.keep(page("new"), of: "/b", after: SequenceNumber(8))
        pages.keep(page("late"), of: "/c", after: SequenceNumber(7))
        #expect(text("/a", 7) == nil && text("/a", 8) == nil && text("/c", 7) == nil && text("/c", 8) == nil)
        #expect(text("/b", 8) == "new")
        pages.drop(after: SequenceNumber(9))
        pages.keep(page("erased"), of: "/b", after: SequenceNumber(8))
        #expect(text("/b", 8) == nil && text("/b", 9) == nil)
    }

    @Test func `there are never more than there is room for`() {
        for number in 0...KeptPages.capacity { pages.keep(page("x"), of: "/\(number)", after: SequenceNumber(7)) }
        let keptCount = (0...KeptPages.capacity).count { text("/\($0)", 7) != nil }
        #expect(keptCount == 1)
        #expect(text("/\(KeptPages.capacity)", 7) == "x")
    }
}
