import CustomerDomain

// A state as bytes, and back: what a snapshot holds. The same events give the same bytes, whatever happened in memory.
extension OrganizationState {
    /// Names the form of an archived state, and what `apply` makes of events: 32 bytes.
    ///
    /// Bytes that were written under another fingerprint are not to be loaded.
    public static var archiveFingerprint: [UInt8] { ArchiveSection.fingerprint }

    /// Writes everything that the log said, but what follows from the rest: indexes and search texts.
    ///
    /// Costs time in proportion to the state, and a small buffer.
    ///
    /// - Parameters:
    ///   - seal: Seals what is personal.
    ///   - sink: Takes the bytes, in pieces of about 128 KiB.
    /// - Throws: What `seal` and `sink` throw.
    public func archive(
        sealedBy seal: PersonSeal = .none,
        into sink: @escaping (RawSpan) throws -> Void
    ) throws {
        var writer = ArchiveWriter(sink)
        try archiveOrganization(into: &writer)
        try archiveSymbols(into: &writer)
        try writer.begin(.customers)
        try customers.archive(into: &writer)
        try archiveLists(into: &writer)
        try archiveMerges(into: &writer)
        try archivePeople(into: &writer, seal)
        try archiveOrders(into: &writer)
        try writer.begin(.spending)
        try spending.archive(into: &writer)
        try writer.begin(.groups)
        try groups.archive(into: &writer)
        try writer.begin(.loyalty)
        try loyalty.archive(into: &writer)
        try writer.begin(.notes)
        try notes.archive(into: &writer, customerCount: customers.count)
        try writer.begin(.timeline)
        var distances = timeline.distances
        try writer.add(column: timeline.count) { _ in distances.next() ?? 0 }
        try writer.begin(.metrics)
        try activity.archive(into: &writer)
        try retention.bought.archive(into: &writer)
        try retention.boughtAgain.archive(into: &writer)
        try writer.begin(.idempotency)
        try idempotency.archive(into: &writer)
        try writer.begin(.consents)
        try consents.archive(into: &writer)
        try writer.begin(.dataRequests)
        try dataRequests.archive(into: &writer)
        try writer.begin(.reads)
        try reads.archive(into: &writer)
        try writer.begin(.credit)
        try credit.archive(into: &writer)
        try archiveJobs(into: &writer)
        try writer.begin(.segments)
        try segments.archive(into: &writer)
        try writer.begin(.pricing)
        try pricing.archive(into: &writer)
        try archiveWebhooks(into: &writer)
        try writer.begin(.contacts)
        try contacts.archive(into: &writer)
        try customFieldTable.archive(into: &writer)
        try writer.begin(.rules)
        try ruleTable.archive(into: &writer)
        try archiveViews(into: &writer)
        try writer.begin(.returns)
        try returns.archive(into: &writer)
        try writer.finish()
    }

    /// The state that was archived, with all that follows from it.
    ///
    /// Every count and every reference is checked, so no bytes make it trap; that they are the very bytes which were
    /// written, the caller must know.
    ///
    /// - Parameters:
    ///   - byteCount: How many bytes there are.
    ///   - seal: Opens what is personal; whom it does not open is loaded without it.
    ///   - expectedHash: The ``stateHash()`` that the state must have; `nil` when anything goes.
    ///   - beside: Runs work on another thread, where there is one.
    ///   - source: Gives the next bytes, none at the end.
    /// - Throws: ``ArchiveError``, and what `seal` and `source` throw.
    public init(
        archiveByteCount byteCount: Int,
        sealedBy seal: PersonSeal = .none,
        stateHash expectedHash: [UInt8]? = nil,
        beside: Beside = Self.inPlace,
        _ source: @escaping () throws -> [UInt8]
    ) throws {
        self.init()
        var reader = ArchiveReader(byteCount: byteCount, source)
        try loadOrganization(from: &reader)
        try loadSymbols(from: &reader)
        try reader.begin(.customers)
        try customers.load(from: &reader)
        try loadLists(from: &reader)
        try loadMerges(from: &reader)
        try loadPeople(from: &reader, seal)
        let search = SearchInTheMaking(texts: customers.searchText, arena: arena, beside)
        try loadOrders(from: &reader)
        try reader.begin(.spending)
        try spending.load(from: &reader, customerCount: customers.count)
        try reader.begin(.groups)
        try groups.load(from: &reader)
        try reader.begin(.loyalty)
        try loyalty.load(from: &reader, customerCount: customers.count)
        try reader.begin(.notes)
        try notes.load(from: &reader, customerCount: customers.count, authorCount: actors.count)
        try reader.begin(.timeline)
        try reader.forEachNumber { timeline.append($0) }
        try reader.begin(.metrics)
        try activity.load(from: &reader)
        retention = RetentionCounter(windowDays: settings.activityWindowDays)
        try retention.bought.load(from: &reader)
        try retention.boughtAgain.load(from: &reader)
        try reader.begin(.idempotency)
        try idempotency.load(from: &reader)
        try reader.begin(.consents)
        try consents.load(from: &reader, customerCount: customers.count)
        try reader.begin(.dataRequests)
        try dataRequests.load(from: &reader, customerCount: customers.count, actorCount: actors.count)
        try reader.begin(.reads)
        try reads.load(from: &reader, customerCount: customers.count)
        try reader.begin(.credit)
        try credit.load(from: &reader, customerCount: customers.count)
        try loadJobs(from: &reader)
        try reader.begin(.segments)
        try segments.load(from: &reader, customerCount: customers.count)
        try reader.begin(.pricing)
        try pricing.load(from: &reader)
        try loadWebhooks(from: &reader)
        try reader.begin(.contacts)
        try contacts.load(from: &reader, customerCount: customers.count)
        try customFieldTable.load(from: &reader)
        try reader.begin(.rules)
        try ruleTable.load(from: &reader, customerCount: customers.count)
        try loadViews(from: &reader)
        try reader.begin(.returns)
        try returns.load(from: &reader)
        try reader.finish()
        // Beside what follows from the columns, of which their hash knows nothing.
        let columns = expectedHash == nil ? nil : HashInTheMaking(of: self, beside)
        try checkReferences(reader)
        deriveColumns()
        indexCustomers()
        self.search = search.finished()
        if let expectedHash, let columns, stateHash(columns: columns.finished()) != expectedHash {
            throw ArchiveError.otherState
        }
    }

    /// Starts work on another thread at once; what it returns waits for the end of that work.
    public typealias Beside = (_ work: @escaping @Sendable () -> Void) -> () -> Void

    /// Does the work at once, on the calling thread.
    public static func inPlace(_ work: @escaping @Sendable () -> Void) -> () -> Void {
        work()
        return {}
    }
}
