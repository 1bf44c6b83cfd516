import CustomerDomain
import TestSupport

@testable import CustomerProjections

extension CountedTexts {
    /// All texts, by code.
    var texts: [Code: String] {
        var list: [String] = []
        let isIn = map {
            list.append(String(utf8: $0))
            return true
        }
        return Dictionary(uniqueKeysWithValues: zip(isIn.indices.filter { isIn[$0] }.map { Code($0) }, list))
    }

    mutating func change(_ code: inout Code, toText text: String?) {
        guard var text else { return change(&code, to: nil) }
        text.withUTF8 { change(&code, to: $0) }
    }
}

extension OrganizationState {
    /// Requires that the codes of texts say what profiles, metadata and addresses say, and that no other text is known.
    func requireTextCodes() throws {
        let (domains, languages, places, roles) = (emailDomains.texts, languages.texts, places.texts, roles.texts)
        var known: [Set<String>] = [[], [], [], []]
        for row in 0..<customers.count {
            let ordinal = CustomerOrdinal(UInt32(row))
            let record = record(of: row)
            let domain = record.email.flatMap { $0.split(separator: "@").last }.map { String($0) }
            try requireEqual(domains[customers.emailDomain[row]], domain, "domain of \(row)")
            let (_, month, day) = record.birthDate?.components ?? (0, 0, 0)
            try requireEqual(Int(customers.birthday[row]), month * 32 + day, "birthday of \(row)")
            let language = metadata(of: ordinal)[SegmentField.languageKey]
            try requireEqual(languages[customers.language[row]], language, "language of \(row)")
            try requireEqual(roles[customers.role[row]], record.role, "role of \(row)")
            let rowPlaces = Set(addresses(of: ordinal).map { Self.place($0.fields) })
            if rowPlaces.count > 1 {
                try requireEqual(customers.place[row], .max, "places of \(row)")
            } else {
                try requireEqual(places[customers.place[row]], rowPlaces.first, "place of \(row)")
                known[2].formUnion(rowPlaces)
            }
            for (index, text) in [domain, language, nil, record.role].enumerated() {
                if let text { known[index].insert(text) }
            }
        }
        for (texts, known) in zip([Set(domains.values), Set(languages.values), Set(places.values)], known) {
            try requireEqual(texts, known, "texts that somebody has")
        }
        try requireEqual(Set(roles.values), known[3], "roles that somebody has")
    }

    private static func place(_ fields: AddressFields) -> String {
        var bytes = ContiguousArray<UInt8>()
        bytes.appendText(fields.city)
        bytes.appendText(fields.state)
        bytes.appendVarint(Int(fields.country?.packed ?? 0))
        return String(decoding: bytes, as: UTF8.self)
    }
}
