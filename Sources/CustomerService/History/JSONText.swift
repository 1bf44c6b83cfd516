/// Writes one JSON object on one line, members in the order given.
package struct JSONText {
    package private(set) var text = "{"

    package init() {}

    package mutating func add(_ name: String, _ value: String?) {
        addRaw(name, value.map(Self.quoted) ?? "null")
    }

    package mutating func add(_ name: String, _ value: Int?) {
        addRaw(name, value.map { String($0) } ?? "null")
    }

    package mutating func add(_ name: String, _ value: UInt64?) {
        addRaw(name, value.map { String($0) } ?? "null")
    }

    package mutating func add(_ name: String, _ value: Bool) {
        addRaw(name, value ? "true" : "false")
    }

    /// Adds a member whose value is JSON already.
    package mutating func addRaw(_ name: String, _ json: String) {
        if text.utf8.count > 1 { text += "," }
        text += Self.quoted(name) + ":" + json
    }

    /// The object, closed.
    package var closed: String { text + "}" }

    /// A JSON array of strings.
    package static func list(_ texts: [String]) -> String {
        "[" + texts.map { quoted($0) }.joined(separator: ",") + "]"
    }

    /// A JSON string.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
