package import CustomerDomain
package import EventSourcing

/// Commands as a busy shop's clients send them, most of them sensible, some of them not; the same for the same seed.
///
/// Values come from small pools, so that e-mail addresses, numbers and cards collide. The generator remembers what it
/// minted (groups, order numbers, keys); whether it came to be depends on the decisions.
package struct RandomCommands {
    var random: SeededGenerator
    private var groups: [GroupID] = []
    var orders: [String] = []
    private var references: [String] = []
    var keys: [APIKeyID] = []
    var roles: [RoleID] = []
    private var requests: [DataRequestID] = []
    var lots: [CreditLotID] = []
    var spends: [CreditSpendID] = []
    var jobs: [JobID] = []
    var segments: [SegmentID] = []
    var returns: [ReturnID] = []
    var notes: [(CustomerID, NoteID)] = []
    var webhooks: [WebhookID] = []
    var time = Timestamp.seconds(1_700_000_000)
    var timeCount = 0

    /// Commands by these random numbers.
    package init(_ random: SeededGenerator) {
        self.random = random
    }

    /// The next time of recording, up to an hour after the one before.
    package mutating func nextTime() -> Timestamp {
        timeCount += 1
        time.microseconds += Int64(random.below(3_600_000_000))
        return time
    }

    /// A business time around the last time of recording: often the same, sometimes long before.
    package mutating func nextBusinessTime() -> Timestamp {
        random.chance(70) ? time : time.advanced(byDays: -random.below(400))
    }

    /// What a careful client sends along: mostly nothing, sometimes the right version, sometimes a wrong one.
    package mutating func nextExpectedVersion(
        for command: Command,
        facts: some OrganizationFacts
    ) -> UInt32? {
        guard random.chance(15) else { return nil }
        if case .updateCustomer(let update) = command, let customer = facts.customer(update.id), random.chance(70) {
            return facts.standing(of: customer).version
        }
        return UInt32(random.below(6))
    }

    /// The next command to an organization that is as the facts say.
    package mutating func next(for facts: some OrganizationFacts) -> Command {
        if facts.customerCount == 0 || random.chance(12) { return createCustomer(facts) }
        switch random.below(100) {
        case ..<12: return updateCustomer(facts)
        case ..<17: return customerCommand(facts)
        case ..<26: return addressCommand(facts)
        case ..<31: return tagCommand(facts)
        case ..<34: return .changeConsents(customer(facts), consentChanges())
        case ..<38: return dataRequestCommand(facts)
        case ..<40: return noteCommand(facts)
        case ..<46: return groupCommand(facts)
        case ..<48: return segmentCommand(facts)
        case ..<51: return ruleCommand(facts)
        case ..<62: return placeOrder(facts)
        case ..<73: return orderCommand(facts)
        case ..<75: return returnCommand(facts)
        case ..<77: return moveCommand(facts)
        case ..<86: return loyaltyCommand(facts)
        case ..<89: return creditCommand(facts)
        case ..<92: return jobCommand()
        case ..<93: return random.chance(60) ? webhookCommand() : viewCommand(facts)
        case ..<94: return .recordRead(random.pick(ReadKind.allCases), [customer(facts), customer(facts)])
        case ..<95: return organizationCommand()
        case ..<96: return customFieldCommand(facts)
        default: return mergeCommand(facts)
        }
    }
}

// MARK: Customers

extension RandomCommands {
    private mutating func createCustomer(_ facts: some OrganizationFacts) -> Command {
        var profile = Profile()
        if random.chance(70) { profile.email = email() }
        if random.chance(80) { profile.firstName = name() }
        if random.chance(80) { profile.lastName = name() }
        if random.chance(40) { profile.phone = phone() }
        if random.chance(20) { profile.birthDate = birthDate() }
        if random.chance(20) { profile.role = random.pick(["buyer", "approver", " "]) }
        let created = CustomerCreated(
            id: identifier(),
            accountType: random.chance(70) ? .registered : .guest,
            externalID: random.chance(40) ? externalID() : nil,
            source: random.pick([nil, "web", "import", ""]),
            profile: profile
        )
        return .createCustomer(
            CreateCustomer(
                created,
                tags: random.chance(30) ? tags() : [],
                metadata: random.chance(20) ? metadata() : [:],
                addresses: random.chance(30) ? (0...random.below(2)).map { _ in address() } : [],
                groups: random.chance(20) ? [group()] : [],
                consents: random.chance(20) ? consentChanges() : [],
                isWelcomed: random.chance(20),
                isTakenOver: random.chance(50)
            )
        )
    }

    private mutating func updateCustomer(_ facts: some OrganizationFacts) -> Command {
        var update = UpdateCustomer(id: customer(facts))
        if random.chance(30) { update.profile.email = edit(email()) }
        if random.chance(30) { update.profile.firstName = edit(name()) }
        if random.chance(30) { update.profile.lastName = edit(name()) }
        if random.chance(20) { update.profile.phone = edit(phone()) }
        if random.chance(20) { update.profile.birthDate = edit(birthDate()) }
        if random.chance(20) { update.profile.role = edit(random.pick(["buyer", "approver"])) }
        if random.chance(20) { update.externalID = edit(externalID()) }
        if random.chance(20) { update.tags = tags() }
        if random.chance(20) {
            let values = metadata()
            update.metadata =
                random.chance(50)
                ? .replace(values)
                : .merge(values.mapValues { random.chance(60) ? $0 : nil })
        }
        if random.chance(15) { update.status = random.pick([.active, .disabled, .active, .merged]) }
        return .updateCustomer(update)
    }

    private mutating func customerCommand(_ facts: some OrganizationFacts) -> Command {
        let id = customer(facts)
        switch random.below(14) {
        case 8...13: return contactCommand(id, facts)
        case ..<1: return .disableCustomer(id, reason: reason())
        case ..<3: return .enableCustomer(id, reason: reason())
        case ..<5: return .recordLogin(id)
        case ..<7: return .claimGuest(id, isVerified: random.chance(50))
        default: return .eraseCustomer(id, reason: reason())
        }
    }

    private mutating func contactCommand(_ id: CustomerID, _ facts: some OrganizationFacts) -> Command {
        // Most of them about somebody for whom a code is out.
        let waiting = (0..<facts.customerCount).map { CustomerOrdinal(UInt32($0)) }
            .filter { !facts.contacts(of: $0).codes.isEmpty }
        let one = waiting.isEmpty ? facts.customer(id) : random.pick(waiting)
        let codes = one.map { facts.contacts(of: $0).codes } ?? [:]
        let purpose = random.pick(CodePurpose.allCases.filter { codes[$0] != nil } + [.password])
        let out = codes[purpose]
        if let out, let one, random.chance(60) {
            let id = facts.standing(of: one).id
            let digest = random.chance(60) ? out.digest : [UInt8](repeating: 1, count: 32)
            let new = random.chance(20) ? email() : nil
            return .confirmCode(id, ConfirmCode(purpose: purpose, digest: digest, email: new), at: time)
        }
        if random.chance(30) {
            let reason = random.pick([nil] + SuppressionReason.allCases)
            let channel = random.pick(ContactChannel.allCases)
            return .changeSuppression(id, SuppressionChanged(channel: channel, reason: reason))
        }
        var issued = CodeIssued(purpose: random.pick(CodePurpose.allCases), email: random.chance(20) ? email() : nil)
        if random.chance(80) { issued.digest = (0..<32).map { _ in UInt8(random.below(256)) } }
        if random.chance(80) { issued.expiresAt = time.advanced(byDays: 1 + random.below(9)) }
        return .requestCode(id, issued)
    }

    private mutating func addressCommand(_ facts: some OrganizationFacts) -> Command {
        let id = customer(facts)
        let known = facts.customer(id).map { facts.addresses(of: $0).map(\.id) } ?? []
        let address = known.isEmpty || random.chance(5) ? identifier() : random.pick(known)
        switch random.below(5) {
        case 0: return .removeAddress(id, address)
        case 4:
            let outcome = random.pick(AddressCheck.allCases)
            return .verifyAddress(id, AddressVerified(address: address, outcome: outcome, reason: reason()))
        case 1:
            var update = UpdateAddress(customer: id, address: address)
            update.isDefaultShipping = random.pick([nil, true, false])
            update.isDefaultBilling = random.pick([nil, true, false])
            update.fields.texts[random.pick(AddressTextField.allCases)] = edit(name())
            if random.chance(30) { update.fields.country = edit(random.pick(countries)) }
            if random.chance(20) { update.fields.use = edit(random.pick(AddressUse.allCases)) }
            return .updateAddress(update)
        default:
            return .addAddress(AddAddress(customer: id, address: self.address()))
        }
    }

    private mutating func mergeCommand(_ facts: some OrganizationFacts) -> Command {
        let merged = (0..<facts.customerCount).map { CustomerOrdinal(UInt32($0)) }
            .filter { facts.standing(of: $0).mergedInto != nil }
        if !merged.isEmpty, random.chance(40) {
            let one = facts.standing(of: random.pick(merged))
            let survivor = one.mergedInto.map { facts.standing(of: $0).id }
            return .unmergeCustomers(survivor: survivor ?? customer(facts), merged: one.id)
        }
        var choices = MergeChoices(metadata: random.pick([nil, .survivor, .merged]))
        for field in MergeField.allCases { choices.fields[field] = random.pick([nil, nil, .survivor, .merged]) }
        return .mergeCustomers(survivor: customer(facts), merged: customer(facts), choices: choices)
    }

    private mutating func tagCommand(_ facts: some OrganizationFacts) -> Command {
        random.chance(60) ? .addTags(customer(facts), tags()) : .removeTags(customer(facts), tags())
    }

    /// Most of them on the newest requests, so that some come to their end.
    private mutating func dataRequestCommand(_ facts: some OrganizationFacts) -> Command {
        if requests.isEmpty || random.chance(25) {
            let id: DataRequestID = random.chance(3) && !requests.isEmpty ? random.pick(requests) : identifier()
            requests.append(id)
            let right = random.pick(DataRight.allCases)
            let channel = random.pick(DataRequestChannel.allCases)
            return .openDataRequest(
                customer(facts),
                DataRequestOpened(id: id, right: right, channel: channel, details: reason())
            )
        }
        let id: DataRequestID = random.chance(3) ? identifier() : random.pick(requests.suffix(3))
        // Most often the step that is next.
        let next = [.opened: 0, .identityConfirmed: 2, .approved: 7][facts.dataRequest(id)?.status ?? .opened] ?? 0
        switch random.chance(60) ? next : random.below(8) {
        case ..<2:
            let method = random.pick(IdentityMethod.allCases)
            return .checkIdentity(DataRequestIdentityChecked(id: id, method: method, note: reason()))
        case ..<4: return .decideDataRequest(DataRequestDecided(id: id, refusal: nil, reason: reason()))
        case ..<5:
            let refusal = random.pick([nil] + RefusalCategory.allCases)
            return .decideDataRequest(DataRequestDecided(id: id, refusal: refusal, reason: reason()))
        case ..<6: return .cancelDataRequest(DataRequestCancelled(id: id, reason: reason()))
        default:
            let version = random.pick([nil, nil, UInt32(random.below(4))])
            return .executeDataRequest(DataRequestExecuted(id: id, rectifiedVersion: version))
        }
    }

    private mutating func consentChanges() -> [ConsentChanged] {
        (0...random.below(2))
            .map { _ in
                ConsentChanged(
                    kind: random.pick(ConsentKind.allCases),
                    state: random.pick(ConsentState.allCases),
                    optInLevel: random.pick(OptInLevel.allCases),
                    source: random.pick([nil, "checkout", "footer", ""]),
                    wording: random.pick([nil, "2024-03", "v2"]),
                    evidence: random.pick([nil, "192.0.2.1", "form 7\nticked"]),
                    reason: reason()
                )
            }
    }

    private mutating func groupCommand(_ facts: some OrganizationFacts) -> Command {
        if groups.isEmpty || random.chance(20) {
            let id: GroupID = identifier()
            groups.append(id)
            return .createGroup(GroupCreated(id: id, name: random.pick(["VIP", "vip", "Wholesale", "Retail", name()])))
        }
        let members = (0..<random.below(4)).map { _ in customer(facts) }
        switch random.below(20) {
        case 0: return .deleteGroup(group())
        case 1, 2: return .updateGroup(group(), groupEdit())
        case 3: return .createDefaultGroups((0..<3).map { _ in groupToBe() }, currency: random.pick([nil] + currencies))
        case 4...7:
            let rule = PricingRule(
                id: identifier(),
                name: random.pick(["Summer", ""]),
                group: group(),
                discount: random.pick([.percentage(hundredths: 2_000), .percentage(hundredths: 0), .fixed(500)]),
                currency: random.pick([nil] + currencies)
            )
            guard let last = facts.pricingRules.last, random.chance(50) else { return .createPricingRule(rule) }
            return random.chance(50)
                ? .removePricingRule(last.id)
                : .replacePricingRule(PricingRule(id: last.id, name: "Sale", group: group(), discount: rule.discount))
        case ..<14: return .addGroupMembers(group(), members, reason: random.pick([nil, reason()]))
        default: return .removeGroupMembers(group(), members, reason: random.pick([nil, reason()]))
        }
    }

    private mutating func customFieldCommand(_ facts: some OrganizationFacts) -> Command {
        var field = CustomField(
            id: identifier(),
            key: random.pick(["size", "color", "no[t]"]),
            label: random.pick(["Size", "Color", ""]),
            type: random.pick(CustomFieldType.allCases),
            choices: random.chance(30) ? ["S", "M"] : [],
            isRequired: random.chance(10)
        )
        guard let last = facts.customFields.last, random.chance(60) else { return .createCustomField(field) }
        if random.chance(50) { return .removeCustomField(last.id) }
        field.id = last.id
        if random.chance(80) { field.key = last.key }
        return .replaceCustomField(field)
    }

    private mutating func groupToBe() -> GroupID {
        let id: GroupID = identifier()
        groups.append(id)
        return id
    }

    private mutating func groupEdit() -> GroupEdit {
        var edit = GroupEdit(name: random.pick([nil, nil, "VIP", "Club", ""]))
        edit.description = random.pick([.keep, .remove, .set("For some")])
        edit.key = random.pick([.keep, .remove, .set("vip"), .set("k_1"), .set("no key")])
        edit.type = random.pick([nil] + GroupType.allCases)
        edit.benefits.startsAnew = random.chance(10)
        edit.benefits.discount = random.pick([.keep, .remove, .set(1), .set(10_000), .set(10_001)])
        edit.benefits.freeShippingOver = random.pick([.keep, .remove, .set(0), .set(5_000)])
        edit.benefits.minimumOrder = random.pick([.keep, .remove, .set(2_500)])
        edit.benefits.currency = random.pick([.keep, .keep, .remove] + currencies.map { .set($0) })
        edit.benefits.perks = random.pick([nil, [], [.earlyAccess]])
        return edit
    }
}

// MARK: Orders and points

extension RandomCommands {
    private mutating func placeOrder(_ facts: some OrganizationFacts) -> Command {
        .placeOrder(customer(facts), order())
    }

    mutating func placeGuestOrder() -> Command {
        let profile = Profile(email: random.chance(95) ? email() : nil, firstName: name())
        return .placeGuestOrder(PlaceGuestOrder(guest: identifier(), profile: profile, order: order()))
    }

    private mutating func order() -> Order {
        let number = orders.isEmpty || random.chance(95) ? "R-\(orders.count + 1_000)" : random.pick(orders)
        orders.append(number)
        return Order(
            number: number,
            currency: random.pick(currencies),
            lines: (0..<(random.chance(97) ? 1 + random.below(4) : 0)).map { _ in line() },
            status: random.chance(2) ? .cancelled : random.pick([.pending, .placed, .placed, .paid]),
            paymentMethod: random.pick([nil, "card", "invoice"]),
            shippingAddress: random.chance(50) ? address().fields : nil
        )
    }

    private mutating func orderCommand(_ facts: some OrganizationFacts) -> Command {
        let number = orders.isEmpty || random.chance(3) ? "missing" : random.pick(orders.suffix(20))
        switch random.below(10) {
        case ..<4:
            let change = OrderStatusChanged(
                number: number,
                status: random.pick([nil] + OrderStatus.allCases),
                fulfillmentStatus: random.pick([nil, nil, nil] + FulfillmentStatus.allCases)
            )
            return .changeOrderStatus(change)
        case ..<6:
            return .cancelOrder(OrderCancelled(number: number, reason: reason()))
        case ..<9:
            let amount = random.pick([nil, nil, Int64(random.below(5_000)), Int64(random.below(5_000)), -1])
            var refund = RefundOrder(orderNumber: number, reference: reference(), minorUnits: amount, reason: reason())
            if random.chance(20) { refund.credit = RefundOrder.Credit(lot: lot(), expiresAt: expiry(), at: time) }
            return .refundOrder(refund)
        default:
            let amount = Money(minorUnits: Int64(random.below(3_000)), currency: random.pick(currencies))
            let refund = Refund(reference: reference(), amount: amount, lines: random.chance(50) ? [line()] : [])
            return .recordRefund(customer(facts), refund)
        }
    }
}

// MARK: Values

extension RandomCommands {
    mutating func identifier<Kind>() -> Identifier<Kind> {
        Identifier(at: time, random: (random.next(), random.next()))
    }

    /// Somebody who was created at some time; now and then nobody.
    mutating func customer(_ facts: some OrganizationFacts) -> CustomerID {
        if random.chance(2) { return identifier() }
        return facts.standing(of: CustomerOrdinal(UInt32(random.below(facts.customerCount)))).id
    }

    mutating func group() -> GroupID {
        groups.isEmpty || random.chance(3) ? identifier() : random.pick(groups)
    }

    mutating func reference() -> String {
        let reference =
            references.isEmpty || random.chance(95) ? "C-\(references.count + 1)" : random.pick(references)
        references.append(reference)
        return reference
    }

    private mutating func line() -> OrderLine {
        let quantity = Int64(random.chance(98) ? 1 + random.below(5) : 0)
        let unitPrice = Int64(random.below(9_000))
        let rounding = random.chance(10) ? Int64(random.below(3) - 1) : 0
        return OrderLine(
            sku: "SKU\(random.below(50))",
            name: random.pick(["White mug", "Lámpara", "", "傘"]),
            quantity: quantity,
            unitPrice: unitPrice,
            total: max(0, quantity * unitPrice + rounding)
        )
    }

    private mutating func address() -> Address {
        var fields = AddressFields()
        fields.label = random.pick([nil, "Home", "Office"])
        fields.line1 = random.chance(95) ? "\(1 + random.below(99)) Main Street" : ""
        fields.city = random.pick(["London", "Zürich", nil])
        fields.country = random.pick(countries)
        fields.use = random.pick([nil, nil, nil] + AddressUse.allCases)
        return Address(
            id: identifier(),
            fields: fields,
            isDefaultShipping: random.chance(25),
            isDefaultBilling: random.chance(25)
        )
    }

    mutating func email() -> EmailAddress {
        let name = random.pick(["ana", "bo", "chen", "ANA", "dee"])
        return EmailAddress(unchecked: "\(name)\(random.below(12))@example.com")
    }

    mutating func name() -> String {
        random.pick(["Ana", "Björk", "Chen", "Дмитрий", "Eve", "فاطمة", "O'Neil", "花子", "", "Tab\tbed"])
    }

    private mutating func phone() -> PhoneNumber {
        PhoneNumber(unchecked: "+1 (555) 010-\(1_000 + random.below(9_000))")
    }

    private mutating func birthDate() -> CalendarDate { CalendarDate(dayNumber: Int32(random.below(15_000))) }

    private mutating func externalID() -> String { random.chance(97) ? "\(12_000 + random.below(60)).0" : " " }

    private mutating func tags() -> [String] {
        let all = ["vip", "VIP", " vip ", "wholesale", "gift", "early-adopter", "complained", "influencer", "", "a/b"]
        return (0..<random.below(4)).map { _ in random.pick(random.chance(95) ? all.dropLast(2) : all[...]) }
    }

    private mutating func metadata() -> [String: String] {
        var metadata: [String: String] = [:]
        for _ in 0..<random.below(4) {
            metadata[random.pick(["segment", "size", "color", "agent", "a~/b", "no[t]"])] = random.pick(["S", "M", ""])
        }
        return metadata
    }

    mutating func reason() -> String? { random.pick([nil, "Goodwill", "Damaged in transit", "Mistake", " "]) }

    private mutating func edit<Value>(_ value: Value) -> Edit<Value> { random.chance(80) ? .set(value) : .remove }
}

let currencies = ["GBP", "GBP", "GBP", "EUR", "JPY"].compactMap { CurrencyCode($0) }
private let countries = ["GB", "DE", "FR"].compactMap { CountryCode(code: $0) }

extension SeededGenerator {
    /// `true` in `percent` cases of a hundred.
    mutating func chance(_ percent: Int) -> Bool { chance(percent, in: 100) }
}
