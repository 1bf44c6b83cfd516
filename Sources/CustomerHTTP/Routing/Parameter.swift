/// One parameter of a path, a query or the head of a request.
struct Parameter: Sendable {
    enum Place: String, Sendable {
        case path, query, header
    }

    var name: String
    var place: Place
    var schema: Schema
    var isRequired = false
    /// Whether a query may give it several times.
    var isRepeatable = false
    var description: String

    static func query(_ name: String, _ schema: Schema, _ description: String) -> Parameter {
        Parameter(name: name, place: .query, schema: schema, description: description)
    }

    /// The same, without which the path answers nothing.
    var required: Parameter {
        var parameter = self
        parameter.isRequired = true
        return parameter
    }

    static func queryList(_ name: String, _ schema: Schema, _ description: String) -> Parameter {
        Parameter(name: name, place: .query, schema: schema, isRepeatable: true, description: description)
    }

    static func path(_ name: String, _ schema: Schema, _ description: String) -> Parameter {
        Parameter(name: name, place: .path, schema: schema, isRequired: true, description: description)
    }

    static func header(_ name: String, _ schema: Schema, _ description: String) -> Parameter {
        Parameter(name: name, place: .header, schema: schema, description: description)
    }

    /// The parameter as OpenAPI 3.1 has it.
    var document: JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "name", value: .string(name)),
            .init(key: "in", value: .string(place.rawValue)),
            .init(key: "description", value: .string(description)),
        ]
        if isRequired { members.append(.init(key: "required", value: true)) }
        let list = Schema.array(schema, 1...QueryString.maximumRepetition)
        members.append(.init(key: "schema", value: isRepeatable ? list.document : schema.document))
        return .object(members)
    }

    /// What is wrong with a value as a URL has it; `nil` when nothing is.
    func refusal(of text: String) -> String? {
        schema.refusal(ofText: text)
    }
}

extension Schema {
    /// What is wrong with a value as a URL has it; `nil` when nothing is.
    func refusal(ofText text: String) -> String? {
        switch self {
        case .text(let rule): return rule.refusal(of: text)
        case .choice(let choices): return choices.contains(text) ? nil : Schema.choiceRefusal(choices)
        case .integer(let range):
            guard let number = Int64(text), !text.hasPrefix("+") else { return "must be a whole number" }
            return range.contains(number) ? nil : "must be from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: return text == "true" || text == "false" ? nil : "must be true or false"
        case .component(let component): return component.schema.refusal(ofText: text)
        case .nullable(let inner): return inner.refusal(ofText: text)
        case .number, .array, .object, .map, .anyObject, .anything: return "cannot be given here"
        }
    }
}
