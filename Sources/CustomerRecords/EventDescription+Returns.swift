import CustomerDomain

extension EventDescription {
    func describe(_ requested: ReturnRequested, to fields: inout JSONFields) {
        fields.field("id", requested.id)
        fields.field("orderNumber", requested.orderNumber)
        describe(requested.items, to: &fields)
        personal("reason", requested.reason, to: &fields)
    }

    func describe(_ moved: ReturnMoved, to fields: inout JSONFields) {
        fields.field("id", moved.id)
        fields.field("orderNumber", moved.orderNumber)
        fields.field("status", moved.status.name)
        if !moved.items.isEmpty { describe(moved.items, to: &fields) }
        fields.field("refundReference", moved.refundReference)
        personal("reason", moved.reason, to: &fields)
    }

    private func describe(_ items: [ReturnItem], to fields: inout JSONFields) {
        fields.array("items", items) { fields, item in
            fields.object { fields in
                fields.field("line", item.line)
                fields.field("sku", item.sku)
                fields.field("quantity", item.quantity)
                fields.field("cause", item.cause.name)
            }
        }
    }
}
