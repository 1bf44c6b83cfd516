import EventSourcing
import Synchronization

/// The personal data keys of one organization, by number, wrapped by a master key in one file of fixed slots.
///
/// Keys are minted ahead of need and durable before they are visible; a destroyed one is overwritten where it stands, and
/// gone once ``destroy(_:by:)`` returned. Looking up never waits for the disk. In memory a vault takes 64 bytes a slot; a key
/// is unwrapped when it is first asked for.
public final class KeyVault: Sendable {
    /// The file.
    public let path: String
    /// The log whose personal data the keys open.
    package let logID: LogID
    let image: Mutex<VaultImage>
    /// What changes the file, one at a time, and waits for the disk; `nil` when nothing may.
    let writer: Mutex<VaultWriter?>

    init(path: String, logID: LogID, image: consuming VaultImage, writer: sending VaultWriter?) {
        self.path = path
        self.logID = logID
        self.image = Mutex(image)
        self.writer = Mutex(writer)
    }

    deinit { close() }

    /// How many slots there are: all below are minted and durable, unless ``statistics`` says otherwise.
    public var slotCount: Int { image.withLock(\.slotCount) }

    /// How many slots are what.
    public var statistics: VaultStatistics { image.withLock(\.statistics) }

    /// Which master key wraps the keys now.
    public var masterKeyID: MasterKey.ID { image.withLock(\.cipher.masterKey.id) }

    /// The name of the vault in hexadecimal digits, the same for all its backups and master keys.
    public var id: String { image.withLock { Hexadecimal.text($0.cipher.vaultID) } }

    /// The key in a slot.
    ///
    /// Never waits for the disk. The first time it costs an unwrapping (about a microsecond), later a look-up.
    public func key(at slot: Int) -> VaultKey {
        while true {
            let (look, cipher) = image.withLock { ($0.look(at: slot), $0.cipher) }
            switch look {
            case .unwrapped(let bytes): return .live(bytes)
            case .destroyed(let sequence): return .destroyed(by: sequence)
            case .missing: return .missing
            case .damaged: return .damaged
            case .wrapped(let bytes):
                guard let key = cipher.unwrap(bytes, slot: slot) else { return .damaged }
                // Else it was destroyed or wrapped anew meanwhile.
                if image.withLock({ $0.keep(key, at: slot, from: bytes) }) { return .live(DataKey(key)) }
            }
        }
    }

    /// Lets the file go; looking up still works, changes fail with `closed`.
    public func close() {
        writer.withLock { writer in
            writer?.file.close()
            writer = nil
        }
    }
}
