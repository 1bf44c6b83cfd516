import CustomerDomain
import CustomerProjections
import EventSourcing

/// Brings a CSV file of order lines into an organization: one order number is one order, or one refund.
///
/// Customers are known by their external id and made when they are new. What is in the log already is left alone, so a
/// second run of the same file adds nothing. Memory does not grow with the file, but for what the organization keeps.
public struct OrderImport: ~Copyable {
    let mapping: OrderMapping
    private var reader: CSVReader
    private let totalByteCount: Int?
    private var assembler: OrderAssembler?
    var submitter: CommandSubmitter
    var customers = ImportedCustomers()
    var summary = ImportSummary()

    /// The rows that were not taken.
    public internal(set) var report: ImportReport

    /// An import of `source`.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - mapping: Which column is what.
    ///   - organization: Where the orders go.
    ///   - scope: Who imports.
    ///   - report: Gets the rows that cannot be taken.
    public init(
        _ source: ByteSource,
        mapping: OrderMapping,
        into organization: Organization,
        scope: Scope,
        report: ImportReport
    ) {
        self.mapping = mapping
        self.report = report
        reader = CSVReader(source, delimiter: mapping.delimiter, readsLatin1: mapping.readsLatin1)
        totalByteCount = source.byteCount
        submitter = CommandSubmitter(organization: organization, scope: scope)
    }

    /// Imports everything, and returns when it is durable.
    ///
    /// - Parameter progress: Called after each chunk of the input.
    /// - Returns: What the import came to.
    /// - Throws: ``ImportError``; then what was taken until then stays.
    public mutating func run(progress: (ImportProgress) -> Void = { _ in }) async throws -> ImportSummary {
        var isDone = false
        while !isDone {
            var completed: [OrderDraft] = []
            isDone = try readChunk(&completed)
            for draft in completed { try await take(draft) }
            do {
                try await submitter.keepPace()
            } catch {
                throw ImportError.stopped(error)
            }
            progress(currentProgress)
        }
        guard assembler != nil else { throw ImportError.noHeader }
        do {
            try await submitter.finish()
        } catch {
            throw ImportError.stopped(error)
        }
        try report.flush()
        summary.rowCount = assembler?.rowCount ?? 0
        summary.reportedRowCount = report.rowCount
        summary.eventCount = submitter.eventCount
        return summary
    }

    private var currentProgress: ImportProgress {
        ImportProgress(
            byteCount: reader.readByteCount,
            totalByteCount: totalByteCount,
            rowCount: assembler?.rowCount ?? 0,
            eventCount: submitter.eventCount
        )
    }

    /// Reads once; returns whether that was all.
    private mutating func readChunk(_ completed: inout [OrderDraft]) throws -> Bool {
        var assembler = assembler.take()
        var report = report
        defer {
            self.assembler = assembler
            self.report = report
        }
        let mapping = mapping
        let goesOn = try reader.visitRows { row in
            guard assembler != nil else {
                assembler = OrderAssembler(mapping: mapping, columns: try OrderColumns(header: row, mapping: mapping))
                return
            }
            try assembler?.add(row, complete: { completed.append($0) }, report: { try report.add($0) })
        }
        if !goesOn { assembler?.finish { completed.append($0) } }
        return !goesOn
    }
}
