import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// Points of a customer, and the programme's rules.
enum LoyaltyRoutes {
    static var routes: [Route] {
        [get, transactions, lots, enroll, points, earn, redeem, restore, getProgram, putProgram, liability]
    }

    private static let transactionPage = Schema.page("LoyaltyTransactionPage", of: LoyaltyAnswer.transaction)
    private static let summaryAnswer = Answer(
        status: 200,
        description: "The loyalty account.",
        schema: LoyaltyAnswer.summary
    )
    static let changeAnswer = Answer(status: 200, description: "The new balance.", schema: LoyaltyAnswer.change)

    static let get = Route(
        method: .get,
        path: "/api/v1/customers/{id}/loyalty",
        operation: "getLoyalty",
        summary: "The loyalty account of a customer",
        chapter: "Loyalty",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id],
        answers: [summaryAnswer, CustomerRoutes.moved],
        problems: CustomerRoutes.standing + [.loyaltyAccountMissing],
        handler: { call in
            let summary = try await summary(call, try call.customerID())
            return .json { $0.value(summary) }
        }
    )

    static let transactions = Route(
        method: .get,
        path: "/api/v1/customers/{id}/loyalty/transactions",
        operation: "listLoyaltyTransactions",
        summary: "Movements of points, the latest first",
        chapter: "Loyalty",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id] + Paging.parameters,
        answers: [
            .page(transactionPage),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            let request = try Paging.request(call.query)
            let page = try await call.read { state, _ in
                try state.loyaltyTransactions(of: try state.standingCustomer(id), page: request)
            }
            var events: [RecordedEvent?] = []
            for transaction in page.elements { events.append(try call.organization.event(transaction.sequence)) }
            return .page(
                call,
                request,
                page.with(Array(zip(page.elements, events)).map { LoyaltyRow(transaction: $0.0, event: $0.1) })
            ) { $0.value($1.transaction, $1.event) }
        }
    )

    static let lots = Route(
        method: .get,
        path: "/api/v1/customers/{id}/loyalty/lots",
        operation: "listPointsLots",
        summary: "The lots that points lie in, the soonest expiring first",
        chapter: "Loyalty",
        access: .needs(.readCustomers),
        parameters: [
            CustomerRoutes.id,
            .query(
                "status",
                .choice(["active", "pending", "expiring", "expired", "all"]),
                "Which lots: active is what can be spent, and what is taken when absent."
            ),
            .query("days", .integer(0...36_500), "With expiring: within so many days; 30 when absent."),
        ] + Paging.parameters,
        answers: [
            .page("PointsLotPage", of: LoyaltyAnswer.lot),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            let request = try Paging.request(call.query)
            let (status, days) = (call.query.text("status"), Int(call.query.whole("days") ?? 30))
            let page = try await call.read { state, time in
                let selection: LotSelection =
                    switch status {
                    case "pending": .pending
                    case "expiring": .expiring(until: time.now.advanced(byDays: days))
                    case "expired": .expired
                    case "all": .all
                    default: .active
                    }
                return try state.pointsLots(of: try state.standingCustomer(id), selection, page: request)
            }
            return .page(call, request, page) { $0.value($1) }
        }
    )

    private struct LoyaltyRow: Sendable {
        var transaction: LoyaltyTransaction
        var event: RecordedEvent?
    }

    static let enroll = Route(
        method: .post,
        path: "/api/v1/customers/{id}/loyalty",
        operation: "enrollInLoyalty",
        summary: "Gives a customer a loyalty account",
        chapter: "Loyalty",
        access: .needs(.manageLoyalty),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .optionalJSON(LoyaltyBody.enrollment),
        answers: [Answer(status: 201, description: "The account.", schema: LoyaltyAnswer.summary)],
        problems: CustomerRoutes.changing + [.loyaltyProgramInactive, .loyaltyAccountExists, .loyaltyCardTaken],
        handler: { call in
            let id = try call.customerID()
            let card = call.body.text("cardNumber") ?? newCardNumber(call)
            try await call.execute(.enrollInLoyalty(id, cardNumber: card), on: id)
            let summary = try await summary(call, id)
            return .json(.created) { $0.value(summary) }
        }
    )

    static let points = Route(
        method: .post,
        path: "/api/v1/customers/{id}/points",
        operation: "adjustPoints",
        summary: "Adds or deducts points by hand",
        chapter: "Loyalty",
        access: .needs(.adjustPoints),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(LoyaltyBody.adjustment),
        answers: [changeAnswer],
        problems: CustomerRoutes.changing
            + [.loyaltyAccountMissing, .loyaltyProgramInactive, .insufficientPoints, .limitReached],
        handler: { call in try await adjust(call) }
    )

    static func adjust(_ call: Call) async throws -> Response {
        let adjusted = PointsAdjusted(
            adjustment: call.body.text("action") == "deduct" ? .deduct : .add,
            points: call.body.whole("points") ?? 0,
            reason: call.body.text("reason") ?? "",
            notifies: call.body.flag("notify") ?? false
        )
        return try await change(call, adjusted.adjustment.verb, adjusted.points) { .adjustPoints($0, adjusted) }
    }

    static let earn = Route(
        method: .post,
        path: "/api/v1/customers/{id}/loyalty/earn",
        operation: "earnPoints",
        summary: "Records points that were earned",
        chapter: "Loyalty",
        access: .needs(.adjustPoints),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(LoyaltyBody.earning),
        answers: [changeAnswer],
        problems: CustomerRoutes.changing
            + [
                .customerDisabled, .loyaltyAccountMissing, .loyaltyProgramInactive, .orderNotFound, .orderCancelled,
                .limitReached,
            ],
        handler: { call in
            let earned = LoyaltyBody.earned(call.body)
            return try await change(call, "added", earned.points) { .earnPoints($0, earned) }
        }
    )

    static let redeem = Route(
        method: .post,
        path: "/api/v1/customers/{id}/loyalty/redeem",
        operation: "redeemPoints",
        summary: "Spends points",
        chapter: "Loyalty",
        access: .needs(.adjustPoints),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(LoyaltyBody.redemption),
        answers: [changeAnswer],
        problems: CustomerRoutes.changing
            + [.customerDisabled, .loyaltyAccountMissing, .loyaltyProgramInactive, .insufficientPoints],
        handler: { call in
            let redeemed = PointsRedeemed(
                points: call.body.whole("points") ?? 0,
                orderNumber: call.body.text("orderNumber"),
                reason: call.body.text("reason")
            )
            return try await change(call, "redeemed", redeemed.points) { .redeemPoints($0, redeemed) }
        }
    )

    static let restore = Route(
        method: .post,
        path: "/api/v1/customers/{id}/loyalty/restore",
        operation: "restorePoints",
        summary: "Gives redeemed points back to the lots that they were taken from",
        chapter: "Loyalty",
        access: .needs(.adjustPoints),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(LoyaltyBody.restoring),
        answers: [changeAnswer],
        problems: CustomerRoutes.changing
            + [
                .loyaltyAccountMissing, .redemptionNotFound, .nothingToRestore, .restoreExceedsRedemption,
                .limitReached,
            ],
        handler: { call in
            let restoring = LoyaltyBody.restoring(call.body)
            return try await change(call, "restored", nil) { .restorePoints($0, restoring) }
        }
    )

    static let liability = Route(
        method: .get,
        path: "/api/v1/loyalty/liability",
        operation: "getLoyaltyLiability",
        summary: "What customers could still spend of points, and what that is worth, in all and by tier",
        chapter: "Loyalty",
        access: .needs(.viewAudit),
        answers: [Answer(status: 200, description: "The sums.", schema: LoyaltyAnswer.liability)],
        handler: { call in
            let liability = try await call.read { state, time in state.loyaltyLiability(at: time.now) }
            return .json { $0.value(liability) }
        }
    )

    static let getProgram = Route(
        method: .get,
        path: "/api/v1/loyalty/program",
        operation: "getLoyaltyProgram",
        summary: "The rules by which customers earn and spend points",
        chapter: "Loyalty",
        access: .needs(.readCustomers),
        answers: [Answer(status: 200, description: "The rules.", schema: LoyaltyAnswer.program)],
        problems: [.notFound],
        handler: { call in
            let program = try await call.read { state, _ in state.loyaltyProgram }
            guard let program else { throw Problem(.notFound, "No loyalty program was configured.") }
            return .json { $0.value(program) }
        }
    )

    static let putProgram = Route(
        method: .put,
        path: "/api/v1/loyalty/program",
        operation: "putLoyaltyProgram",
        summary: "Sets the rules; what is absent is as usual: Bronze, Silver and Gold, 100 points for one unit",
        chapter: "Loyalty",
        access: .needs(.manageLoyalty),
        body: .json(LoyaltyBody.program),
        answers: [Answer(status: 200, description: "The rules.", schema: LoyaltyAnswer.program)],
        handler: { call in
            let program = LoyaltyBody.program(call.body)
            try await call.execute(.configureLoyalty(program))
            return .json { $0.value(program) }
        }
    )

    // Without `points`, as many as the event restored.
    private static func change(
        _ call: Call,
        _ verb: String,
        _ points: Int64?,
        _ command: (CustomerID) -> Command
    ) async throws -> Response {
        let id = try call.customerID()
        let result = try await call.execute(command(id), on: id)
        // What is due expires before, or at once after; a tier changes after.
        let change = result.events.first { event in
            switch event.event {
            case .pointsEarned, .pointsAdjusted, .pointsRedeemed, .pointsRestored: true
            default: false
            }
        }
        var count = points ?? 0
        if case .pointsRestored(let restored)? = change?.event { count = restored.allocations.total }
        let balance = try await summary(call, id).balance
        return .json { [count] writer in
            writer.beginObject()
            writer.field("message", pointsMessage(verb, points: count, newBalance: balance))
            writer.field("points", count)
            writer.field("balance", balance)
            writer.field("sequence", Int64(clamping: (change?.sequence ?? result.sequence).value))
            writer.endObject()
        }
    }

    private static func summary(_ call: Call, _ id: CustomerID) async throws -> LoyaltySummary {
        try await call.read { state, time in
            guard let summary = state.loyalty(of: try state.standingCustomer(id), at: time.now) else {
                throw CommandError.rejected(.loyaltyAccountMissing)
            }
            return summary
        }
    }

    /// `FC` and ten digits.
    private static func newCardNumber(_ call: Call) -> String {
        let random = call.organization.identifiers.next(CustomerKind.self).low % 10_000_000_000
        let digits = String(random)
        return "FC" + String(repeating: "0", count: 10 - digits.count) + digits
    }
}
