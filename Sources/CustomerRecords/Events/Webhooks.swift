import CustomerDomain

extension WebhookSettings {
    /// Fields 2 to 4, which all events with settings have in common.
    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(2, string: url)
        bytes.appendUnlessEmpty(3, string: description)
        for name in eventTypes { bytes.appendField(4, string: name) }
    }

    /// Takes a field in; `false` when it is none of these.
    fileprivate mutating func take(
        _ tag: UInt64,
        _ bytes: RawSpan,
        _ reader: inout WireReader
    ) throws(WireError) -> Bool {
        switch tag {
        case Tag.bytes(2): url = try reader.string(bytes)
        case Tag.bytes(3): description = try reader.string(bytes)
        case Tag.bytes(4): eventTypes.append(try reader.string(bytes))
        default: return false
        }
        return true
    }
}

extension WebhookCreated {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        settings.encode(into: &bytes)
        bytes.appendField(5, fixed64: secret)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: WebhookID(high: 0, low: 0), settings: WebhookSettings(url: ""), secret: 0)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.fixed64(5): secret = try reader.fixed64(bytes)
            default: if !(try settings.take(tag, bytes, &reader)) { try reader.skip(tag, bytes) }
            }
        }
    }
}

extension WebhookChanged {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        settings.encode(into: &bytes)
        bytes.appendIfTrue(6, isEnabled)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: WebhookID(high: 0, low: 0), settings: WebhookSettings(url: ""), isEnabled: false)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(6): isEnabled = try reader.varint(bytes) != 0
            default: if !(try settings.take(tag, bytes, &reader)) { try reader.skip(tag, bytes) }
            }
        }
    }
}

extension WebhookDisabled {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, choice: stop)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: WebhookID(high: 0, low: 0), stop: .failing)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): stop = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension WebhookSecretRotated {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, fixed64: secret)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: WebhookID(high: 0, low: 0), secret: 0)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.fixed64(2): secret = try reader.fixed64(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
