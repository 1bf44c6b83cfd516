public import CustomerDomain

/// How a CSV file of customers is read.
///
/// Without a mapping file the columns have the names of the template.
public struct CustomerMapping: Hashable, Sendable {
    /// What a column can be.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case firstName, lastName, email, phone, group, tags, externalID = "externalId"

        /// The column's name in the template.
        public var templateName: String {
            switch self {
            case .firstName: "First Name"
            case .lastName: "Last Name"
            case .email: "Email"
            case .phone: "Phone"
            case .group: "Customer Group"
            case .tags: "Tags"
            case .externalID: "External ID"
            }
        }

        /// Whether a column of this name is meant, blanks, marks and capitals apart.
        func isName(_ name: String) -> Bool { aliases.contains(CustomerMapping.plain(name)) }

        /// Other names that the column may have without a mapping, without blanks, marks and capitals.
        fileprivate var aliases: [String] {
            switch self {
            case .firstName: ["firstname", "givenname"]
            case .lastName: ["lastname", "familyname", "surname"]
            case .email: ["email", "emailaddress"]
            case .phone: ["phone", "phonenumber", "telephone"]
            case .group: ["customergroup", "group", "groups"]
            case .tags: ["tags", "tag"]
            case .externalID: ["externalid", "customerid", "id"]
            }
        }
    }

    /// For each field, the names that its column may have; empty for the names of the template and their like.
    public var columns: [Field: [String]] = [:]
    /// The byte between fields.
    public var delimiter = UInt8(ascii: ",")
    /// Whether rows that are not UTF-8 are ISO 8859-1.
    public var readsLatin1 = false
    /// Whether those who are new get an account.
    public var accountType = AccountType.registered
    /// Where they came from.
    public var source = "import"

    /// The mapping for the template.
    public init() {}

    /// The header row of a file to fill in.
    public static let template = Field.allCases.map(\.templateName).joined(separator: ",") + "\r\n"

    /// Reads a mapping file.
    ///
    /// - Throws: ``ImportError/mapping(key:reason:)``.
    public init(json: [UInt8]) throws(ImportError) {
        let file = try MappingObject(json: json)
        try file.allowOnly("description", "columns", "delimiter", "fallbackEncoding", "customers")
        delimiter = try file.byte("delimiter") ?? delimiter
        readsLatin1 = try file.latin1Fallback()
        if let object = try file.object("columns") {
            for key in object.keys {
                guard let field = Field(rawValue: key) else {
                    let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
                    throw .mapping(key: "columns/\(key)", reason: "is not a field; fields are \(known)")
                }
                columns[field] = try object.texts(key)
            }
            guard columns[.email] != nil else { throw .mapping(key: "columns/email", reason: "is missing") }
        }
        if let customers = try file.object("customers") {
            try customers.allowOnly("accountType", "source")
            source = try customers.text("source") ?? source
            accountType =
                try customers.choice("accountType", of: AccountType.allCases, named: \.description) ?? accountType
        }
    }

    /// Where the header row has each field.
    func find(_ header: borrowing CSVRow) throws(ImportError) -> CustomerColumns {
        var names: [String] = []
        for index in 0..<header.count { names.append(header.text(index)) }
        var found: [Field: Int] = [:]
        for field in Field.allCases {
            if columns.isEmpty {
                found[field] = names.firstIndex { field.aliases.contains(Self.plain($0)) }
            } else if let wanted = columns[field] {
                guard let index = names.firstIndex(where: { wanted.contains($0) }) else {
                    throw .missingColumn(field.rawValue, names: wanted)
                }
                found[field] = index
            }
        }
        guard found[.email] != nil else {
            throw .missingColumn(Field.email.rawValue, names: [Field.email.templateName])
        }
        return CustomerColumns(names: names, index: found)
    }

    fileprivate static func plain(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter }
    }
}

/// Where a file has the columns of customers.
struct CustomerColumns {
    var names: [String]
    var index: [CustomerMapping.Field: Int]

    func name(_ field: CustomerMapping.Field) -> String {
        index[field].map { names[$0] } ?? field.templateName
    }
}
