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
    ///   - parameters: What the route takes; anything else is refused.
    /// - Throws: ``Problem`` naming every parameter that cannot be taken.
    init(_ text: Substring?, taking parameters: [Parameter]) throws(Problem) {
        guard let text, !text.isEmpty else { return }
        var errors: [FieldError] = []
        for part in text.utf8.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Self.maximumCount else { throw Problem(.invalidParameter, "The query is too long.") }
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = percentDecoded(halves[0], plusIsBlank: true),
                let value = percentDecoded(halves.count > 1 ? halves[1] : halves[0].prefix(0), plusIsBlank: true)
            else { throw Problem(.invalidParameter, "The query is not percent-encoded UTF-8.") }
            if let reason = refusal(of: value, for: name, parameters) {
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

    private func refusal(of value: String, for name: String, _ parameters: [Parameter]) -> String? {
        guard let parameter = parameters.first(where: { $0.name == name && $0.place == .query }) else {
            return "is not a parameter of this path"
        }
        let earlier = pairs.count { $0.name == name }
        if parameter.isRepeatable {
            if earlier >= Self.maximumRepetition { return "is given more than \(Self.maximumRepetition) times" }
        } else if earlier > 0 {
            return "is given more than once"
        }
        return parameter.refusal(of: value)
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

    /// The parameters but some, encoded, for links.
    func encoded(without names: Set<String>, adding extra: (name: String, value: String)) -> String {
        var result = ""
        for (name, value) in pairs.filter({ !names.contains($0.name) }) + [(extra.name, extra.value)] {
            result += (result.isEmpty ? "" : "&") + percentEncoded(name) + "=" + percentEncoded(value)
        }
        return result
    }
}

/// Decodes `%41`; `nil` when an escape is broken or the bytes are not UTF-8.
func percentDecoded(_ text: some Collection<UInt8>, plusIsBlank: Bool = false) -> String? {
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
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
        default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}
