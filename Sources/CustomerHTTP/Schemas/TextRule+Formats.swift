import CustomerDomain
import EventSourcing

/// The kinds of text that requests have, each checked as its pattern says.
extension Schema {
    /// One line: no control characters, and not only blanks unless it may be empty.
    static func line(_ length: ClosedRange<Int>) -> Schema {
        pattern(length, without: lineControls) {
            refusal(of: $0, allowsLineEnds: false, allowsBlank: length.lowerBound == 0)
        }
    }

    /// A key of metadata: one line without square brackets, which form encodings give a meaning of their own.
    static func key(_ length: ClosedRange<Int>) -> Schema {
        pattern(length, without: lineControls + #"\[\]"#) { text in
            text.utf8.contains { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }
                ? "must not have square brackets" : refusal(of: text, allowsLineEnds: false, allowsBlank: false)
        }
    }

    /// Several lines: line ends and tabs, but no other control characters, and not only blanks.
    static func paragraphs(_ length: ClosedRange<Int>) -> Schema {
        pattern(length, without: #"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F"#) {
            refusal(of: $0, allowsLineEnds: true, allowsBlank: length.lowerBound == 0)
        }
    }

    private static let lineControls = #"\u0000-\u001F\u007F-\u009F\u2028\u2029"#

    /// Text of characters outside the class `excluded`, with one that is not a blank unless it may be empty.
    private static func pattern(
        _ length: ClosedRange<Int>,
        without excluded: String,
        check: @escaping @Sendable (String) -> String?
    ) -> Schema {
        let visible = length.lowerBound == 0 ? "" : #"[^\s\#(excluded)][^\#(excluded)]*"#
        return .text(TextRule(length: length, pattern: "^[^\(excluded)]*\(visible)$", check: check))
    }

    private static func refusal(of text: String, allowsLineEnds: Bool, allowsBlank: Bool) -> String? {
        var isBlank = !allowsBlank
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x2028, 0x2029:
                if !allowsLineEnds { return "must not contain control characters or line ends" }
            case 0x00...0x1F, 0x7F...0x9F: return "must not contain control characters"
            default: if isBlank, !scalar.properties.isWhitespace { isBlank = false }
            }
        }
        return isBlank ? "must not be blank" : nil
    }

    static let email = Schema.text(
        TextRule(
            length: 5...254,
            pattern: #"^ *[^\x00-\x20\x7F<>()\[\]\\,;:"@]{1,64}@[^\x00-\x20\x7F<>()\[\]\\,;:"@.]{1,63}"#
                + #"(?:\.[^\x00-\x20\x7F<>()\[\]\\,;:"@.]{1,63})+ *$"#,
            description: "An e-mail address; looser than RFC 5321, as some real ones are.",
            check: { EmailAddress($0) == nil ? "must be an e-mail address" : nil }
        )
    )

    static let phone = Schema.text(
        TextRule(
            length: 7...40,
            pattern: #"^[+ ./()-]*(?:[0-9][+ ./()-]*){7,15}$"#,
            description: "7 to 15 digits, otherwise only +, blanks, -, ., / and parentheses.",
            check: { PhoneNumber($0) == nil ? "must be a phone number of 7 to 15 digits" : nil }
        )
    )

    static let date = Schema.text(
        TextRule(
            length: 10...10,
            format: "date",
            check: { CalendarDate($0) == nil ? "must be a date as YYYY-MM-DD" : nil }
        )
    )

    static let dateTime = Schema.text(
        TextRule(
            length: 20...40,
            format: "date-time",
            check: { Timestamp(rfc3339: $0) == nil ? "must be a time as 2024-03-10T08:00:00Z" : nil }
        )
    )

    /// An instant, or a day that begins at midnight in the organization's time zone.
    static let moment = Schema.text(
        TextRule(
            length: 10...40,
            pattern: #"^[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"#
                + #"(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9]))?$"#,
            description: "A time as RFC 3339 has it, or a date, which is midnight in the organization's time zone.",
            check: { Moment($0) == nil ? "must be a date or a time, as 2024-03-10 or 2024-03-10T08:00:00Z" : nil }
        )
    )

    static let currency = Schema.text(
        TextRule(
            length: 3...3,
            pattern: "^(?:\(knownCurrencies.joined(separator: "|")))$",
            description: "An ISO 4217 code.",
            check: { CurrencyCode($0) == nil ? "must be an ISO 4217 code" : nil }
        )
    )

    /// A country by its code; its English name is taken, too, wherever a body has a country.
    static let country = Schema.text(
        TextRule(
            length: 2...80,
            pattern: "^(?:\(knownCountries.joined(separator: "|")))$",
            description: "An ISO 3166-1 alpha-2 code, or the English name of the country.",
            check: { CountryCode($0) == nil ? "must be an ISO 3166-1 code or the English name of a country" : nil }
        )
    )

    static func identifier<Kind>(_ kind: Kind.Type) -> Schema where Kind: IdentifierKind {
        .text(
            TextRule(
                length: Kind.prefix.utf8.count + 27...Kind.prefix.utf8.count + 27,
                pattern: "^\(Kind.prefix)_[0-7][0-9a-hjkmnp-tv-z]{25}$",
                check: {
                    Identifier<Kind>($0) == nil ? "must be an identifier, \(Kind.prefix)_… and 26 characters" : nil
                }
            )
        )
    }

    private static var knownCurrencies: [String] {
        let letters = (0..<26).map { String(UnicodeScalar(UInt8(65 + $0))) }
        return
            letters.flatMap { first in
                letters.flatMap { second in letters.map { first + second + $0 } }
            }
            .filter { CurrencyCode($0) != nil }
    }

    private static var knownCountries: [String] {
        let letters = (0..<26).map { String(UnicodeScalar(UInt8(65 + $0))) }
        let codes = letters.flatMap { first in letters.map { first + $0 } }.filter { CountryCode(code: $0) != nil }
        let names = codes.compactMap { CountryCode(code: $0)?.name }
        return codes + names.filter { $0.allSatisfy { $0.isLetter || $0 == " " } }
    }
}
