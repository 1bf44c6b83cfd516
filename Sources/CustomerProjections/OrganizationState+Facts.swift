public import CustomerDomain
public import EventSourcing

extension OrganizationState: OrganizationFacts {
    /// How many customers were ever created.
    public var customerCount: Int { customers.count }
    /// How many groups were ever created.
    public var groupCount: Int { groups.rows.count }
    /// Whether any order was ever placed.
    public var hasOrders: Bool { orders.count > 0 }
    /// The sum of all order totals and refunds ever recorded, whatever their currency and status.
    public var recordedAmount: Int64 { spending.recordedAmount }
    /// How many keys are not revoked.
    public var apiKeyCount: Int { keys.rows.count }
    /// How many admin keys are not revoked and never expire.
    public var adminKeyCount: Int { keys.lastingAdminCount }
    /// How many roles there are.
    public var roleTemplateCount: Int { keys.roles.count }

    /// The customer of this identifier, whatever its status.
    public func customer(_ id: CustomerID) -> CustomerOrdinal? {
        rowByID.find(Hashing.hash(id.high, id.low)) { customers.ids[Int($0)] == id }.map { CustomerOrdinal($0) }
    }

    /// The customer at a glance.
    public func standing(of customer: CustomerOrdinal) -> CustomerStanding {
        let row = customer.index
        let survivor = customers.mergedInto[row]
        return CustomerStanding(
            id: customers.ids[row],
            status: customers.status[row],
            accountType: customers.accountType[row],
            version: customers.version[row],
            mergedInto: survivor == noRow ? nil : CustomerOrdinal(survivor)
        )
    }

    /// Who stands with this normalized e-mail address.
    public func customer(withEmail normalizedEmail: String, accountType: AccountType) -> CustomerOrdinal? {
        rowByEmail.find(Hashing.hash(normalizedEmail, salt: UInt64(accountType.rawValue))) { row in
            guard customers.accountType[Int(row)] == accountType else { return false }
            return arena.withBytes(customers.profile[Int(row)]) { bytes in
                guard let email = ProfileRecord.text(.email, in: bytes) else { return false }
                return isNormalized(email, normalizedEmail)
            }
        }
        .map { CustomerOrdinal($0) }
    }

    /// Who has this external id, whatever the status.
    public func customer(withExternalID externalID: String) -> CustomerOrdinal? {
        rowByExternalID.find(Hashing.hash(externalID)) { row in
            arena.withBytes(customers.profile[Int(row)]) { isText(externalID, ProfileRecord.text(.externalID, in: $0)) }
        }
        .map { CustomerOrdinal($0) }
    }

    /// Name and contact; empty once erased.
    public func profile(of customer: CustomerOrdinal) -> Profile { record(of: customer.index).profile }

    /// The shop's own id of the customer.
    public func externalID(of customer: CustomerOrdinal) -> String? {
        arena.withBytes(customers.profile[customer.index]) {
            ProfileRecord.text(.externalID, in: $0).map(String.init(utf8:))
        }
    }

    /// The tags, in the order in which they were added.
    public func tags(of customer: CustomerOrdinal) -> [String] {
        arena.numbers(at: customers.tags[customer.index]).map { tagNames[$0] }
    }

    /// Free keys and values; empty once erased.
    public func metadata(of customer: CustomerOrdinal) -> [String: String] {
        arena.metadata(at: customers.metadata[customer.index])
    }

    /// The addresses, in the order in which they were added; none once erased.
    public func addresses(of customer: CustomerOrdinal) -> [Address] {
        arena.withBytes(customers.addresses[customer.index]) { AddressBook($0).addresses }
    }

    /// The group of this identifier.
    public func group(_ id: GroupID) -> GroupOrdinal? { groups.row(id).map { GroupOrdinal($0) } }

    /// The group of this name, without regard to case.
    public func group(named name: String) -> GroupOrdinal? { groups.row(named: name).map { GroupOrdinal($0) } }

    /// The group of this key.
    public func group(withKey key: String) -> GroupOrdinal? { groups.row(withKey: key).map { GroupOrdinal($0) } }

    /// What the group is; what it was for one that was deleted.
    public func definition(of group: GroupOrdinal) -> GroupUpdated { groups.rows[group.index].definition }

    /// Whether the customer is in the group.
    public func isMember(_ customer: CustomerOrdinal, of group: GroupOrdinal) -> Bool {
        arena.numbers(at: customers.groups[customer.index]).contains(group.value)
    }

    /// What deciding knows of the order of this number.
    public func order(_ number: String) -> OrderStanding? {
        guard let row = orderRow(number) else { return nil }
        return OrderStanding(
            customer: CustomerOrdinal(orders.customer[row]),
            status: orders.status[row],
            fulfillmentStatus: orders.fulfillment[row],
            total: Money(minorUnits: orders.total[row], currency: orders.currency[row]),
            refunded: orders.refunded(row),
            pointsEarned: orders.pointsEarned[row],
            itemCount: Int64(orders.itemCount[row])
        )
    }

    /// Whether a refund of this reference was recorded.
    public func hasRefund(_ reference: String) -> Bool { refundReferences.contains(reference) }

    /// The key of this identifier; `nil` when there is none or it was revoked.
    public func apiKey(_ id: APIKeyID) -> APIKey? { keys.row(id)?.key }

    /// The day on which the key was last used, as far as it was recorded.
    public func lastUse(of key: APIKeyID) -> Timestamp? { keys.row(key)?.lastUsedOn }

    /// The role of this identifier.
    public func roleTemplate(_ id: RoleID) -> RoleTemplate? { keys.role(id) }

    /// Compared without regard to case.
    public func roleTemplate(named name: String) -> RoleID? {
        keys.roles.first { $0.name.lowercased() == name.lowercased() }?.id
    }

    /// How many keys that are not revoked have the role.
    public func holderCount(of role: RoleID) -> Int { keys.rows.count { $0.key.template == role } }

    /// What the request with this key did, when it was recorded in the last 24 hours before the last event.
    public func idempotency(actor: String, key: String) -> IdempotencyEntry? {
        idempotency.entry(IdempotencyTable.Key(actor: actor, key: key))
    }
}

/// Whether an e-mail address, as it was given, has this normalized form.
private func isNormalized(_ email: UnsafeBufferPointer<UInt8>, _ normalized: String) -> Bool {
    if email.allSatisfy({ $0 < 0x80 }) {
        return normalized.utf8.elementsEqual(email.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
    }
    return EmailAddress(unchecked: String(utf8: email)).normalized.utf8.elementsEqual(normalized.utf8)
}
