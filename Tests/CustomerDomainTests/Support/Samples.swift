import CustomerDomain
import EventSourcing

extension Identifier {
    /// The identifier of this number.
    static func number(_ number: UInt64) -> Identifier {
        Identifier(high: 0x018F_0000_0000_7000, low: 1 << 63 | number)
    }
}

extension CustomerOrdinal {
    static let ana = CustomerOrdinal(0)
    static let guest = CustomerOrdinal(1)
    static let next = CustomerOrdinal(2)
}

/// Ana, a registered customer; a guest with the same e-mail address; and what they may do.
enum Sample {
    static let ana = CustomerID.number(1)
    static let guest = CustomerID.number(2)
    static let other = CustomerID.number(3)
    static let nobody = CustomerID.number(999)
    static let email = EmailAddress(unchecked: "Ana@Example.com")
    static let gbp = CurrencyCode(packed: 0x47_42_50)
    static let eur = CurrencyCode(packed: 0x45_55_52)
    static let jpy = CurrencyCode(packed: 0x4A_50_59)

    static func shop() throws -> Specification {
        try Specification(given: createAna, createGuest)
    }

    static let createAna = create(ana, email: email.text, externalID: "17850")
    static let createGuest = create(guest, .guest, email: "ana@example.com")

    static func create(
        _ id: CustomerID,
        _ accountType: AccountType = .registered,
        email: String? = nil,
        externalID: String? = nil
    ) -> Command {
        .createCustomer(CreateCustomer(created(id, accountType, email: email, externalID: externalID)))
    }

    static func created(
        _ id: CustomerID,
        _ accountType: AccountType = .registered,
        email: String? = nil,
        externalID: String? = nil
    ) -> CustomerCreated {
        let profile = Profile(email: email.map(EmailAddress.init(unchecked:)), firstName: "Ana")
        return CustomerCreated(id: id, accountType: accountType, externalID: externalID, profile: profile)
    }

    /// An order of one line over this many pence.
    static func order(_ number: String = "1001", total: Int64 = 1_999, currency: CurrencyCode = gbp) -> Order {
        Order(
            number: number,
            currency: currency,
            lines: [OrderLine(sku: "A", name: "Mug", quantity: 1, unitPrice: total)]
        )
    }

    /// A lot of store credit of this many pence.
    static func lot(
        _ number: UInt64 = 1,
        _ minorUnits: Int64 = 1_000,
        expires: Timestamp? = nil,
        currency: CurrencyCode = gbp
    ) -> CreditIssued {
        CreditIssued(
            lot: .number(number),
            amount: Money(minorUnits: minorUnits, currency: currency),
            expiresAt: expires,
            source: .goodwill
        )
    }

    static let enrolled: [Command] = [
        .configureLoyalty(LoyaltyProgram(validity: nil)), .enrollInLoyalty(ana, cardNumber: "FC12345"),
    ]

    static func address(
        _ number: UInt64,
        city: String = "London",
        shipping: Bool = false,
        billing: Bool = false
    ) -> Address {
        var fields = AddressFields()
        fields.city = city
        return Address(id: .number(number), fields: fields, isDefaultShipping: shipping, isDefaultBilling: billing)
    }

    /// A command of every kind that is about one customer, who is `id`.
    static func customerCommands(_ id: CustomerID) -> [Command] {
        [
            .updateCustomer(UpdateCustomer(id: id, tags: ["vip"])),
            .disableCustomer(id, reason: nil),
            .enableCustomer(id, reason: nil),
            .claimGuest(id),
            .requestCode(id, CodeIssued(purpose: .email)),
            .confirmCode(id, ConfirmCode(purpose: .email, digest: []), at: .seconds(1_700_000_000)),
            .changeSuppression(id, SuppressionChanged(channel: .email, reason: .bounce)),
            .addAddress(AddAddress(customer: id, address: address(1))),
            .updateAddress(UpdateAddress(customer: id, address: .number(1))),
            .verifyAddress(id, AddressVerified(address: .number(1), outcome: .verified)),
            .removeAddress(id, .number(1)),
            .addTags(id, ["vip"]),
            .removeTags(id, ["vip"]),
            .addNote(id, NoteAdded(id: .number(1), type: .general, text: "Called.")),
            .changeConsents(id, [ConsentChanged(kind: .sms, state: .granted)]),
            .openDataRequest(id, DataRequestOpened(id: .number(1), right: .access)),
            .recordRefund(id, Refund(reference: "C1", amount: Money(minorUnits: 1, currency: gbp))),
            .enrollInLoyalty(id, cardNumber: "FC1"),
            .adjustPoints(id, PointsAdjusted(adjustment: .add, points: 1, reason: "Goodwill")),
            .issueCredit(id, lot(), at: .seconds(1_700_000_000)),
            .mergeCustomers(survivor: id, merged: other),
            .eraseCustomer(id, reason: nil),
        ] + activeCustomerCommands(id)
    }

    /// A command of every kind that a disabled customer is refused.
    static func activeCustomerCommands(_ id: CustomerID) -> [Command] {
        [
            .recordLogin(id),
            .requestCode(id, CodeIssued(purpose: .password)),
            .placeOrder(id, order("2000")),
            .earnPoints(id, PointsEarned(points: 1)),
            .redeemPoints(id, PointsRedeemed(points: 1)),
            .spendCredit(
                id,
                SpendCredit(id: .number(1), amount: Money(minorUnits: 1, currency: gbp)),
                at: .seconds(1_700_000_000)
            ),
        ]
    }
}
