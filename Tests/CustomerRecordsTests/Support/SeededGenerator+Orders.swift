import CustomerDomain
import CustomerRecords
import EventSourcing
import TestSupport

// Notes that change, and what happens to orders later.
extension SeededGenerator {
    mutating func noteOrOrderEvent(of type: EventType) -> Event {
        switch type {
        case .noteChanged:
            .noteChanged(
                NoteChanged(
                    id: identifier(),
                    type: maybe { $0.pick(NoteType.allCases) },
                    text: maybe { $0.text() },
                    visibility: maybe { $0.pick(NoteVisibility.allCases) },
                    isPinned: maybe { $0.chance(1, in: 2) }
                )
            )
        case .noteRemoved: .noteRemoved(NoteRemoved(id: identifier()))
        case .invoiceRequested:
            .invoiceRequested(
                InvoiceRequested(
                    orderNumber: text(),
                    recipient: pick(InvoiceRecipient.allCases),
                    email: maybe { EmailAddress(unchecked: $0.text()) }
                )
            )
        case .orderMovedAway:
            .orderMovedAway(
                OrderMovedAway(
                    number: text(),
                    to: CustomerOrdinal(UInt32(below(1_000))),
                    reason: maybe { $0.text() }
                )
            )
        case .orderMoved:
            .orderMoved(
                OrderMoved(number: text(), from: CustomerOrdinal(UInt32(below(1_000))), reason: maybe { $0.text() })
            )
        case .returnRequested:
            .returnRequested(
                ReturnRequested(
                    id: identifier(),
                    orderNumber: text(),
                    items: some { $0.returnItem() },
                    reason: maybe { $0.text() }
                )
            )
        case .returnMoved:
            .returnMoved(
                ReturnMoved(
                    id: identifier(),
                    orderNumber: text(),
                    status: pick(ReturnStatus.allCases),
                    items: some { $0.returnItem() },
                    refundReference: maybe { $0.text() },
                    reason: maybe { $0.text() }
                )
            )
        default: preconditionFailure("\(type) is about no note and no order")
        }
    }

    private mutating func returnItem() -> ReturnItem {
        ReturnItem(line: below(9_999), sku: text(), quantity: number64(), cause: pick(ReturnCause.allCases))
    }
}
