import CustomerDomain

// What a survivor shows: its own values, and over them, in the order of the log, what it took from those merged into it.
extension OrganizationState {
    /// The profile of a survivor with a merge that can be undone.
    func mergedProfile(_ ledger: MergeLedger) -> ProfileRecord {
        var profile = arena.withBytes(ledger.profile) { ProfileRecord($0) }
        for merge in ledger.merges {
            if let moved = merge.moved { profile.take(moved.terms, from: record(of: Int(merge.merged))) }
        }
        return profile
    }

    /// The metadata of such a survivor.
    func mergedMetadata(_ ledger: MergeLedger) -> [String: String] {
        var metadata = arena.metadata(at: ledger.metadata)
        for merge in ledger.merges {
            guard let terms = merge.moved?.terms, terms.metadata != nil else { continue }
            metadata = terms.metadata(metadata, taking: arena.metadata(at: customers.metadata[Int(merge.merged)]))
        }
        return metadata
    }

    /// The account type of such a survivor.
    func mergedAccountType(_ ledger: MergeLedger) -> AccountType {
        let isRegistered = ledger.merges.contains {
            $0.moved != nil && customers.accountType[Int($0.merged)] == .registered
        }
        return isRegistered ? .registered : ledger.accountType
    }

    /// Writes profile and metadata of a survivor, and indexes its e-mail address, which is not indexed.
    mutating func showMerges(of survivor: Int) {
        guard let ledger = merges.ledgers[UInt32(survivor)] else { return }
        var profile = mergedProfile(ledger)
        profile.externalID = record(of: survivor).externalID
        store(profile, of: survivor)
        setMetadata(mergedMetadata(ledger), of: survivor)
        indexEmail(profile.email, of: survivor)
    }
}

extension ProfileRecord {
    /// Takes what a survivor takes; names of orders where there are none.
    mutating func take(_ terms: MergeTerms, from other: ProfileRecord) {
        profile = terms.profile(profile, taking: other.profile)
        guard orderFirstName == nil, orderLastName == nil else { return }
        orderFirstName = other.orderFirstName
        orderLastName = other.orderLastName
    }
}

extension Arena {
    /// Another string of the same bytes; none for none.
    mutating func copy(of handle: Handle) -> Handle {
        guard handle != Self.none else { return Self.none }
        return insert(withBytes(handle) { ContiguousArray($0) })
    }

    /// The metadata at a handle.
    func metadata(at handle: Handle) -> [String: String] {
        withBytes(handle) { bytes in
            var metadata: [String: String] = [:]
            var position = 0
            while position < bytes.count {
                guard let key = readText(bytes, &position), let value = readText(bytes, &position) else { break }
                metadata[String(utf8: key)] = String(utf8: value)
            }
            return metadata
        }
    }
}
