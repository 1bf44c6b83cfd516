import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

/// What the server sends of store credit.
enum CreditAnswer {
    private static let sources = Schema.choice(of: CreditSource.self)

    static let balance = Schema.named(
        "CreditBalance",
        .required("currency", .anyText),
        .required("balance", .anyInteger, "What can be spent, in minor units."),
        .required("nextExpiry", .nullable(.dateTime), "When the next of it expires.")
    )

    static let allocation = Schema.named(
        "CreditAllocation",
        .required("lot", .identifier(CreditLotKind.self)),
        .required("amount", .anyInteger)
    )

    static let lot = Schema.named(
        "CreditLot",
        .required("id", .identifier(CreditLotKind.self)),
        .required("currency", .anyText),
        .required("amount", .anyInteger, "What was issued: rest, spent and expired together."),
        .required("rest", .anyInteger, "What can be spent."),
        .required("spent", .anyInteger),
        .required("expired", .anyInteger),
        .required("source", sources),
        .required("issuedAt", .dateTime),
        .required("expiresAt", .nullable(.dateTime), "Never when null.")
    )

    static let account = Schema.named(
        "Credit",
        .required("balances", .list(of: balance)),
        .required("lots", .list(of: lot), "Those with a rest, in the order in which they are spent.")
    )

    static let spend = Schema.named(
        "CreditSpend",
        .required("id", .identifier(CreditSpendKind.self)),
        .required("currency", .anyText),
        .required("amount", .anyInteger, "What was spent."),
        .required("allocations", .list(of: allocation), "The lots that it was taken from."),
        .required("orderNumber", .nullable(.anyText)),
        .required("balance", .anyInteger, "What can be spent now.")
    )

    static let revert = Schema.named(
        "CreditReverted",
        .required("spend", .identifier(CreditSpendKind.self)),
        .required("currency", .anyText),
        .required("amount", .anyInteger, "What came back."),
        .required("allocations", .list(of: allocation), "The lots that it came back to."),
        .required("expired", .anyInteger, "What expired at once, with the lots that had expired."),
        .required("reissued", .nullable(.identifier(CreditLotKind.self)), "The new lot in the place of those."),
        .required("balance", .anyInteger, "What can be spent now.")
    )

    private static let posting = Schema.named(
        "CreditPosting",
        .required("account", .choice(CreditAccount.all.map(\.name))),
        .required("amount", .anyInteger)
    )

    static let line = Schema.named(
        "CreditLine",
        .required("sequence", .anyInteger),
        .required("type", .choice(of: CreditLine.Kind.self)),
        .required("currency", .anyText),
        .required("amount", .anyInteger, "Below zero when less can be spent."),
        .required("balanceAfter", .anyInteger),
        .required("postings", .list(of: posting), "Both sides, which come to zero."),
        .required("allocations", .list(of: allocation), "The lots that it is about."),
        .required("spend", .nullable(.identifier(CreditSpendKind.self))),
        .required("source", .nullable(sources)),
        .required("expiresAt", .nullable(.dateTime)),
        .required("orderNumber", .nullable(.anyText)),
        .required("reason", .nullable(.anyText)),
        .required("occurredAt", .dateTime),
        .required("actor", .anyText)
    )

    static let books = Schema.named(
        "CreditBooks",
        .required("currency", .anyText),
        .required("accounts", .list(of: posting), "What all postings to each come to."),
        .required("sum", .anyInteger, "Zero, or the books are wrong.")
    )
}

extension JSONWriter {
    mutating func value(_ balances: [CreditBalance]) {
        beginArray()
        for balance in balances {
            beginObject()
            field("currency", balance.balance.currency)
            field("balance", balance.balance.minorUnits)
            field("nextExpiry", balance.nextExpiry)
            endObject()
        }
        endArray()
    }

    mutating func value(_ lot: CreditLot) {
        beginObject()
        field("id", lot.id)
        field("currency", lot.amount.currency)
        field("amount", lot.amount.minorUnits)
        field("rest", lot.rest)
        field("spent", lot.spent)
        field("expired", lot.expired)
        field("source", lot.source.name)
        field("issuedAt", lot.issuedAt)
        field("expiresAt", lot.expiresAt)
        endObject()
    }

    mutating func field(_ name: StaticString, _ allocations: [CreditAllocation]) {
        key(name)
        beginArray()
        for part in allocations {
            beginObject()
            field("lot", part.lot)
            field("amount", part.amount)
            endObject()
        }
        endArray()
    }

    /// Writes postings, or what accounts come to.
    mutating func field(_ name: StaticString, _ postings: [CreditPosting]) {
        key(name)
        beginArray()
        for posting in postings {
            beginObject()
            field("account", posting.account.name)
            field("amount", posting.amount)
            endObject()
        }
        endArray()
    }

    /// Writes a line of the ledger with what the log says of it.
    mutating func value(_ line: CreditLine, _ event: RecordedEvent) {
        let details = CreditDetails(event.event)
        beginObject()
        field("sequence", Int64(clamping: line.sequence.value))
        field("type", line.kind.name)
        field("currency", line.change.currency)
        field("amount", line.change.minorUnits)
        field("balanceAfter", line.balanceAfter)
        field("postings", event.event.creditPostings?.postings ?? [])
        field("allocations", details.allocations)
        field("spend", details.spend)
        field("source", details.source?.name)
        field("expiresAt", details.expiresAt)
        field("orderNumber", details.orderNumber)
        field("reason", details.reason)
        field("occurredAt", event.occurredAt)
        field("actor", event.actor)
        endObject()
    }
}

/// What an event says of a movement of store credit besides its amount.
struct CreditDetails {
    var allocations: [CreditAllocation] = []
    var spend: CreditSpendID?
    var source: CreditSource?
    var expiresAt: Timestamp?
    var orderNumber: String?
    var reason: String?

    init(_ event: Event) {
        switch event {
        case .creditIssued(let issued):
            allocations = [CreditAllocation(lot: issued.lot, amount: issued.amount.minorUnits)]
            (source, expiresAt) = (issued.source, issued.expiresAt)
            (orderNumber, reason) = (issued.orderNumber, issued.reason)
        case .creditSpent(let spent):
            (allocations, spend) = (spent.allocations, spent.id)
            (orderNumber, reason) = (spent.orderNumber, spent.reason)
        case .creditReverted(let reverted):
            (allocations, spend, reason) = (reverted.allocations, reverted.spend, reverted.reason)
        case .creditExpired(let expired):
            allocations = [CreditAllocation(lot: expired.lot, amount: expired.amount.minorUnits)]
        default: break
        }
    }
}
