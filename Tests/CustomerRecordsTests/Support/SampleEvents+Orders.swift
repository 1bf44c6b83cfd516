import CustomerDomain
import CustomerRecords
import EventSourcing

// Notes that change, and what happens to orders later.
extension SampleEvents {
    private static let returnID = ReturnID(high: 0x0190_6DF0_8C0C_7A3B, low: 0x8C1F_22E0_9D4B_5A6C)

    static let notesAndReturns: [(String, Event)] = [
        (
            "NoteAdded-private",
            .noteAdded(
                NoteAdded(
                    id: noteID,
                    type: .fraudConcern,
                    text: "Two cards, one address.",
                    visibility: .private,
                    isPinned: true,
                    author: "key_01h455vb4pex5vsknk084sn02q"
                )
            )
        ),
        (
            "NoteChanged",
            .noteChanged(
                NoteChanged(
                    id: noteID,
                    type: .accountAlert,
                    text: "Was a mistake.",
                    visibility: .team,
                    isPinned: false
                )
            )
        ),
        ("NoteChanged-bare", .noteChanged(NoteChanged(id: noteID, isPinned: true))),
        ("NoteRemoved", .noteRemoved(NoteRemoved(id: noteID))),
        (
            "InvoiceRequested",
            .invoiceRequested(
                InvoiceRequested(
                    orderNumber: "1001",
                    recipient: .other,
                    email: EmailAddress(unchecked: "books@example.com")
                )
            )
        ),
        ("InvoiceRequested-own", .invoiceRequested(InvoiceRequested(orderNumber: "1001", recipient: .customer))),
        (
            "OrderMovedAway",
            .orderMovedAway(OrderMovedAway(number: "1001", to: CustomerOrdinal(7), reason: "Her sister\u{2019}s order"))
        ),
        ("OrderMovedAway-bare", .orderMovedAway(OrderMovedAway(number: "1001", to: CustomerOrdinal(0)))),
        ("OrderMoved", .orderMoved(OrderMoved(number: "1001", from: CustomerOrdinal(3), reason: "Her own order"))),
        (
            "ReturnRequested",
            .returnRequested(
                ReturnRequested(
                    id: returnID,
                    orderNumber: "1001",
                    items: [ReturnItem(line: 1, sku: "MUG", quantity: 2, cause: .tooSmall)],
                    reason: "Too small"
                )
            )
        ),
        (
            "ReturnMoved",
            .returnMoved(
                ReturnMoved(
                    id: returnID,
                    orderNumber: "1001",
                    status: .refunded,
                    items: [ReturnItem(line: 0, sku: "MUG", quantity: 1, cause: .damaged)],
                    refundReference: "R-1",
                    reason: "All there"
                )
            )
        ),
        ("ReturnMoved-bare", .returnMoved(ReturnMoved(id: returnID, orderNumber: "1001", status: .approved))),
    ]
}
