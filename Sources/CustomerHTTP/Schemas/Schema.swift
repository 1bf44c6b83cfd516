import CustomerDomain

/// What a JSON value may be: the one description that requests are checked by and the OpenAPI document is written from.
indirect enum Schema: Sendable {
    case text(TextRule)
    /// One of these strings.
    case choice([String])
    case integer(ClosedRange<Int64>)
    case number
    case boolean
    case array(Schema, ClosedRange<Int>)
    case object(ObjectRule)
    /// An object with any keys.
    case map(MapRule)
    case nullable(Schema)
    /// A schema with a name of its own in the document.
    case component(Component)
    /// An object of any shape; for documents that others define.
    case anyObject
    /// Any value at all; for answers that compare others.
    case anything

    /// Any text; for answers.
    static let anyText = Schema.text(TextRule(length: 0...Int.max))

    /// Any whole number of 64 bits; for answers.
    static let anyInteger = Schema.integer(.min ... .max)

    /// A count; for answers.
    static let count = Schema.integer(0 ... .max)

    /// The name of one of these values.
    static func choice<Value: Named>(of type: Value.Type) -> Schema { .choice(type.names) }

    /// Any number of elements; for answers.
    static func list(of element: Schema) -> Schema { .array(element, 0...Int.max) }

    /// An object of exactly these properties, or fewer where they are optional.
    static func object(_ properties: Property...) -> Schema {
        .object(ObjectRule(properties: properties))
    }

    /// A named object of exactly these properties.
    static func named(_ name: String, _ properties: Property..., anyOf: [String] = []) -> Schema {
        .component(Component(name: name, schema: .object(ObjectRule(properties: properties, anyOf: anyOf))))
    }
}

/// What a string may be.
struct TextRule: Sendable {
    /// In Unicode scalars, as JSON Schema counts.
    var length: ClosedRange<Int>
    /// The name of an OpenAPI format.
    var format: String?
    /// An ECMA-262 pattern that says the same as ``check``, for the document.
    var pattern: String?
    var description: String?
    /// What is wrong with a text of the right length; `nil` when nothing is.
    var check: (@Sendable (String) -> String?)?

    init(
        length: ClosedRange<Int>,
        format: String? = nil,
        pattern: String? = nil,
        description: String? = nil,
        check: (@Sendable (String) -> String?)? = nil
    ) {
        self.length = length
        self.format = format
        self.pattern = pattern
        self.description = description
        self.check = check
    }
}

/// What an object with known keys may be.
struct ObjectRule: Sendable {
    var properties: [Property]
    /// At least one of these properties must be there; nothing is asked when there are none.
    var anyOf: [String] = []
}

/// One known key of an object.
struct Property: Sendable {
    var name: String
    var schema: Schema
    var isRequired: Bool
    var description: String?

    static func required(_ name: String, _ schema: Schema, _ description: String? = nil) -> Property {
        Property(name: name, schema: schema, isRequired: true, description: description)
    }

    static func optional(_ name: String, _ schema: Schema, _ description: String? = nil) -> Property {
        Property(name: name, schema: schema, isRequired: false, description: description)
    }
}

/// What an object with free keys may be.
struct MapRule: Sendable {
    var maximumCount: Int
    /// What a key may be, a text.
    var key: Schema
    var value: Schema
}

/// A schema with a name.
struct Component: Sendable {
    var name: String
    var schema: Schema
}
