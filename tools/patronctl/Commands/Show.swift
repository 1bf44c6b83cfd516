import ArgumentParser
import CustomerService
import EventSourcing

/// The command `patronctl show`.
struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows a customer, or the metrics, as of a moment, or what changed since another.",
        discussion: """
            Only reads, and works beside a running server. A moment is a sequence number, or a time of recording such as \
            2026-01-01T00:00:00Z. What was erased is not shown.

            Example: patronctl show --data /var/lib/patron cust_01h455vb4pex5vsknk084sn02q --as-of 2026-01-01T00:00:00Z
            """
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var reader: ReaderOptions
    @Option(help: "The moment: a sequence number or a time of recording; now when absent.")
    var asOf: String?
    @Option(help: "Count only what had happened in the business by this time.")
    var asOfBusinessTime: String?
    @Option(help: "Show what changed since this moment: a sequence number or a time of recording.")
    var since: String?
    @Flag(help: "Print one JSON object.")
    var json = false
    @Argument(help: "The customer: its id (cust_…) or external id; the metrics when absent.")
    var customer: String?

    func validate() throws {
        for (name, text) in [("--as-of", asOf), ("--since", since)] {
            guard let text, Self.knowledge(text) == nil else { continue }
            throw ValidationError("\(name) must be a sequence number or a time such as 2026-01-01T00:00:00Z.")
        }
        if let asOfBusinessTime, Timestamp(rfc3339: asOfBusinessTime) == nil {
            throw ValidationError("--as-of-business-time must be a time such as 2026-01-01T00:00:00Z.")
        }
    }

    func run() async throws {
        try await ToolFailure.catching {
            let organization = try Organization.openReadOnly(
                options.organization,
                inDirectory: options.data,
                for: reader.reader()
            )
            let (fields, sequence) = try await look(organization, asOf)
            guard let since else { return print(json ? Self.json(fields, sequence) : Self.text(fields)) }
            let changes = fields.changes(since: try await look(organization, since).fields)
            print(json ? Self.json(changes, sequence) : Self.text(changes))
        }
    }

    private func look(
        _ organization: Organization,
        _ moment: String?
    ) async throws -> (fields: FieldList, SequenceNumber) {
        let happened = asOfBusinessTime.flatMap { Timestamp(rfc3339: $0) }
        let point = PointInTime(moment.flatMap { Self.knowledge($0) } ?? .now, happened: happened)
        do {
            let past = try await organization.past(point)
            guard let customer else { return (organization.metricFields(at: past), past.sequence) }
            return (try organization.fields(of: customer, at: past), past.sequence)
        } catch let error as PastError {
            throw Self.failure(error)
        } catch let error as EventSearchError {
            throw Self.failure(error)
        }
    }

    private static func knowledge(_ text: String) -> PointInTime.Knowledge? {
        if let number = UInt64(text), number > 0 { return .sequence(SequenceNumber(number)) }
        return Timestamp(rfc3339: text).map { .recorded($0) }
    }

    private static func failure(_ error: PastError) -> ToolFailure {
        switch error {
        case .beyondLog(let sequence, let last):
            ToolFailure(.usage, "the log ends before event \(sequence), with event \(last)")
        case .future: ToolFailure(.usage, "a time lies in the future")
        case .busy: ToolFailure(.unreadable, "too much is being looked back at")
        case .unreadable(let what): ToolFailure(.unreadable, what)
        }
    }

    private static func failure(_ error: EventSearchError) -> ToolFailure {
        switch error {
        case .noCustomer(let text): ToolFailure(.usage, "there is no customer \(text)")
        case .unreadable(let what): ToolFailure(.unreadable, what)
        }
    }
}

// MARK: - Output

extension Show {
    private static func text(_ fields: FieldList) -> String {
        guard !fields.values.isEmpty else { return "nobody was there" }
        return fields.values.map { "\($0.field)  \($0.value)" }.joined(separator: "\n")
    }

    private static func text(_ changes: [FieldChange]) -> String {
        guard !changes.isEmpty else { return "nothing changed" }
        return
            changes
            .map { "\($0.field)  \($0.before.map { "\($0)" } ?? "-")  →  \($0.after.map { "\($0)" } ?? "-")" }
            .joined(separator: "\n")
    }

    private static func json(_ fields: FieldList, _ sequence: SequenceNumber) -> String {
        var members = JSONText()
        for (field, value) in fields.values { members.addRaw(field, value.json) }
        var object = JSONText()
        object.add("format", 1)
        object.add("sequence", sequence.value)
        object.addRaw("fields", members.closed)
        return object.closed
    }

    private static func json(_ changes: [FieldChange], _ sequence: SequenceNumber) -> String {
        var object = JSONText()
        object.add("format", 1)
        object.add("sequence", sequence.value)
        object.addRaw("changes", EventLine.json(changes))
        return object.closed
    }
}
