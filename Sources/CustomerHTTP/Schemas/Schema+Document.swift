extension Schema {
    /// The schema as JSON Schema 2020-12, as OpenAPI 3.1 has it; components are references.
    var document: JSONValue {
        switch self {
        case .text(let rule): rule.document
        case .choice(let choices): ["type": "string", "enum": .array(choices.map { .string($0) })]
        case .integer(let range):
            Self.integerDocument(range)
        case .number: ["type": "number"]
        case .boolean: ["type": "boolean"]
        case .array(let element, let count):
            Self.arrayDocument(element, count)
        case .object(let rule): rule.document
        case .map(let rule): rule.document
        case .nullable(let inner): inner.nullableDocument
        case .component(let component): ["$ref": .string("#/components/schemas/" + component.name)]
        case .anyObject: ["type": "object"]
        case .anything: [:]
        }
    }

    private static func integerDocument(_ range: ClosedRange<Int64>) -> JSONValue {
        var members: [JSONValue.Member] = [.init(key: "type", value: "integer"), .init(key: "format", value: "int64")]
        if range.lowerBound > .min { members.append(.init(key: "minimum", value: .integer(range.lowerBound))) }
        if range.upperBound < .max { members.append(.init(key: "maximum", value: .integer(range.upperBound))) }
        return .object(members)
    }

    private static func arrayDocument(_ element: Schema, _ count: ClosedRange<Int>) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "type", value: "array"), .init(key: "items", value: element.document),
        ]
        if count.lowerBound > 0 { members.append(.init(key: "minItems", value: .integer(Int64(count.lowerBound)))) }
        if count.upperBound < .max { members.append(.init(key: "maxItems", value: .integer(Int64(count.upperBound)))) }
        return .object(members)
    }

    private var nullableDocument: JSONValue {
        guard case .object(var members) = document, let type = members.firstIndex(where: { $0.key == "type" }) else {
            return ["anyOf": [document, ["type": "null"]]]
        }
        members[type].value = [members[type].value, "null"]
        if let choices = members.firstIndex(where: { $0.key == "enum" }) {
            members[choices].value = .array(members[choices].value.elements + [.null])
        }
        return .object(members)
    }

    /// Every named schema in it, with those inside those.
    var components: [Component] {
        switch self {
        case .text, .choice, .integer, .number, .boolean, .anyObject, .anything: []
        case .array(let element, _): element.components
        case .object(let rule): rule.properties.flatMap(\.schema.components)
        case .map(let rule): rule.value.components
        case .nullable(let inner): inner.components
        case .component(let component): [component] + component.schema.components
        }
    }
}

extension TextRule {
    fileprivate var document: JSONValue {
        var members: [JSONValue.Member] = [.init(key: "type", value: "string")]
        if length.lowerBound > 0 { members.append(.init(key: "minLength", value: .integer(Int64(length.lowerBound)))) }
        if length.upperBound < .max {
            members.append(.init(key: "maxLength", value: .integer(Int64(length.upperBound))))
        }
        if let format { members.append(.init(key: "format", value: .string(format))) }
        if let pattern { members.append(.init(key: "pattern", value: .string(pattern))) }
        if let description { members.append(.init(key: "description", value: .string(description))) }
        return .object(members)
    }
}

extension ObjectRule {
    fileprivate var document: JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "type", value: "object"),
            .init(key: "properties", value: .object(properties.map { .init(key: $0.name, value: $0.document) })),
        ]
        let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members.append(.init(key: "required", value: .array(required))) }
        if !anyOf.isEmpty {
            let choices = anyOf.map { JSONValue.object([.init(key: "required", value: [.string($0)])]) }
            members.append(.init(key: "anyOf", value: .array(choices)))
        }
        members.append(.init(key: "additionalProperties", value: false))
        return .object(members)
    }
}

extension Property {
    fileprivate var document: JSONValue {
        guard let description, case .object(let members) = schema.document else { return schema.document }
        // What the place says counts more than what the type says.
        let others = members.filter { $0.key != "description" }
        return .object(others + [.init(key: "description", value: .string(description))])
    }
}

extension MapRule {
    fileprivate var document: JSONValue {
        var members: [JSONValue.Member] = [.init(key: "type", value: "object")]
        if maximumCount < .max {
            members.append(.init(key: "maxProperties", value: .integer(Int64(maximumCount))))
            members.append(.init(key: "propertyNames", value: key.document))
        }
        members.append(.init(key: "additionalProperties", value: value.document))
        return .object(members)
    }
}
