import EventSourcing

extension LogKeeper {
    /// Writes the parity file of a sealed segment, unless the right one is there.
    mutating func protect(_ segment: LogSegment) -> Outcome {
        let files = StorageFiles(system: core.fileSystem)
        let parity = SegmentParity(
            files: files,
            directory: core.directory,
            name: Paths.lastComponent(segment.path)
        )
        do {
            guard let file = try files.open(segment.path) else { return .kept }
            defer { file.close() }
            guard try !parity.isWhole(file) else { return .kept }
            let byteCount = ParityLayout(fileByteCount: try file.size()).parityByteCount
            guard try isRoom(for: byteCount) else { return .full }
            guard try parity.write(file, goesOn: { goesOn(after: $0) }) else { return .kept }
        } catch {
            try? removeIfThere(Paths.join(core.directory, SegmentName.passingParity))
            guard core.withState({ $0.phase == .open }) else { return .stopped }
            let isFull = (error as? FileError)?.isStorageFull ?? (error as? LogStorageError)?.isStorageFull ?? false
            return isFull ? .full : .kept
        }
        do {
            try core.fileSystem.syncDirectory(core.directory)
        } catch {
            core.fail(error)
            return .stopped
        }
        return .replaced
    }
}
