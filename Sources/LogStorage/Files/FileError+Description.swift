#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension FileError: CustomStringConvertible {
    package var description: String {
        let reason = unsafe strerror(errorNumber).map { unsafe String(cString: $0) } ?? "error \(errorNumber)"
        return "\(operation) failed: \(reason)"
    }

    /// Whether there was no room.
    var isStorageFull: Bool { errorNumber == ENOSPC || errorNumber == EDQUOT }

    var isNotFound: Bool { errorNumber == Self.notFoundNumber }

    static let notFoundNumber = ENOENT
    static let notDirectoryNumber = ENOTDIR
}
