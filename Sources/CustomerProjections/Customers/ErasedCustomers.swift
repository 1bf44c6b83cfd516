public import CustomerDomain
public import EventSourcing

/// Who was erased, merged ones among them, when somebody asked.
public struct ErasedCustomers: Sendable {
    private let isErased: [Bool]

    /// When the log last told anything of one of them; `nil` when nobody was erased.
    public let lastChangeAt: Timestamp?

    /// All of them.
    public var customers: some Sequence<CustomerOrdinal> {
        isErased.indices.lazy.filter { isErased[$0] }.map { CustomerOrdinal(UInt32($0)) }
    }

    /// Whether nobody was erased.
    public var isEmpty: Bool { lastChangeAt == nil }

    /// Whether this customer was erased.
    public func contains(_ customer: CustomerOrdinal) -> Bool {
        customer.index < isErased.count && isErased[customer.index]
    }

    fileprivate init(isErased: [Bool], lastChangeAt: Timestamp?) {
        self.isErased = isErased
        self.lastChangeAt = lastChangeAt
    }
}

extension OrganizationState {
    /// A customer, and all who were merged into it.
    public func identities(of customer: CustomerOrdinal) -> [CustomerOrdinal] {
        [customer]
            + (mergedRows[UInt32(customer.index)] ?? []).flatMap { identities(of: CustomerOrdinal($0)) }
    }

    /// Who was erased so far; looks at every customer once.
    public var erasedCustomers: ErasedCustomers {
        var lastChangeAt: Int64?
        let isErased = (0..<customers.count)
            .map { row in
                guard customers.status[row] == .erased else { return false }
                lastChangeAt = max(lastChangeAt ?? .min, customers.updatedAt[row])
                return true
            }
        return ErasedCustomers(
            isErased: isErased,
            lastChangeAt: lastChangeAt.map { Timestamp(microseconds: $0) }
        )
    }
}
