import CustomerDomain
import EventSourcing

extension CodeIssued {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, choice: purpose)
        if !digest.isEmpty { bytes.appendField(2, bytes: digest) }
        if let expiresAt { bytes.appendField(3, int64: expiresAt.microseconds) }
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(purpose: .email)
        email = try personal.onlyText(bytes).map { EmailAddress(unchecked: $0) }
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): purpose = try reader.choice(bytes)
            case Tag.bytes(2): digest = try reader.message(bytes).wholeBytes(bytes)
            case Tag.varint(3): expiresAt = Timestamp(microseconds: try reader.int64(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension ContactVerified {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, choice: channel)
        bytes.appendField(2, choice: method)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        // Where the method is not told, the one that proves less.
        self.init(channel: .email, method: .stated)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): channel = try reader.choice(bytes)
            case Tag.varint(2): method = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension SuppressionChanged {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, choice: channel)
        if let reason { bytes.appendField(2, choice: reason) }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(channel: .email, reason: nil)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): channel = try reader.choice(bytes)
            case Tag.varint(2): reason = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension CodePurpose {
    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self = .email
        var reader = clear
        while let tag = try reader.tag(bytes) {
            if tag == Tag.varint(1) { self = try reader.choice(bytes) } else { try reader.skip(tag, bytes) }
        }
    }
}
