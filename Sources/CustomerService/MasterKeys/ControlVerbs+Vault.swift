import LogStorage

extension ControlVerbs {
    /// Adds `vault-rotate`, which wraps the keys of all vaults anew while commands go on.
    ///
    /// - Parameters:
    ///   - organizations: All that are at work.
    ///   - data: The data directory, which this process holds.
    ///   - source: Where the master key comes from.
    public mutating func addVaultRotation(
        of organizations: [Organization],
        data: String,
        masterKey source: MasterKeySource
    ) {
        register("vault-rotate") { request, _ in
            let file = request.arguments["newMasterKeyFile"]
            let command = request.arguments["newMasterKeyCommand"]
            return try MasterKeyRotation.result(
                data: data,
                source: source,
                newSource: file == nil && command == nil ? nil : MasterKeySource(file: file, command: command),
                open: Dictionary(
                    uniqueKeysWithValues: organizations.compactMap { one in one.keys.map { (one.name, $0.vault) } }
                ),
                isDryRun: request.arguments["dryRun"] == "true"
            )
        }
    }
}
