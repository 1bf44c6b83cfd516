extension Schema {
    /// How many errors one answer names at most.
    static let maximumErrorCount = 50

    /// What is wrong with a value: nothing when it matches the schema.
    func errors(in value: JSONValue) -> [FieldError] {
        var validation = Validation()
        validation.validate(value, self)
        return validation.errors
    }
}

/// One walk over a value along its schema, collecting everything that is wrong.
private struct Validation {
    var path = JSONPath()
    var errors: [FieldError] = []

    mutating func validate(_ value: JSONValue, _ schema: Schema) {
        guard errors.count < Schema.maximumErrorCount else { return }
        switch schema {
        case .component(let component): validate(value, component.schema)
        case .nullable(let inner): if !value.isNull { validate(value, inner) }
        case .text(let rule): validateText(value, rule)
        case .choice(let choices): validateChoice(value, choices)
        case .integer(let range): validateInteger(value, range)
        case .number: if value.whole == nil, value.fraction == nil { refuse("must be a number") }
        case .boolean: if value.flag == nil { refuse("must be true or false") }
        case .array(let element, let count): validateArray(value, element, count)
        case .object(let rule): validateObject(value, rule)
        case .map(let rule): validateMap(value, rule)
        case .anyObject: if case .object = value {} else { refuse("must be an object") }
        case .anything: break
        }
    }

    private mutating func refuse(_ detail: String) {
        errors.append(FieldError(place: .pointer(path.pointer), detail: detail))
    }

    private mutating func validateText(_ value: JSONValue, _ rule: TextRule) {
        guard let text = value.text else { return refuse("must be a string") }
        if let reason = rule.refusal(of: text) { refuse(reason) }
    }

    private mutating func validateChoice(_ value: JSONValue, _ choices: [String]) {
        guard let text = value.text, choices.contains(text) else {
            return refuse(Schema.choiceRefusal(choices))
        }
    }

    private mutating func validateInteger(_ value: JSONValue, _ range: ClosedRange<Int64>) {
        guard let number = value.whole else { return refuse("must be a whole number") }
        if !range.contains(number) { refuse("must be from \(range.lowerBound) to \(range.upperBound)") }
    }

    private mutating func validateArray(_ value: JSONValue, _ element: Schema, _ count: ClosedRange<Int>) {
        guard case .array(let elements) = value else { return refuse("must be an array") }
        guard count.contains(elements.count) else {
            return refuse("must have from \(count.lowerBound) to \(count.upperBound) elements")
        }
        for (index, item) in elements.enumerated() {
            path.push(index)
            validate(item, element)
            path.pop()
        }
    }

    private mutating func validateObject(_ value: JSONValue, _ rule: ObjectRule) {
        guard case .object(let members) = value else { return refuse("must be an object") }
        if !rule.anyOf.isEmpty, !members.contains(where: { rule.anyOf.contains($0.key) }) {
            refuse("must have at least one of " + rule.anyOf.joined(separator: ", "))
        }
        for member in members {
            path.push(member.key)
            if let property = rule.properties.first(where: { $0.name == member.key }) {
                validate(member.value, property.schema)
            } else {
                refuse("is not a field of this object")
            }
            path.pop()
        }
        for property in rule.properties where property.isRequired {
            guard !members.contains(where: { $0.key == property.name }) else { continue }
            path.push(property.name)
            refuse("is missing")
            path.pop()
        }
    }

    private mutating func validateMap(_ value: JSONValue, _ rule: MapRule) {
        guard case .object(let members) = value else { return refuse("must be an object") }
        if members.count > rule.maximumCount { refuse("must have at most \(rule.maximumCount) keys") }
        for member in members {
            path.push(member.key)
            if let reason = rule.key.refusal(ofText: member.key) { refuse("has a key that " + reason) }
            validate(member.value, rule.value)
            path.pop()
        }
    }
}

extension TextRule {
    /// What is wrong with a text; `nil` when nothing is.
    func refusal(of text: String) -> String? {
        // Counting scalars costs a walk; a text of few bytes cannot have too many.
        let byteCount = text.utf8.count
        if byteCount > length.upperBound || byteCount < length.lowerBound * 4 {
            let count = text.unicodeScalars.count
            if !length.contains(count) {
                return length.lowerBound == 0
                    ? "must have at most \(length.upperBound) characters"
                    : "must have from \(length.lowerBound) to \(length.upperBound) characters"
            }
        }
        return check?(text)
    }
}

extension Schema {
    static func choiceRefusal(_ choices: [String]) -> String {
        guard choices.count <= 30 else { return "is not one of the known values" }
        return "must be one of " + choices.joined(separator: ", ")
    }
}
