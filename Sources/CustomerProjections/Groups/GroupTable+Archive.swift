import CustomerDomain

extension GroupTable {
    /// All but the members, who follow from the customers' lists.
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(UInt64(rows.count))
        for row in rows {
            try writer.add(row.id.high)
            try writer.add(row.id.low)
            try writer.add(row.name)
            try writer.add(row.description)
            try writer.add(row.createdAt)
            try writer.add(row.updatedAt)
            try writer.add(row.isDeleted ? 1 as UInt8 : 0)
            try writer.add(row.terms.key)
            try writer.add(row.terms.type.rawValue)
            try row.terms.benefits.archive(into: &writer)
        }
    }

    mutating func load(from reader: inout ArchiveReader) throws {
        for _ in 0..<(try reader.count(of: 34)) {
            let id = GroupID(high: try reader.number(), low: try reader.number())
            var row = Row(
                id: id,
                name: try reader.text(),
                description: try reader.optionalText(),
                createdAt: try reader.number(),
                updatedAt: try reader.number()
            )
            row.isDeleted = try reader.number(UInt8.self) != 0
            row.terms.key = try reader.optionalText()
            row.terms.type = try reader.value()
            row.terms.benefits = try GroupBenefits(from: &reader)
            append(row)
        }
    }
}

extension GroupBenefits {
    /// Absent numbers are -1, which none can be.
    fileprivate func archive(into writer: inout ArchiveWriter) throws {
        for number in [discount, freeShippingOver, minimumOrder, paymentTermsDays] { try writer.add(number ?? -1) }
        try writer.add(currency?.packed ?? 0)
        try writer.add(priceList)
        try writer.add(perks.reduce(0 as UInt64) { $0 | 1 << UInt64($1.rawValue) })
    }

    fileprivate init(from reader: inout ArchiveReader) throws {
        var numbers: [Int64?] = []
        for _ in 0..<4 {
            let number: Int64 = try reader.number()
            numbers.append(number < 0 ? nil : number)
        }
        let currency: UInt32 = try reader.number()
        self.init(
            discount: numbers[0],
            freeShippingOver: numbers[1],
            minimumOrder: numbers[2],
            currency: currency == 0 ? nil : CurrencyCode(packed: currency),
            paymentTermsDays: numbers[3],
            priceList: try reader.optionalText()
        )
        let bits: UInt64 = try reader.number()
        perks = Set(GroupPerk.allCases.filter { bits & 1 << UInt64($0.rawValue) != 0 })
    }
}

extension StateDigest {
    mutating func add(_ terms: GroupTerms) {
        add(terms.key)
        add(Int64(terms.type.rawValue))
        let benefits = terms.benefits
        for number in [
            benefits.discount, benefits.freeShippingOver, benefits.minimumOrder, benefits.paymentTermsDays,
        ] {
            add(number ?? -1)
        }
        add(benefits.currency?.description)
        add(benefits.priceList)
        add(benefits.perks.map(\.name).sorted().joined(separator: ","))
    }
}
