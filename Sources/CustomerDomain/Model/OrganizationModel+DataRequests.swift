public import EventSourcing

extension OrganizationModel {
    /// A request of a person about its data.
    public struct DataRequest: Hashable, Sendable {
        /// Its identifier.
        public var id: DataRequestID
        /// Who asked; after a merge the survivor answers.
        public var customer: CustomerOrdinal
        /// What it asks for.
        public var right: DataRight
        /// How it came in.
        public var channel: DataRequestChannel
        /// Where it stands.
        public var status = DataRequestStatus.opened
        /// When it came in; a time in the future counts as that of recording.
        public var openedAt: Timestamp
        /// When it must be done.
        public var dueAt: Timestamp
        /// Who opened it.
        public var openedBy: String
        /// Who approved it.
        public var approvedBy: String?
        /// The events that opened, checked, decided and closed it.
        public var events: [SequenceNumber]
    }

    mutating func applyToDataRequests(_ recorded: RecordedEvent, of customer: CustomerOrdinal) {
        switch recorded.event {
        case .dataRequestOpened(let opened):
            let time = min(recorded.occurredAt, recorded.recordedAt)
            dataRequests.append(
                DataRequest(
                    id: opened.id,
                    customer: customer,
                    right: opened.right,
                    channel: opened.channel,
                    openedAt: time,
                    dueAt: opened.due(since: time),
                    openedBy: recorded.actor,
                    events: [recorded.sequence]
                )
            )
        case .dataRequestIdentityChecked(let checked): change(checked.id, recorded, .identityConfirmed)
        case .dataRequestDecided(let decided):
            change(decided.id, recorded, decided.refusal == nil ? .approved : .refused)
        case .dataRequestCancelled(let cancelled): change(cancelled.id, recorded, .cancelled)
        case .dataRequestExecuted(let executed): change(executed.id, recorded, .executed)
        case .customerErased:
            for index in dataRequests.indices where dataRequests[index].status.isOpen {
                guard customers[dataRequests[index].customer.index].status == .erased else { continue }
                change(dataRequests[index].id, recorded, .lapsed)
            }
        default: break
        }
    }

    private mutating func change(_ id: DataRequestID, _ recorded: RecordedEvent, _ status: DataRequestStatus) {
        guard let index = dataRequests.firstIndex(where: { $0.id == id }) else { return }
        dataRequests[index].status = status
        dataRequests[index].events.append(recorded.sequence)
        if status == .approved { dataRequests[index].approvedBy = recorded.actor }
    }

    /// The request of this identifier.
    public func dataRequest(_ id: DataRequestID) -> DataRequestStanding? {
        guard let request = dataRequests.first(where: { $0.id == id }) else { return nil }
        return DataRequestStanding(
            customer: request.customer,
            right: request.right,
            status: request.status,
            openedBy: request.openedBy,
            approvedBy: request.approvedBy
        )
    }

    /// How many requests of the customer, and of all who were merged into it, are open.
    public func openDataRequestCount(of customer: CustomerOrdinal) -> Int {
        dataRequests.count { request in
            var answering: CustomerOrdinal? = request.customer
            while let one = answering, one != customer { answering = customers[one.index].mergedInto }
            return answering != nil && request.status.isOpen
        }
    }
}
