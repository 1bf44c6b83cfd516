import CustomerDomain
import EventSourcing

// What happens to orders after they were placed, but for their own standing.
extension RandomCommands {
    /// Most of them the next step of the newest returns.
    mutating func returnCommand(_ facts: some OrganizationFacts) -> Command {
        let number = orders.isEmpty || random.chance(3) ? "missing" : random.pick(orders.suffix(20))
        let ordered = (0..<3)
            .map { _ in
                OrderLine(
                    sku: "SKU\(random.below(50))",
                    name: "Mug",
                    quantity: Int64(1 + random.below(3)),
                    unitPrice: 500
                )
            }
        if returns.isEmpty || random.chance(40) {
            let id: ReturnID = random.chance(3) && !returns.isEmpty ? random.pick(returns) : identifier()
            returns.append(id)
            let items = (0..<(1 + random.below(2)))
                .map { _ in
                    let line = random.chance(95) ? random.below(3) : 7
                    let quantity = Int64(random.below(3))
                    return ReturnItem(line: line, sku: "", quantity: quantity, cause: random.pick(ReturnCause.allCases))
                }
            let requested = ReturnRequested(id: id, orderNumber: number, items: items, reason: reason())
            return .requestReturn(requested, ordered: ordered)
        }
        let id: ReturnID = random.chance(3) ? identifier() : random.pick(returns.suffix(4))
        if facts.orderReturn(id)?.status == .received, random.chance(60) {
            let order = facts.orderReturn(id)?.orderNumber ?? number
            return .refundReturn(id, RefundOrder(orderNumber: order, reference: reference(), minorUnits: 1))
        }
        let received = random.chance(30) ? [random.below(3): Int64(random.below(3))] : nil
        let status = random.pick([.approved, .received, .received] + ReturnStatus.allCases)
        return .moveReturn(MoveReturn(id: id, to: status, received: received, reason: reason()))
    }

    /// Most of them move one of the newest orders.
    mutating func moveCommand(_ facts: some OrganizationFacts) -> Command {
        guard !orders.isEmpty, random.chance(60) else { return placeGuestOrder() }
        let number = random.chance(3) ? "missing" : random.pick(orders.suffix(10))
        if random.chance(20) { return .requestInvoice(number, to: random.chance(30) ? email() : nil) }
        return .moveOrder(MoveOrder(number: number, to: customer(facts), reason: reason()))
    }
}
