extension Decision {
    func createCustomField(_ field: CustomField) throws(Rejection) -> [Decided] {
        if facts.customFields.contains(where: { $0.id == field.id }) {
            throw .invalid(field: "id", reason: "is already in use")
        }
        try checkCustomField(field)
        if facts.customFields.contains(where: { $0.key == field.key }) { throw .customFieldKeyTaken(field.key) }
        if facts.customFields.count >= Limits.customFields {
            throw .limitReached("custom fields", limit: Limits.customFields)
        }
        return [Decided(customer: nil, event: .customFieldSet(field))]
    }

    /// What customers have of it already is kept until it is set again.
    func replaceCustomField(_ field: CustomField) throws(Rejection) -> [Decided] {
        let before = try customField(field.id)
        if field.key != before.key { throw .invalid(field: "key", reason: "must stay \(before.key)") }
        try checkCustomField(field)
        return field == before ? [] : [Decided(customer: nil, event: .customFieldSet(field))]
    }

    func removeCustomField(_ id: CustomFieldID) throws(Rejection) -> [Decided] {
        [Decided(customer: nil, event: .customFieldRemoved(try customField(id).id))]
    }

    /// Refuses metadata whose values, where they are new, are not what the organization says of their keys.
    ///
    /// - Parameters:
    ///   - metadata: The metadata as it is to be.
    ///   - before: As it is; `nil` for a new customer, who must have what is required.
    /// - Throws: ``Rejection/invalid(field:reason:)``.
    func checkCustomFields(_ metadata: [String: String], before: [String: String]?) throws(Rejection) {
        for field in facts.customFields {
            let path = "metadata/\(pathToken(field.key))"
            guard let value = metadata[field.key] else {
                if field.isRequired, before.map({ $0[field.key] != nil }) ?? true {
                    throw .invalid(field: path, reason: "is required")
                }
                continue
            }
            if value == before?[field.key] { continue }
            if let refusal = field.refusal(of: value) { throw .invalid(field: path, reason: refusal) }
        }
    }

    private func customField(_ id: CustomFieldID) throws(Rejection) -> CustomField {
        guard let field = facts.customFields.first(where: { $0.id == id }) else { throw .customFieldNotFound(id) }
        return field
    }

    private func checkCustomField(_ field: CustomField) throws(Rejection) {
        try checkMetadataKey(field.key, path: "key")
        try check(field.label, "label", Limits.name)
        guard field.type == .choice else {
            if !field.choices.isEmpty { throw .invalid(field: "choices", reason: "must be absent but for a choice") }
            return
        }
        if field.choices.isEmpty { throw .invalid(field: "choices", reason: "must be given for a choice") }
        if field.choices.count > Limits.choicesPerCustomField {
            throw .limitReached("choices", limit: Limits.choicesPerCustomField)
        }
        for (index, choice) in field.choices.enumerated() {
            try check(choice, "choices/\(index)", Limits.customFieldChoice)
            if field.choices[..<index].contains(choice) {
                throw .invalid(field: "choices/\(index)", reason: "is there already")
            }
        }
    }
}
