import CustomerDomain
import CustomerRecords
import EventSourcing
import TestSupport

/// Random events that go to the edges: empty and long texts, all of Unicode, lowest and highest numbers.
extension SeededGenerator {
    /// A record of an event of this type.
    mutating func recordedEvent(of type: EventType) -> RecordedEvent {
        let recordedAt = instant()
        return RecordedEvent(
            sequence: SequenceNumber(next()),
            recordedAt: recordedAt,
            occurredAt: chance(1, in: 2) ? recordedAt : instant(),
            actor: text(),
            requestID: maybe { $0.text() },
            origin: maybe { $0.text() },
            customer: maybe { CustomerOrdinal($0.number32()) },
            customerVersion: number32(),
            idempotency: maybe { Idempotency(key: $0.text(), fingerprint: $0.chance(1, in: 9) ? 0 : $0.next()) },
            event: event(of: type)
        )
    }

    /// An event of this type.
    mutating func event(of type: EventType) -> Event {
        switch type {
        case .customerCreated: .customerCreated(customerCreated())
        case .customerUpdated:
            .customerUpdated(
                CustomerUpdated(
                    profile: profileEdit(),
                    externalID: edit { $0.text() },
                    movedContacts: Set(ContactChannel.allCases.filter { _ in chance(1, in: 3) })
                )
            )
        case .customerDisabled: .customerDisabled(reason: maybe { $0.text() })
        case .customerEnabled: .customerEnabled(reason: maybe { $0.text() })
        case .customerLoggedIn: .customerLoggedIn
        case .guestClaimed: .guestClaimed
        case .addressAdded: .addressAdded(address())
        case .addressUpdated: .addressUpdated(identifier(), addressFields())
        case .addressRemoved: .addressRemoved(identifier())
        case .defaultAddressesChanged:
            .defaultAddressesChanged(shipping: maybe { $0.identifier() }, billing: maybe { $0.identifier() })
        case .customerTagged: .customerTagged(some { $0.text() })
        case .customerUntagged: .customerUntagged(some { $0.text() })
        case .metadataChanged: .metadataChanged(metadata())
        case .noteAdded: .noteAdded(NoteAdded(id: identifier(), type: pick(NoteType.allCases), text: text()))
        case .consentChanged: .consentChanged(consentChanged())
        case .verificationRequested: .verificationRequested(codeIssued())
        case .verificationFailed: .verificationFailed(pick(CodePurpose.allCases))
        case .contactVerified:
            .contactVerified(
                ContactVerified(channel: pick(ContactChannel.allCases), method: pick(VerificationMethod.allCases))
            )
        case .suppressionChanged:
            .suppressionChanged(
                SuppressionChanged(
                    channel: pick(ContactChannel.allCases),
                    reason: maybe { $0.pick(SuppressionReason.allCases) }
                )
            )
        case .passwordResetRequested: .passwordResetRequested(codeIssued())
        case .passwordReset: .passwordReset
        case .creditIssued, .creditSpent, .creditReverted, .creditExpired: creditEvent(of: type)
        case .personalDataRead:
            .personalDataRead(
                PersonalDataRead(kind: pick(ReadKind.allCases), customers: some { CustomerOrdinal($0.number32()) })
            )
        case .groupCreated:
            .groupCreated(GroupCreated(id: identifier(), name: text(), description: maybe { $0.text() }))
        case .groupJoined: .groupJoined(GroupOrdinal(number32()))
        case .groupLeft: .groupLeft(GroupOrdinal(number32()))
        case .customersMerged:
            .customersMerged(merged: CustomerOrdinal(number32()), terms: maybe { $0.mergeTerms() })
        case .customersUnmerged: .customersUnmerged(merged: CustomerOrdinal(number32()))
        case .customerErased: .customerErased(reason: maybe { $0.text() })
        case .organizationConfigured: .organizationConfigured(settings())
        case .apiKeyCreated: .apiKeyCreated(apiKey())
        case .apiKeyRevoked: .apiKeyRevoked(identifier())
        case .dataRequestOpened, .dataRequestIdentityChecked, .dataRequestDecided, .dataRequestCancelled,
            .dataRequestExecuted:
            dataRequestEvent(of: type)
        default: commerceEvent(of: type)
        }
    }

    private mutating func dataRequestEvent(of type: EventType) -> Event {
        switch type {
        case .dataRequestOpened:
            .dataRequestOpened(
                DataRequestOpened(
                    id: identifier(),
                    right: pick(DataRight.allCases),
                    channel: pick(DataRequestChannel.allCases),
                    days: number32(),
                    details: maybe { $0.text() }
                )
            )
        case .dataRequestIdentityChecked:
            .dataRequestIdentityChecked(
                DataRequestIdentityChecked(
                    id: identifier(),
                    method: pick(IdentityMethod.allCases),
                    note: maybe { $0.text() }
                )
            )
        case .dataRequestDecided:
            .dataRequestDecided(
                DataRequestDecided(
                    id: identifier(),
                    refusal: maybe { $0.pick(RefusalCategory.allCases) },
                    reason: maybe { $0.text() }
                )
            )
        case .dataRequestCancelled:
            .dataRequestCancelled(DataRequestCancelled(id: identifier(), reason: maybe { $0.text() }))
        default:
            .dataRequestExecuted(DataRequestExecuted(id: identifier(), rectifiedVersion: maybe { $0.number32() }))
        }
    }

    private mutating func creditEvent(of type: EventType) -> Event {
        let currency = currency()
        let amount = Money(minorUnits: number64(), currency: currency)
        switch type {
        case .creditIssued:
            return .creditIssued(
                CreditIssued(
                    lot: identifier(),
                    amount: amount,
                    expiresAt: maybe { Timestamp(microseconds: $0.number64()) },
                    source: pick(CreditSource.allCases),
                    orderNumber: maybe { $0.text() },
                    reason: maybe { $0.text() }
                )
            )
        case .creditSpent:
            return .creditSpent(
                CreditSpent(
                    id: identifier(),
                    currency: currency,
                    allocations: some { $0.creditAllocation() },
                    orderNumber: maybe { $0.text() },
                    reason: maybe { $0.text() }
                )
            )
        case .creditReverted:
            return .creditReverted(
                CreditReverted(
                    spend: identifier(),
                    currency: currency,
                    allocations: some { $0.creditAllocation() },
                    reason: maybe { $0.text() }
                )
            )
        default:
            return .creditExpired(CreditExpired(lot: identifier(), amount: amount))
        }
    }

    private mutating func creditAllocation() -> CreditAllocation {
        CreditAllocation(lot: identifier(), amount: number64())
    }

    private mutating func commerceEvent(of type: EventType) -> Event {
        switch type {
        case .orderPlaced: .orderPlaced(order())
        case .orderStatusChanged:
            .orderStatusChanged(
                OrderStatusChanged(
                    number: text(),
                    status: maybe { $0.pick(OrderStatus.allCases) },
                    fulfillmentStatus: maybe { $0.pick(FulfillmentStatus.allCases) }
                )
            )
        case .orderCancelled: .orderCancelled(OrderCancelled(number: text(), reason: maybe { $0.text() }))
        case .refundRecorded: .refundRecorded(refund())
        case .loyaltyProgramConfigured: .loyaltyProgramConfigured(loyaltyProgram())
        case .loyaltyEnrolled: .loyaltyEnrolled(cardNumber: text())
        case .pointsEarned:
            .pointsEarned(
                PointsEarned(points: number64(), orderNumber: maybe { $0.text() }, reason: maybe { $0.text() })
            )
        case .pointsAdjusted:
            .pointsAdjusted(
                PointsAdjusted(adjustment: pick(PointsAdjustment.allCases), points: number64(), reason: text())
            )
        case .pointsRedeemed:
            .pointsRedeemed(
                PointsRedeemed(points: number64(), orderNumber: maybe { $0.text() }, reason: maybe { $0.text() })
            )
        case .pointsReversed: .pointsReversed(PointsReversed(points: number64(), orderNumber: text()))
        default: preconditionFailure("No random events of type \(type.name).")
        }
    }
}

// The parts of events.
extension SeededGenerator {
    private mutating func codeIssued() -> CodeIssued {
        CodeIssued(
            purpose: pick(CodePurpose.allCases),
            digest: bytes(chance(3, in: 4) ? 32 : below(40)),
            expiresAt: maybe { Timestamp(microseconds: $0.number64()) },
            email: maybe { EmailAddress(unchecked: $0.text()) }
        )
    }

    private mutating func consentChanged() -> ConsentChanged {
        ConsentChanged(
            kind: pick(ConsentKind.allCases),
            state: pick(ConsentState.allCases),
            optInLevel: pick(OptInLevel.allCases),
            source: maybe { $0.text() },
            wording: maybe { $0.text() },
            evidence: maybe { $0.text() },
            reason: maybe { $0.text() }
        )
    }

    private mutating func customerCreated() -> CustomerCreated {
        CustomerCreated(
            id: identifier(),
            accountType: pick(AccountType.allCases),
            externalID: maybe { $0.text() },
            source: maybe { $0.text() },
            profile: Profile(
                email: maybe { EmailAddress(unchecked: $0.text()) },
                firstName: maybe { $0.text() },
                lastName: maybe { $0.text() },
                phone: maybe { PhoneNumber(unchecked: $0.text()) },
                birthDate: maybe { $0.day() }
            )
        )
    }

    private mutating func profileEdit() -> ProfileEdit {
        var profile = ProfileEdit()
        profile.email = edit { EmailAddress(unchecked: $0.text()) }
        profile.firstName = edit { $0.text() }
        profile.lastName = edit { $0.text() }
        profile.phone = edit { PhoneNumber(unchecked: $0.text()) }
        profile.birthDate = edit { $0.day() }
        return profile
    }

    private mutating func mergeTerms() -> MergeTerms {
        MergeTerms(
            fields: Set(MergeField.allCases.filter { _ in chance(1, in: 2) }),
            metadata: maybe { $0.pick(MergeSide.allCases) },
            addresses: some { $0.identifier() }
        )
    }

    private mutating func address() -> Address {
        Address(
            id: identifier(),
            fields: addressFields(),
            isDefaultShipping: chance(1, in: 2),
            isDefaultBilling: chance(1, in: 2)
        )
    }

    private mutating func addressFields() -> AddressFields {
        var fields = AddressFields()
        for field in AddressTextField.allCases { fields[keyPath: field.keyPath] = maybe { $0.text() } }
        fields.country = maybe { CountryCode(packed: $0.pick([0x4742, 0x5553, 0x4445, 0x4141, 0x5A5A])) }
        return fields
    }

    private mutating func metadata() -> [String: String] {
        var metadata: [String: String] = [:]
        for _ in 0..<below(6) { metadata[text()] = text() }
        return metadata
    }

    private mutating func order() -> Order {
        Order(
            number: text(),
            currency: currency(),
            lines: some { $0.orderLine() },
            status: pick(OrderStatus.allCases),
            fulfillmentStatus: pick(FulfillmentStatus.allCases),
            paymentMethod: maybe { $0.text() },
            shippingAddress: maybe { $0.addressFields() }
        )
    }

    private mutating func orderLine() -> OrderLine {
        OrderLine(
            sku: text(),
            name: text(),
            quantity: chance(1, in: 3) ? 1 : number64(),
            unitPrice: number64(),
            total: maybe { $0.number64() }
        )
    }

    private mutating func refund() -> Refund {
        Refund(
            reference: text(),
            orderNumber: maybe { $0.text() },
            amount: Money(minorUnits: number64(), currency: currency()),
            lines: some { $0.orderLine() },
            reason: maybe { $0.text() }
        )
    }

    private mutating func loyaltyProgram() -> LoyaltyProgram {
        LoyaltyProgram(
            name: text(),
            pointsPerRedeemedUnit: number64(),
            tiers: some { LoyaltyTier(name: $0.text(), threshold: $0.number64(), pointsPerUnit: $0.number64()) },
            earnsOnOrders: chance(1, in: 2)
        )
    }

    private mutating func settings() -> OrganizationSettings {
        OrganizationSettings(
            currency: maybe { $0.currency() },
            timeZone: text(),
            activityWindowDays: Int(number64())
        )
    }

    private mutating func apiKey() -> APIKey {
        APIKey(
            id: identifier(),
            name: text(),
            secretDigest: bytes(chance(3, in: 4) ? 32 : below(40)),
            role: pick(Role.allCases),
            permissions: Set(Permission.allCases.filter { _ in chance(1, in: 3) })
        )
    }
}

// Values.
extension SeededGenerator {
    private mutating func maybe<Value>(_ make: (inout SeededGenerator) -> Value) -> Value? {
        chance(1, in: 2) ? make(&self) : nil
    }

    private mutating func some<Value>(_ make: (inout SeededGenerator) -> Value) -> [Value] {
        (0..<(chance(1, in: 8) ? below(60) : below(4))).map { _ in make(&self) }
    }

    private mutating func edit<Value>(_ make: (inout SeededGenerator) -> Value) -> Edit<Value> {
        switch below(3) {
        case 0: .keep
        case 1: .remove
        default: .set(make(&self))
        }
    }

    private mutating func identifier<Kind>() -> Identifier<Kind> { Identifier(high: next(), low: next()) }

    private mutating func currency() -> CurrencyCode {
        CurrencyCode(packed: pick([0x47_4250, 0x55_5344, 0x4A_5059, 0x41_4141, 0x5A_5A5A]))
    }

    private mutating func instant() -> Timestamp {
        Timestamp(
            microseconds: chance(1, in: 4)
                ? number64() : Int64(number(in: 0...4_000_000_000)) * 1_000_000 + Int64(below(1_000_000))
        )
    }

    private mutating func day() -> CalendarDate {
        CalendarDate(dayNumber: Int32(truncatingIfNeeded: number64()))
    }

    /// A number of any size: each count of bits is as likely as each other.
    private mutating func number64() -> Int64 {
        switch below(8) {
        case 0: pick([0, 1, -1, 127, 128, .max, .min])
        default: Int64(bitPattern: next()) >> Int64(below(64))
        }
    }

    private mutating func number32() -> UInt32 {
        UInt32(truncatingIfNeeded: number64())
    }

    /// A text, short more often than long, of scalars from everywhere.
    mutating func text() -> String {
        let count = chance(1, in: 30) ? number(in: 100...300) : below(20)
        var text = ""
        for _ in 0..<count {
            let scalar =
                switch below(8) {
                case 0: Unicode.Scalar(UInt32(below(0x11_0000)))
                case 1: Unicode.Scalar(UInt32(below(0x20)))
                case 2: Unicode.Scalar(UInt32(number(in: 0x80...0x7FF)))
                default: Unicode.Scalar(UInt32(number(in: 0x20...0x7E)))
                }
            text.unicodeScalars.append(scalar ?? " ")
        }
        return text
    }
}
