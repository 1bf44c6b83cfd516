/// What an organization says of a key of its customers' metadata; keys of which nothing is said hold any text.
public struct CustomField: Hashable, Sendable {
    /// Its identifier.
    public var id: CustomFieldID
    /// The key; it never changes.
    public var key: String
    /// What people call it.
    public var label: String
    /// What its values are.
    public var type: CustomFieldType
    /// The values of a choice, in the order in which they are offered; none of other types.
    public var choices: [String]
    /// Whether every customer that is created has it, and none loses it.
    public var isRequired: Bool

    /// A field of these parts.
    public init(
        id: CustomFieldID,
        key: String,
        label: String,
        type: CustomFieldType,
        choices: [String] = [],
        isRequired: Bool = false
    ) {
        self.id = id
        self.key = key
        self.label = label
        self.type = type
        self.choices = choices
        self.isRequired = isRequired
    }

    /// What a value must be and is not, as the rest of a sentence; `nil` for one that can be taken.
    public func refusal(of value: String) -> String? {
        switch type {
        case .text: value.isEmpty && isRequired ? "must not be empty" : nil
        case .number: isNumber(value) ? nil : "must be a number, such as 12 or -3.5"
        case .date: CalendarDate(value) == nil ? "must be a date, such as 2026-07-01" : nil
        case .boolean: ["true", "false"].contains(value) ? nil : "must be true or false"
        case .choice: choices.contains(value) ? nil : "must be one of \(choices.joined(separator: ", "))"
        }
    }

    private func isNumber(_ value: String) -> Bool {
        let digits = value.utf8.first == UInt8(ascii: "-") ? value.utf8.dropFirst() : value.utf8[...]
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) } }
    }
}

/// What the values of a custom field are; the numbers are stored.
public enum CustomFieldType: UInt8, Hashable, Sendable, Named {
    /// Any text.
    case text = 1
    /// A decimal number: `12`, `-3.5`.
    case number = 2
    /// A day: `2026-07-01`.
    case date = 3
    /// `true` or `false`.
    case boolean = 4
    /// One of the choices, to the letter.
    case choice = 5

    /// The name on the wire.
    public var name: String {
        switch self {
        case .text: "text"
        case .number: "number"
        case .date: "date"
        case .boolean: "boolean"
        case .choice: "choice"
        }
    }
}
