/// Where a file has the columns that a mapping names.
struct OrderColumns {
    var names: [String]
    var order = 0
    var customer = 0
    var sku = 0
    var quantity = 0
    var unitPrice = 0
    var occurredAt = 0
    var name: Int?
    var currency: Int?
    var country: Int?
    var paymentMethod: Int?
    var email: Int?
    var firstName: Int?
    var lastName: Int?
    var phone: Int?

    /// Finds the columns in the header row.
    ///
    /// - Throws: ``ImportError/missingColumn(_:names:)``.
    init(header: borrowing CSVRow, mapping: OrderMapping) throws(ImportError) {
        var names: [String] = []
        for index in 0..<header.count { names.append(header.text(index)) }
        self.names = names
        func find(_ field: OrderMapping.Field) throws(ImportError) -> Int? {
            guard let wanted = mapping.columns[field] else { return nil }
            if let index = names.firstIndex(where: { wanted.contains($0) }) { return index }
            throw .missingColumn(field.rawValue, names: wanted)
        }
        order = try find(.order) ?? 0
        customer = try find(.customer) ?? 0
        sku = try find(.sku) ?? 0
        quantity = try find(.quantity) ?? 0
        unitPrice = try find(.unitPrice) ?? 0
        occurredAt = try find(.occurredAt) ?? 0
        name = try find(.name)
        currency = try find(.currency)
        country = try find(.country)
        paymentMethod = try find(.paymentMethod)
        email = try find(.email)
        firstName = try find(.firstName)
        lastName = try find(.lastName)
        phone = try find(.phone)
    }
}
