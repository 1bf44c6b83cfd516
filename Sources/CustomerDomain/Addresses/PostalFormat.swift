/// How letters to a country are addressed, and what its postal codes look like.
///
/// The order of lines, what may not be missing and the forms of postal codes follow the country data of Google's
/// libaddressinput and the UPU's addressing sheets, for the countries of the table. Of others nothing is asked.
public struct PostalFormat: Hashable, Sendable {
    /// The lines, apart by `/`: `N` stands for the name, `O` for the company, `A` for street and apartment, `C` for the
    /// city, `S` for the state, `Z` for the postal code; what is between two of them is written when both are there.
    public var lines: String
    /// What may not be missing on a letter.
    public var required: [AddressTextField]
    /// Forms of the postal code without blanks and hyphens: `N` is a digit, `A` a letter, `?` either; none when any will do.
    public var postalCodes: [String]

    /// The format of a country; `nil` where nothing is known of it.
    public static func of(_ country: CountryCode) -> PostalFormat? { formats[country.packed] }

    /// The format where nothing is known of a country, nor which it is.
    public static let anywhere = PostalFormat(lines: "N/O/A/C S Z", required: [.line1, .city], postalCodes: [])

    /// Whether a postal code has one of the forms, whatever its case, blanks and hyphens.
    ///
    /// Where codes begin with a digit, up to three letters for the country may come before it: `SE-114 55`, `L-1855`.
    public func accepts(_ postalCode: String) -> Bool {
        if postalCodes.isEmpty { return true }
        let code = postalCode.uppercased().utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
        let letterCount = code.prefix { Self.fits($0, UInt8(ascii: "A")) }.count
        return postalCodes.contains { form in
            let skipped = form.utf8.first == UInt8(ascii: "N") && letterCount <= 3 ? letterCount : 0
            return code.count - skipped == form.utf8.count
                && zip(code.dropFirst(skipped), form.utf8).allSatisfy { Self.fits($0, $1) }
        }
    }

    private static func fits(_ byte: UInt8, _ kind: UInt8) -> Bool {
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        return switch kind {
        case UInt8(ascii: "N"): isDigit
        case UInt8(ascii: "A"): isLetter
        default: isDigit || isLetter
        }
    }
}

private let formats: [UInt16: PostalFormat] = {
    var formats: [UInt16: PostalFormat] = [:]
    let fields: [Character: AddressTextField] = ["A": .line1, "C": .city, "S": .state, "Z": .postalCode]
    for row in postalFormatTable.split(separator: "\n") {
        let columns = row.split(separator: "|", omittingEmptySubsequences: false)
        guard columns.count == 4, let country = CountryCode(code: columns[0]) else { continue }
        formats[country.packed] = PostalFormat(
            lines: String(columns[1]),
            required: columns[2].compactMap { fields[$0] },
            postalCodes: columns[3].split(separator: " ").map(String.init)
        )
    }
    return formats
}()
