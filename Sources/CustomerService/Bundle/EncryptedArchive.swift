import CZip
public import EventSourcing
import Glibc

/// A ZIP archive in memory of files that are each encrypted with a passphrase, as 7-Zip and its like open it.
///
/// AES-256 in the form of WinZip (AE-2): the key by PBKDF2 with HMAC-SHA-1, the content authenticated. Names and sizes of the
/// files are in the clear.
public enum EncryptedArchive {
    /// One file.
    public struct File: Hashable, Sendable {
        /// Its name in the archive.
        public var name: String
        /// Its bytes.
        public var content: [UInt8]

        /// A file of this name.
        public init(name: String, content: [UInt8]) {
            self.name = name
            self.content = content
        }
    }

    /// Why there is no archive.
    public struct Failure: Error, Hashable, CustomStringConvertible {
        /// What the library says.
        public let description: String
    }

    /// The bytes of an archive.
    ///
    /// - Parameters:
    ///   - files: The files, of different names.
    ///   - passphrase: What opens them.
    ///   - time: When they were made.
    /// - Returns: The archive.
    /// - Throws: ``Failure``, when there is no memory.
    public static func make(_ files: [File], passphrase: String, at time: Timestamp) throws(Failure) -> [UInt8] {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let target = zip_source_buffer_create(nil, 0, 0, &error) else { throw failure(&error) }
        defer { zip_source_free(target) }
        // Kept beyond the archive, which takes it over.
        zip_source_keep(target)
        guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, &error) else {
            zip_source_free(target)
            throw failure(&error)
        }
        for file in files {
            guard add(file, passphrase, time, to: archive) else {
                let description = text(of: archive)
                zip_discard(archive)
                throw Failure(description: description)
            }
        }
        guard zip_close(archive) == 0 else {
            let description = text(of: archive)
            zip_discard(archive)
            throw Failure(description: description)
        }
        return try bytes(of: target)
    }

    private static func add(
        _ file: File,
        _ passphrase: String,
        _ time: Timestamp,
        to archive: OpaquePointer
    ) -> Bool {
        // The library frees it.
        guard let memory = malloc(max(1, file.content.count)) else { return false }
        file.content.withUnsafeBytes { content in
            if let start = content.baseAddress { memory.copyMemory(from: start, byteCount: content.count) }
        }
        guard let source = zip_source_buffer(archive, memory, zip_uint64_t(file.content.count), 1) else {
            free(memory)
            return false
        }
        let index = zip_file_add(archive, file.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            return false
        }
        let place = zip_uint64_t(index)
        let seconds = time_t(time.microseconds / 1_000_000)
        return zip_file_set_encryption(archive, place, zip_uint16_t(ZIP_EM_AES_256), passphrase) == 0
            && zip_file_set_mtime(archive, place, seconds, 0) == 0
    }

    private static func bytes(of target: OpaquePointer) throws(Failure) -> [UInt8] {
        var stat = zip_stat_t()
        zip_stat_init(&stat)
        guard zip_source_stat(target, &stat) == 0, zip_source_open(target) == 0 else {
            throw Failure(description: "the archive cannot be read back")
        }
        defer { zip_source_close(target) }
        var bytes = [UInt8](repeating: 0, count: Int(stat.size))
        let count = bytes.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.map { zip_source_read(target, $0, zip_uint64_t(buffer.count)) } ?? 0
        }
        guard count == zip_int64_t(bytes.count) else {
            throw Failure(description: "the archive cannot be read back")
        }
        return bytes
    }

    private static func failure(_ error: inout zip_error_t) -> Failure {
        Failure(description: String(cString: zip_error_strerror(&error)))
    }

    private static func text(of archive: OpaquePointer) -> String {
        zip_get_error(archive).map { String(cString: zip_error_strerror($0)) } ?? "there is no memory"
    }
}
