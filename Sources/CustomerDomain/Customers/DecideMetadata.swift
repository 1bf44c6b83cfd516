extension Decision {
    /// The whole metadata after the edit; `nil` when nothing changes.
    func metadataChanged(_ edit: MetadataEdit, of customer: CustomerOrdinal) throws(Rejection) -> [String: String]? {
        let current = facts.metadata(of: customer)
        let changed =
            switch edit {
            case .replace(let metadata): metadata
            case .merge(let values): current.merging(patch: values)
            }
        if changed == current { return nil }
        try checkMetadata(changed)
        try checkCustomFields(changed, before: current)
        return changed
    }

    func checkMetadata(_ metadata: [String: String]) throws(Rejection) {
        if metadata.count > Limits.metadataKeysPerCustomer {
            throw .limitReached("metadata keys", limit: Limits.metadataKeysPerCustomer)
        }
        // Sorted, so that of several faults it is always the same one that is named.
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            try checkMetadataKey(key, path: "metadata/\(pathToken(key))")
            try check(value, "metadata/\(pathToken(key))", Limits.metadataValue, .paragraphs)
        }
    }

    func checkMetadataKey(_ key: String, path: @autoclosure () -> String) throws(Rejection) {
        try check(key, path(), Limits.metadataKey)
        if key.utf8.contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) {
            throw .invalid(field: path(), reason: "must not have square brackets in its key")
        }
    }
}

extension [String: String] {
    /// The metadata with these keys set, or gone where there is no value (RFC 7396).
    fileprivate func merging(patch: [String: String?]) -> [String: String] {
        var result = self
        for (key, value) in patch { result[key] = value }
        return result
    }
}
