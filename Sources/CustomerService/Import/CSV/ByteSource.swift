#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where an import reads its bytes from.
public struct ByteSource {
    /// Fills a prefix of the buffer and returns its length; 0 at the end.
    let read: (UnsafeMutableRawBufferPointer) throws -> Int
    /// How many bytes there are in all, when that is known.
    public let byteCount: Int?

    /// The bytes that `read` gives, until it gives none.
    public init(byteCount: Int? = nil, read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
        self.read = read
        self.byteCount = byteCount
    }

    /// The bytes of an open file, pipe or terminal, from where it stands; the caller closes it.
    public init(fileDescriptor: Int32) {
        var status = stat()
        let isFile = fstat(fileDescriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        self.init(byteCount: isFile ? Int(status.st_size) : nil) { buffer in
            while true {
                let count = Self.readOnce(fileDescriptor, buffer)
                if count >= 0 { return count }
                guard errno == EINTR else { throw ImportError.cannotRead(reason: String(cString: strerror(errno))) }
            }
        }
    }

    /// These bytes, `chunkByteCount` at a time.
    public init(_ bytes: [UInt8], chunkByteCount: Int = .max) {
        var position = 0
        self.init(byteCount: bytes.count) { buffer in
            let count = min(buffer.count, bytes.count - position, chunkByteCount)
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
            }
            position += count
            return count
        }
    }

    private static func readOnce(_ fileDescriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.read(fileDescriptor, buffer.baseAddress, buffer.count)
        #else
        Darwin.read(fileDescriptor, buffer.baseAddress, buffer.count)
        #endif
    }
}
