import CustomerDomain

// Codes of the texts that conditions ask about, so that these look at a text once, not at each customer's. They follow from
// metadata and address book, and are noted whenever one of them changes; at the end of a replay, of all customers.
extension OrganizationState {
    /// Notes the language in a customer's metadata.
    mutating func noteLanguage(of row: Int) {
        guard !isReplaying else { return }
        arena.withBytes(customers.metadata[row]) { metadata in
            languages.change(&customers.language[row], to: metadataText(languageKey, in: metadata))
        }
    }

    /// Notes where a customer's addresses are.
    mutating func notePlace(of row: Int) {
        guard !isReplaying else { return }
        scratch.removeAll(keepingCapacity: true)
        let isOne = arena.withBytes(customers.addresses[row]) { AddressBook.writePlace(in: $0, into: &scratch) }
        guard isOne else {
            places.changeToElsewhere(&customers.place[row])
            return
        }
        scratch.withUnsafeBufferPointer { place in
            places.change(&customers.place[row], to: place.isEmpty ? nil : place)
        }
    }
}

/// The key of the language, in bytes.
private let languageKey = Array(SegmentField.languageKey.utf8)

/// The value of a key, in pairs of texts.
func metadataText(_ key: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    var position = 0
    while position < bytes.count {
        let name = readText(bytes, &position)
        let value = readText(bytes, &position)
        if let name, name.elementsEqual(key) { return value }
    }
    return nil
}
