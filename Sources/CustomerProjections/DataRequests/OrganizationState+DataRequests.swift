public import CustomerDomain
import EventSourcing

extension OrganizationState {
    mutating func applyToDataRequests(_ event: Event, _ record: RecordView, _ row: Int) {
        let actor = record.actor.map { actors.insert($0) } ?? actors.insert("")
        switch event {
        case .dataRequestOpened(let opened):
            let time = min(record.occurredAt, record.recordedAt)
            dataRequests.append(
                DataRequestTable.Row(
                    id: opened.id,
                    customer: UInt32(row),
                    right: opened.right,
                    channel: opened.channel,
                    openedAt: time.microseconds,
                    dueAt: opened.due(since: time).microseconds,
                    openedBy: actor,
                    events: [head.value]
                )
            )
        case .dataRequestIdentityChecked(let checked):
            dataRequests.change(checked.id, to: .identityConfirmed, by: actor, in: head.value)
        case .dataRequestDecided(let decided):
            let status = decided.refusal == nil ? DataRequestStatus.approved : .refused
            dataRequests.change(decided.id, to: status, by: actor, in: head.value)
        case .dataRequestCancelled(let cancelled):
            dataRequests.change(cancelled.id, to: .cancelled, by: actor, in: head.value)
        case .dataRequestExecuted(let executed):
            dataRequests.change(executed.id, to: .executed, by: actor, in: head.value)
        default: break
        }
    }

    /// What deciding knows of a request.
    public func dataRequest(_ id: DataRequestID) -> DataRequestStanding? {
        guard let row = dataRequests.row(id).map({ dataRequests.rows[$0] }) else { return nil }
        return DataRequestStanding(
            customer: CustomerOrdinal(row.customer),
            right: row.right,
            status: row.status,
            openedBy: actors[row.openedBy],
            approvedBy: row.approvedBy == noRow ? nil : actors[row.approvedBy]
        )
    }

    /// How many requests of the customer, and of all who were merged into it, are open.
    public func openDataRequestCount(of customer: CustomerOrdinal) -> Int {
        identities(of: customer)
            .reduce(0) { count, identity in
                count + dataRequests.rows(of: identity.index).count { dataRequests.rows[Int($0)].status.isOpen }
            }
    }

    /// A request as the register shows it; `nil` when there is none.
    public func dataRequestView(_ id: DataRequestID, at time: QueryTime) -> DataRequestView? {
        dataRequests.row(id).map { view(dataRequests.rows[$0], time) }
    }

    /// The requests that a query asks for, those that are due first.
    ///
    /// Costs time in proportion to the register.
    public func dataRequests(_ query: DataRequestQuery, at time: QueryTime) throws(QueryError) -> Page<DataRequestView>
    {
        var after: (dueAt: Int64, row: Int)?
        var skipped = 0
        switch query.page {
        case .offset(let limit, let offset):
            guard limit > 0, offset >= 0 else { throw .invalidPage(limit: limit, offset: offset) }
            skipped = offset
        case .cursor(let text, let limit):
            guard limit > 0 else { throw .invalidPage(limit: limit, offset: 0) }
            if let text {
                let cursor = try Cursor(text, fingerprint: query.fingerprint, keyCount: 1)
                guard case .number(let dueAt) = cursor.values[0] else { throw .malformedCursor }
                after = (dueAt, Int(cursor.row))
            }
        }
        let rows = dataRequests.rows
        let matching = rows.indices.filter { matches(rows[$0], query, time) }
            .sorted { (rows[$0].dueAt, $0) < (rows[$1].dueAt, $1) }
        let rest = matching.filter { row in after.map { $0 < (rows[row].dueAt, row) } ?? true }.dropFirst(skipped)
        let picked = rest.prefix(query.page.limit)
        let hasMore = picked.count < rest.count
        var next: String?
        if hasMore, let last = picked.last {
            let values = [Cursor.Value.number(rows[last].dueAt)]
            next = Cursor(fingerprint: query.fingerprint, values: values, row: UInt32(last)).text
        }
        return Page(
            elements: picked.map { view(rows[$0], time) },
            count: matching.count,
            hasMore: hasMore,
            nextCursor: next
        )
    }

    /// How many requests are open, and how many of them should have been done by now.
    public func dataRequestCounts(at time: QueryTime) -> (open: Int, overdue: Int) {
        let open = dataRequests.rows.filter { $0.status.isOpen }
        return (open.count, open.count { isOverdue($0, time) })
    }

    private func matches(_ row: DataRequestTable.Row, _ query: DataRequestQuery, _ time: QueryTime) -> Bool {
        if let status = query.status, row.status != status { return false }
        if let isOpen = query.isOpen, row.status.isOpen != isOpen { return false }
        if let right = query.right, row.right != right { return false }
        if let wanted = query.isOverdue, isOverdue(row, time) != wanted { return false }
        guard let id = query.customer else { return true }
        return customer(id).map { answering(for: $0.index) == answering(for: Int(row.customer)) } ?? false
    }

    private func isOverdue(_ row: DataRequestTable.Row, _ time: QueryTime) -> Bool {
        row.status.isOpen && row.dueAt < time.now.microseconds
    }

    private func view(_ row: DataRequestTable.Row, _ time: QueryTime) -> DataRequestView {
        DataRequestView(
            id: row.id,
            customer: customers.ids[answering(for: Int(row.customer))],
            right: row.right,
            channel: row.channel,
            status: row.status,
            openedAt: Timestamp(microseconds: row.openedAt),
            dueAt: Timestamp(microseconds: row.dueAt),
            isOverdue: isOverdue(row, time),
            openedBy: actors[row.openedBy],
            approvedBy: row.approvedBy == noRow ? nil : actors[row.approvedBy],
            events: row.events.map { SequenceNumber($0) }
        )
    }

    /// Who answers for a customer after all merges.
    private func answering(for row: Int) -> Int {
        var survivor = row
        while customers.mergedInto[survivor] != noRow { survivor = Int(customers.mergedInto[survivor]) }
        return survivor
    }
}

extension DataRequestQuery {
    /// Tells queries apart that differ in their filter; the page does not matter.
    fileprivate var fingerprint: UInt64 {
        var print = Fingerprint()
        print.add("data requests")
        print.add(status?.rawValue ?? 0)
        print.add(isOpen.map { $0 ? 1 : 2 } ?? 0 as UInt8)
        print.add(right?.rawValue ?? 0)
        print.add(isOverdue.map { $0 ? 1 : 2 } ?? 0 as UInt8)
        print.add(customer?.description)
        return print.value
    }
}
