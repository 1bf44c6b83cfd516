import CustomerDomain

extension OrganizationState {
    /// Adds what the standing customers of a range of ordinals are compared by, as far as the range goes.
    ///
    /// Costs about a microsecond each; ask for a few thousand at a time, so that nobody waits long.
    public func addDuplicateKeys(of rows: Range<Int>, to keys: inout DuplicateKeys) {
        for row in rows.clamped(to: 0..<customers.count) where customers.isStanding(row) {
            arena.withBytes(customers.searchText[row]) { text in
                let email = SearchText.email(in: text)
                if !email.isEmpty, let own = emailHash(of: row) { keys.add(.email, own, row) }
                let digits = SearchText.digits(in: text).dropFirst().dropLast()
                if !digits.isEmpty { keys.add(.phone, hash(digits), row) }
                let name = SearchText.name(in: text)
                if hasFullName(row), let code = postalCode(of: row) {
                    var hasher = Hasher()
                    hasher.combine(bytes: UnsafeRawBufferPointer(name))
                    hasher.combine(code)
                    keys.add(.nameAndPostalCode, hasher.finalize(), row)
                }
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
    private func emailHash(of row: Int) -> Int? {
        record(of: row).email.map { EmailAddress(unchecked: $0).normalized.hashValue }
    }

    private func hasFullName(_ row: Int) -> Bool {
        let record = record(of: row)
        return record.firstName != nil && record.lastName != nil
    }

    /// The postal code of the default shipping address, else of the first address that has one, without blanks and case.
    private func postalCode(of row: Int) -> String? {
        let book = addresses(of: CustomerOrdinal(UInt32(row)))
        let codes = (book.filter(\.isDefaultShipping) + book).lazy
            .compactMap { address in
                address.fields.postalCode.map { $0.uppercased().filter { $0.isLetter || $0.isNumber } }
            }
        return codes.first { !$0.isEmpty }
    }

    private func hash(_ bytes: some Sequence<UInt8>) -> Int {
        var hasher = Hasher()
        for byte in bytes { hasher.combine(byte) }
        return hasher.finalize()
    }
}

extension DuplicateKeys {
    fileprivate mutating func add(_ reason: DuplicateReason, _ hash: Int, _ row: Int) {
        entries[reason, default: []].append(Entry(hash: hash, row: UInt32(row)))
    }
}
