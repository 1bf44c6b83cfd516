import CustomerDomain
import EventSourcing

extension Event {
    /// Reads an event of this type, in version 1 of its stored form, from its clear and its personal fields.
    init(
        _ type: EventType,
        _ bytes: RawSpan,
        clear: WireReader,
        personal: WireReader
    ) throws(WireError) {
        switch type {
        case .customerCreated: self = .customerCreated(try CustomerCreated(bytes, clear: clear, personal: personal))
        case .customerUpdated: self = .customerUpdated(try CustomerUpdated(bytes, clear: clear, personal: personal))
        case .customerDisabled: self = .customerDisabled(reason: try personal.onlyText(bytes))
        case .customerEnabled: self = .customerEnabled(reason: try personal.onlyText(bytes))
        case .customerLoggedIn: self = .customerLoggedIn
        case .guestClaimed: self = .guestClaimed
        case .addressAdded: self = .addressAdded(try Address(bytes, clear: clear, personal: personal))
        case .addressUpdated:
            self = .addressUpdated(try clear.onlyIdentifier(bytes), try AddressFields(bytes, personal))
        case .addressRemoved: self = .addressRemoved(try clear.onlyIdentifier(bytes))
        case .defaultAddressesChanged: self = try .defaultAddressesChanged(bytes, clear)
        case .customerTagged: self = .customerTagged(try clear.onlyTexts(bytes))
        case .customerUntagged: self = .customerUntagged(try clear.onlyTexts(bytes))
        case .metadataChanged: self = .metadataChanged(try personal.metadata(bytes))
        case .noteAdded: self = .noteAdded(try NoteAdded(bytes, clear: clear, personal: personal))
        case .groupCreated: self = .groupCreated(try GroupCreated(bytes, clear))
        case .groupJoined: self = .groupJoined(GroupOrdinal(try clear.onlyNumber(bytes)))
        case .groupLeft: self = .groupLeft(GroupOrdinal(try clear.onlyNumber(bytes)))
        case .orderPlaced: self = .orderPlaced(try Order(bytes, clear: clear, personal: personal))
        case .orderStatusChanged: self = .orderStatusChanged(try OrderStatusChanged(bytes, clear))
        case .orderCancelled: self = .orderCancelled(try OrderCancelled(bytes, clear: clear, personal: personal))
        case .refundRecorded: self = .refundRecorded(try Refund(bytes, clear: clear, personal: personal))
        case .loyaltyProgramConfigured: self = .loyaltyProgramConfigured(try LoyaltyProgram(bytes, clear))
        case .loyaltyEnrolled: self = .loyaltyEnrolled(cardNumber: try clear.onlyText(bytes) ?? "")
        case .pointsEarned: self = .pointsEarned(try PointsEarned(bytes, clear: clear, personal: personal))
        case .pointsAdjusted: self = .pointsAdjusted(try PointsAdjusted(bytes, clear: clear, personal: personal))
        case .pointsRedeemed: self = .pointsRedeemed(try PointsRedeemed(bytes, clear: clear, personal: personal))
        case .pointsReversed: self = .pointsReversed(try PointsReversed(bytes, clear))
        case .customersMerged: self = .customersMerged(merged: CustomerOrdinal(try clear.onlyNumber(bytes)))
        case .customerErased: self = .customerErased(reason: try personal.onlyText(bytes))
        case .organizationConfigured: self = .organizationConfigured(try OrganizationSettings(bytes, clear))
        case .apiKeyCreated: self = .apiKeyCreated(try APIKey(bytes, clear))
        case .apiKeyRevoked: self = .apiKeyRevoked(try clear.onlyIdentifier(bytes))
        }
    }
}

// Messages of which only field 1 is known.
extension WireReader {
    /// The text in field 1; `nil` when it is not there.
    func onlyText(_ bytes: RawSpan) throws(WireError) -> String? {
        var reader = self
        var text: String?
        while let tag = try reader.tag(bytes) {
            if tag == Tag.bytes(1) { text = try reader.string(bytes) } else { try reader.skip(tag, bytes) }
        }
        return text
    }

    /// All texts in field 1.
    func onlyTexts(_ bytes: RawSpan) throws(WireError) -> [String] {
        var reader = self
        var texts: [String] = []
        while let tag = try reader.tag(bytes) {
            if tag == Tag.bytes(1) { texts.append(try reader.string(bytes)) } else { try reader.skip(tag, bytes) }
        }
        return texts
    }

    /// The number in field 1; 0 when it is not there.
    func onlyNumber(_ bytes: RawSpan) throws(WireError) -> UInt32 {
        var reader = self
        var number: UInt32 = 0
        while let tag = try reader.tag(bytes) {
            if tag == Tag.varint(1) { number = try reader.uint32(bytes) } else { try reader.skip(tag, bytes) }
        }
        return number
    }

    /// The identifier in field 1; all zeroes when it is not there.
    func onlyIdentifier<Kind>(_ bytes: RawSpan) throws(WireError) -> Identifier<Kind> {
        var reader = self
        var identifier = Identifier<Kind>(high: 0, low: 0)
        while let tag = try reader.tag(bytes) {
            if tag == Tag.bytes(1) { identifier = try reader.identifier(bytes) } else { try reader.skip(tag, bytes) }
        }
        return identifier
    }
}
