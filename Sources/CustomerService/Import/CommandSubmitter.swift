import CustomerDomain
import EventSourcing

/// Hands commands to an organization faster than one at a time becomes durable, but only so far ahead.
struct CommandSubmitter {
    let organization: Organization
    let scope: Scope
    /// What is recorded as the request that did it.
    private let requestID: String?

    /// How many events were recorded.
    private(set) var eventCount = 0
    private var last = SequenceNumber.none
    private var marks: [SequenceNumber] = []

    init(organization: Organization, scope: Scope, requestID: String? = nil) {
        self.requestID = requestID
        self.organization = organization
        self.scope = scope
    }

    /// Runs a command without waiting for the disk.
    ///
    /// - Returns: How many events it led to.
    /// - Throws: ``CommandError/rejected(_:)``, or what is wrong with the log.
    @discardableResult
    mutating func submit(_ command: Command, occurredAt: Timestamp? = nil) async throws(CommandError) -> Int {
        let context = CommandContext(requestID: requestID, occurredAt: occurredAt)
        while true {
            do {
                let result = try organization.submit(command, scope: scope, context: context)
                eventCount += result.events.count
                last = result.sequence
                return result.events.count
            } catch .unavailable(.overloaded) {
                try await organization.waitUntilDurable(last)
                // The log has room now; keys may still be on their way.
                try? await Task.sleep(for: .milliseconds(1))
            }
        }
    }

    /// Waits, when too many events are not durable yet.
    mutating func keepPace() async throws(CommandError) {
        marks.append(last)
        guard marks.count > aheadCount else { return }
        try await organization.waitUntilDurable(marks.removeFirst())
    }

    /// Waits until every event is durable.
    func finish() async throws(CommandError) {
        try await organization.waitUntilDurable(last)
    }
}

/// How many chunks of input may be ahead of the disk.
private let aheadCount = 4
