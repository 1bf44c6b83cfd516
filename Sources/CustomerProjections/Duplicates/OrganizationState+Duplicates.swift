import CustomerDomain

extension OrganizationState {
    /// Adds what the standing customers of a range of ordinals are compared by, as far as the range goes.
    ///
    /// Costs about a microsecond each; ask for a few thousand at a time, so that nobody waits long.
    public func addDuplicateKeys(of rows: Range<Int>, to keys: inout DuplicateKeys) {
        for row in rows.clamped(to: 0..<customers.count) where customers.isStanding(row) {
            let (emailHash, isNamed) = arena.withBytes(customers.profile[row]) { profile in
                (
                    ProfileRecord.text(.email, in: profile).map { Self.hash(email: $0) },
                    ProfileRecord.text(.firstName, in: profile) != nil
                        && ProfileRecord.text(.lastName, in: profile) != nil
                )
            }
            if let emailHash { keys.add(.email, emailHash, row) }
            arena.withBytes(customers.searchText[row]) { text in
                let digits = SearchText.digits(in: text).dropFirst().dropLast()
                if !digits.isEmpty { keys.add(.phone, Self.hash(UnsafeBufferPointer(rebasing: digits)), row) }
                guard isNamed, let code = postalCode(of: row) else { return }
                var hasher = Hasher()
                hasher.combine(bytes: UnsafeRawBufferPointer(SearchText.name(in: text)))
                hasher.combine(code)
                keys.add(.nameAndPostalCode, hasher.finalize(), row)
            }
        }
    }

    /// The page of groups that a list asks for, of groups that were found before.
    ///
    /// - Parameters:
    ///   - groups: What was found, in its order.
    ///   - page: The page.
    ///   - filter: A number that stands for what was filtered by, so that no cursor is taken for another list.
    /// - Returns: The page.
    /// - Throws: ``QueryError``.
    public static func page(
        of groups: [DuplicateGroup],
        _ page: PageRequest,
        filter: UInt64
    ) throws(QueryError) -> Page<DuplicateGroup> {
        var start = 0
        let fingerprint = 0xD0B1_E000_0000_0000 | filter
        switch page {
        case .offset(let limit, let offset):
            guard limit > 0, offset >= 0 else { throw .invalidPage(limit: limit, offset: offset) }
            start = min(offset, groups.count)
        case .cursor(let text, let limit):
            guard limit > 0 else { throw .invalidPage(limit: limit, offset: 0) }
            if let text {
                let cursor = try Cursor(text, fingerprint: fingerprint, keyCount: 2)
                guard case .number(let score) = cursor.values[0], case .number(let mask) = cursor.values[1] else {
                    throw .malformedCursor
                }
                let last = (-Int(clamping: score), cursor.row, mask)
                start =
                    groups.firstIndex { last < (-$0.score, $0.customers.first?.value ?? 0, $0.mask) } ?? groups.count
            }
        }
        let end = start + min(page.limit, groups.count - start)
        var next: String?
        if end < groups.count, end > start {
            let last = groups[end - 1]
            next =
                Cursor(
                    fingerprint: fingerprint,
                    values: [.number(Int64(last.score)), .number(last.mask)],
                    row: last.customers.first?.value ?? 0
                )
                .text
        }
        return Page(
            elements: Array(groups[start..<end]),
            count: groups.count,
            hasMore: end < groups.count,
            nextCursor: next
        )
    }

    /// Of the normalized address, which the folded one is not: marks tell mailboxes apart.
    private static func hash(email: UnsafeBufferPointer<UInt8>) -> Int {
        guard email.allSatisfy({ $0 < 0x80 }) else {
            var normalized = EmailAddress(unchecked: String(utf8: email)).normalized
            return normalized.withUTF8 { hash($0) }
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: email.count) { lower in
            for (index, byte) in email.enumerated() {
                lower.initializeElement(at: index, to: (0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
            }
            return hash(UnsafeBufferPointer(rebasing: lower[..<email.count]))
        }
    }

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        return hasher.finalize()
    }

    /// The hash of the postal code of the default shipping address, else of the first address that has one, without blanks
    /// and case; `nil` without one.
    func postalCode(of row: Int) -> Int? {
        arena.withBytes(customers.addresses[row]) { book in
            var first: Int?
            AddressBook.forEachPostalCode(in: book) { code, isDefaultShipping in
                guard first == nil || isDefaultShipping, let hash = Self.hash(postalCode: code) else { return }
                first = hash
            }
            return first
        }
    }

    private static func hash(postalCode code: UnsafeBufferPointer<UInt8>) -> Int? {
        let text = String(utf8: code).uppercased().filter { $0.isLetter || $0.isNumber }
        return text.isEmpty ? nil : text.hashValue
    }
}

extension AddressBook {
    /// Visits the postal codes of a book as it lies in the arena, without making strings of everything else.
    fileprivate static func forEachPostalCode(
        in bytes: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>, _ isDefaultShipping: Bool) -> Void
    ) {
        var position = 0
        while position < bytes.count {
            position += 16
            let flags = readVarint(bytes, &position)
            for _ in 0..<8 { _ = readText(bytes, &position) }
            if let code = readText(bytes, &position) { body(code, flags & 1 != 0) }
            _ = readText(bytes, &position)
            _ = readVarint(bytes, &position)
            skipVerification(flags, bytes, &position)
        }
    }
}

extension DuplicateKeys {
    fileprivate mutating func add(_ reason: DuplicateReason, _ hash: Int, _ row: Int) {
        entries[reason, default: []].append(Entry(hash: hash, row: UInt32(row)))
    }
}
