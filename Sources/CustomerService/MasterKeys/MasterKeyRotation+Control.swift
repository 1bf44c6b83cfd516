package import LogStorage

extension MasterKeyRotation {
    /// Rotates as `patronctl vault rotate` is asked to, and says what came of it, for tools.
    ///
    /// - Parameters:
    ///   - data: The data directory, which this process holds.
    ///   - source: Where the master key comes from.
    ///   - newSource: Where the new one comes from; `nil` for a new one in the data directory.
    ///   - open: The vaults that are open, by organization.
    ///   - isDryRun: Whether nothing is to be changed.
    /// - Returns: What was done.
    /// - Throws: `LogStorageError`.
    package static func result(
        data: String,
        source: MasterKeySource,
        newSource: MasterKeySource?,
        open: [String: KeyVault] = [:],
        isDryRun: Bool
    ) throws(LogStorageError) -> ControlResult {
        let rotation = MasterKeyRotation(data: data)
        guard let newKey = try newSource?.keys()?.first else {
            guard try source.keys() == nil else {
                throw LogStorageError(
                    .invalidArgument,
                    """
                    The master key does not come from the data directory; give the new one with --new-master-key-file or \
                    --new-master-key-command
                    """
                )
            }
            return try rotation.rotateFile(open: open, isDryRun: isDryRun).result(isDryRun: isDryRun, isInFile: true)
        }
        let report = try rotation.rotate(
            from: source.keys(in: data),
            to: newKey,
            open: open,
            isDryRun: isDryRun
        )
        return report.result(isDryRun: isDryRun, isInFile: false)
    }
}

extension MasterKeyRotation.Report {
    fileprivate func result(isDryRun: Bool, isInFile: Bool) -> ControlResult {
        let vaults = "\(organizations.count) \(organizations.count == 1 ? "vault" : "vaults")"
        var summary = "\(vaults) would be wrapped under another master key"
        if !isDryRun, let newKey {
            summary = "\(vaults) wrapped under master key \(newKey); back up vaults and key anew"
            if !isInFile { summary += ", and give this key instead of the old one from now on" }
        }
        var values: [String: ControlValue] = [
            "dryRun": .flag(isDryRun), "vaults": .number(organizations.count),
            "organizations": .text(organizations.joined(separator: " ")),
            "oldMasterKeys": .text(oldKeys.map(\.description).joined(separator: " ")),
        ]
        values["newMasterKey"] = newKey.map { .text($0.description) }
        return ControlResult(summary, values: values)
    }
}
