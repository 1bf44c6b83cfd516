import EventSourcing

/// What a vault's file is like, whether its master key is at hand or not.
public struct VaultInspection: Hashable, Sendable {
    /// The file.
    public var path: String
    /// The name of the vault in hexadecimal digits, the same for all its backups.
    public var id: String
    /// The log that it belongs to, in hexadecimal digits.
    public var logID: String
    /// The master key it needs.
    public var masterKeyID: MasterKey.ID
    /// Whether that is one of those given.
    public var hasMasterKey: Bool
    /// How many slots are what; live ones that cannot be unwrapped count as damaged when there is a master key to try it with.
    public var statistics = VaultStatistics()
    /// The damaged slots, in order.
    public var damagedSlots: [Int] = []

    /// Reads all of a vault and changes nothing, also beside a running server.
    ///
    /// Costs about a microsecond for each key.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - masterKeys: Those at hand.
    /// - Throws: `notFound`, `damaged` (the header), `newerFormat`, `inputOutput`.
    public init(_ path: String, masterKeys: [MasterKey]) throws(LogStorageError) {
        let content = try VaultContent.read(path, logID: nil, POSIXFileSystem())
        guard let content else { throw LogStorageError.noVault(path) }
        self.init(content, masterKeys)
    }

    init(_ content: VaultContent, _ masterKeys: [MasterKey]) {
        path = content.path
        id = Hexadecimal.text(content.header.vaultID)
        logID = content.header.logID.hexadecimal
        masterKeyID = content.header.masterKeyID
        let masterKey = masterKeys.first { $0.id == content.header.masterKeyID }
        hasMasterKey = masterKey != nil
        let cipher = masterKey.map { VaultCipher(masterKey: $0, vaultID: content.header.vaultID) }
        statistics.slots = content.slotCount
        for number in 0..<content.slotCount {
            switch content.slot(number) {
            case .empty: statistics.missing += 1
            case .destroyed: statistics.destroyed += 1
            case .live where cipher.map { content.key(number, $0) != nil } ?? true: statistics.live += 1
            case .live, .damaged: damagedSlots.append(number)
            }
        }
        statistics.damaged = damagedSlots.count
    }

    /// The vault of an organization, whether there is one or not.
    public static func path(inOrganization directory: String) -> String { VaultWriter.path(in: directory) }
}
