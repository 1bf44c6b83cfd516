import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Who has an e-mail address or a phone number already: what to ask before a customer is created.
enum CustomerLookup {
    static var routes: [Route] { [lookup] }

    /// How many of each account type are shown.
    private static let shownCount = 50

    private static let match = Schema.named(
        "LookupMatch",
        .required("matches", .list(of: .choice(["email", "phone"])), "What it has of what was asked for."),
        .required("customer", CustomerAnswer.summary)
    )

    private static let answer = Schema.named(
        "CustomerLookup",
        .required("registered", .list(of: match), "The first \(shownCount), who have all that was asked for first."),
        .required("guests", .list(of: match), "The same of customers without an account."),
        .required("count", .count, "How many there are of both.")
    )

    fileprivate struct Match: Sendable {
        var customer: CustomerSummary
        var matches: [String]
    }

    static let lookup = Route(
        method: .get,
        path: "/api/v1/customers/lookup",
        operation: "lookUpCustomers",
        summary: "Who stands with exactly this e-mail address or phone number; ask before you create a customer",
        chapter: "Customers",
        access: .needs(.readCustomers),
        parameters: [
            .query("email", .email, "Whatever its case."), .query("phone", .phone, "By its digits."),
        ],
        answers: [Answer(status: 200, description: "Who was found.", schema: answer)],
        handler: { call in
            let email = call.query.text("email").flatMap { EmailAddress($0) }
            let phone = call.query.text("phone").flatMap { PhoneNumber($0) }
            if email == nil, phone == nil { throw Problem.parameter("email", "is required when there is no phone") }
            let found = try await call.read { state, time in matches(email, phone, state, time) }
            let registered = found.filter { $0.customer.accountType == .registered }.prefix(shownCount)
            let guests = found.filter { $0.customer.accountType == .guest }.prefix(shownCount)
            try await call.recordRead(.profile, (registered + guests).map(\.customer.id))
            return .json { writer in
                writer.beginObject()
                writer.array("registered", registered) { $0.value($1) }
                writer.array("guests", guests) { $0.value($1) }
                writer.field("count", found.count)
                writer.endObject()
            }
        }
    )

    private static func matches(
        _ email: EmailAddress?,
        _ phone: PhoneNumber?,
        _ state: borrowing OrganizationState,
        _ time: QueryTime
    ) -> [Match] {
        var matches: [CustomerOrdinal: [String]] = [:]
        if let email {
            for type in AccountType.allCases {
                guard let holder = state.customer(withEmail: email.normalized, accountType: type) else { continue }
                matches[holder, default: []].append("email")
            }
        }
        if let phone {
            for holder in state.customers(withPhone: phone) { matches[holder, default: []].append("phone") }
        }
        var found: [Match] = []
        for (holder, names) in matches.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
            found.append(Match(customer: state.summary(of: holder, at: time), matches: names))
        }
        return found
    }
}

extension JSONWriter {
    fileprivate mutating func value(_ match: CustomerLookup.Match) {
        beginObject()
        field("matches", match.matches)
        key("customer")
        value(match.customer)
        endObject()
    }
}
