import CustomerDomain
import EventSourcing

extension Address {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendIfTrue(2, isDefaultShipping)
        bytes.appendIfTrue(3, isDefaultBilling)
    }
}

extension AddressView {
    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init()
        fields = try AddressFieldsView(bytes, personal)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): isDefaultShipping = try reader.bool(bytes)
            case Tag.varint(3): isDefaultBilling = try reader.bool(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension AddressFields {
    func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessNil(1, string: label)
        bytes.appendUnlessNil(2, string: firstName)
        bytes.appendUnlessNil(3, string: lastName)
        bytes.appendUnlessNil(4, string: company)
        bytes.appendUnlessNil(5, string: line1)
        bytes.appendUnlessNil(6, string: line2)
        bytes.appendUnlessNil(7, string: city)
        bytes.appendUnlessNil(8, string: state)
        bytes.appendUnlessNil(9, string: postalCode)
        bytes.appendUnlessNil(10, string: phone)
        if let country { bytes.appendField(11, country: country) }
        if let use { bytes.appendField(12, choice: use) }
    }
}

extension AddressFieldsView {
    init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init()
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): label = try reader.text(bytes)
            case Tag.bytes(2): firstName = try reader.text(bytes)
            case Tag.bytes(3): lastName = try reader.text(bytes)
            case Tag.bytes(4): company = try reader.text(bytes)
            case Tag.bytes(5): line1 = try reader.text(bytes)
            case Tag.bytes(6): line2 = try reader.text(bytes)
            case Tag.bytes(7): city = try reader.text(bytes)
            case Tag.bytes(8): state = try reader.text(bytes)
            case Tag.bytes(9): postalCode = try reader.text(bytes)
            case Tag.bytes(10): phone = try reader.text(bytes)
            case Tag.bytes(11): country = try reader.country(bytes)
            case Tag.varint(12): use = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension AddressVerified {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: address)
        bytes.appendField(2, choice: outcome)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(address: AddressID(high: 0, low: 0), outcome: .unverified, reason: try personal.onlyText(bytes))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): address = try reader.identifier(bytes)
            case Tag.varint(2): outcome = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension Event {
    static func defaultAddressesChanged(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) -> Event {
        var reader = clear
        var shipping: AddressID?
        var billing: AddressID?
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): shipping = try reader.identifier(bytes)
            case Tag.bytes(2): billing = try reader.identifier(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
        return .defaultAddressesChanged(shipping: shipping, billing: billing)
    }
}
