import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport

/// A shop to which random things happen, through the same decisions as in life: a plain model, and the events.
struct RandomShop {
    var random: SeededGenerator
    var model = OrganizationModel()
    var events: [RecordedEvent] = []
    var clock: Int64 = 1_700_000_000_000_000
    /// The latest business time of anything that happened to a customer.
    private var identifierCount: UInt64 = 0
    private var numberCount = 0

    static let firstNames = [
        "Zoë", "Ann", "Anna", "José", "Đặng", "Ørjan", "Łucja", "ann-marie", "Øyvind", "ΑΝΝΑ", "Étienne",
    ]
    static let lastNames = ["Smith", "Smithson", "O'Hara", "Núñez", "Straße", "van der Berg", "Nguyễn", "Ann", "Çelik"]
    static let tags = ["vip", "early-adopter", "gift", "wholesale", "Émigré"]
    static let countries = ["US", "GB", "DE", "VN"]
    static let cities = ["Bern", "BERN", "Zürich", "zÜrich", "Łódź"]
    static let regions = ["NY", "ny", "Bayern"]
    static let languages = ["de", "DE", "fr-CA", "vi"]
    static let currencies = ["GBP", "GBP", "GBP", "USD", "JPY"]

    init(_ random: SeededGenerator) {
        self.random = random
    }

    /// Tries this many commands, most of which are accepted.
    mutating func run(_ commandCount: Int) {
        if model.groups.isEmpty, random.chance(3, in: 4) {
            for name in ["VIP", "Wholesale", "Retail"] {
                attempt(.createGroup(GroupCreated(id: identifier(), name: name)))
            }
        }
        for _ in 0..<commandCount { attempt(command()) }
    }

    /// Tries this many commands, most of which merge customers, take them apart again, or are about survivors.
    mutating func runMerges(_ commandCount: Int) {
        for _ in 0..<commandCount {
            switch random.below(10) {
            case 0...2: attempt(merging(customer()))
            case 3...5: attempt(unmerging())
            default: attempt(command())
            }
        }
    }

    /// Decides a command and keeps what came of it.
    mutating func attempt(_ command: Command) {
        let occurredAt = random.chance(1, in: 3) ? clock - Int64(random.below(200)) * 40_000_000_000 : clock
        let now = Timestamp(microseconds: occurredAt)
        guard let decided = try? decide(command, facts: model, at: now), !decided.isEmpty else { return }
        defer {
            clock += Int64(random.below(4)) * Int64(random.below(3_600)) * 1_000_000
            if random.chance(1, in: 40) { clock += 86_400_000_000 * Int64(random.below(60)) }
        }
        let first = events.count
        events += model.record(
            decided,
            recordedAt: Timestamp(microseconds: clock),
            occurredAt: Timestamp(microseconds: occurredAt),
            actor: random.pick(["key_a", "key_b"])
        )
        guard random.chance(1, in: 2) else { return }
        for index in first..<events.count { events[index].requestID = "request \(first)" }
        events[first].idempotency = Idempotency(key: "k\(random.below(50))", fingerprint: random.next())
    }

    /// A random command, about customers that exist where there are any.
    mutating func command() -> Command {
        if model.customers.count < 3 || random.chance(1, in: 6) { return creation() }
        let id = customer()
        switch random.below(56) {
        case 0...1: return .updateCustomer(update(id))
        case 2: return random.chance(1, in: 3) ? .enableCustomer(id, reason: nil) : .disableCustomer(id, reason: "x")
        case 3: return .enableCustomer(id, reason: nil)
        case 4: return .recordLogin(id)
        case 5: return .claimGuest(id, isVerified: random.chance(1, in: 2))
        case 43...48: return contact(id)
        case 6: return .addAddress(AddAddress(customer: id, address: address()))
        case 7: return addressChange(id)
        case 8: return .addTags(id, [random.pick(Self.tags), random.pick(Self.tags)])
        case 9: return .removeTags(id, [random.pick(Self.tags)])
        case 10: return note(id)
        case 11: return groupChange(id)
        case 12...17: return .placeOrder(id, order())
        case 18: return orderChange()
        case 19...20: return refund(id)
        case 21: return loyaltyChange(id)
        case 22...23: return points(id)
        case 30: return .recordRead(random.pick(ReadKind.allCases), [id, customer()])
        case 33...37: return credit(id)
        case 38...41: return segment(id)
        case 31:
            var settings = model.settings
            settings.recordedReads = random.chance(1, in: 3) ? [] : Set(ReadKind.allCases)
            return .configureOrganization(settings)
        case 32: return job()
        case 42: return webhook()
        case 49...51: return rule(id)
        case 52: return view()
        case 53...54: return returning()
        case 55: return moving(id)
        case 24: return random.chance(1, in: 3) ? unmerging() : merging(id)
        case 25...26: return .changeConsents(id, consentChanges())
        case 27...29: return dataRequest(id)
        default: return organizationChange(id)
        }
    }

    /// The next step of a request, or a new one.
    private mutating func dataRequest(_ id: CustomerID) -> Command {
        let open = model.dataRequests.filter(\.status.isOpen)
        guard !open.isEmpty, random.chance(3, in: 4) else {
            let right = random.pick(DataRight.allCases)
            return .openDataRequest(id, DataRequestOpened(id: identifier(), right: right, details: "secret"))
        }
        let request = random.pick(open)
        if random.chance(1, in: 8) { return .cancelDataRequest(DataRequestCancelled(id: request.id, reason: "secret")) }
        if random.chance(1, in: 8) {
            return .decideDataRequest(DataRequestDecided(id: request.id, refusal: .unfounded, reason: "secret"))
        }
        switch request.status {
        case .opened: return .checkIdentity(DataRequestIdentityChecked(id: request.id, method: .login, note: "secret"))
        case .identityConfirmed: return .decideDataRequest(DataRequestDecided(id: request.id, refusal: nil))
        default:
            let version: UInt32? = request.right == .rectification ? 1 : nil
            return .executeDataRequest(DataRequestExecuted(id: request.id, rectifiedVersion: version))
        }
    }

    private mutating func consentChanges() -> [ConsentChanged] {
        let first = ConsentChanged(kind: random.pick(ConsentKind.allCases), state: random.pick(ConsentState.allCases))
        guard random.chance(1, in: 2) else { return [first] }
        let kind = random.pick(ConsentKind.allCases.filter { $0 != first.kind })
        return [
            first,
            ConsentChanged(
                kind: kind,
                state: random.pick(ConsentState.allCases),
                optInLevel: .confirmed,
                evidence: "hidden form"
            ),
        ]
    }

    mutating func identifier<Kind>() -> Identifier<Kind> {
        identifierCount += 1
        return Identifier(high: 7 << 12 | identifierCount << 16, low: random.next())
    }

    mutating func customer() -> CustomerID { random.pick(model.customers).id }

    /// Mostly a merge that can be undone, where there is any.
    private mutating func unmerging() -> Command {
        let merged = model.customers.indices.filter { index in
            guard case .open = model.merge(of: CustomerOrdinal(UInt32(index))) else { return false }
            return true
        }
        let pool = merged.isEmpty || random.chance(1, in: 8) ? Array(model.customers.indices) : merged
        let one = model.customers[random.pick(pool)]
        let survivor = one.mergedInto.map { model.customers[$0.index].id } ?? customer()
        return .unmergeCustomers(survivor: survivor, merged: one.id)
    }

    private mutating func merging(_ survivor: CustomerID) -> Command {
        .mergeCustomers(survivor: survivor, merged: customer(), choices: choices())
    }

    private mutating func choices() -> MergeChoices {
        var choices = MergeChoices(metadata: random.pick([nil, .survivor, .merged]))
        for field in MergeField.allCases { choices.fields[field] = random.pick([nil, .survivor, .merged]) }
        return choices
    }

    private mutating func creation() -> Command {
        let created = CustomerCreated(
            id: identifier(),
            accountType: random.chance(1, in: 3) ? .guest : .registered,
            externalID: random.chance(1, in: 3) ? "ext-\(random.below(200))" : nil,
            source: random.chance(1, in: 2) ? random.pick(["web", "import"]) : nil,
            profile: profile()
        )
        return .createCustomer(
            CreateCustomer(
                created,
                tags: random.chance(1, in: 3) ? [random.pick(Self.tags)] : [],
                metadata: random.chance(1, in: 4)
                    ? ["segment": "a", "source": "b", "preferredLanguage": random.pick(Self.languages)] : [:],
                addresses: random.chance(1, in: 3) ? [address()] : [],
                consents: random.chance(1, in: 8) ? consentChanges() : [],
                isWelcomed: created.profile.email != nil && random.chance(1, in: 8),
                isTakenOver: random.chance(1, in: 2)
            )
        )
    }

    private mutating func profile() -> Profile {
        var profile = Profile()
        if random.chance(5, in: 6) { profile.firstName = random.pick(Self.firstNames) }
        if random.chance(5, in: 6) { profile.lastName = random.pick(Self.lastNames) }
        if random.chance(5, in: 6) { profile.email = email() }
        if random.chance(1, in: 2) { profile.phone = phone() }
        if random.chance(1, in: 3) { profile.birthDate = CalendarDate(dayNumber: Int32(random.below(20_000)) - 5_000) }
        if random.chance(1, in: 4) { profile.role = random.pick(["buyer", "Approver", "approver"]) }
        if profile.email == nil, profile.firstName == nil { profile.phone = PhoneNumber("+1 555 0100") }
        return profile
    }

    mutating func email() -> EmailAddress? {
        let domain = random.pick(["Example.com", "a.org", "own\(random.below(9)).org"])
        return EmailAddress(random.pick(["Ann", "zoe.", "josé", "x"]) + "\(random.below(60))@" + domain)
    }

    mutating func phone() -> PhoneNumber? {
        PhoneNumber(random.pick(["+1 (555) 01", "0044-20", "555 "]) + "\(random.number(in: 10_000...99_999))")
    }

    private mutating func update(_ id: CustomerID) -> UpdateCustomer {
        var update = UpdateCustomer(id: id)
        let new = profile()
        if random.chance(1, in: 2) { update.profile.email = new.email.map { .set($0) } ?? .remove }
        if random.chance(1, in: 2) { update.profile.firstName = new.firstName.map { .set($0) } ?? .remove }
        if random.chance(1, in: 2) { update.profile.lastName = new.lastName.map { .set($0) } ?? .remove }
        if random.chance(1, in: 2) { update.profile.phone = new.phone.map { .set($0) } ?? .remove }
        if random.chance(1, in: 3) { update.profile.birthDate = new.birthDate.map { .set($0) } ?? .remove }
        if random.chance(1, in: 4) { update.profile.role = new.role.map { .set($0) } ?? .remove }
        if random.chance(1, in: 4) { update.externalID = .set("ext-\(random.below(200))") }
        if random.chance(1, in: 4) { update.tags = [random.pick(Self.tags)] }
        if random.chance(1, in: 4) { update.metadata = .merge(["segment": random.chance(1, in: 2) ? "c" : nil]) }
        if random.chance(1, in: 4) {
            let language = random.chance(2, in: 3) ? random.pick(Self.languages) : nil
            update.metadata = .merge([SegmentField.languageKey: language])
        }
        return update
    }

    private mutating func address() -> Address {
        var fields = AddressFields()
        fields.line1 = "\(random.below(40)) Hidden Street"
        fields.firstName = random.pick(Self.firstNames)
        if random.chance(1, in: 5) { fields.use = random.pick(AddressUse.allCases) }
        if random.chance(3, in: 4) { fields.city = random.pick(Self.cities) }
        if random.chance(1, in: 3) { fields.state = random.pick(Self.regions) }
        if random.chance(3, in: 4) { fields.country = CountryCode(code: random.pick(Self.countries)) }
        return Address(
            id: identifier(),
            fields: fields,
            isDefaultShipping: fields.use != .billing && random.chance(1, in: 3),
            isDefaultBilling: fields.use != .shipping && random.chance(1, in: 3)
        )
    }

    private mutating func addressChange(_ id: CustomerID) -> Command {
        let book = model.customer(id).map { model.addresses(of: $0) } ?? []
        guard !book.isEmpty else { return .addAddress(AddAddress(customer: id, address: address())) }
        let target = random.pick(book).id
        if random.chance(1, in: 3) { return .removeAddress(id, target) }
        if random.chance(1, in: 3) {
            let outcome = random.pick(AddressCheck.allCases)
            return .verifyAddress(id, AddressVerified(address: target, outcome: outcome, reason: "secret"))
        }
        var edit = AddressEdit()
        edit.country = .set(CountryCode(packed: random.chance(1, in: 2) ? 0x5553 : 0x4442))
        if edit.country == .set(CountryCode(packed: 0x4442)) { edit.country = .remove }
        if random.chance(1, in: 3) { edit.use = random.pick([.remove, .set(.shipping), .set(.billing)]) }
        return .updateAddress(
            UpdateAddress(customer: id, address: target, fields: edit, isDefaultShipping: random.chance(1, in: 2))
        )
    }

    private mutating func groupChange(_ id: CustomerID) -> Command {
        guard !model.groups.isEmpty else { return .createGroup(GroupCreated(id: identifier(), name: "vip")) }
        let group = random.pick(model.groups).id
        switch random.below(18) {
        case 0: return .deleteGroup(group)
        case 16:
            let rule = PricingRule(
                id: random.chance(1, in: 2) ? identifier() : model.pricingRules.last?.id ?? identifier(),
                name: random.pick(["Summer", "Sale"]),
                group: group,
                discount: random.chance(1, in: 2) ? .percentage(hundredths: 2_000) : .fixed(500),
                minimumOrder: random.chance(1, in: 2) ? 1_000 : nil,
                currency: CurrencyCode("GBP"),
                endsAt: random.chance(1, in: 2) ? Timestamp(microseconds: clock) : nil
            )
            return model.pricingRule(rule.id) == nil ? .createPricingRule(rule) : .replacePricingRule(rule)
        case 17: return .removePricingRule(model.pricingRules.first?.id ?? identifier())
        case 1: return .createGroup(GroupCreated(id: identifier(), name: random.pick(["VIP", "retail", "New"])))
        case 2, 3:
            var edit = GroupEdit()
            if random.chance(1, in: 3) { edit.name = random.pick(["Vip", "Retail", "Other"]) }
            edit.key = random.pick([.keep, .remove, .set("k-0"), .set("k-1"), .set("k-2")])
            edit.type = random.pick([nil] + GroupType.allCases)
            edit.benefits.discount = random.pick([.keep, .remove, .set(1_500), .set(0)])
            edit.benefits.freeShippingOver = random.pick([.keep, .remove, .set(0)])
            return .updateGroup(group, edit)
        default:
            let reason = random.pick([nil, nil, "Asked"])
            return random.chance(3, in: 4)
                ? .addGroupMembers(group, [id], reason: reason) : .removeGroupMembers(group, [id], reason: reason)
        }
    }

    mutating func order() -> Order {
        numberCount += 1
        var shipping = AddressFields()
        shipping.line1 = "2 Hidden Street"
        if random.chance(2, in: 3) { shipping.firstName = random.pick(Self.firstNames) }
        if random.chance(2, in: 3) { shipping.lastName = random.pick(Self.lastNames) }
        return Order(
            number: "\(random.pick(["A", "B"]))-\(numberCount)",
            currency: CurrencyCode(random.pick(Self.currencies)) ?? CurrencyCode(packed: 0),
            lines: (0...random.below(3))
                .map { index in
                    OrderLine(
                        sku: "s\(index)",
                        name: "n",
                        quantity: Int64(1 + index),
                        unitPrice: Int64(random.below(5_000))
                    )
                },
            status: random.pick([.pending, .placed, .paid]),
            shippingAddress: random.chance(1, in: 2) ? shipping : nil
        )
    }

    private mutating func orderChange() -> Command {
        guard !model.orders.isEmpty else { return creation() }
        let number = random.pick(model.orders).order.number
        if random.chance(1, in: 2) { return .cancelOrder(OrderCancelled(number: number, reason: nil)) }
        return .changeOrderStatus(
            OrderStatusChanged(
                number: number,
                status: random.pick([.paid, .processing, .completed, nil]),
                fulfillmentStatus: random.pick([.partial, .shipped, .returned, nil])
            )
        )
    }

    private mutating func refund(_ id: CustomerID) -> Command {
        numberCount += 1
        if model.orders.isEmpty || random.chance(1, in: 3) {
            let currency = CurrencyCode(random.pick(Self.currencies)) ?? CurrencyCode(packed: 0)
            let amount = Money(minorUnits: Int64(1 + random.below(900)), currency: currency)
            return .recordRefund(id, Refund(reference: "r\(numberCount)", amount: amount))
        }
        return .refundOrder(
            RefundOrder(
                orderNumber: random.pick(model.orders).order.number,
                reference: "r\(numberCount)",
                minorUnits: random.chance(1, in: 2) ? Int64(1 + random.below(2_000)) : nil
            )
        )
    }

    private mutating func loyaltyChange(_ id: CustomerID) -> Command {
        if model.loyaltyProgram == nil || random.chance(1, in: 10) {
            return .configureLoyalty(program())
        }
        return .enrollInLoyalty(id, cardNumber: "FC\(random.below(400))")
    }

    private mutating func program() -> LoyaltyProgram {
        var program = LoyaltyProgram(earnsOnOrders: random.chance(3, in: 4))
        program.tiers[1].threshold = Int64(500 + random.below(1_000))
        program.validity = random.pick([
            nil, PointsValidity(count: 1 + random.below(60), unit: .day), .oneYear,
            PointsValidity(count: 1, unit: .month, end: .month),
        ])
        program.pending = random.pick([.none, .none, .days(1 + random.below(20)), .orderCompletion])
        program.allowsNegativeBalance = random.chance(2, in: 3)
        program.qualification = random.pick([.lifetime, .lifetime, .months(2), .calendarYear])
        program.downgrade = random.pick(DowngradePolicy.allCases)
        program.birthdayPoints = random.pick([0, 70])
        return program
    }

    private mutating func points(_ id: CustomerID) -> Command {
        let count = Int64(1 + random.below(3_000))
        let now = Timestamp(microseconds: clock)
        switch random.below(9) {
        case 5...6:
            let open = model.customers.filter { $0.loyalty != nil }
            return .reviewLoyalty(open.isEmpty ? id : random.pick(open).id, at: now)
        case 7...8:
            let redeemers = model.customers.filter { $0.loyalty?.redemptions.isEmpty == false }
            guard !redeemers.isEmpty else { return .earnPoints(id, PointsEarned(points: count)) }
            let redeemer = random.pick(redeemers)
            guard let redemption = redeemer.loyalty?.redemptions.last else { return .recordLogin(id) }
            let points = random.chance(1, in: 2) ? nil : Int64(1 + random.below(400))
            return .restorePoints(redeemer.id, RestorePoints(redemption: redemption.sequence, points: points))
        case 0: return .enrollInLoyalty(id, cardNumber: "FC\(random.below(400))")
        case 1: return .earnPoints(id, PointsEarned(points: count))
        case 2: return .adjustPoints(id, PointsAdjusted(adjustment: .add, points: count, reason: "gift"))
        case 3: return .adjustPoints(id, PointsAdjusted(adjustment: .deduct, points: count / 4 + 1, reason: "error"))
        default: return .redeemPoints(id, PointsRedeemed(points: count / 4 + 1))
        }
    }

    private mutating func credit(_ id: CustomerID) -> Command {
        let now = Timestamp(microseconds: clock)
        let currency = CurrencyCode(random.pick(Self.currencies)) ?? CurrencyCode(packed: 0x47_42_50)
        let amount = Money(minorUnits: Int64(1 + random.below(2_000)), currency: currency)
        let end = Timestamp(microseconds: clock + Int64(1 + random.below(200)) * 7_200_000_000)
        let expiresAt = random.chance(2, in: 3) ? end : nil
        switch random.below(6) {
        case 0...1:
            let source = random.pick(CreditSource.allCases)
            return .issueCredit(
                id,
                CreditIssued(lot: identifier(), amount: amount, expiresAt: expiresAt, source: source, reason: "secret"),
                at: now
            )
        case 2...3:
            let holders = model.credit.lots.filter { $0.lot.rest > 0 }.map { model.customers[$0.customer.index].id }
            let holder = holders.isEmpty ? id : random.pick(holders)
            return .spendCredit(holder, SpendCredit(id: identifier(), amount: amount, allowsLess: true), at: now)
        case 4:
            guard !model.credit.spends.isEmpty else { return .expireCredit(id, at: now) }
            let spend = random.pick(model.credit.spends)
            var revert = RevertCredit(spend: spend.spent.id)
            if random.chance(1, in: 2) { revert.minorUnits = Int64(1 + random.below(300)) }
            if random.chance(1, in: 2) {
                revert.reissue = RevertCredit.Reissue(lot: identifier(), expiresAt: expiresAt)
            }
            return .revertCredit(model.customers[spend.customer.index].id, revert, at: now)
        default: return .expireCredit(id, at: now)
        }
    }

    private mutating func organizationChange(_ id: CustomerID) -> Command {
        switch random.below(10) {
        case 0: return .eraseCustomer(id, reason: nil)
        case 8, 9: return customFieldChange()
        case 1:
            let currency = CurrencyCode(random.pick(Self.currencies))
            let days = random.pick([7, 30, 90])
            return .configureOrganization(
                OrganizationSettings(currency: random.chance(1, in: 2) ? currency : nil, activityWindowDays: days)
            )
        case 2:
            return .createAPIKey(APIKey(id: identifier(), name: "key", secretDigest: digest(), role: .admin))
        case 3, 4: return roleChange()
        case 5:
            let key = model.apiKeys.keys.max() ?? identifier()
            let until = random.chance(1, in: 2) ? Timestamp(microseconds: clock).advanced(byDays: 1) : nil
            return .rotateAPIKey(
                APIKeyRotated(id: key, secretDigest: digest(), previousUntil: until, expiresAt: nil)
            )
        case 6: return .recordKeyUse(model.apiKeys.keys.max() ?? identifier(), at: Timestamp(microseconds: clock))
        default:
            guard let key = model.apiKeys.keys.min() else { return creation() }
            return .revokeAPIKey(key)
        }
    }

    private mutating func roleChange() -> Command {
        guard let role = model.roles.values.min(by: { $0.id < $1.id }), random.chance(2, in: 3) else {
            return .defineRole(
                RoleTemplate(id: identifier(), name: "Role \(random.below(30))", permissions: [.readCustomers])
            )
        }
        switch random.below(3) {
        case 0: return .removeRole(role.id)
        case 1: return .changeRole(RoleTemplate(id: role.id, name: role.name, permissions: [.readNotes]))
        default:
            let key = APIKey(
                id: identifier(),
                name: "key",
                secretDigest: digest(),
                role: .staff,
                template: role.id,
                expiresAt: random.chance(1, in: 2) ? Timestamp(microseconds: clock).advanced(byDays: 3) : nil
            )
            return .createAPIKey(key)
        }
    }

    private mutating func digest() -> [UInt8] { (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
}

extension OrganizationState {
    /// The state after these events.
    init(after events: some Sequence<RecordedEvent>) {
        self.init()
        for event in events { apply(event) }
    }
}
