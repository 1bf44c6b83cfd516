import CustomerService
import EventSourcing
import HTTPTypes

/// How a query asks about a moment before.
enum AsOf {
    /// A moment by what was known.
    static let moment = Schema.text(
        TextRule(
            length: 1...40,
            pattern: #"^(?:[1-9][0-9]{0,17}|[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"#
                + #"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9]))$"#,
            description: "A sequence number, or a time as RFC 3339 has it.",
            check: { knowledge($0) == nil ? "must be a sequence number or a time as 2024-03-10T08:00:00Z" : nil }
        )
    )

    static let parameters: [Parameter] = [
        .query(
            "asOf",
            moment,
            """
            Answer as it was after this event, or with what was recorded by this time. Needs the permission audit:view. Of people who \
            were erased since nothing personal is in the answer.
            """
        ),
        .query(
            "asOfBusinessTime",
            .dateTime,
            "Answer with what had happened in the business by this time. Needs the permission audit:view."
        ),
    ]

    /// The moment; `nil` for now.
    static func point(_ query: QueryString) -> PointInTime? {
        let known = query.text("asOf").flatMap { knowledge($0) }
        let happened = query.text("asOfBusinessTime").flatMap { Timestamp(rfc3339: $0) }
        guard known != nil || happened != nil else { return nil }
        return PointInTime(known ?? .now, happened: happened)
    }

    /// The moment of a text that passed ``moment``.
    static func point(_ text: String) -> PointInTime { PointInTime(knowledge(text) ?? .now) }

    private static func knowledge(_ text: String) -> PointInTime.Knowledge? {
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return UInt64(text).flatMap { $0 > 0 && String($0) == text ? .sequence(SequenceNumber($0)) : nil }
        }
        return Timestamp(rfc3339: text).map { .recorded($0) }
    }

    /// The organization then.
    static func past(_ point: PointInTime, _ organization: Organization) async throws -> PastState {
        do {
            return try await organization.past(point)
        } catch {
            switch error {
            case .beyondLog(let sequence, let last):
                throw Problem(.notFound, "There is no event \(sequence) yet: the last one is \(last).")
            case .future: throw Problem(.notFound, "That moment lies in the future.")
            case .busy:
                throw Problem(
                    .overloaded,
                    "Too many other moments are being looked back at. Try again shortly.",
                    headers: [.retryAfter: "5"]
                )
            case .unreadable(let what): throw CommandError.unreadable(what)
            }
        }
    }
}
