import Foundation

/// Puts keys and vault of a data directory, which no backup of the log has, into a restored one.
func copyKeys(of data: URL, to restored: URL) throws {
    for path in ["keys", "organizations/default/vault"] {
        let new = restored.appendingPathComponent(path)
        try? FileManager.default.removeItem(at: new)
        try FileManager.default.copyItem(at: data.appendingPathComponent(path), to: new)
    }
}
