import CustomerDomain

/// What a job has to do, as its sealed file keeps it.
enum JobPlan: Hashable, Sendable {
    case export(ExportRequest, [CustomerOrdinal])
    case bulk(BulkChange, [CustomerOrdinal])
    case `import`(ImportOptions)

    private enum Form: UInt64 {
        case export = 1
        case bulk = 2
        case `import` = 3
    }

    /// Whom it is about.
    var customers: [CustomerOrdinal] {
        switch self {
        case .export(_, let customers), .bulk(_, let customers): customers
        case .import: []
        }
    }

    /// The plan in pieces: how it is done, then whom it is about, some thousands at a time.
    var pieces: [[UInt8]] {
        var head = PlanWriter()
        switch self {
        case .export(let request, _):
            head.add(Form.export.rawValue)
            request.write(to: &head)
        case .bulk(let change, _):
            head.add(Form.bulk.rawValue)
            change.write(to: &head)
        case .import(let options):
            head.add(Form.import.rawValue)
            options.write(to: &head)
        }
        let customers = customers
        return [head.bytes]
            + stride(from: 0, to: customers.count, by: Self.pieceCount)
            .map { start in
                var piece = PlanWriter()
                for customer in customers[start..<min(start + Self.pieceCount, customers.count)] {
                    piece.add(UInt64(customer.value))
                }
                return piece.bytes
            }
    }

    /// The plan of these pieces.
    init(_ pieces: [[UInt8]]) throws(PlanReader.Malformed) {
        guard let first = pieces.first else { throw PlanReader.Malformed() }
        var head = PlanReader(first)
        guard let form = Form(rawValue: try head.number()) else { throw PlanReader.Malformed() }
        var customers: [CustomerOrdinal] = []
        for piece in pieces.dropFirst() {
            var reader = PlanReader(piece)
            while !reader.isAtEnd { customers.append(CustomerOrdinal(UInt32(truncatingIfNeeded: try reader.number()))) }
        }
        switch form {
        case .export: self = .export(try ExportRequest(&head), customers)
        case .bulk: self = .bulk(try BulkChange(&head), customers)
        case .import: self = .import(try ImportOptions(&head))
        }
    }

    /// How many customers a piece names: 512 KiB.
    private static let pieceCount = 1 << 16
}
