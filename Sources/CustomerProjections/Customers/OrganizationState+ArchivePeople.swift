import CustomerDomain

// Everything personal: one byte string for each customer, sealed with the person's own key, empty for who was erased. The
// shop's own ids, which are not personal and outlive an erasure, come before them. Of a survivor it is what is its own: what a
// merge that can be undone brought is sealed with the key of the one from whom it came.
extension OrganizationState {
    /// The texts of a profile before the external id.
    private static let personalTextCount = ProfileRecord.Field.externalID.rawValue

    func archivePeople(into writer: inout ArchiveWriter, _ seal: PersonSeal) throws {
        try writer.begin(.people)
        try writer.add(blobs: customers.count) { row, blob in
            arena.withBytes(customers.profile[row]) { profile in
                // As in the record, and nothing where there is none.
                guard ProfileRecord.text(.externalID, in: profile) != nil else { return }
                blob.append(contentsOf: ProfileParts(profile).externalID)
            }
        }
        try writer.add(people: customers.count, seal) { row, blob in appendPerson(row, to: &blob) }
    }

    private func appendPerson(_ row: Int, to blob: inout ContiguousArray<UInt8>) {
        let ledger = merges.open[row] ? merges.ledgers[UInt32(row)] : nil
        let metadata = ledger?.metadata ?? customers.metadata[row]
        arena.withBytes(ledger?.profile ?? customers.profile[row]) { profile in
            let parts = ProfileParts(profile)
            let isKnown = parts.texts.contains { $0 != 0 } || parts.birthDate.contains { $0 != 0 }
            guard isKnown || metadata != Arena.none || customers.addresses[row] != Arena.none else { return }
            // The country of a survivor follows from its addresses, which are not all its own.
            blob.appendVarint(ledger == nil ? Int(customers.country[row]) : 0)
            blob.append(contentsOf: parts.texts)
            blob.append(contentsOf: parts.birthDate)
            arena.withBytes(metadata) { metadata in
                blob.appendVarint(metadata.count)
                blob.append(contentsOf: metadata)
            }
            if let ledger {
                ownAddresses(of: row, ledger).write(into: &blob)
            } else {
                arena.withBytes(customers.addresses[row]) { blob.append(contentsOf: $0) }
            }
        }
    }

    /// The addresses of a survivor, without what is written on those that came with somebody who can leave again.
    private func ownAddresses(of row: Int, _ ledger: MergeLedger) -> AddressBook {
        var book = AddressBook(addresses(of: CustomerOrdinal(UInt32(row))))
        let others = Set(ledger.merges.flatMap { $0.moved?.terms.addresses ?? [] })
        for index in book.addresses.indices where others.contains(book.addresses[index].id) {
            book.addresses[index].fields = AddressFields()
        }
        return book
    }

    mutating func loadPeople(from reader: inout ArchiveReader, _ seal: PersonSeal) throws {
        try reader.begin(.people)
        let section = reader.section
        // Kept apart until the person's texts are there.
        var externalIDs = ContiguousArray<UInt8>()
        var ends = ContiguousArray<Int>()
        ends.reserveCapacity(customers.count)
        try reader.forEachBlob(count: customers.count) { _, blob in
            if !blob.isEmpty {
                var walk = BlobWalk(blob, section)
                let size = try walk.varint()
                guard size > 0 else { throw walk.malformed }
                try walk.take(size - 1)
                guard walk.isAtEnd else { throw walk.malformed }
            }
            externalIDs.append(contentsOf: blob)
            ends.append(externalIDs.count)
        }
        // Not `scratch`, in which search texts are put together meanwhile.
        var record = ContiguousArray<UInt8>()
        var plain = ContiguousArray<UInt8>()
        try reader.forEachBlob(count: customers.count) { row, blob in
            plain.removeAll(keepingCapacity: true)
            // Where the key is gone, the person is as one who was erased.
            if !blob.isEmpty { _ = try seal.open(UnsafeRawBufferPointer(blob), CustomerOrdinal(UInt32(row)), &plain) }
            try externalIDs.withUnsafeBufferPointer { all in
                let externalID = UnsafeBufferPointer(rebasing: all[(row == 0 ? 0 : ends[row - 1])..<ends[row]])
                try plain.withUnsafeBufferPointer {
                    try loadPerson(row, $0, externalID: externalID, section, &record)
                }
            }
        }
        deriveMerges()
    }

    private mutating func loadPerson(
        _ row: Int,
        _ blob: UnsafeBufferPointer<UInt8>,
        externalID: UnsafeBufferPointer<UInt8>,
        _ section: ArchiveSection,
        _ record: inout ContiguousArray<UInt8>
    ) throws {
        record.removeAll(keepingCapacity: true)
        guard !blob.isEmpty else {
            for _ in 0..<Self.personalTextCount { record.append(0) }
            Self.append(externalID: externalID, to: &record)
            record.append(0)
            keep(record, of: row)
            return
        }
        var walk = BlobWalk(blob, section)
        guard let country = UInt16(exactly: try walk.varint()) else { throw walk.malformed }
        customers.country[row] = country
        let start = walk.position
        try walk.texts(Self.personalTextCount)
        record.append(contentsOf: blob[start..<walk.position])
        Self.append(externalID: externalID, to: &record)
        let birthDate = walk.position
        guard try walk.varint() <= Int(UInt32.max) + 1 else { throw walk.malformed }
        record.append(contentsOf: blob[birthDate..<walk.position])
        keep(record, of: row)
        let metadata = try walk.take(try walk.varint())
        var pairs = BlobWalk(metadata, section)
        while !pairs.isAtEnd { try pairs.texts(2) }
        if !metadata.isEmpty {
            customers.metadata[row] = arena.insert(metadata)
            noteLanguage(of: row)
        }
        let addresses = try walk.rest()
        var book = BlobWalk(addresses, section)
        while !book.isAtEnd {
            try book.take(16)
            let flags = try book.varint()
            try book.texts(10)
            _ = try book.varint()
            if AddressBook.isVerified(flags) {
                try book.take(8)
                try book.texts(1)
            }
        }
        if !addresses.isEmpty {
            customers.addresses[row] = arena.insert(addresses)
            notePlace(of: row)
        }
    }

    private static func append(externalID: UnsafeBufferPointer<UInt8>, to record: inout ContiguousArray<UInt8>) {
        if externalID.isEmpty { record.append(0) } else { record.append(contentsOf: externalID) }
    }

    private mutating func keep(_ record: ContiguousArray<UInt8>, of row: Int) {
        customers.profile[row] = arena.insert(record)
        writeSearchText(of: row)
    }
}

/// Where the parts of a ``ProfileRecord`` lie in its bytes.
private struct ProfileParts {
    /// The texts before the external id.
    var texts: UnsafeBufferPointer<UInt8>.SubSequence
    var externalID: UnsafeBufferPointer<UInt8>.SubSequence
    var birthDate: UnsafeBufferPointer<UInt8>.SubSequence

    init(_ profile: UnsafeBufferPointer<UInt8>) {
        var position = 0
        for _ in 0..<ProfileRecord.Field.externalID.rawValue where !profile.isEmpty { _ = readText(profile, &position) }
        texts = profile[..<position]
        let start = position
        if !profile.isEmpty { _ = readText(profile, &position) }
        externalID = profile[start..<position]
        birthDate = profile[position...]
    }
}
