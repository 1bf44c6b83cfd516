public import CustomerDomain
import CustomerProjections
import EventSourcing
import LogStorage

/// A file that comes in for an import, sealed as it comes.
public struct ImportUpload: Sendable {
    let id: JobID
    let files: JobFiles
    private var file: SealedFileWriter
    private var pending: [UInt8] = []
    /// How many bytes came.
    public private(set) var byteCount = 0

    fileprivate init(id: JobID, files: JobFiles, file: SealedFileWriter) {
        (self.id, self.files, self.file) = (id, files, file)
    }

    /// Takes the next bytes of the file.
    ///
    /// - Throws: ``CommandError/unavailable(_:)``.
    public mutating func append(_ bytes: some Collection<UInt8>) async throws {
        byteCount += bytes.count
        pending += bytes
        if pending.count >= JobFiles.pieceByteCount { try await flush() }
    }

    fileprivate mutating func finish() async throws { try await flush(isLast: true) }

    private mutating func flush(isLast: Bool = false) async throws {
        let (taken, open) = (pending, file)
        pending = []
        do {
            file = try await files.appended(taken, to: open, isLast: isLast)
        } catch {
            throw CommandError.unavailable(error.isStorageFull ? .storageFull : .readOnly(reason: "\(error)"))
        }
    }
}

// Imports: a file is kept, looked at, and taken once somebody commits to it.
extension Organization {
    /// Begins to take a file in.
    ///
    /// - Parameters:
    ///   - options: How it will be taken.
    ///   - scope: Who asks.
    /// - Returns: Where its bytes go; end with ``createImport(_:_:scope:context:)`` or ``abandon(_:)``.
    /// - Throws: ``CommandError``.
    public func beginImport(_ options: ImportOptions, scope: Scope) async throws -> ImportUpload {
        try scope.require(.importCustomers)
        try scope.require(.updateCustomers)
        let desk = try jobDesk()
        let id: JobID = identifiers.next()
        desk.arrivals.expect(id)
        do {
            let file = try await writing { () throws(LogStorageError) in try await desk.files.beginSource(of: id) }
            return ImportUpload(id: id, files: desk.files, file: file)
        } catch {
            desk.arrivals.arrived(id)
            throw error
        }
    }

    /// Forgets a file that does not come to its end.
    public func abandon(_ upload: ImportUpload) async {
        try? await upload.files.destroy(upload.id)
        jobs?.arrivals.arrived(upload.id)
    }

    /// Looks at a file that came in, and asks for its import, which waits to be committed.
    ///
    /// - Parameters:
    ///   - upload: The file.
    ///   - options: How it is to be taken.
    ///   - scope: Who asks; the job acts as this.
    ///   - context: What comes with the request.
    /// - Returns: The job's identifier; that of the first attempt for a retry.
    /// - Throws: ``ImportHeaderError``, ``CommandError``; then nothing of the file is kept.
    public func createImport(
        _ upload: ImportUpload,
        _ options: ImportOptions,
        scope: Scope,
        context: CommandContext = CommandContext()
    ) async throws -> JobID {
        var upload = upload
        do {
            try await upload.finish()
            let preview = try await look(at: upload, options, scope)
            let created = JobCreated(
                id: upload.id,
                kind: .import,
                permission: .importCustomers,
                work: Self.fitting(options.work),
                total: preview.total
            )
            let id = upload.id
            try await writing { [files = upload.files] () throws(LogStorageError) in
                try await files.write(preview: preview.json, of: id)
                try await files.write(.import(options), of: id)
            }
            let result = try await execute(.createJob(created), scope: scope, context: context)
            if result.isReplay { await abandon(upload) }
            jobs?.arrivals.arrived(upload.id)
            return try Self.jobID(of: result)
        } catch {
            await abandon(upload)
            throw error
        }
    }

    /// Decides about all rows as things stand, and changes nothing.
    private func look(
        at upload: ImportUpload,
        _ options: ImportOptions,
        _ scope: Scope
    ) async throws -> (json: String, total: UInt64) {
        let source = try await writing { () throws(LogStorageError) in
            try await upload.files.openSource(of: upload.id)
        }
        guard let source else { throw CommandError.rejected(.jobNotFound(upload.id)) }
        var rows = ImportRows(source, upload.files, options)
        var preview = ImportPreview()
        var decider: ImportDecider?
        while let batch = try await rows.next() {
            guard let columns = rows.columns else { break }
            var deciding = decider ?? ImportDecider(options, columns)
            for row in batch {
                let decision = peek { state, _ in
                    deciding.decide(row, state, by: scope.deciding) { identifiers.next() }
                }
                if !decision.groups.isEmpty { try scope.require(.manageGroups) }
                preview.add(row, decision)
            }
            decider = deciding
            // Others want their turn.
            await Task.yield()
        }
        guard let columns = rows.columns else { throw ImportHeaderError(text: "the file has no header row") }
        return (preview.json(columns), preview.total)
    }

    /// Begins an import that waits for it.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - scope: Who commits it.
    ///   - context: What comes with the request.
    /// - Throws: ``CommandError``.
    public func commitImport(_ id: JobID, scope: Scope, context: CommandContext = CommandContext()) async throws {
        _ = try await execute(.commitImport(id), scope: scope, context: context)
        jobs?.bell.ring()
    }

    /// What an import would have done when its file came in, as JSON; `nil` once the file is gone.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - scope: Who asks.
    /// - Returns: The preview.
    /// - Throws: ``CommandError``.
    public func importPreview(_ id: JobID, scope: Scope) async throws -> String? {
        try scope.require(.importCustomers)
        let desk = try jobDesk()
        return try await writing { () throws(LogStorageError) in try await desk.files.preview(of: id) }
    }
}
