import CustomerDomain
import EventSourcing

extension Order {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: number)
        bytes.appendField(2, currency: currency)
        bytes.appendField(3, choice: status)
        bytes.appendField(4, choice: fulfillmentStatus)
        bytes.appendUnlessNil(5, string: paymentMethod)
        for line in lines { bytes.appendField(6) { line.encode(into: &$0) } }
    }
}

extension PlacedOrderView {
    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(currency: .none)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): number = try reader.text(bytes)
            case Tag.bytes(2): currency = try reader.currency(bytes)
            case Tag.varint(3): status = try reader.choice(bytes)
            case Tag.varint(4): fulfillmentStatus = try reader.choice(bytes)
            case Tag.bytes(6):
                let line = try LineLayout(bytes, try reader.message(bytes))
                add(quantity: line.quantity, total: line.total)
            default: try reader.skip(tag, bytes)
            }
        }
        reader = personal
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1):
                (recipientFirstName, recipientLastName) = try reader.message(bytes).recipient(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension OrderLine {
    func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: sku)
        bytes.appendUnlessEmpty(2, string: name)
        if quantity != 1 { bytes.appendField(3, int64: quantity) }
        bytes.appendUnlessZero(4, sint64: unitPrice)
        if total != quantity.multipliedSaturating(by: unitPrice) { bytes.appendField(5, sint64: total) }
    }

    init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        let line = try LineLayout(bytes, message)
        self.init(
            sku: try line.sku.wholeString(bytes),
            name: try line.name.wholeString(bytes),
            quantity: line.quantity,
            unitPrice: line.unitPrice,
            total: line.total
        )
    }
}

/// A line as it lies in the record: numbers read, texts only found.
private struct LineLayout {
    var sku = WireReader.empty
    var name = WireReader.empty
    var quantity: Int64 = 1
    var unitPrice: Int64 = 0
    private var ownTotal: Int64?

    var total: Int64 { ownTotal ?? quantity.multipliedSaturating(by: unitPrice) }

    init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): sku = try reader.message(bytes)
            case Tag.bytes(2): name = try reader.message(bytes)
            case Tag.varint(3): quantity = try reader.int64(bytes)
            case Tag.varint(4): unitPrice = try reader.sint64(bytes)
            case Tag.varint(5): ownTotal = try reader.sint64(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension Order {
    /// A copy of an order that lies in a record: the view, and what it leaves out.
    init(_ view: PlacedOrderView, _ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        var lines: [OrderLine] = []
        var paymentMethod: String?
        var shippingAddress: AddressFields?
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(5): paymentMethod = try reader.string(bytes)
            case Tag.bytes(6): lines.append(try OrderLine(bytes, try reader.message(bytes)))
            default: try reader.skip(tag, bytes)
            }
        }
        reader = personal
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1):
                shippingAddress = AddressFields(try AddressFieldsView(bytes, try reader.message(bytes)))
            default: try reader.skip(tag, bytes)
            }
        }
        self.init(view, lines: lines, paymentMethod: paymentMethod, shippingAddress: shippingAddress)
    }
}

extension WireReader {
    /// The names in an address, which are the fields 2 and 3 of ``AddressFieldsView``.
    fileprivate func recipient(_ bytes: RawSpan) throws(WireError) -> (first: TextView?, last: TextView?) {
        var reader = self
        var first: TextView?
        var last: TextView?
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(2): first = try reader.text(bytes)
            case Tag.bytes(3): last = try reader.text(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
        return (first, last)
    }
}

extension OrderStatusChanged {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: number)
        if let status { bytes.appendField(2, choice: status) }
        if let fulfillmentStatus { bytes.appendField(3, choice: fulfillmentStatus) }
    }
}

extension OrderStatusView {
    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init()
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): number = try reader.text(bytes)
            case Tag.varint(2): status = try reader.choice(bytes) as OrderStatus
            case Tag.varint(3): fulfillmentStatus = try reader.choice(bytes) as FulfillmentStatus
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension OrderCancelled {
    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(number: try clear.onlyText(bytes) ?? "", reason: try personal.onlyText(bytes))
    }
}

extension Refund {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: reference)
        bytes.appendUnlessNil(2, string: orderNumber)
        bytes.appendUnlessZero(3, sint64: amount.minorUnits)
        bytes.appendField(4, currency: amount.currency)
        for line in lines { bytes.appendField(5) { line.encode(into: &$0) } }
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(
            reference: "",
            amount: Money(minorUnits: 0, currency: .none),
            reason: try personal.onlyText(bytes)
        )
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): reference = try reader.string(bytes)
            case Tag.bytes(2): orderNumber = try reader.string(bytes)
            case Tag.varint(3): amount.minorUnits = try reader.sint64(bytes)
            case Tag.bytes(4): amount.currency = try reader.currency(bytes)
            case Tag.bytes(5): lines.append(try OrderLine(bytes, try reader.message(bytes)))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension CurrencyCode {
    /// ISO 4217 for "no currency": what a record has that names none.
    static let none = CurrencyCode(packed: 0x58_5858)
}
