/// An ISO 3166-1 alpha-2 country code: two capital letters.
public struct CountryCode: Hashable, Sendable {
    /// The letters as bytes, the first in bits 8 to 15.
    public let packed: UInt16

    /// The country of this code, in either case; `nil` unless it is assigned.
    public init?(code: some StringProtocol) {
        guard code.utf8.count == 2 else { return nil }
        let packed = code.utf8.reduce(UInt16(0)) { $0 << 8 | UInt16($1 & 0xDF) }
        guard code.utf8.allSatisfy({ (65...90).contains($0 & 0xDF) && $0 >= 65 }), countryNames[packed] != nil else {
            return nil
        }
        self.packed = packed
    }

    /// The code packed as ``packed`` says; for codes that were valid when they were stored.
    public init(packed: UInt16) {
        self.packed = packed
    }

    /// The country of this code or English short name (`US`, `United States`); `nil` when it is neither.
    public init?(_ text: some StringProtocol) {
        if let country = CountryCode(code: text) {
            self = country
        } else if let packed = countriesByName[text.lowercased()] {
            self.packed = packed
        } else {
            return nil
        }
    }

    /// The English short name.
    public var name: String { countryNames[packed] ?? description }
}

extension CountryCode: CustomStringConvertible {
    /// The capital letters.
    public var description: String {
        String(decoding: [UInt8(packed >> 8), UInt8(packed & 0xFF)], as: UTF8.self)
    }
}

private let countryNames: [UInt16: String] = {
    var table: [UInt16: String] = [:]
    for line in countryTable.split(separator: "\n") {
        table[line.utf8.prefix(2).reduce(0) { $0 << 8 | UInt16($1) }] = String(line.dropFirst(3))
    }
    return table
}()

private let countriesByName: [String: UInt16] = {
    var table: [String: UInt16] = [:]
    for (packed, name) in countryNames { table[name.lowercased()] = packed }
    for (name, code) in countryAliases { table[name] = code.utf8.reduce(0) { $0 << 8 | UInt16($1) } }
    return table
}()
