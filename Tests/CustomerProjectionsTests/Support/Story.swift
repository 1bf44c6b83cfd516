import CustomerDomain
import CustomerProjections
import EventSourcing

/// Events told one after another, for tests of single rules.
struct Story {
    var state = OrganizationState()
    private(set) var sequence: UInt64 = 0
    var clock = Timestamp.seconds(1_700_000_000)
    private var versions: [CustomerOrdinal: UInt32] = [:]

    static let gbp = CurrencyCode(packed: 0x474250)

    var time: QueryTime {
        QueryTime(now: clock, monthStart: Timestamp(microseconds: clock.microseconds / 900_000_000 * 900_000_000))
    }

    /// The next event; `daysAgo` is when it happened.
    @discardableResult
    mutating func happens(
        _ event: Event,
        to customer: Int? = nil,
        daysAgo: Int = 0,
        actor: String = "key_a",
        requestID: String? = nil,
        idempotency: Idempotency? = nil
    ) -> RecordedEvent {
        sequence += 1
        let ordinal = customer.map { CustomerOrdinal(UInt32($0)) }
        if let ordinal { versions[ordinal, default: 0] += 1 }
        let recorded = RecordedEvent(
            sequence: SequenceNumber(sequence),
            recordedAt: clock,
            occurredAt: clock.advanced(byDays: -daysAgo),
            actor: actor,
            requestID: requestID,
            customer: ordinal,
            customerVersion: ordinal.flatMap { versions[$0] } ?? 0,
            idempotency: idempotency,
            event: event
        )
        state.apply(recorded)
        return recorded
    }

    /// A new customer, and its ordinal.
    mutating func customer(
        _ first: String? = nil,
        _ last: String? = nil,
        email: String? = nil,
        phone: String? = nil,
        _ type: AccountType = .registered
    ) -> Int {
        let number = state.customerCount
        let profile = Profile(
            email: email.map(EmailAddress.init(unchecked:)),
            firstName: first,
            lastName: last,
            phone: phone.map(PhoneNumber.init(unchecked:))
        )
        let id = CustomerID(high: UInt64(number), low: 1)
        happens(.customerCreated(CustomerCreated(id: id, accountType: type, profile: profile)), to: number)
        return number
    }

    mutating func order(
        _ number: String,
        of customer: Int,
        total: Int64,
        daysAgo: Int = 0,
        names: (String, String)? = nil
    ) {
        var address: AddressFields?
        if let names {
            address = AddressFields()
            address?.firstName = names.0
            address?.lastName = names.1
        }
        let order = Order(
            number: number,
            currency: Self.gbp,
            lines: [OrderLine(sku: "s", name: "n", quantity: 1, unitPrice: total)],
            shippingAddress: address
        )
        happens(.orderPlaced(order), to: customer, daysAgo: daysAgo)
    }

    func found(_ text: String) throws -> [Int] {
        var query = CustomerQuery()
        query.search = text
        return state.ordinals(query, at: time).map(\.index)
    }

    func summary(_ customer: Int) -> CustomerSummary {
        state.summary(of: CustomerOrdinal(UInt32(customer)), at: time)
    }
}
