public import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// A customer at a glance, merged and erased ones, too.
    public func summary(of customer: CustomerOrdinal, at time: QueryTime) -> CustomerSummary {
        let row = customer.index
        let record = record(of: row)
        let account = customers.loyaltyAccount[row]
        let ownOrders = ownOrderCount(row)
        return CustomerSummary(
            id: customers.ids[row],
            ordinal: customer,
            version: customers.version[row],
            email: record.email,
            firstName: record.firstName,
            lastName: record.lastName,
            displayName: record.displayName,
            phone: record.phone,
            role: record.role,
            status: customers.status[row],
            accountType: customers.accountType[row],
            activity: isActive(row, at: time) ? .active : .inactive,
            externalID: record.externalID,
            source: customers.source[row] == 0 ? nil : sources[customers.source[row] - 1],
            orderCount: customers.orderCount[row],
            grossSpent: customers.grossSpent[row],
            refunded: customers.refunded[row],
            averageOrderValue: ownOrders > 0 ? customers.grossSpent[row].dividedRoundingHalfUp(by: ownOrders) : nil,
            currency: settings.currency,
            tags: tags(of: customer),
            groups: arena.numbers(at: customers.groups[row])
                .filter { !groups.rows[Int($0)].isDeleted }
                .map { group in
                    GroupName(id: groups.rows[Int(group)].id, name: groups.rows[Int(group)].name)
                },
            createdAt: Timestamp(microseconds: customers.createdAt[row]),
            updatedAt: Timestamp(microseconds: customers.updatedAt[row]),
            firstOrderAt: self.time(customers.firstOrderAt[row]),
            lastOrderAt: self.time(customers.lastOrderAt[row]),
            lastLoginAt: self.time(customers.lastLoginAt[row]),
            hasLoyaltyAccount: account != noRow,
            pointsBalance: account == noRow ? 0 : loyalty.accounts[Int(account)].balance,
            tierName: account == noRow ? nil : tier(of: Int(account))?.name,
            country: customers.country[row] == 0 ? nil : CountryCode(packed: customers.country[row])
        )
    }

    /// A customer in full, merged and erased ones, too.
    public func profile(of customer: CustomerOrdinal, at time: QueryTime) -> CustomerProfile {
        let survivor = survivor(of: customer.index)
        let summary = summary(of: customer, at: time)
        return CustomerProfile(
            summary: summary,
            birthDate: record(of: customer.index).birthDate,
            metadata: metadata(of: customer),
            addresses: addresses(of: customer),
            noteCount: noteCount(of: customer.index),
            consents: consents(of: customer),
            contacts: contacts(of: customer),
            credit: creditBalances(of: customer),
            figures: CustomerFigures(summary, time),
            mergedInto: survivor == customer.index ? nil : customers.ids[survivor],
            otherCurrencies: spending.others[customer.value] ?? []
        )
    }

    private func time(_ microseconds: Int64) -> Timestamp? {
        microseconds == noTime ? nil : Timestamp(microseconds: microseconds)
    }

    func isActive(_ row: Int, at time: QueryTime) -> Bool {
        let last = customers.lastActivity(row)
        return last != noTime && last >= activeSince(time)
    }

    /// From when on an order or a login makes a customer active.
    func activeSince(_ time: QueryTime) -> Int64 {
        time.now.advanced(byDays: -settings.activityWindowDays).microseconds
    }

    func tier(of account: Int) -> LoyaltyTier? { tierIndex(of: account).flatMap { loyaltyProgram?.tiers[$0] } }
}
