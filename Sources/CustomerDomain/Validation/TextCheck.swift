/// What text may contain besides letters, digits and signs.
enum TextKind {
    /// No control characters and no line ends.
    case line
    /// Line ends and tabs, but no other control characters.
    case paragraphs
}

/// Refuses text that is too short, too long, blank, or has control characters.
///
/// - Parameters:
///   - text: What was given.
///   - field: Its path on the wire; made only when it is needed.
///   - lengths: How many characters it may have; when 0 is one of them, it may also be blank.
///   - kind: What it may contain.
/// - Throws: ``Rejection/invalid(field:reason:)``.
func check(
    _ text: String,
    _ field: @autoclosure () -> String,
    _ lengths: ClosedRange<Int>,
    _ kind: TextKind = .line
) throws(Rejection) {
    // Most text is shorter in bytes than it may be in characters; then nothing needs to be counted.
    if text.utf8.count > lengths.upperBound, text.unicodeScalars.count > lengths.upperBound {
        throw .invalid(field: field(), reason: "must have at most \(grouped(lengths.upperBound)) characters")
    }
    var isBlank = true
    for scalar in text.unicodeScalars {
        if isForbidden(scalar, in: kind) {
            throw .invalid(field: field(), reason: "must not contain control characters")
        }
        if isBlank, !scalar.properties.isWhitespace { isBlank = false }
    }
    if isBlank, lengths.lowerBound > 0 {
        throw .invalid(field: field(), reason: "must not be empty")
    }
}

/// The same for text that may be absent.
func check(
    _ text: String?,
    _ field: @autoclosure () -> String,
    _ lengths: ClosedRange<Int>,
    _ kind: TextKind = .line
) throws(Rejection) {
    if let text { try check(text, field(), lengths, kind) }
}

/// The same for what an edit sets.
func check(
    _ edit: Edit<String>,
    _ field: @autoclosure () -> String,
    _ lengths: ClosedRange<Int>,
    _ kind: TextKind = .line
) throws(Rejection) {
    if case .set(let text) = edit { try check(text, field(), lengths, kind) }
}

private func isForbidden(_ scalar: Unicode.Scalar, in kind: TextKind) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: kind == .line
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x2028, 0x2029: kind == .line
    default: false
    }
}

/// One token of a path on the wire, escaped as RFC 6901 has it.
func pathToken(_ text: String) -> String {
    var token = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "~": token += "~0"
        case "/": token += "~1"
        default: token.unicodeScalars.append(scalar)
        }
    }
    return token
}
