import LogStorage

extension ControlVerbs {
    /// Adds `vault-rotate`, which wraps the keys of all vaults anew while commands go on.
    ///
    /// - Parameters:
    ///   - organization: The organization at work.
    ///   - data: The data directory, which this process holds.
    ///   - source: Where the master key comes from.
    public mutating func addVaultRotation(
        of organization: Organization,
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
                open: organization.keys.map { [organization.name: $0.vault] } ?? [:],
                isDryRun: request.arguments["dryRun"] == "true"
            )
        }
    }
}
