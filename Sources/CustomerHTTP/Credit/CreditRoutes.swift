import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// Store credit of customers: what they have, how it came to be, and what changes it.
enum CreditRoutes {
    static var routes: [Route] { [get, ledger, issue, spend, revert, books] }

    static let get = Route(
        method: .get,
        path: "/api/v1/customers/{id}/credit",
        operation: "getCredit",
        summary: "The store credit of a customer: balances by currency, and the lots that they consist of",
        chapter: "Store credit",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id],
        answers: [
            Answer(
                status: 200,
                description: "Balances and lots.",
                schema: CreditAnswer.account,
                headers: [.entityTag]
            ),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            let (balances, lots, version) = try await call.read { state, _ in
                let customer = try state.standingCustomer(id)
                let version = state.standing(of: customer).version
                return (state.creditBalances(of: customer), state.openCreditLots(of: customer), version)
            }
            return .json(version: version) { writer in
                writer.beginObject()
                writer.key("balances")
                writer.value(balances)
                writer.key("lots")
                writer.beginArray()
                for lot in lots { writer.value(lot) }
                writer.endArray()
                writer.endObject()
            }
        }
    )

    static let ledger = Route(
        method: .get,
        path: "/api/v1/customers/{id}/credit/ledger",
        operation: "listCreditLedger",
        summary: "Movements of a customer's store credit, the latest first",
        chapter: "Store credit",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id] + Paging.parameters,
        answers: [
            .page("CreditLedger", of: CreditAnswer.line),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            let request = try Paging.request(call.query)
            let page = try await call.read { state, _ in
                try state.creditLines(of: try state.standingCustomer(id), page: request)
            }
            var rows: [(CreditLine, RecordedEvent)] = []
            for line in page.elements {
                guard let event = try call.organization.event(line.sequence) else {
                    throw CommandError.unreadable("store credit at \(line.sequence)")
                }
                rows.append((line, event))
            }
            return .page(call, request, page.with(rows)) { $0.value($1.0, $1.1) }
        }
    )

    static let issue = Route(
        method: .post,
        path: "/api/v1/customers/{id}/credit/issue",
        operation: "issueCredit",
        summary: "Gives a customer store credit, as a lot of its own",
        chapter: "Store credit",
        access: .needs(.adjustCredit),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(CreditBody.issue),
        answers: [Answer(status: 201, description: "The new lot.", schema: CreditAnswer.lot)],
        problems: CustomerRoutes.changing + [.limitReached],
        handler: { call in
            let id = try call.customerID()
            let issued = try CreditBody.issued(call)
            let result = try await call.execute(.issueCredit(id, issued, at: call.organization.time), on: id)
            for event in result.events {
                guard case .creditIssued(let issued) = event.event,
                    let lot = try await call.organization.read({ state, _ in state.creditLot(issued.lot) })
                else { continue }
                return .json(.created) { $0.value(lot) }
            }
            throw Problem(.internalError, "The new lot cannot be found.")
        }
    )

    static let spend = Route(
        method: .post,
        path: "/api/v1/customers/{id}/credit/spend",
        operation: "spendCredit",
        summary: "Spends store credit, the soonest expiring first",
        chapter: "Store credit",
        access: .needs(.adjustCredit),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(CreditBody.spend),
        answers: [Answer(status: 201, description: "What was spent.", schema: CreditAnswer.spend)],
        problems: CustomerRoutes.changing + [.customerDisabled, .insufficientCredit],
        handler: { call in
            let id = try call.customerID()
            let spending = try CreditBody.spending(call)
            let result = try await call.execute(.spendCredit(id, spending, at: call.organization.time), on: id)
            let (spent, event) = try result.recorded("The spending") {
                if case .creditSpent(let spent) = $0 { spent } else { nil }
            }
            let balance = try await balance(spent.currency, of: event, call)
            return .json(.created) { writer in
                writer.beginObject()
                writer.field("id", spent.id)
                writer.field("currency", spent.currency)
                writer.field("amount", spent.total)
                writer.field("allocations", spent.allocations)
                writer.field("orderNumber", spent.orderNumber)
                writer.field("balance", balance)
                writer.endObject()
            }
        }
    )

    static let revert = Route(
        method: .post,
        path: "/api/v1/customers/{id}/credit/revert",
        operation: "revertCredit",
        summary: "Gives store credit that was spent back to the lots that it was taken from",
        chapter: "Store credit",
        access: .needs(.adjustCredit),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(CreditBody.revert),
        answers: [Answer(status: 201, description: "What came back.", schema: CreditAnswer.revert)],
        problems: CustomerRoutes.changing
            + [.creditSpendNotFound, .nothingToRevert, .revertExceedsSpend, .limitReached],
        handler: { call in
            let id = try call.customerID()
            let revert = try CreditBody.reverting(call)
            let result = try await call.execute(.revertCredit(id, revert, at: call.organization.time), on: id)
            let (reverted, event) = try result.recorded("What came back") {
                if case .creditReverted(let reverted) = $0 { reverted } else { nil }
            }
            let balance = try await balance(reverted.currency, of: event, call)
            return .json(.created) { $0.value(reverted, with: result.events.map(\.event), balance: balance) }
        }
    )

    static let books = Route(
        method: .get,
        path: "/api/v1/credit/accounts",
        operation: "getCreditAccounts",
        summary: "The books of all store credit: what each account of the double entry comes to, by currency",
        chapter: "Store credit",
        access: .needs(.viewAudit),
        answers: [
            Answer(
                status: 200,
                description: "The accounts; wallets is what the shop owes.",
                schema: .named("CreditAccounts", .required("data", .list(of: CreditAnswer.books)))
            )
        ],
        handler: { call in
            let books = try await call.read { state, _ in state.creditAccounts }
            return .json { writer in
                writer.data(books.sorted { $0.key.packed < $1.key.packed }) { writer, book in
                    writer.beginObject()
                    writer.field("currency", book.key)
                    let sums = CreditAccount.all.map { CreditPosting(account: $0, amount: book.value[$0] ?? 0) }
                    writer.field("accounts", sums)
                    writer.field("sum", sums.reduce(0) { $0 + $1.amount })
                    writer.endObject()
                }
            }
        }
    )

    /// What can be spent now by who the event is about.
    private static func balance(_ currency: CurrencyCode, of event: RecordedEvent, _ call: Call) async throws -> Int64 {
        try await call.organization.read { state, _ in
            guard let customer = event.customer else { return 0 }
            return state.creditBalances(of: customer).first { $0.balance.currency == currency }?.balance.minorUnits ?? 0
        }
    }
}

extension JSONWriter {
    /// Writes what came back, and what became of it in the same commit.
    fileprivate mutating func value(_ reverted: CreditReverted, with events: [Event], balance: Int64) {
        var expired: Int64 = 0
        var reissued: CreditLotID?
        for event in events {
            if case .creditExpired(let gone) = event { expired += gone.amount.minorUnits }
            if case .creditIssued(let issued) = event { reissued = issued.lot }
        }
        beginObject()
        field("spend", reverted.spend)
        field("currency", reverted.currency)
        field("amount", reverted.total)
        field("allocations", reverted.allocations)
        field("expired", expired)
        field("reissued", reissued)
        field("balance", balance)
        endObject()
    }
}
