public import CustomerDomain
public import CustomerProjections
public import EventSourcing
import Synchronization

/// Rows of the customer list as they were last written for clients: a page that is asked for again is copied.
///
/// Keeps as many rows as it has room for, each in one place only, so that a later one takes the room of an earlier one.
/// Rows are told apart by their ``SummaryStamp``; nothing is left of them when a customer is erased.
public final class KeptRows: Sendable {
    /// How many rows there is room for.
    public static let capacity = 4_096
    /// How many bytes a row that is kept has at most.
    public static let rowByteLimit = 1_280

    private let shelf = Mutex(Shelf())

    init() {}

    /// The rows of some customers: as they were written, where they still hold, and else what has to be written.
    ///
    /// To be called with the state that the organization has, while nothing can change it.
    public func rows(
        of customers: [CustomerOrdinal],
        in state: borrowing OrganizationState,
        at time: QueryTime
    ) -> Rows {
        var rows = Rows()
        rows.ends.reserveCapacity(customers.count)
        shelf.withLock { shelf in
            rows.wipeCount = shelf.wipeCount
            for customer in customers {
                let stamp = state.summaryStamp(of: customer, at: time)
                if stamp.isActive { rows.end = min(rows.end, state.activityEnd(of: customer)) }
                if !shelf.copy(customer, stamp, to: &rows.bytes) {
                    rows.missing.append((rows.ends.count, stamp, state.summary(of: customer, at: time)))
                }
                rows.ends.append(rows.bytes.count)
            }
        }
        return rows
    }

    /// Keeps the bytes of a row that was missing from `rows`, unless somebody was erased meanwhile.
    public func keep(_ bytes: UnsafeBufferPointer<UInt8>, of missing: Rows.Missing, from rows: Rows) {
        shelf.withLock { shelf in
            guard shelf.wipeCount == rows.wipeCount else { return }
            shelf.keep(bytes, of: missing.summary.ordinal, missing.stamp)
        }
    }

    /// Overwrites everything.
    func wipe() {
        shelf.withLock { $0.wipe() }
    }

    /// The rows of a page.
    public struct Rows: Sendable {
        /// A row that is not kept: its place on the page, and what it is made from.
        public typealias Missing = (place: Int, stamp: SummaryStamp, summary: CustomerSummary)

        /// The rows that are kept, one behind the other.
        public fileprivate(set) var bytes: [UInt8] = []
        /// Where each row ends in ``bytes``; one that is not kept where it begins.
        public fileprivate(set) var ends: [Int] = []
        /// Those that are not kept.
        public fileprivate(set) var missing: [Missing] = []
        /// From when on one of them is another, though nothing happened.
        public fileprivate(set) var end = Timestamp(microseconds: .max)
        fileprivate var wipeCount = 0
    }
}

private struct Shelf {
    struct Label {
        var customer: UInt32
        var byteCount: Int
        var stamp: SummaryStamp
    }

    /// Made when the first row is kept.
    private var bytes: ContiguousArray<UInt8> = []
    private var labels: ContiguousArray<Label?> = []
    private(set) var wipeCount = 0

    private static func place(of customer: CustomerOrdinal) -> Int { customer.index % KeptRows.capacity }

    func copy(_ customer: CustomerOrdinal, _ stamp: SummaryStamp, to target: inout [UInt8]) -> Bool {
        let place = Self.place(of: customer)
        guard !labels.isEmpty, let label = labels[place], label.customer == customer.value, label.stamp == stamp
        else { return false }
        let start = place * KeptRows.rowByteLimit
        bytes.withUnsafeBufferPointer {
            target.append(contentsOf: UnsafeBufferPointer(rebasing: $0[start..<start + label.byteCount]))
        }
        return true
    }

    mutating func keep(_ row: UnsafeBufferPointer<UInt8>, of customer: CustomerOrdinal, _ stamp: SummaryStamp) {
        guard row.count <= KeptRows.rowByteLimit else { return }
        if labels.isEmpty {
            bytes = ContiguousArray(repeating: 0, count: KeptRows.capacity * KeptRows.rowByteLimit)
            labels = ContiguousArray(repeating: nil, count: KeptRows.capacity)
        }
        let place = Self.place(of: customer)
        let start = place * KeptRows.rowByteLimit
        bytes.withUnsafeMutableBufferPointer { bytes in
            _ = UnsafeMutableBufferPointer(rebasing: bytes[start...]).update(fromContentsOf: row)
        }
        labels[place] = Label(customer: customer.value, byteCount: row.count, stamp: stamp)
    }

    mutating func wipe() {
        wipeCount += 1
        guard !labels.isEmpty else { return }
        bytes.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        for place in labels.indices { labels[place] = nil }
    }
}
