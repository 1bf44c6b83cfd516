import CustomerDomain

/// One thing wrong with one field of a body, one parameter of the query or one header.
struct FieldError: Hashable, Sendable {
    /// Where a value came from.
    enum Place: Hashable, Sendable {
        /// An RFC 6901 JSON pointer into the body; empty for the body itself.
        case pointer(String)
        case parameter(String)
        case header(String)
    }

    var place: Place
    /// What is wrong, for a person.
    var detail: String
    /// Where in the text of a query, and what could stand there.
    var syntax: SegmentSyntaxError?
}

/// The way from the root of a body to one value, for pointers in error messages.
struct JSONPath {
    private enum Step {
        case key(String)
        case index(Int)
    }

    private var steps: [Step] = []

    mutating func push(_ key: String) { steps.append(.key(key)) }
    mutating func push(_ index: Int) { steps.append(.index(index)) }
    mutating func pop() { steps.removeLast() }

    /// The path as an RFC 6901 JSON pointer.
    var pointer: String {
        steps.reduce(into: "") { pointer, step in
            switch step {
            case .key(let key): pointer += "/" + Self.escaped(key)
            case .index(let index): pointer += "/\(index)"
            }
        }
    }

    private static func escaped(_ key: String) -> String {
        var result = ""
        for character in key.unicodeScalars {
            switch character {
            case "~": result += "~0"
            case "/": result += "~1"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
