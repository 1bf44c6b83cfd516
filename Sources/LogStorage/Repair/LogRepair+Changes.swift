extension LogRepair {
    /// Rebuilds what can be rebuilt, and writes the parity files that are missing or damaged.
    ///
    /// Each segment becomes whole at once or stays as it is, wherever a crash falls; a repair that was interrupted is run again.
    ///
    /// - Returns: What was done, and what verification finds afterwards.
    /// - Throws: When a file cannot be read or written; what was done before stays done.
    public func run() throws(LogStorageError) -> RepairReport {
        var report = RepairReport(plan: try plan())
        let stamp = try nextStamp()
        for segment in report.plan.rebuildable {
            report.quarantineFiles += try rebuild(segment.name, stamp)
            report.repaired.append(segment.name)
        }
        let parity = try LogParity(directory: directory, fileSystem: files.system)
            .update { (path, fileDigest) throws(LogStorageError) in
                report.quarantineFiles.append(try keep(path, stamp, fileDigest))
            }
        report.parityWritten = parity.written
        report.verification = try LogVerifier.verify(directory: directory, fileSystem: files.system)
        return report
    }

    /// Puts back what the last repair replaced.
    ///
    /// Called once more it undoes the repair before that one.
    ///
    /// - Returns: The names of the files that are again as they were before.
    /// - Throws: `notFound` when nothing was repaired, or all of it was undone; `invalidArgument` when a file was changed since.
    public func undo() throws(LogStorageError) -> [String] {
        let kept = try files.list(quarantineDirectory).compactMap { KeptFile($0) }
        guard let stamp = kept.map(\.stamp).max() else {
            throw LogStorageError(.notFound, "There is no repair to undo", path: quarantineDirectory)
        }
        let last = kept.filter { $0.stamp == stamp }
        for file in last { try checkUnchanged(file) }
        for file in last {
            try copy(quarantinePath(file), to: Paths.join(logDirectory, file.name), by: SegmentName.repaired)
            try files.syncDirectory(logDirectory)
            try withFileErrors { () throws(FileError) in
                let undone = Paths.join(quarantineDirectory, file.fileName(suffix: KeptFile.undoneSuffix))
                try files.system.rename(quarantinePath(file), to: undone)
            }
        }
        try files.syncDirectory(quarantineDirectory)
        return last.map(\.name)
    }

    private func quarantinePath(_ file: KeptFile) -> String { Paths.join(quarantineDirectory, file.fileName()) }

    /// Throws unless the file is as the repair left it, or was put back already.
    private func checkUnchanged(_ kept: KeptFile) throws(LogStorageError) {
        let path = Paths.join(logDirectory, kept.name)
        let current = try digest(of: path)
        if current != nil, current == (try digest(of: quarantinePath(kept))) { return }
        var repaired = current
        if SegmentName.segment(ofParity: kept.name) != nil, let parity = try files.open(path) {
            defer { parity.close() }
            repaired = try ParityHead.read(parity)?.fileDigest
        }
        guard let repaired, KeptFile.digits(of: repaired) == kept.digest else {
            throw LogStorageError(
                .invalidArgument,
                "This file was written anew since the repair, so what the repair kept is no longer what it was made of",
                path: path
            )
        }
    }

    private func digest(of path: String) throws(LogStorageError) -> [UInt8]? {
        guard let file = try files.open(path) else { return nil }
        defer { file.close() }
        return try file.sha256(0..<(try file.size()))
    }

    /// Keeps a file as it is, and returns where.
    private func keep(_ path: String, _ stamp: UInt64, _ fileDigest: [UInt8]) throws(LogStorageError) -> String {
        try files.makeDirectory(quarantineDirectory)
        let kept = KeptFile(name: Paths.lastComponent(path), stamp: stamp, fileDigest: fileDigest)
        try copy(path, to: quarantinePath(kept), by: "repair.tmp")
        try files.syncDirectory(quarantineDirectory)
        return quarantinePath(kept)
    }

    private func copy(_ path: String, to newPath: String, by passingName: String) throws(LogStorageError) {
        guard let file = try files.open(path) else {
            throw LogStorageError(.notFound, "The file is gone", path: path)
        }
        defer { file.close() }
        let passing = Paths.join(Paths.parent(newPath) ?? ".", passingName)
        try files.place(newPath, by: passing) { (copy) throws(LogStorageError) in
            var offset = 0
            try file.read(0..<(try file.size())) { (bytes, range) throws(LogStorageError) in
                try withFileErrors { () throws(FileError) in try copy.write(bytes, range, at: offset) }
                offset += range.count
            }
        }
    }

    /// Writes the whole segment beside the damaged one, keeps that one, and only then gives the new one its name.
    private func rebuild(_ name: String, _ stamp: UInt64) throws(LogStorageError) -> [String] {
        let path = Paths.join(logDirectory, name)
        guard let cells = try openCells(name) else {
            throw LogStorageError(.damaged, "The parity file is gone", path: path)
        }
        defer { cells.close() }
        let kept = try cells.segment == nil ? [] : [keep(path, stamp, cells.head.fileDigest)]
        try files.place(path, by: Paths.join(logDirectory, SegmentName.repaired)) { (file) throws(LogStorageError) in
            try write(cells, to: file, path)
            let digest = try StorageFile(path: path, file: file).sha256(0..<cells.layout.fileByteCount)
            guard digest == cells.head.fileDigest else {
                throw LogStorageError(
                    .damaged,
                    "What was rebuilt is not what the parity file names, so the segment stays as it is",
                    path: path
                )
            }
        }
        try files.syncDirectory(logDirectory)
        return kept
    }

    private func write(_ cells: ParityCells, to file: any File, _ path: String) throws(LogStorageError) {
        let code = ReedSolomon()
        let layout = cells.layout
        for row in 0..<layout.rowCount {
            let cell = layout.cell(row)
            var (bytes, lost) = try cells.row(row)
            guard code.rebuild(&bytes, cellByteCount: cell.count, lost: lost) else {
                throw LogStorageError(.damaged, "More is damaged now than was planned for", path: path)
            }
            for shard in 0..<ReedSolomon.dataCount {
                let offset = shard * layout.shardByteCount + cell.lowerBound
                let count = min(cell.count, layout.fileByteCount - offset)
                guard count > 0 else { break }
                let place = shard * cell.count..<shard * cell.count + count
                try withFileErrors { () throws(FileError) in try file.write(bytes, place, at: offset) }
            }
        }
    }
}
