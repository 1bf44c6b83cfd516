import CustomerDomain
import CustomerProjections
import EventSourcing

extension OrderImport {
    /// Records one order or return, unless it is there already or cannot be taken.
    mutating func take(_ draft: OrderDraft) async throws {
        guard !draft.lines.isEmpty else { return }
        if draft.isPartial, mapping.orders.partial == .refuse { return try refuse(draft, .partialOrder) }
        if draft.isReturn, draft.total == 0 { return try refuse(draft, .zeroReturn) }
        let customer = customers.find(draft.customer, in: submitter.organization)
        switch precedent(of: draft, customer) {
        case .same:
            summary.knownRowCount += draft.lines.count
            if draft.isReturn { summary.knownRefundCount += 1 } else { summary.knownOrderCount += 1 }
            return
        case .different: return try refuse(draft, .orderDiffers)
        case .none: break
        }
        do {
            let customer = try await makeReady(customer, for: draft)
            try await submitter.submit(command(draft, customer.id), occurredAt: draft.occurredAt)
        } catch .rejected(let rejection) {
            return try refuse(draft, .refused, rejection.text)
        } catch {
            throw ImportError.stopped(error)
        }
        summary.takenRowCount += draft.lines.count
        if draft.isReturn { summary.refundCount += 1 } else { summary.orderCount += 1 }
    }

    private enum Precedent {
        case none
        case same
        case different
    }

    /// Whether the log has the order already, as far as a look-up tells.
    private func precedent(of draft: OrderDraft, _ customer: ImportedCustomers.Known?) -> Precedent {
        submitter.organization.peek { state, _ in
            if draft.isReturn { return state.hasRefund(draft.number) ? .same : .none }
            guard let order = state.order(draft.number) else { return .none }
            let isTheirs =
                customer.map {
                    $0.ordinal == order.customer || state.standing(of: $0.ordinal).mergedInto == order.customer
                }
                ?? true
            let isSame = isTheirs && order.total == Money(minorUnits: draft.total, currency: draft.currency)
            return isSame ? .same : .different
        }
    }

    private func command(_ draft: OrderDraft, _ customer: CustomerID) -> Command {
        if draft.isReturn {
            let amount = Money(minorUnits: draft.total, currency: draft.currency)
            return .recordRefund(customer, Refund(reference: draft.number, amount: amount, lines: draft.lines))
        }
        var address: AddressFields?
        if let country = draft.country {
            address = AddressFields()
            address?.country = country
        }
        return .placeOrder(
            customer,
            Order(
                number: draft.number,
                currency: draft.currency,
                lines: draft.lines,
                status: mapping.orders.status,
                fulfillmentStatus: mapping.orders.fulfillmentStatus,
                paymentMethod: draft.paymentMethod,
                shippingAddress: address
            )
        )
    }

    private mutating func refuse(_ draft: OrderDraft, _ reason: ImportReason, _ detail: String? = nil) throws {
        for line in draft.fileLines {
            try report.add(
                ImportFinding(
                    line: line,
                    column: mapping.columns[.order]?.first ?? "",
                    reason: reason,
                    detail: detail ?? draft.number
                )
            )
        }
    }
}

// MARK: - Customers

extension OrderImport {
    /// The draft's customer, made when new, and with the draft's country.
    private mutating func makeReady(
        _ customer: ImportedCustomers.Known?,
        for draft: OrderDraft
    ) async throws(CommandError) -> ImportedCustomers.Known {
        guard var customer else { return try await create(draft) }
        guard let country = draft.country, country != customer.country else { return customer }
        if let address = customer.countryAddress {
            var edit = AddressEdit()
            edit.country = .set(country)
            let update = UpdateAddress(customer: customer.id, address: address, fields: edit)
            try await submitter.submit(.updateAddress(update), occurredAt: draft.occurredAt)
        } else {
            guard !customer.hasFullAddress else { return customer }
            let address = countryAddress(country)
            customer.countryAddress = address.id
            let addition = AddAddress(customer: customer.id, address: address)
            try await submitter.submit(.addAddress(addition), occurredAt: draft.occurredAt)
        }
        customer.country = country
        customers.remember(draft.customer, customer)
        return customer
    }

    private mutating func create(_ draft: OrderDraft) async throws(CommandError) -> ImportedCustomers.Known {
        let identifiers = submitter.organization.identifiers
        let created = CustomerCreated(
            id: identifiers.next(),
            accountType: mapping.customers.accountType,
            externalID: draft.customer,
            source: mapping.customers.source,
            profile: profile(draft)
        )
        let addresses = draft.country.map { [countryAddress($0)] } ?? []
        try await submitter.submit(
            .createCustomer(CreateCustomer(created, addresses: addresses, isTakenOver: true)),
            occurredAt: draft.occurredAt
        )
        summary.customerCount += 1
        let ordinal = submitter.organization.peek { state, _ in state.customer(created.id) }
        let customer = ImportedCustomers.Known(
            id: created.id,
            ordinal: ordinal ?? CustomerOrdinal(0),
            countryAddress: addresses.first?.id,
            country: draft.country,
            hasFullAddress: false
        )
        customers.remember(draft.customer, customer)
        return customer
    }

    private func profile(_ draft: OrderDraft) -> Profile {
        let given = draft.profile
        let profile = Profile(
            email: given?.email,
            firstName: given?.firstName,
            lastName: given?.lastName,
            phone: given?.phone
        )
        guard mapping.customers.syntheticProfiles, profile == Profile() else { return profile }
        return Profile.synthetic(forExternalID: draft.customer, country: draft.country)
    }

    private func countryAddress(_ country: CountryCode) -> Address {
        var fields = AddressFields()
        fields.country = country
        return Address(
            id: submitter.organization.identifiers.next(),
            fields: fields,
            isDefaultShipping: true,
            isDefaultBilling: true
        )
    }
}
