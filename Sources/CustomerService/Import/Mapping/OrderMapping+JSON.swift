import CustomerDomain

extension OrderMapping {
    /// Reads a mapping file; every key that is not known is an error, so that a typing mistake cannot go unseen.
    ///
    /// - Throws: ``ImportError/mapping(key:reason:)``.
    public init(json: [UInt8]) throws(ImportError) {
        let file = try MappingObject(json: json)
        try file.allowOnly(
            "description",
            "columns",
            "delimiter",
            "fallbackEncoding",
            "decimalSeparator",
            "currency",
            "dates",
            "countries",
            "orders",
            "customers"
        )
        try readColumns(file.object("columns"))
        try readFormats(file)
        if let dates = try file.object("dates") { try readDates(dates) }
        if let countries = try file.object("countries") { try readCountries(countries) }
        if let orders = try file.object("orders") { try readOrders(orders) }
        if let customers = try file.object("customers") { try readCustomers(customers) }
        guard !datePatterns.isEmpty else { throw .mapping(key: "dates/format", reason: "is missing") }
        guard currency != nil || columns[.currency] != nil else {
            throw .mapping(key: "currency", reason: "is missing, and no column has it")
        }
    }

    private mutating func readColumns(_ object: MappingObject?) throws(ImportError) {
        guard let object else { throw .mapping(key: "columns", reason: "is missing") }
        for key in object.keys {
            guard let field = Field(rawValue: key) else {
                throw .mapping(key: "columns/\(key)", reason: "is not a field; fields are \(allFieldNames)")
            }
            columns[field] = try object.texts(key)
        }
        for field in Field.allCases where field.isRequired && (columns[field] ?? []).isEmpty {
            throw .mapping(key: "columns/\(field.rawValue)", reason: "is missing")
        }
    }

    private mutating func readFormats(_ file: MappingObject) throws(ImportError) {
        delimiter = try file.byte("delimiter") ?? delimiter
        decimalSeparator = try file.byte("decimalSeparator") ?? decimalSeparator
        readsLatin1 = try file.latin1Fallback()
        if let text = try file.text("currency") {
            guard let code = CurrencyCode(text) else {
                throw .mapping(key: "currency", reason: "is not an ISO 4217 code")
            }
            currency = code
        }
    }

    private mutating func readDates(_ dates: MappingObject) throws(ImportError) {
        try dates.allowOnly("format", "zone")
        for text in try dates.texts("format") {
            guard let pattern = DatePattern(text) else {
                throw .mapping(key: "dates/format", reason: "\"\(text)\" is not a pattern of yyyy, MM, dd, HH, mm, ss")
            }
            datePatterns.append(pattern)
        }
        if let zone = try dates.text("zone") {
            guard let seconds = DatePattern.offsetSeconds(zone) else {
                throw .mapping(key: "dates/zone", reason: "must be an offset such as \"+01:00\"")
            }
            zoneOffsetSeconds = seconds
        }
    }

    private mutating func readCountries(_ object: MappingObject) throws(ImportError) {
        for name in object.keys {
            guard let text = try object.text(name) else {
                countries[name.lowercased()] = .some(nil)
                continue
            }
            guard let code = CountryCode(code: text) else {
                throw .mapping(key: "countries/\(name)", reason: "is not an ISO 3166-1 code")
            }
            countries[name.lowercased()] = code
        }
    }

    private mutating func readOrders(_ object: MappingObject) throws(ImportError) {
        try object.allowOnly(
            "returnPrefix",
            "adjustmentPrefixes",
            "openOrders",
            "partial",
            "status",
            "fulfillmentStatus",
            "paymentMethod"
        )
        orders.returnPrefix = try object.text("returnPrefix")
        orders.adjustmentPrefixes = try object.texts("adjustmentPrefixes")
        orders.paymentMethod = try object.text("paymentMethod")
        if let count = try object.integer("openOrders") {
            guard (1...65_536).contains(count) else {
                throw .mapping(key: "orders/openOrders", reason: "must be 1 to 65536")
            }
            orders.openOrderCount = count
        }
        if let choice = try object.choice("partial", of: PartialOrders.allCases, named: \.rawValue) {
            orders.partial = choice
        }
        let statuses = OrderStatus.allCases.filter { $0 != .cancelled }
        orders.status = try object.choice("status", of: statuses, named: \.description) ?? orders.status
        orders.fulfillmentStatus =
            try object.choice("fulfillmentStatus", of: FulfillmentStatus.allCases, named: \.description)
            ?? orders.fulfillmentStatus
    }

    private mutating func readCustomers(_ object: MappingObject) throws(ImportError) {
        try object.allowOnly("dropSuffix", "accountType", "source", "syntheticProfiles")
        customers.dropSuffix = try object.text("dropSuffix")
        customers.source = try object.text("source") ?? customers.source
        customers.accountType =
            try object.choice("accountType", of: AccountType.allCases, named: \.description) ?? customers.accountType
        customers.syntheticProfiles = try object.flag("syntheticProfiles") ?? customers.syntheticProfiles
    }
}

private let allFieldNames = OrderMapping.Field.allCases.map(\.rawValue).joined(separator: ", ")
