import ArgumentParser

/// The command `patronctl vault`.
struct Vault: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Looks after the vault with the keys of people's data, and its master key.",
        subcommands: [VaultInfo.self, VaultRotate.self, VaultBackup.self, VaultRestore.self]
    )
}
