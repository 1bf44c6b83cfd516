import CustomerService
import Glibc

/// The file that holds the first admin key of a data directory: `admin.key`, readable by its owner alone.
struct AdminKeyFile {
    let path: String

    init(directory: String) {
        path = directory + "/admin.key"
    }

    /// The secret that an earlier start left, perhaps one that stopped before the key was recorded.
    func read() -> Secret? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1_024)
        let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return nil }
        let text = String(decoding: bytes.prefix(count).prefix { $0 > 0x20 }, as: UTF8.self)
        return text.isEmpty ? nil : Secret(text)
    }

    /// Writes the secret durably; there must be no file yet.
    ///
    /// - Throws: ``StartFailure``.
    func write(_ secret: Secret) throws(StartFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StartFailure(code: 1, "\(path) cannot be written: error \(errno)") }
        defer { close(descriptor) }
        let bytes = Array((secret.text + "\n").utf8)
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count, fsync(descriptor) == 0 else {
            throw StartFailure(code: 1, "\(path) cannot be written: error \(errno)")
        }
    }
}
