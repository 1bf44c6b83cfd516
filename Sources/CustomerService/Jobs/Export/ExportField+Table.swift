import CustomerDomain
import CustomerProjections

// The columns of exports: the one place that names them.
extension ExportField {
    static let customerFields: [ExportField] = basic + addresses + orderHistory + loyalty + lists + consents + credit

    private static let basic: [ExportField] = [
        ExportField("id", "basic") { .text($0.summary.id.description) },
        ExportField("externalId", "basic") { ExportValue($0.summary.externalID) },
        ExportField("email", "basic") { ExportValue($0.summary.email) },
        ExportField("firstName", "basic") { ExportValue($0.summary.firstName) },
        ExportField("lastName", "basic") { ExportValue($0.summary.lastName) },
        ExportField("phone", "basic") { ExportValue($0.summary.phone) },
        ExportField("birthDate", "basic") { ExportValue($0.profile.birthDate?.description) },
        ExportField("customerRole", "basic") { ExportValue($0.summary.role) },
        ExportField("accountType", "basic") { .text($0.summary.accountType.description) },
        ExportField("status", "basic") { .text($0.summary.status.description) },
        ExportField("source", "basic") { ExportValue($0.summary.source) },
        ExportField("createdAt", "basic") { ExportValue($0.summary.createdAt) },
        ExportField("updatedAt", "basic") { ExportValue($0.summary.updatedAt) },
        ExportField("lastLoginAt", "basic") { ExportValue($0.summary.lastLoginAt) },
    ]

    private static let addresses: [ExportField] =
        address("shipping") { $0.shipping } + address("billing") { $0.billing } + [
            ExportField("addressCount", "addresses") { .number(Int64($0.profile.addresses.count)) }
        ]

    private static func address(
        _ prefix: String,
        _ fields: @escaping @Sendable (borrowing ExportSubject) -> AddressFields?
    ) -> [ExportField] {
        AddressTextField.allCases.map { field in
            ExportField("\(prefix).\(field.name)", "addresses") { subject in
                ExportValue(fields(subject).flatMap { $0[keyPath: field.keyPath] })
            }
        } + [
            ExportField("\(prefix).country", "addresses") { ExportValue(fields($0)?.country?.description) }
        ]
    }

    private static let orderHistory: [ExportField] = [
        ExportField("orderCount", "orderHistory") { .number($0.summary.orderCount) },
        ExportField("currency", "orderHistory") { ExportValue($0.summary.currency?.description) },
        ExportField("totalSpent", "orderHistory") { .number($0.summary.grossSpent) },
        ExportField("refunded", "orderHistory") { .number($0.summary.refunded) },
        ExportField("averageOrderValue", "orderHistory") { ExportValue($0.summary.averageOrderValue) },
        ExportField("firstOrderAt", "orderHistory") { ExportValue($0.summary.firstOrderAt) },
        ExportField("lastOrderAt", "orderHistory") { ExportValue($0.summary.lastOrderAt) },
    ]

    private static let loyalty: [ExportField] = [
        ExportField("loyaltyCard", "loyalty") { ExportValue($0.loyalty?.cardNumber) },
        ExportField("points", "loyalty") { ExportValue($0.loyalty?.balance) },
        ExportField("lifetimePoints", "loyalty") { ExportValue($0.loyalty?.lifetimePoints) },
        ExportField("tier", "loyalty") { ExportValue($0.loyalty?.tier?.name) },
        ExportField("memberSince", "loyalty") { ExportValue($0.loyalty?.memberSince) },
    ]

    private static let lists: [ExportField] = [
        ExportField("tags", "tags") { .list($0.summary.tags) },
        ExportField("groups", "groups") { .list($0.summary.groups.map(\.name)) },
        ExportField("metadata", "metadata") { .map($0.profile.metadata) },
    ]

    private static let consents: [ExportField] = ConsentKind.allCases.map { kind in
        ExportField("consent.\(kind.name)", "consents") {
            .text(ConsentState.name(of: $0.profile.consents[kind]?.state))
        }
    }

    private static let credit: [ExportField] = [
        ExportField("storeCredit", "storeCredit") { subject in
            .list(subject.profile.credit.map { "\($0.balance.minorUnits) \($0.balance.currency)" })
        }
    ]

    static let orderFields: [ExportField] = [
        order("number", "basic") { .text($0.number) },
        order("placedAt", "basic") { ExportValue($0.placedAt) },
        order("status", "basic") { .text($0.status.description) },
        order("fulfillmentStatus", "basic") { .text($0.fulfillmentStatus.description) },
        order("currency", "amounts") { .text($0.total.currency.description) },
        order("total", "amounts") { .number($0.total.minorUnits) },
        order("refunded", "amounts") { .number($0.refunded) },
        order("itemCount", "amounts") { .number($0.itemCount) },
        order("pointsEarned", "amounts") { .number($0.pointsEarned) },
        ExportField("customerId", "customer", of: .orders) { .text($0.summary.id.description) },
        ExportField("customerExternalId", "customer", of: .orders) { ExportValue($0.summary.externalID) },
        ExportField("email", "customer", of: .orders) { ExportValue($0.summary.email) },
        ExportField("firstName", "customer", of: .orders) { ExportValue($0.summary.firstName) },
        ExportField("lastName", "customer", of: .orders) { ExportValue($0.summary.lastName) },
    ]

    private static func order(
        _ name: String,
        _ group: String,
        _ value: @escaping @Sendable (OrderView) -> ExportValue
    ) -> ExportField {
        ExportField(name, group, of: .orders) { subject in subject.order.map(value) ?? .none }
    }
}
