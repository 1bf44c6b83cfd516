/// Makes the parity files of a log that no writer has open; a running log's keeper makes its own.
public struct LogParity: Sendable {
    private let directory: String
    private let files: StorageFiles

    /// The parity of an organization's log.
    ///
    /// - Parameter directory: The organization's directory.
    public init(directory: String) {
        self.init(directory: directory, fileSystem: POSIXFileSystem())
    }

    package init(directory: String, fileSystem: any FileSystem) {
        self.directory = Paths.join(directory, "log")
        files = StorageFiles(system: fileSystem)
    }

    /// What ``LogParity/update()`` did.
    public struct Report: Hashable, Sendable {
        /// The names of the segments whose parity files were written.
        public var written: [String] = []
        /// The names of the segments whose parity files were right.
        public var kept: [String] = []
        /// The names of sealed segments that are not what their footers say, and whose parity files stay as they are.
        public var damaged: [String] = []
    }

    /// Writes the parity files that are missing, damaged or not of the segment that is there.
    ///
    /// - Returns: What was done.
    /// - Throws: When a file cannot be read or written.
    @discardableResult
    public func update() throws(LogStorageError) -> Report {
        try update { (_, _) throws(LogStorageError) in }
    }

    /// Writes them, and before one that is there is replaced, tells so with its path and the SHA-256 of the segment's file.
    func update(
        replacing: (_ path: String, _ fileDigest: [UInt8]) throws(LogStorageError) -> Void
    ) throws(LogStorageError) -> Report {
        var report = Report()
        let names = try files.list(directory).filter { SegmentName.firstSequence($0) != nil }
        for name in names.dropLast() {
            guard let segment = try files.open(Paths.join(directory, name)) else { continue }
            defer { segment.close() }
            let parity = SegmentParity(files: files, directory: directory, name: name)
            if try parity.isWhole(segment) {
                report.kept.append(name)
            } else if try parity.write(segment, replacing: replacing) {
                report.written.append(name)
            } else {
                report.damaged.append(name)
            }
        }
        if !report.written.isEmpty { try files.syncDirectory(directory) }
        return report
    }
}
