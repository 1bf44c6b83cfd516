import CustomerDomain
import CustomerService

/// What a client sends of store credit.
enum CreditBody {
    /// What a client may say; a new lot in the place of an expired one is made by the server alone.
    private static let sources = CreditSource.allCases.filter { $0 != .reissue }

    static let issue = Schema.named(
        "CreditIssue",
        .required("amount", .integer(1...Limits.amount), "In minor units of the currency."),
        .required("currency", .currency),
        .optional("source", .choice(sources.map(\.name)), "goodwill when absent."),
        .optional("expiresAt", .dateTime, "From when on nothing of it can be spent; never when absent."),
        .optional("orderNumber", .line(Limits.orderNumber), "The order that it is about."),
        .optional("reason", .paragraphs(Limits.reason))
    )

    static let spend = Schema.named(
        "CreditSpending",
        .required("amount", .integer(1...Limits.amount), "In minor units of the currency."),
        .required("currency", .currency),
        .optional("allowsLess", .boolean, "Whether what there is will do, when it is less; false when absent."),
        .optional("orderNumber", .line(Limits.orderNumber), "The order that it pays for."),
        .optional("reason", .paragraphs(Limits.reason))
    )

    static let revert = Schema.named(
        "CreditRevert",
        .required("spend", .identifier(CreditSpendKind.self)),
        .optional("amount", .integer(1...Limits.amount), "In minor units; all that did not come back when absent."),
        .optional(
            "reissuesExpired",
            .boolean,
            "Whether a new lot takes what goes back to lots that expired, and would be lost; false when absent."
        ),
        .optional("expiresAt", .dateTime, "When that new lot expires; never when absent."),
        .optional("reason", .paragraphs(Limits.reason))
    )

    /// A refund in store credit instead of money.
    static let refund = Schema.named(
        "RefundCredit",
        .optional("expiresAt", .dateTime, "From when on nothing of it can be spent; never when absent.")
    )

    static func issued(_ call: Call) throws(Problem) -> CreditIssued {
        let source = call.body.text("source")
        return CreditIssued(
            lot: call.organization.identifiers.next(),
            amount: try amount(call.body),
            expiresAt: call.body.instant("expiresAt"),
            source: sources.first { $0.name == source } ?? .goodwill,
            orderNumber: call.body.text("orderNumber"),
            reason: call.body.text("reason")
        )
    }

    static func spending(_ call: Call) throws(Problem) -> SpendCredit {
        SpendCredit(
            id: call.organization.identifiers.next(),
            amount: try amount(call.body),
            allowsLess: call.body.flag("allowsLess") ?? false,
            orderNumber: call.body.text("orderNumber"),
            reason: call.body.text("reason")
        )
    }

    static func reverting(_ call: Call) throws(Problem) -> RevertCredit {
        guard let spend = call.body.identifier("spend", CreditSpendKind.self) else {
            throw Problem(.invalidFields, "The body names no spending.")
        }
        var revert = RevertCredit(
            spend: spend,
            minorUnits: call.body.whole("amount"),
            reason: call.body.text("reason")
        )
        if call.body.flag("reissuesExpired") == true {
            let lot = call.organization.identifiers.next(CreditLotKind.self)
            revert.reissue = RevertCredit.Reissue(lot: lot, expiresAt: call.body.instant("expiresAt"))
        }
        return revert
    }

    /// The lot that a refund is paid in; `nil` for money.
    static func refundCredit(_ call: Call) -> RefundOrder.Credit? {
        call.body["storeCredit"]
            .flatMap { credit in
                guard !credit.isNull else { return nil }
                return RefundOrder.Credit(
                    lot: call.organization.identifiers.next(),
                    expiresAt: credit.instant("expiresAt"),
                    at: call.organization.time
                )
            }
    }

    private static func amount(_ body: JSONValue) throws(Problem) -> Money {
        guard let minorUnits = body.whole("amount"), let currency = body.currency("currency") else {
            throw Problem(.invalidFields, "The body has no amount or currency.")
        }
        return Money(minorUnits: minorUnits, currency: currency)
    }
}
