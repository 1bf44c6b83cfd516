public import CustomerDomain
public import EventSourcing

/// What a record must be for somebody who looks for it; what is not told does not matter.
public struct RecordCriteria: Hashable, Sendable {
    /// One of these types; empty for any.
    public var types: Set<EventType> = []
    /// By this actor.
    public var actor: String?
    /// Of this request.
    public var requestID: String?
    /// Of one of these customers.
    public var customers: Set<CustomerOrdinal>?

    /// Criteria that every record meets.
    public init() {}
}

extension RecordCodec {
    /// Whether a record meets criteria; reads nothing of its event and makes no copy.
    ///
    /// - Parameters:
    ///   - body: The record's body.
    ///   - criteria: What it must be.
    ///   - sequence: The record's place in the log, for errors.
    /// - Returns: Whether it does, and when the log took it.
    /// - Throws: ``RecordError`` when the bytes are not a record.
    public func match(
        _ body: RawSpan,
        _ criteria: RecordCriteria,
        sequence: SequenceNumber
    ) throws(RecordError) -> (meets: Bool, recordedAt: Timestamp) {
        let layout = try layout(of: body, sequence: sequence)
        return (criteria.areMet(by: layout, body), layout.recordedAt)
    }
}

extension RecordCriteria {
    fileprivate func areMet(by layout: RecordLayout, _ body: RawSpan) -> Bool {
        if !types.isEmpty {
            guard let type = EventType(rawValue: layout.type), types.contains(type) else { return false }
        }
        if let customers {
            guard let customer = layout.customer, customers.contains(customer) else { return false }
        }
        if let actor {
            guard layout.actor.holds(actor, body) else { return false }
        }
        guard let requestID else { return true }
        return layout.requestID?.holds(requestID, body) ?? false
    }
}

extension WireReader {
    /// Whether all that is left is this text.
    fileprivate func holds(_ text: String, _ bytes: RawSpan) -> Bool {
        guard count == text.utf8.count else { return false }
        return bytes.extracting(range).withUnsafeBytes { $0.elementsEqual(text.utf8) }
    }
}
