import CustomerDomain

/// One row for each customer of each recorded look at personal data, in the order of the log; who looked stays in the log.
struct ReadTable: Sendable {
    private(set) var sequences: ContiguousArray<UInt64> = []
    private(set) var customers: ContiguousArray<UInt32> = []
    private var rowsByCustomer: [UInt32: ContiguousArray<UInt32>] = [:]

    /// Where the looks at a customer are, in the order of the log.
    func sequences(of customer: Int) -> [UInt64] { (rowsByCustomer[UInt32(customer)] ?? []).map { sequences[Int($0)] } }

    mutating func append(_ sequence: UInt64, customer: UInt32) {
        rowsByCustomer[customer, default: []].append(UInt32(sequences.count))
        sequences.append(sequence)
        customers.append(customer)
    }

    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(column: sequences)
        try writer.add(column: customers)
    }

    mutating func load(from reader: inout ArchiveReader, customerCount: Int) throws {
        let sequences: ContiguousArray<UInt64> = try reader.column()
        let customers: ContiguousArray<UInt32> = try reader.column(count: sequences.count)
        try reader.check(sequences.count < noRow, "there are \(sequences.count) reads")
        for row in sequences.indices {
            try reader.check(customers[row] < customerCount, "somebody looked at a customer who is not there")
            append(sequences[row], customer: customers[row])
        }
    }
}
