import CustomerDomain
import LogStorage

/// The sealed files of an organization's jobs; each call waits for the disk, so it is made on a thread of its own.
///
/// A job has a lot for what it has to do and what went wrong; one for its result, whose key ends when the export begins anew; and one
/// for the file that it imports, whose key ends with the import.
struct JobFiles: Sendable {
    let sealed: SealedFiles

    private static let plan = "plan"
    private static let errors = "errors"
    private static let result = "result"
    private static let source = "source"
    private static let preview = "preview"

    /// What a lot of a job is for.
    enum Lot: String, CaseIterable, Sendable {
        case work = ""
        case result = "-result"
        case source = "-source"

        func name(of id: JobID) -> String { id.description + rawValue }
    }

    /// How many bytes of a result are sealed as one piece.
    static let pieceByteCount = 1 << 18

    private static func lot(_ id: JobID) -> String { Lot.work.name(of: id) }
    private static func resultLot(_ id: JobID) -> String { Lot.result.name(of: id) }
    private static func sourceLot(_ id: JobID) -> String { Lot.source.name(of: id) }

    /// Runs what waits for the disk where nobody waits for it.
    private func run<Value: Sendable>(
        _ work: @escaping @Sendable (SealedFiles) throws(LogStorageError) -> Value
    ) async throws(LogStorageError) -> Value {
        let outcome = await Threads.run { [sealed] in Result { () throws(LogStorageError) in try work(sealed) } }
        return try outcome.get()
    }

    // MARK: Plans

    /// Keeps what a job has to do; returns once that is durable.
    func write(_ plan: JobPlan, of id: JobID) async throws(LogStorageError) {
        let pieces = plan.pieces
        try await run { (sealed) throws(LogStorageError) in
            let key = try sealed.begin(Self.lot(id))
            var file = try SealedFileWriter(Self.plan, of: Self.lot(id), in: sealed, key: key)
            defer { file.close() }
            for (index, piece) in pieces.enumerated() { try file.append(piece, isLast: index == pieces.count - 1) }
            try file.sync()
        }
    }

    /// What a job has to do; `nil` when that is not there, or not what was written.
    func plan(of id: JobID) async throws(LogStorageError) -> JobPlan? {
        let pieces = try await run { (sealed) throws(LogStorageError) -> [[UInt8]]? in
            guard let key = try sealed.key(of: Self.lot(id)),
                var reader = try Self.open(Self.plan, Self.lot(id), sealed, key)
            else { return nil }
            defer { reader.close() }
            return try Self.pieces(&reader)
        }
        return pieces.flatMap { try? JobPlan($0) }
    }

    private static func open(
        _ part: String,
        _ lot: String,
        _ sealed: SealedFiles,
        _ key: DataKey
    ) throws(LogStorageError) -> SealedFileReader? {
        do {
            return try SealedFileReader(part, of: lot, in: sealed, key: key)
        } catch {
            guard error.code == .damaged else { throw error }
            return nil
        }
    }

    /// All pieces of a whole file; `nil` for one that is damaged or cut off.
    private static func pieces(_ reader: inout SealedFileReader) throws(LogStorageError) -> [[UInt8]]? {
        var pieces: [[UInt8]] = []
        do {
            while let piece = try reader.next() { pieces.append(piece) }
        } catch {
            guard error.code == .damaged else { throw error }
            return nil
        }
        return reader.isAtEnd ? pieces : nil
    }

    // MARK: Errors

    /// Keeps what went wrong in the rows from `start` on, instead of what was kept of these rows before.
    func write(_ errors: [JobError], from start: UInt64, of id: JobID) async throws(LogStorageError) {
        var piece = PlanWriter()
        piece.add(start)
        for error in errors { error.write(to: &piece) }
        let bytes = piece.bytes
        try await run { (sealed) throws(LogStorageError) in
            guard let key = try sealed.key(of: Self.lot(id)) else { return }
            var file = try SealedFileWriter(continuing: Self.errors, of: Self.lot(id), in: sealed, key: key) { piece in
                var reader = PlanReader(Array(piece.prefix(8)))
                return (try? reader.number()).map { $0 < start } ?? false
            }
            defer { file.close() }
            try file.append(bytes)
            try file.sync()
        }
    }

    /// Forgets what went wrong.
    func removeErrors(of id: JobID) async throws(LogStorageError) {
        try await run { (sealed) throws(LogStorageError) in try sealed.remove(Self.errors, of: Self.lot(id)) }
    }

    /// What went wrong so far, in rows before `end`.
    func errors(of id: JobID, before end: UInt64) async throws(LogStorageError) -> [JobError] {
        let pieces = try await run { (sealed) throws(LogStorageError) -> [[UInt8]] in
            guard let key = try sealed.key(of: Self.lot(id)),
                var reader = try Self.open(Self.errors, Self.lot(id), sealed, key)
            else { return [] }
            defer { reader.close() }
            var pieces: [[UInt8]] = []
            // What a crash left behind the last whole piece is of rows that are done again.
            while let piece = try? reader.next() { pieces.append(piece) }
            return pieces
        }
        var errors: [JobError] = []
        for piece in pieces {
            var reader = PlanReader(piece)
            guard let start = try? reader.number(), start < end else { break }
            while !reader.isAtEnd, let error = try? JobError(&reader) { errors.append(error) }
        }
        return errors
    }

    // MARK: Results

    /// Begins the result of a job anew: what there was is gone for good before.
    func beginResult(of id: JobID) async throws(LogStorageError) -> SealedFileWriter {
        try await run { (sealed) throws(LogStorageError) in
            try sealed.destroy(Self.resultLot(id))
            let key = try sealed.begin(Self.resultLot(id))
            return try SealedFileWriter(Self.result, of: Self.resultLot(id), in: sealed, key: key)
        }
    }

    /// The file with these bytes appended; with the last ones it is durable and closed.
    func appended(
        _ bytes: [UInt8],
        to file: SealedFileWriter,
        isLast: Bool = false
    ) async throws(LogStorageError) -> SealedFileWriter {
        try await run { (_) throws(LogStorageError) in
            var file = file
            for start in stride(from: 0, to: max(1, bytes.count), by: Self.pieceByteCount) {
                let end = min(start + Self.pieceByteCount, bytes.count)
                try file.append(Array(bytes[start..<end]), isLast: isLast && end == bytes.count)
            }
            if isLast {
                try file.sync()
                file.close()
            }
            return file
        }
    }

    /// The result of a job, to be read; `nil` when it is gone.
    func openResult(of id: JobID) async throws(LogStorageError) -> SealedFileReader? {
        try await run { (sealed) throws(LogStorageError) in
            guard let key = try sealed.key(of: Self.resultLot(id)) else { return nil }
            return try Self.open(Self.result, Self.resultLot(id), sealed, key)
        }
    }

    /// The next piece of a file, and the file after it.
    func next(_ reader: SealedFileReader) async throws(LogStorageError) -> ([UInt8]?, SealedFileReader) {
        try await run { (_) throws(LogStorageError) in
            var reader = reader
            let piece = try reader.next()
            return (piece, reader)
        }
    }

    // MARK: Imports

    /// Begins to keep the file that a job imports.
    func beginSource(of id: JobID) async throws(LogStorageError) -> SealedFileWriter {
        try await run { (sealed) throws(LogStorageError) in
            let key = try sealed.begin(Self.sourceLot(id))
            return try SealedFileWriter(Self.source, of: Self.sourceLot(id), in: sealed, key: key)
        }
    }

    /// The file that a job imports; `nil` when it is gone.
    func openSource(of id: JobID) async throws(LogStorageError) -> SealedFileReader? {
        try await run { (sealed) throws(LogStorageError) in
            guard let key = try sealed.key(of: Self.sourceLot(id)) else { return nil }
            return try Self.open(Self.source, Self.sourceLot(id), sealed, key)
        }
    }

    /// Keeps what an import would do, with its file.
    func write(preview text: String, of id: JobID) async throws(LogStorageError) {
        try await run { (sealed) throws(LogStorageError) in
            guard let key = try sealed.key(of: Self.sourceLot(id)) else { return }
            var file = try SealedFileWriter(Self.preview, of: Self.sourceLot(id), in: sealed, key: key)
            defer { file.close() }
            try file.append(Array(text.utf8), isLast: true)
            try file.sync()
        }
    }

    /// What an import would do; `nil` once its file is gone.
    func preview(of id: JobID) async throws(LogStorageError) -> String? {
        try await run { (sealed) throws(LogStorageError) in
            guard let key = try sealed.key(of: Self.sourceLot(id)),
                var reader = try Self.open(Self.preview, Self.sourceLot(id), sealed, key)
            else { return nil }
            defer { reader.close() }
            return try Self.pieces(&reader).map { String(decoding: $0.flatMap { $0 }, as: UTF8.self) }
        }
    }

    // MARK: Ending

    /// Destroys all files that `isKept` does not want; it is asked with a job's identifier, `nil` for a name that is none, and what
    /// the files are for.
    func destroyOthers(
        isKept: @escaping @Sendable (JobID?, Lot) -> Bool
    ) async throws(LogStorageError) -> Int {
        try await run { (sealed) throws(LogStorageError) in
            var count = 0
            for name in try sealed.names() {
                let lot = Lot.allCases.last { name.hasSuffix($0.rawValue) } ?? .work
                if isKept(JobID(String(name.dropLast(lot.rawValue.count))), lot) { continue }
                try sealed.destroy(name)
                count += 1
            }
            return count
        }
    }

    /// Destroys the files of one job.
    func destroy(_ id: JobID) async throws(LogStorageError) {
        try await run { (sealed) throws(LogStorageError) in
            for lot in Lot.allCases.reversed() { try sealed.destroy(lot.name(of: id)) }
        }
    }
}
