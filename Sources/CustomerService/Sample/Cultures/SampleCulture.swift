import CustomerDomain

/// How people of one country are called and live, as far as a sample needs it.
struct SampleCulture: Sendable {
    var country: CountryCode
    /// How many of a hundred customers or so.
    var weight: Int
    var givenNames: [SampleName]
    var familyNames: [SampleName]
    /// City names, each with its state where addresses have one: `Austin/TX`.
    var cities: [(name: String, state: String?)]
    /// Street lines; `#` stands for the house number.
    var streets: [String]
    /// `#` a digit, `%` a digit but 0, `@` a letter; empty where there are no postal codes.
    var postalCode: String
    /// Digits as in ``postalCode``.
    var phone: String

    /// Reads a table entry: names, cities and streets separated by blanks, with `_` for a blank within.
    init(
        _ country: String,
        _ weight: Int,
        given: String,
        family: String,
        cities: String,
        streets: String,
        postal: String,
        phone: String
    ) {
        self.country = CountryCode(code: country) ?? CountryCode(packed: 0)
        self.weight = weight
        givenNames = given.split(separator: " ").map { SampleName($0) }
        familyNames = family.split(separator: " ").map { SampleName($0) }
        self.cities = cities.split(separator: " ")
            .map { entry in
                let parts = entry.replacing("_", with: " ").split(separator: "/")
                return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
            }
        self.streets = streets.split(separator: " ").map { String($0.replacing("_", with: " ")) }
        postalCode = postal
        self.phone = phone
    }

    /// The running sums of the weights of ``all``.
    static let weightSums: [Int] = all.reduce(into: []) { $0.append(($0.last ?? 0) + $1.weight) }

    /// The culture of a country, when there is one.
    static func of(_ country: CountryCode?) -> SampleCulture? {
        country.flatMap { byCountry[$0] }
    }

    private static let byCountry = Dictionary(all.map { ($0.country, $0) }) { first, _ in first }

    /// All cultures; their order is part of what a seed means.
    static let all: [SampleCulture] = western + northern + southern + eastern + asian
}

extension SampleRandom {
    /// A text of this pattern: `#` a digit, `%` a digit but 0, `@` a letter, the rest as it is.
    mutating func fill(_ pattern: String) -> String {
        var text = ""
        for character in pattern.unicodeScalars {
            switch character {
            case "#": text.unicodeScalars.append(Unicode.Scalar(UInt8(48 + below(10))))
            case "%": text.unicodeScalars.append(Unicode.Scalar(UInt8(49 + below(9))))
            case "@": text.unicodeScalars.append("ABCDEFGHJKLMNPRSTUWXY".unicodeScalars.map { $0 }[below(21)])
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }
}
