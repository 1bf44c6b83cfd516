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

    /// What someone who operates the program can do about it, as a clause.
    var remedy: String {
        switch errorNumber {
        case ENOSPC, EDQUOT: "free space on that disk (df -h, df -i)"
        case EIO: "look for a failing disk (dmesg, smartctl)"
        case EACCES, EPERM: "give the user who runs this read and write permission (ls -l, chown -R)"
        case EROFS: "make that disk writable (mount -o remount,rw)"
        case ENOENT, ENOTDIR: "put the file back where it was"
        case EMFILE, ENFILE: "allow more open files (ulimit -n)"
        default: "look at the system's log (dmesg)"
        }
    }

    /// Whether reading may still be possible, though writing is not.
    var forbidsWriting: Bool { [EROFS, EACCES, EPERM].contains(errorNumber) }

    /// Whether there was no room.
    var isStorageFull: Bool { errorNumber == ENOSPC || errorNumber == EDQUOT }

    var isNotFound: Bool { errorNumber == Self.notFoundNumber }

    static let notFoundNumber = ENOENT
    static let notDirectoryNumber = ENOTDIR
}
