import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// Discounts for groups, and what holds for a customer.
enum PricingRoutes {
    static var routes: [Route] { [list, create, get, put, remove, ofCustomer, quote] }

    private static let id = Parameter.path("ruleId", .identifier(PricingRuleKind.self), "The rule.")
    private static let answer = Answer(status: 200, description: "The rule.", schema: PricingAnswer.rule)

    static let list = Route(
        method: .get,
        path: "/api/v1/pricing/rules",
        operation: "listPricingRules",
        summary: "All pricing rules, the oldest first",
        chapter: "Pricing",
        access: .needs(.readCustomers),
        parameters: Paging.parameters,
        answers: [.page("PricingRulePage", of: PricingAnswer.rule)],
        handler: { call in
            try await call.page({ state, request, _ in try state.pricingRules(page: request) }) { $0.value($1) }
        }
    )

    static let create = Route(
        method: .post,
        path: "/api/v1/pricing/rules",
        operation: "createPricingRule",
        summary: "Creates a discount for the members of a group",
        chapter: "Pricing",
        access: .needs(.managePricing),
        body: .json(PricingBody.rule),
        answers: [.created("The new rule.", PricingAnswer.rule)],
        problems: [.limitReached],
        handler: { call in
            let rule = try PricingBody.rule(call.body, id: call.organization.identifiers.next())
            let result = try await call.execute(.createPricingRule(rule))
            let made = try result.made("The new rule") { if case .pricingRuleSet(let rule) = $0 { rule } else { nil } }
            return .json(.created, headers: [.location: "/api/v1/pricing/rules/\(made.id)"]) { $0.value(made) }
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/pricing/rules/{ruleId}",
        operation: "getPricingRule",
        summary: "A pricing rule",
        chapter: "Pricing",
        access: .needs(.readCustomers),
        parameters: [id],
        answers: [answer],
        problems: [.pricingRuleNotFound],
        handler: { call in
            let id = try call.identifier("ruleId", PricingRuleKind.self)
            let rule = try await call.read { state, _ in
                guard let rule = state.pricingRule(id) else { throw CommandError.rejected(.pricingRuleNotFound(id)) }
                return rule
            }
            return .json { $0.value(rule) }
        }
    )

    static let put = Route(
        method: .put,
        path: "/api/v1/pricing/rules/{ruleId}",
        operation: "putPricingRule",
        summary: "Replaces a pricing rule, whole",
        chapter: "Pricing",
        access: .needs(.managePricing),
        parameters: [id],
        body: .json(PricingBody.rule),
        answers: [answer],
        problems: [.pricingRuleNotFound],
        handler: { call in
            let rule = try PricingBody.rule(call.body, id: try call.identifier("ruleId"))
            try await call.execute(.replacePricingRule(rule))
            return .json { $0.value(rule) }
        }
    )

    static let remove = Route(
        method: .delete,
        path: "/api/v1/pricing/rules/{ruleId}",
        operation: "deletePricingRule",
        summary: "Removes a pricing rule",
        chapter: "Pricing",
        access: .needs(.managePricing),
        parameters: [id],
        answers: [Answer(status: 204, description: "The rule is not there.")],
        problems: [.pricingRuleNotFound],
        handler: { call in
            try await call.execute(.removePricingRule(try call.identifier("ruleId")))
            return .noContent()
        }
    )

    static let ofCustomer = Route(
        method: .get,
        path: "/api/v1/customers/{id}/pricing",
        operation: "getCustomerPricing",
        summary: "What holds for a customer's orders now, from its groups and the rules for them",
        chapter: "Pricing",
        access: .needs(.readCustomers),
        parameters: [
            CustomerRoutes.id, .query("currency", .currency, "Of the orders; the organization's when absent."),
        ],
        answers: [Answer(status: 200, description: "The terms.", schema: PricingAnswer.terms), CustomerRoutes.moved],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            let currency = call.query.text("currency").flatMap { CurrencyCode($0) }
            let terms = try await call.read { state, time in
                state.pricingTerms(of: try state.standingCustomer(id), in: currency, at: time.now)
            }
            return .json { $0.value(terms) }
        }
    )

    static let quote = Route(
        method: .post,
        path: "/api/v1/pricing/quote",
        operation: "quotePrice",
        summary: "What an order of a customer would come to; nothing is recorded",
        chapter: "Pricing",
        access: .needs(.readCustomers),
        body: .json(PricingBody.quote),
        answers: [Answer(status: 200, description: "The quote.", schema: PricingAnswer.quote)],
        problems: [],
        handler: { call in
            let total = try PricingBody.total(call.body)
            guard let id = call.body.identifier("customerId", CustomerKind.self) else {
                throw Problem(.invalidFields, "The body names no customer.")
            }
            let asked = call.body.currency("currency")
            let quoted = try await call.read { state, time in
                guard let customer = state.customer(id),
                    [.active, .disabled].contains(state.standing(of: customer).status)
                else {
                    throw Problem.invalid([
                        FieldError(place: .pointer("/customerId"), detail: "is not a customer who stands")
                    ])
                }
                let terms = state.pricingTerms(of: customer, in: asked, at: time.now)
                let quote = terms.quote(total: total)
                let credit = terms.currency.map { state.spendableCredit(of: customer, in: $0, at: time.now) } ?? 0
                return QuotedPrice(terms: terms, quote: quote, storeCredit: min(credit, quote.payable))
            }
            return .json { $0.value(quoted) }
        }
    )
}
