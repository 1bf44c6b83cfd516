#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file of JSON lines, each with its sequence number first, which can be gone on with.
struct ExportFile {
    private let descriptor: Int32
    private let path: String
    /// The sequence number of the last whole line; `nil` when there is none.
    let lastSequence: UInt64?

    /// Opens the file: a new one, or to go on with the one that is there, of which an incomplete last line is cut.
    ///
    /// - Throws: ``ToolFailure``.
    init(path: String, resumes: Bool) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | (resumes ? 0 : O_EXCL), 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? ToolFailure(.usage, "\(path) is there already; add --resume to go on with it, or remove it")
                : Self.failure("open", path)
        }
        let last = try Self.lastLine(descriptor, path)
        guard Self.beginsLikeLine(last.rest) else {
            throw ToolFailure(.usage, "\(path) is no export: its last line is none of one")
        }
        if last.line.isEmpty {
            lastSequence = nil
        } else {
            let digits = last.line.dropFirst(Self.prefix.count).prefix { (0x30...0x39).contains($0) }
            guard last.line.starts(with: Self.prefix), let sequence = UInt64(String(decoding: digits, as: UTF8.self))
            else { throw ToolFailure(.usage, "\(path) is no export: its last line has no sequence number") }
            lastSequence = sequence
        }
        // Only now is it sure to be a file that may be changed.
        guard ftruncate(descriptor, off_t(last.end)) == 0, lseek(descriptor, off_t(last.end), SEEK_SET) >= 0 else {
            throw Self.failure("cut", path)
        }
    }

    var stream: OutputStream { OutputStream(fileDescriptor: descriptor) }

    func sync() throws {
        guard fsync(descriptor) == 0 else { throw Self.failure("sync", path) }
    }

    func close() { systemClose(descriptor) }

    private static let prefix = Array(#"{"sequence":"#.utf8)

    private static func beginsLikeLine(_ bytes: [UInt8]) -> Bool {
        zip(bytes, prefix).allSatisfy { $0 == $1 }
    }

    /// Where the last whole line ends, the line, and what comes behind it.
    private static func lastLine(
        _ descriptor: Int32,
        _ path: String
    ) throws -> (end: Int, line: [UInt8], rest: [UInt8]) {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        var count = min(size, 1 << 16)
        while true {
            var bytes = [UInt8](repeating: 0, count: count)
            guard pread(descriptor, &bytes, count, off_t(size - count)) == count else { throw failure("read", path) }
            let isWhole = count == size
            if let end = bytes.lastIndex(of: 0x0A) {
                let start = bytes[..<end].lastIndex(of: 0x0A).map { $0 + 1 }
                if let start = start ?? (isWhole ? 0 : nil) {
                    return (size - count + end + 1, Array(bytes[start..<end]), Array(bytes[(end + 1)...]))
                }
            }
            guard !isWhole else { return (0, [], bytes) }
            count = min(size, count * 4)
        }
    }

    private static func failure(_ what: String, _ path: String) -> ToolFailure {
        ToolFailure(.unreadable, "cannot \(what) \(path): \(String(cString: strerror(errno)))")
    }
}

private func systemClose(_ descriptor: Int32) { close(descriptor) }
