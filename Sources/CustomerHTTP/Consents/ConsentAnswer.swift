import CustomerDomain
import CustomerService
import EventSourcing

/// What the server sends of consents.
enum ConsentAnswer {
    static let kinds = Schema.choice(of: ConsentKind.self)
    /// What can be said, and what holds of who said nothing.
    static let states = Schema.choice(ConsentState.names + [ConsentState.name(of: nil)])
    private static let levels = Schema.choice(of: OptInLevel.self)

    /// One kind, as a customer in full has it.
    static let state = Schema.named(
        "ConsentState",
        .required("kind", kinds),
        .required("state", states),
        .required("optInLevel", .nullable(levels)),
        .required("updatedAt", .nullable(.dateTime), "When the customer said so.")
    )

    /// One kind, with where it comes from.
    static let consent = Schema.named(
        "Consent",
        .required("kind", kinds),
        .required("channel", .nullable(.anyText), "What it allows to use: email or sms."),
        .required("state", states),
        .required("optInLevel", .nullable(levels)),
        .required("updatedAt", .nullable(.dateTime), "When the customer said so."),
        .required("source", .nullable(.anyText), "Where it was collected."),
        .required("wording", .nullable(.anyText), "The version of the wording that was shown."),
        .required("sequence", .nullable(.anyInteger), "The event that says so.")
    )

    /// A line of the ledger.
    static let line = Schema.named(
        "ConsentLine",
        .required("sequence", .anyInteger),
        .required("kind", kinds),
        .required("channel", .nullable(.anyText)),
        .required("state", .choice(of: ConsentState.self)),
        .required("optInLevel", levels),
        .required("source", .nullable(.anyText)),
        .required("wording", .nullable(.anyText)),
        .required("evidence", .nullable(.anyText)),
        .required("reason", .nullable(.anyText)),
        .required("occurredAt", .dateTime, "When the customer said so."),
        .required("recordedAt", .dateTime),
        .required("actor", .anyText, "The API key that recorded it.")
    )
}

extension JSONWriter {
    /// Writes what holds of each kind, as a customer in full has it.
    mutating func value(_ consents: [ConsentKind: Consent]) {
        beginArray()
        for kind in ConsentKind.allCases {
            beginObject()
            state(kind, consents[kind])
            endObject()
        }
        endArray()
    }

    /// Writes what holds of a kind, with the event that says so; both are absent for who was not asked.
    mutating func value(_ kind: ConsentKind, _ consent: Consent?, _ change: ConsentChanged?) {
        beginObject()
        field("channel", kind.channel)
        state(kind, consent)
        field("source", change?.source)
        field("wording", change?.wording)
        field("sequence", consent.map { Int64(clamping: $0.sequence.value) })
        endObject()
    }

    /// Writes a line of the ledger.
    mutating func value(_ event: RecordedEvent, _ change: ConsentChanged) {
        beginObject()
        field("sequence", Int64(clamping: event.sequence.value))
        field("kind", change.kind.name)
        field("channel", change.kind.channel)
        field("state", change.state.name)
        field("optInLevel", change.optInLevel.name)
        field("source", change.source)
        field("wording", change.wording)
        field("evidence", change.evidence)
        field("reason", change.reason)
        field("occurredAt", event.occurredAt)
        field("recordedAt", event.recordedAt)
        field("actor", event.actor)
        endObject()
    }

    private mutating func state(_ kind: ConsentKind, _ consent: Consent?) {
        field("kind", kind.name)
        field("state", ConsentState.name(of: consent?.state))
        field("optInLevel", consent?.optInLevel.name)
        field("updatedAt", consent?.at)
    }
}
