import CustomerDomain

/// The parameters of a query, decoded and checked against what the route takes.
struct QueryString: Sendable {
    /// How many parameters a query may have.
    static let maximumCount = 100
    /// How often a query may give a parameter that can be given several times.
    static let maximumRepetition = 20

    private var pairs: [(name: String, value: String)] = []

    /// Reads `a=1&b=2`, as `application/x-www-form-urlencoded` has it.
    ///
    /// - Parameters:
    ///   - text: What follows the `?`; `nil` or empty for none.
    ///   - rules: What the route takes; anything else is refused.
    /// - Throws: ``Problem`` naming every parameter that cannot be taken.
    init(_ text: Substring?, taking rules: QueryRules) throws(Problem) {
        guard let text, !text.isEmpty else { return }
        var errors: [FieldError] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let part = rest.prefix { $0 != UInt8(ascii: "&") }
            rest = rest.dropFirst(part.count + 1)
            if part.isEmpty { continue }
            guard pairs.count < Self.maximumCount else { throw Problem(.invalidParameter, "The query is too long.") }
            let half = part.prefix { $0 != UInt8(ascii: "=") }
            guard let name = percentDecoded(half, plusIsBlank: true),
                let value = percentDecoded(part.dropFirst(half.count + 1), plusIsBlank: true)
            else { throw Problem(.invalidParameter, "The query is not percent-encoded UTF-8.") }
            if let reason = refusal(of: value, for: name, rules) {
                errors.append(FieldError(place: .parameter(name), detail: reason))
            }
            pairs.append((name, value))
        }
        if !errors.isEmpty {
            throw Problem(.invalidParameter, "The query has parameters that cannot be taken.", errors: errors)
        }
    }

    /// Parameters that were checked.
    init(_ pairs: [(name: String, value: String)]) { self.pairs = pairs }

    /// These, and others that were checked.
    func adding(_ others: [(name: String, value: String)]) -> QueryString { QueryString(pairs + others) }

    private func refusal(of value: String, for name: String, _ rules: QueryRules) -> String? {
        guard let index = rules.indexes[name] else { return "is not a parameter of this path" }
        let earlier = pairs.count { $0.name == name }
        if rules.parameters[index].isRepeatable {
            if earlier >= Self.maximumRepetition { return "is given more than \(Self.maximumRepetition) times" }
        } else if earlier > 0 {
            return "is given more than once"
        }
        return rules.parameters[index].refusal(of: value)
    }

    /// The value of a parameter.
    func text(_ name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    /// The value of a parameter whose schema is a choice of these names.
    func choice<Value: Named>(_ name: String, _ type: Value.Type = Value.self) -> Value? {
        text(name).flatMap { Value(name: $0) }
    }

    /// All values of a parameter.
    func texts(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    /// The value of a parameter whose schema is an integer.
    func whole(_ name: String) -> Int64? { text(name).flatMap { Int64($0) } }

    /// The parameters but those of a name, and another one, encoded, for links.
    func encoded(without name: String? = nil, adding extra: (name: String, value: String)) -> String {
        var result = ""
        func add(_ name: String, _ value: String) {
            if !result.isEmpty { result += "&" }
            result += percentEncoded(name)
            result += "="
            result += percentEncoded(value)
        }
        for pair in pairs where pair.name != name { add(pair.name, pair.value) }
        add(extra.name, extra.value)
        return result
    }
}

/// The parameters that a query may have.
struct QueryRules: Sendable {
    fileprivate let parameters: [Parameter]
    fileprivate let indexes: [String: Int]

    /// Those of `parameters` that a query has.
    init(_ parameters: [Parameter]) {
        self.parameters = parameters.filter { $0.place == .query }
        indexes = Dictionary(uniqueKeysWithValues: self.parameters.enumerated().map { ($1.name, $0) })
    }
}

/// Decodes `%41`; `nil` when an escape is broken or the bytes are not UTF-8.
func percentDecoded(_ text: some Collection<UInt8>, plusIsBlank: Bool = false) -> String? {
    if text.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }) {
        return String(decoding: text, as: UTF8.self)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var iterator = text.makeIterator()
    while let byte = iterator.next() {
        switch byte {
        case UInt8(ascii: "%"):
            guard let high = iterator.next().flatMap(hexadecimalDigit),
                let low = iterator.next().flatMap(hexadecimalDigit)
            else { return nil }
            bytes.append(high << 4 | low)
        case UInt8(ascii: "+") where plusIsBlank: bytes.append(UInt8(ascii: " "))
        default: bytes.append(byte)
        }
    }
    return String(validating: bytes, as: UTF8.self)
}

/// Encodes everything but RFC 3986's unreserved characters.
func percentEncoded(_ text: String) -> String {
    if text.utf8.allSatisfy({ isUnreserved($0) }) { return text }
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        if isUnreserved(byte) {
            bytes.append(byte)
        } else {
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}
