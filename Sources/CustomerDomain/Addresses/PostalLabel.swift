/// An address as it is written on a letter, line by line: its country's order, the country last.
public struct PostalLabel: Hashable, Sendable {
    /// The lines; none is empty.
    public var lines: [String]
    /// The fields without which a letter would not arrive.
    public var missing: [AddressTextField]

    /// The label of an address; `name` stands where it has no name of its own.
    public init(_ fields: AddressFields, name: String? = nil) {
        let format = fields.country.flatMap { PostalFormat.of($0) } ?? .anywhere
        let lines = format.lines.split(separator: "/").map { fields.written($0, name: name) }
        self.lines = (lines + [fields.country?.name ?? ""]).filter { !$0.isEmpty }
        missing = format.required.filter { fields[keyPath: $0.keyPath] == nil }
    }
}

extension AddressFields {
    fileprivate func written(_ line: Substring, name: String?) -> String {
        var text = ""
        var between = ""
        for sign in line {
            guard "NOACSZ".contains(sign) else {
                between.append(sign)
                continue
            }
            if let part = part(sign, name: name) { text += (text.isEmpty ? "" : between) + part }
            between = ""
        }
        return text
    }

    private func part(_ sign: Character, name: String?) -> String? {
        switch sign {
        case "N": joined([firstName, lastName], by: " ") ?? (company == nil ? name : nil)
        case "O": company
        case "A": joined([line1, line2], by: ", ")
        case "C": city
        case "S": state
        default: postalCode
        }
    }

    private func joined(_ texts: [String?], by separator: String) -> String? {
        let texts = texts.compactMap { $0 }
        return texts.isEmpty ? nil : texts.joined(separator: separator)
    }
}
