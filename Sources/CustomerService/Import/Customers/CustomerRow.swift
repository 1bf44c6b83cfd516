import CustomerDomain

/// What one row of a customer file says.
struct CustomerRow {
    var line: Int
    var email: EmailAddress
    var firstName: String?
    var lastName: String?
    var phone: PhoneNumber?
    var externalID: String?
    var groups: [String]
    var tags: [String]

    /// Reads a row; what is wrong with it goes to `find`, and then there is no row.
    init?(
        _ row: borrowing CSVRow,
        _ columns: CustomerColumns,
        find: (CustomerMapping.Field, ImportReason, String) throws -> Void
    ) rethrows {
        func text(_ field: CustomerMapping.Field) -> String? {
            columns.index[field].map { row.text($0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        line = row.line
        firstName = text(.firstName)
        lastName = text(.lastName)
        externalID = text(.externalID)
        groups = Self.list(text(.group))
        tags = Self.list(text(.tags))
        var isWhole = true
        if let phoneText = text(.phone) {
            phone = PhoneNumber(phoneText)
            if phone == nil {
                isWhole = false
                try find(.phone, .invalidPhone, "\(phoneText.count) characters")
            }
        }
        guard let emailText = text(.email) else {
            try find(.email, .missing, "")
            return nil
        }
        guard let email = EmailAddress(emailText) else {
            try find(.email, .invalidEmail, "\(emailText.count) characters")
            return nil
        }
        guard isWhole else { return nil }
        self.email = email
    }

    /// The parts between commas or semicolons, each once.
    private static func list(_ text: String?) -> [String] {
        var parts: [String] = []
        for part in (text ?? "").split(whereSeparator: { $0 == "," || $0 == ";" }) {
            let part = part.trimmingBlanks
            if !part.isEmpty, !parts.contains(part) { parts.append(part) }
        }
        return parts
    }
}

extension Substring {
    /// The text without blanks at either end.
    fileprivate var trimmingBlanks: String {
        var text = self
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}
