import EventSourcing

extension OrganizationModel {
    /// Takes in the next event of the log.
    public mutating func apply(_ recorded: RecordedEvent) {
        head = recorded.sequence
        switch recorded.event {
        case .customerCreated(let created):
            customers.append(
                Customer(
                    id: created.id,
                    accountType: created.accountType,
                    externalID: created.externalID,
                    source: created.source,
                    profile: created.profile,
                    createdAt: recorded.occurredAt
                )
            )
        case .groupCreated(let group):
            let definition = GroupUpdated(id: group.id, name: group.name, description: group.description)
            groups.append(Group(definition: definition))
        case .groupUpdated(let group):
            if let ordinal = self.group(group.id) { groups[ordinal.index].definition = group }
        case .pricingRuleSet(let rule):
            if let index = pricingRules.firstIndex(where: { $0.id == rule.id }) {
                pricingRules[index] = rule
            } else {
                pricingRules.append(rule)
            }
        case .pricingRuleRemoved(let id): pricingRules.removeAll { $0.id == id }
        case .customFieldSet(let field):
            if let index = customFields.firstIndex(where: { $0.id == field.id }) {
                customFields[index] = field
            } else {
                customFields.append(field)
            }
        case .customFieldRemoved(let id): customFields.removeAll { $0.id == id }
        case .groupDeleted(let id): if let ordinal = group(id) { groups[ordinal.index].isDeleted = true }
        case .loyaltyProgramConfigured(let program): loyaltyProgram = program
        case .organizationConfigured(let settings): self.settings = settings
        case .apiKeyCreated(let key): apiKeys[key.id] = key
        case .apiKeyRevoked(let id): (apiKeys[id], keyUses[id]) = (nil, nil)
        case .apiKeyRotated(let rotated):
            apiKeys[rotated.id]?.secretDigest = rotated.secretDigest
            apiKeys[rotated.id]?.expiresAt = rotated.expiresAt
        case .apiKeyUsed(let used): if apiKeys[used.id] != nil { keyUses[used.id] = used.day }
        case .roleTemplateDefined(let role), .roleTemplateChanged(let role): roles[role.id] = role
        case .roleTemplateRemoved(let id): roles[id] = nil
        case .personalDataRead(let read): reads.append(RecordedRead(sequence: recorded.sequence, read: read))
        case .ruleDefined, .ruleChanged, .ruleRemoved: applyToRules(recorded)
        default: applyToSegments(recorded)
        }
        views.apply(recorded.event, at: recorded.occurredAt, by: recorded.actor)
        jobs.apply(recorded.event, at: recorded.recordedAt, by: recorded.actor)
        webhooks.apply(
            recorded.event,
            sequence: recorded.sequence.value,
            at: recorded.recordedAt,
            by: recorded.actor
        )
        guard let ordinal = recorded.customer, customers.indices.contains(ordinal.index) else { return }
        customers[ordinal.index].version += 1
        for index in merges.indices where merges[index].survivor == ordinal { merges[index].note(recorded) }
        customers[ordinal.index].apply(recorded)
        applyToRules(recorded.event, of: ordinal)
        applyToOrders(recorded, of: ordinal)
        switch recorded.event {
        case .loyaltyEnrolled(let cardNumber): loyaltyCards[cardNumber] = ordinal
        case .customersMerged(let merged, let terms): merge(merged, into: ordinal, terms)
        case .customersUnmerged(let merged): unmerge(merged, from: ordinal)
        case .customerErased: erase(ordinal)
        default: break
        }
        applyToDataRequests(recorded, of: ordinal)
        credit.apply(recorded, of: ordinal)
    }

    private mutating func applyToOrders(_ recorded: RecordedEvent, of customer: CustomerOrdinal) {
        switch recorded.event {
        case .orderPlaced(let order):
            settings.currency = settings.currency ?? order.currency
            let (sequence, time) = (recorded.sequence, recorded.occurredAt)
            orders.append(PlacedOrder(sequence: sequence, occurredAt: time, customer: customer, order: order))
        case .orderStatusChanged(let change):
            changeOrder(change.number) { placed in
                placed.order.status = change.status ?? placed.order.status
                placed.order.fulfillmentStatus = change.fulfillmentStatus ?? placed.order.fulfillmentStatus
            }
        case .orderCancelled(let cancellation):
            changeOrder(cancellation.number) { $0.order.status = .cancelled }
        case .refundRecorded(let refund):
            let (sequence, time) = (recorded.sequence, recorded.occurredAt)
            refunds.append(RecordedRefund(sequence: sequence, occurredAt: time, customer: customer, refund: refund))
        case .orderMoved(let moved):
            changeOrder(moved.number) { placed in
                placed.formerCustomers.append(placed.customer)
                placed.customer = customer
            }
            for index in refunds.indices where refunds[index].refund.orderNumber == moved.number {
                refunds[index].customer = customer
            }
        case .pointsEarned(let earned):
            changeOrder(earned.orderNumber) { $0.pointsEarned += earned.points }
        case .returnRequested(let requested):
            orderReturns.append(OrderReturn(requested, at: recorded.occurredAt, sequence: recorded.sequence))
        case .returnMoved(let moved):
            guard let index = orderReturns.firstIndex(where: { $0.id == moved.id }) else { return }
            orderReturns[index].move(moved, at: recorded.occurredAt, sequence: recorded.sequence)
        case .pointsReversed(let reversed):
            changeOrder(reversed.orderNumber) { $0.pointsEarned -= reversed.points }
        default: break
        }
    }

    private mutating func changeOrder(_ number: String?, _ change: (inout PlacedOrder) -> Void) {
        guard let index = orders.firstIndex(where: { $0.order.number == number }) else { return }
        change(&orders[index])
    }

    /// Erases the customer and all who were merged into it, directly or not.
    private mutating func erase(_ customer: CustomerOrdinal) {
        customers[customer.index].erase()
        merges.removeAll { $0.survivor == customer }
        for index in orders.indices where orders[index].customer == customer {
            orders[index].order.shippingAddress = nil
        }
        for index in customers.indices where customers[index].mergedInto == customer {
            erase(CustomerOrdinal(UInt32(index)))
        }
    }
}
