import CustomerDomain
import EventSourcing

/// The addresses of one customer as they lie in the arena.
///
/// Of each: identifier, flags (1 and 2 its defaults, 4 to 8 what it is for, 16 to 32 what was found of it), texts, country, and
/// where something was found of it, when and by whom.
struct AddressBook {
    /// In the order in which they were added.
    var addresses: [Address]

    init(_ addresses: [Address] = []) {
        self.addresses = addresses
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        addresses = []
        var position = 0
        while position < bytes.count {
            let id = AddressID(high: readFixed(bytes, &position), low: readFixed(bytes, &position))
            let flags = readVarint(bytes, &position)
            var fields = AddressFields()
            fields.label = readText(bytes, &position).map(String.init(utf8:))
            fields.firstName = readText(bytes, &position).map(String.init(utf8:))
            fields.lastName = readText(bytes, &position).map(String.init(utf8:))
            fields.company = readText(bytes, &position).map(String.init(utf8:))
            fields.line1 = readText(bytes, &position).map(String.init(utf8:))
            fields.line2 = readText(bytes, &position).map(String.init(utf8:))
            fields.city = readText(bytes, &position).map(String.init(utf8:))
            fields.state = readText(bytes, &position).map(String.init(utf8:))
            fields.postalCode = readText(bytes, &position).map(String.init(utf8:))
            fields.phone = readText(bytes, &position).map(String.init(utf8:))
            let country = readVarint(bytes, &position)
            if country != 0 { fields.country = CountryCode(packed: UInt16(truncatingIfNeeded: country)) }
            fields.use = AddressUse(rawValue: UInt8(truncatingIfNeeded: flags >> 2 & 3))
            var address = Address(
                id: id,
                fields: fields,
                isDefaultShipping: flags & 1 != 0,
                isDefaultBilling: flags & 2 != 0
            )
            if let outcome = AddressCheck(rawValue: UInt8(truncatingIfNeeded: flags >> 4 & 3)) {
                let time = Timestamp(microseconds: Int64(bitPattern: readFixed(bytes, &position)))
                let actor = readText(bytes, &position).map(String.init(utf8:)) ?? ""
                address.verification = AddressVerification(outcome: outcome, at: time, actor: actor)
            }
            addresses.append(address)
        }
    }

    /// Whether, by its flags, something was found of an address.
    static func isVerified(_ flags: Int) -> Bool { flags >> 4 & 3 != 0 }

    /// Goes past what was found of an address, by its flags.
    @inline(__always)
    static func skipVerification(_ flags: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) {
        guard isVerified(flags) else { return }
        position += 8
        _ = readText(bytes, &position)
    }

    func write(into bytes: inout ContiguousArray<UInt8>) {
        for address in addresses {
            bytes.appendFixed(address.id.high)
            bytes.appendFixed(address.id.low)
            let fields = address.fields
            bytes.appendVarint(
                (address.isDefaultShipping ? 1 : 0) | (address.isDefaultBilling ? 2 : 0)
                    | Int(fields.use?.rawValue ?? 0) << 2 | Int(address.verification?.outcome.rawValue ?? 0) << 4
            )
            bytes.appendText(fields.label)
            bytes.appendText(fields.firstName)
            bytes.appendText(fields.lastName)
            bytes.appendText(fields.company)
            bytes.appendText(fields.line1)
            bytes.appendText(fields.line2)
            bytes.appendText(fields.city)
            bytes.appendText(fields.state)
            bytes.appendText(fields.postalCode)
            bytes.appendText(fields.phone)
            bytes.appendVarint(Int(fields.country?.packed ?? 0))
            if let verification = address.verification {
                bytes.appendFixed(UInt64(bitPattern: verification.at.microseconds))
                bytes.appendText(verification.actor)
            }
        }
    }

    /// Writes an address as ``write(into:)`` does.
    static func write(_ address: AddressView, into bytes: inout ContiguousArray<UInt8>) {
        bytes.appendFixed(address.id.high)
        bytes.appendFixed(address.id.low)
        bytes.appendVarint(
            (address.isDefaultShipping ? 1 : 0) | (address.isDefaultBilling ? 2 : 0)
                | Int(address.fields.use?.rawValue ?? 0) << 2
        )
        bytes.appendText(address.fields.label)
        bytes.appendText(address.fields.firstName)
        bytes.appendText(address.fields.lastName)
        bytes.appendText(address.fields.company)
        bytes.appendText(address.fields.line1)
        bytes.appendText(address.fields.line2)
        bytes.appendText(address.fields.city)
        bytes.appendText(address.fields.state)
        bytes.appendText(address.fields.postalCode)
        bytes.appendText(address.fields.phone)
        bytes.appendVarint(Int(address.fields.country?.packed ?? 0))
    }

    /// Adds an address, which takes the defaults that it claims.
    mutating func add(_ address: Address) {
        if address.isDefaultShipping || address.isDefaultBilling {
            for index in addresses.indices {
                if address.isDefaultShipping { addresses[index].isDefaultShipping = false }
                if address.isDefaultBilling { addresses[index].isDefaultBilling = false }
            }
        }
        addresses.append(address)
    }

    /// Adds these of a merged customer; its defaults count only where there was none.
    mutating func absorb(_ other: AddressBook, _ ids: [AddressID]) {
        let hasShipping = addresses.contains(where: \.isDefaultShipping)
        let hasBilling = addresses.contains(where: \.isDefaultBilling)
        for id in ids {
            guard var address = other.addresses.first(where: { $0.id == id }) else { continue }
            if hasShipping { address.isDefaultShipping = false }
            if hasBilling { address.isDefaultBilling = false }
            addresses.append(address)
        }
    }

    /// Country of the default shipping address, else of the first address that has one.
    var country: CountryCode? {
        addresses.first { $0.isDefaultShipping && $0.fields.country != nil }?.fields.country
            ?? addresses.lazy.compactMap(\.fields.country).first
    }
}
