import CustomerDomain
import EventSourcing

extension CustomerCreated {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, choice: accountType)
        bytes.appendUnlessNil(3, string: externalID)
        bytes.appendUnlessNil(4, string: source)
    }
}

extension CustomerCreatedView {
    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init()
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): accountType = try reader.choice(bytes)
            case Tag.bytes(3): externalID = try reader.text(bytes)
            case Tag.bytes(4): source = try reader.text(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
        profile = try ProfileView(bytes, personal)
    }
}

extension CustomerUpdated {
    func encodeClear(into bytes: inout [UInt8]) {
        switch externalID {
        case .keep: break
        case .set(let value): bytes.appendField(1, string: value)
        case .remove: bytes.appendField(2, varint: 1)
        }
        guard !movedContacts.isEmpty else { return }
        bytes.appendField(3) { bytes in
            for channel in movedContacts.map(\.rawValue).sorted() { bytes.appendVarint(UInt64(channel)) }
        }
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init()
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): externalID = .set(try reader.string(bytes))
            case Tag.varint(2): if try reader.bool(bytes) { externalID = .remove }
            // A reader of protobuf takes repeated numbers packed and one by one.
            case Tag.bytes(3):
                var packed = try reader.message(bytes)
                while packed.count > 0 { movedContacts.insert(try packed.choice(bytes)) }
            case Tag.varint(3): movedContacts.insert(try reader.choice(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
        profile = try ProfileEdit(bytes, personal)
    }
}

extension Profile {
    func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessNil(1, string: email?.text)
        bytes.appendUnlessNil(2, string: firstName)
        bytes.appendUnlessNil(3, string: lastName)
        bytes.appendUnlessNil(4, string: phone?.text)
        if let birthDate { bytes.appendField(5, sint64: Int64(birthDate.dayNumber)) }
        bytes.appendUnlessNil(6, string: role)
    }
}

extension ProfileView {
    init(_ bytes: RawSpan, _ personal: WireReader) throws(WireError) {
        self.init()
        var reader = personal
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): email = try reader.text(bytes)
            case Tag.bytes(2): firstName = try reader.text(bytes)
            case Tag.bytes(3): lastName = try reader.text(bytes)
            case Tag.bytes(4): phone = try reader.text(bytes)
            case Tag.varint(5): birthDate = try reader.day(bytes)
            case Tag.bytes(6): role = try reader.text(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension ProfileEdit {
    /// What was given a value is a profile; the numbers of the fields that lost theirs stand in field 15.
    func encode(into bytes: inout [UInt8]) {
        Profile(
            email: email.applied(to: nil),
            firstName: firstName.applied(to: nil),
            lastName: lastName.applied(to: nil),
            phone: phone.applied(to: nil),
            birthDate: birthDate.applied(to: nil),
            role: role.applied(to: nil)
        )
        .encode(into: &bytes)
        let isRemoved = [
            email == .remove, firstName == .remove, lastName == .remove, phone == .remove, birthDate == .remove,
            role == .remove,
        ]
        guard isRemoved.contains(true) else { return }
        bytes.appendField(15) { bytes in
            for (index, isRemoved) in isRemoved.enumerated() where isRemoved { bytes.append(UInt8(index + 1)) }
        }
    }

    init(_ bytes: RawSpan, _ personal: WireReader) throws(WireError) {
        self.init()
        let values = Profile(try ProfileView(bytes, personal))
        if let value = values.email { email = .set(value) }
        if let value = values.firstName { firstName = .set(value) }
        if let value = values.lastName { lastName = .set(value) }
        if let value = values.phone { phone = .set(value) }
        if let value = values.birthDate { birthDate = .set(value) }
        if let value = values.role { role = .set(value) }
        var reader = personal
        while let tag = try reader.tag(bytes) {
            switch tag {
            // A reader of protobuf takes repeated numbers packed and one by one.
            case Tag.bytes(15):
                var packed = try reader.message(bytes)
                while packed.count > 0 { remove(try packed.varint(bytes)) }
            case Tag.varint(15): remove(try reader.varint(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }

    private mutating func remove(_ field: UInt64) {
        switch field {
        case 1: email = .remove
        case 2: firstName = .remove
        case 3: lastName = .remove
        case 4: phone = .remove
        case 5: birthDate = .remove
        case 6: role = .remove
        default: break
        }
    }
}

extension WireReader {
    fileprivate mutating func day(_ bytes: RawSpan) throws(WireError) -> CalendarDate {
        let start = self
        guard let number = Int32(exactly: try sint64(bytes)) else { throw start.error(.invalidValue) }
        return CalendarDate(dayNumber: number)
    }

    /// The map in field 1.
    func metadata(_ bytes: RawSpan) throws(WireError) -> [String: String] {
        var reader = self
        var metadata: [String: String] = [:]
        while let tag = try reader.tag(bytes) {
            guard tag == Tag.bytes(1) else {
                try reader.skip(tag, bytes)
                continue
            }
            var entry = try reader.message(bytes)
            var key = ""
            var value = ""
            while let tag = try entry.tag(bytes) {
                switch tag {
                case Tag.bytes(1): key = try entry.string(bytes)
                case Tag.bytes(2): value = try entry.string(bytes)
                default: try entry.skip(tag, bytes)
                }
            }
            metadata[key] = value
        }
        return metadata
    }
}

/// Appends a map as field 1, sorted by the bytes of its keys.
func encodeMetadata(_ metadata: [String: String], into bytes: inout [UInt8]) {
    for (key, value) in sortedByKey(metadata) {
        bytes.appendField(1) { bytes in
            bytes.appendField(1, string: key)
            bytes.appendField(2, string: value)
        }
    }
}

/// The entries, sorted by the bytes of their keys.
func sortedByKey(_ metadata: [String: String]) -> [(key: String, value: String)] {
    metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
}
