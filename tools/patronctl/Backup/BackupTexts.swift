import CustomerService
import EventSourcing
import LogStorage

extension BackupReport {
    func text(_ isDryRun: Bool) -> String {
        let copied = "\(grouped(copiedFileCount)) files, \(grouped(copiedByteCount)) bytes"
        return """
            \(manifest.organization): backup \(manifest.number), records 1 to \(manifest.head), \
            \(grouped(manifest.byteCount)) bytes; \(isDryRun ? "would copy" : "copied") \(copied)
            """
    }

    func json(_ isDryRun: Bool) -> String {
        var object = manifest.jsonText
        object.add("dryRun", isDryRun)
        object.add("copiedFiles", copiedFileCount)
        object.add("copiedBytes", copiedByteCount)
        return object.closed
    }
}

extension BackupManifest {
    fileprivate var jsonText: JSONText {
        var object = JSONText()
        object.add("organization", organization)
        object.add("backup", number)
        object.add("logId", logID)
        object.add("head", head.value)
        object.add("time", time.rfc3339)
        object.add("segments", segments.count)
        object.add("checkpoints", checkpoints.count)
        object.add("bytes", byteCount)
        object.add("stateHash", stateHash)
        object.add("root", root)
        return object
    }
}

extension BackupVerification {
    func text(_ name: String) -> String {
        let backup =
            manifest.map { "backup \($0.number), records 1 to \($0.head)" } ?? "no backup whose manifest can be read"
        let root = manifest?.root.map { "; its root is \($0)" } ?? ""
        let state = manifest?.stateHash.map { "; its state is \($0)" } ?? ""
        let outcome =
            isClean
            ? "clean: restored and read from end to end\(root)\(state), as the manifest says"
            : isRestored ? "restored, with findings" : "not restored"
        return (findings.map(\.description) + ["\(name): \(backup): \(outcome)"]).joined(separator: "\n")
    }

    func json(_ name: String) -> String {
        var object = JSONText()
        object.add("organization", name)
        object.add("backup", manifest?.number)
        object.add("head", manifest?.head.value)
        object.add("clean", isClean)
        object.add("restored", isRestored)
        object.add("root", manifest?.root)
        object.add("stateHash", manifest?.stateHash)
        let list = findings.map { finding in
            var object = JSONText()
            object.add("kind", finding.kind.rawValue)
            object.add("path", finding.path)
            object.add("name", finding.name)
            object.add("firstSequence", finding.firstSequence?.value)
            object.add("lastSequence", finding.lastSequence?.value)
            object.add("meaning", finding.meaning)
            return object.closed
        }
        object.addRaw("findings", "[" + list.joined(separator: ",") + "]")
        return object.closed
    }
}

extension BackupTarget.PruneReport {
    func text(_ name: String) -> String {
        "\(name): removed \(grouped(manifestCount)) backups, \(grouped(fileCount)) files, \(grouped(byteCount)) bytes"
    }

    func json(_ name: String) -> String {
        var object = JSONText()
        object.add("organization", name)
        object.add("removedBackups", manifestCount)
        object.add("removedFiles", fileCount)
        object.add("removedBytes", byteCount)
        return object.closed
    }
}

extension RestoreReport {
    func text(_ isDryRun: Bool) -> String {
        let size = "\(grouped(segmentCount)) segments, \(grouped(byteCount)) bytes"
        let end = isCut ? "cut there; the backup goes on to \(manifest.head)" : "all of it"
        return """
            \(manifest.organization): \(isDryRun ? "would restore" : "restored") backup \(manifest.number) of \
            \(manifest.time.rfc3339), records 1 to \(head) (\(end)), \(size)
            """
    }

    func json(_ isDryRun: Bool) -> String {
        var object = manifest.jsonText
        object.add("dryRun", isDryRun)
        object.add("restoredHead", head.value)
        object.add("isCut", isCut)
        object.add("restoredSegments", segmentCount)
        object.add("restoredBytes", byteCount)
        object.add("restoredCheckpoints", checkpointCount)
        return object.closed
    }
}
