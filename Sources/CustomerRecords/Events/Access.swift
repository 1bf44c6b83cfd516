import CustomerDomain
import EventSourcing

extension APIKey {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessEmpty(2, string: name)
        bytes.appendField(3, bytes: secretDigest)
        bytes.appendField(4, choice: role)
        bytes.append(permissions, 5)
        if let template { bytes.appendField(6, identifier: template) }
        if let expiresAt { bytes.appendField(7, sint64: expiresAt.microseconds) }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        // Where the role is not told, the one that may do less.
        self.init(id: APIKeyID(high: 0, low: 0), name: "", secretDigest: [], role: .staff)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): name = try reader.string(bytes)
            case Tag.bytes(3): secretDigest = try reader.message(bytes).wholeBytes(bytes)
            case Tag.varint(4): role = try reader.choice(bytes)
            case Tag.bytes(5), Tag.varint(5): try reader.permissions(tag, bytes, into: &permissions)
            case Tag.bytes(6): template = try reader.identifier(bytes)
            case Tag.varint(7): expiresAt = Timestamp(microseconds: try reader.sint64(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension APIKeyRotated {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, bytes: secretDigest)
        if let previousUntil { bytes.appendField(3, sint64: previousUntil.microseconds) }
        if let expiresAt { bytes.appendField(4, sint64: expiresAt.microseconds) }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: APIKeyID(high: 0, low: 0), secretDigest: [], previousUntil: nil, expiresAt: nil)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): secretDigest = try reader.message(bytes).wholeBytes(bytes)
            case Tag.varint(3): previousUntil = Timestamp(microseconds: try reader.sint64(bytes))
            case Tag.varint(4): expiresAt = Timestamp(microseconds: try reader.sint64(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension APIKeyUsed {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessZero(2, sint64: day.microseconds)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: APIKeyID(high: 0, low: 0), at: Timestamp(microseconds: 0))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): day = Timestamp(microseconds: try reader.sint64(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension RoleTemplate {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessEmpty(2, string: name)
        bytes.append(permissions, 3)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: RoleID(high: 0, low: 0), name: "", permissions: [])
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): name = try reader.string(bytes)
            case Tag.bytes(3), Tag.varint(3): try reader.permissions(tag, bytes, into: &permissions)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension [UInt8] {
    /// Permissions, packed; nothing when there are none.
    fileprivate mutating func append(_ permissions: Set<Permission>, _ number: UInt64) {
        guard !permissions.isEmpty else { return }
        appendField(number) { bytes in
            for permission in permissions.map(\.rawValue).sorted() { bytes.appendVarint(UInt64(permission)) }
        }
    }
}

extension WireReader {
    /// Permissions; a reader of protobuf takes repeated numbers packed and one by one.
    fileprivate mutating func permissions(
        _ tag: UInt64,
        _ bytes: RawSpan,
        into permissions: inout Set<Permission>
    ) throws(WireError) {
        guard tag & 7 == 2 else {
            permissions.insert(try choice(bytes))
            return
        }
        var packed = try message(bytes)
        while packed.count > 0 { permissions.insert(try packed.choice(bytes)) }
    }
}
