import CustomerDomain

/// What a client sends of a return.
enum ReturnBody {
    private static let line = Schema.integer(0...Int64(Limits.linesPerOrder.upperBound - 1))

    private static let item = Schema.named(
        "ReturnItem",
        .required("line", line, "The item's place in the order, from 0."),
        .required("quantity", .integer(Limits.quantity)),
        .optional("cause", ReturnAnswer.causes, "What is wrong with it; other when absent.")
    )

    private static let arrived = Schema.named(
        "ReceivedItem",
        .required("line", line, "The item's place in the order, from 0."),
        .required("quantity", .integer(0...Limits.quantity.upperBound))
    )

    static let create = Schema.named(
        "ReturnCreate",
        .required("items", .array(item, 1...OrderBody.maximumItemCount), "No more than was ordered and not returned."),
        .optional("reason", .paragraphs(Limits.reason)),
        .optional("occurredAt", .dateTime, "When it was asked for; now when absent.")
    )

    static let receipt = Schema.named(
        "ReturnReceipt",
        .optional(
            "items",
            .array(arrived, 1...OrderBody.maximumItemCount),
            "What came; all that was asked for when absent. What did not come can be returned another time."
        ),
        .optional("reason", .paragraphs(Limits.reason))
    )

    static let refund = Schema.named(
        "ReturnRefund",
        .required("reference", .line(Limits.refundReference), "The shop's number of the refund, unique."),
        .optional(
            "amount",
            .integer(1...Limits.amount),
            "In minor units; what the items cost when absent, at most what is left of the order."
        ),
        .optional("reason", .paragraphs(Limits.reason)),
        .optional("storeCredit", CreditBody.refund, "Pays it back as store credit; needs credit:adjust, too.")
    )

    /// The items of a body that matched ``create``.
    static func items(_ body: JSONValue) -> [ReturnItem] {
        (body["items"]?.elements ?? [])
            .map { item in
                ReturnItem(
                    line: Int(clamping: item.whole("line") ?? -1),
                    sku: "",
                    quantity: item.whole("quantity") ?? 0,
                    cause: item.choice("cause") ?? .other
                )
            }
    }

    /// How many pieces came, of a body that matched ``receipt``; `nil` for all.
    static func received(_ body: JSONValue) -> [Int: Int64]? {
        guard let items = body["items"] else { return nil }
        var pieces: [Int: Int64] = [:]
        for item in items.elements {
            pieces[Int(clamping: item.whole("line") ?? -1), default: 0] += item.whole("quantity") ?? 0
        }
        return pieces
    }
}

extension OrderReturn {
    /// What its items cost, in minor units; a part of a line rounded down.
    func price(_ lines: [OrderLine]) -> Int64 {
        items.reduce(0) { sum, item in
            guard lines.indices.contains(item.line), lines[item.line].quantity > 0 else { return sum }
            let line = lines[item.line]
            return sum + Int64(Int128(line.total) * Int128(item.quantity) / Int128(line.quantity))
        }
    }
}
