/// What storage could not do, where, and what to do about it.
public struct LogStorageError: Error, Hashable, Sendable {
    /// The kinds of failure, for programs to tell apart.
    public enum Code: String, Hashable, Sendable {
        /// The system refused or failed a file operation.
        case inputOutput
        /// Bytes on the disk are not what was written.
        case damaged
        /// There is no log at this place.
        case notFound
        /// The log was written by a newer version, which this one cannot read.
        case newerFormat
        /// Another process uses the data directory.
        case locked
        /// A name or an option is outside its limits.
        case invalidArgument
        /// The log was closed.
        case closed
        /// A file is one of another log.
        case otherLog
        /// The master key is missing, or is not the one that a vault needs.
        case wrongKey
        /// A restore into this directory was interrupted.
        case unfinishedRestore
    }

    /// The kind of failure.
    public var code: Code
    /// What happened and what to do, as one English sentence or two.
    public var message: String
    /// The system's failure behind it, if there is one.
    public var cause: SystemCause?
    /// The file or directory.
    public var path: String?
    /// The byte in the file.
    public var offset: Int?

    /// A failed system call.
    public struct SystemCause: Hashable, Sendable {
        /// The call, as the system names it.
        public var operation: String
        /// The system's error number.
        public var errorNumber: Int32
    }

    package init(_ code: Code, _ message: String, path: String? = nil, offset: Int? = nil) {
        self.code = code
        self.message = message
        self.path = path
        self.offset = offset
    }
}

extension LogStorageError {
    init(_ error: FileError) {
        self.init(.inputOutput, "\(error); \(error.remedy)", path: error.path)
        cause = SystemCause(operation: error.operation, errorNumber: error.errorNumber)
    }

    /// Whether there was no room.
    package var isStorageFull: Bool { systemError?.isStorageFull ?? false }

    /// Whether reading may still be possible, though writing is not.
    package var forbidsWriting: Bool { systemError?.forbidsWriting ?? false }

    private var systemError: FileError? {
        cause.map { FileError(operation: $0.operation, path: path ?? "", errorNumber: $0.errorNumber) }
    }
}

extension LogStorageError: CustomStringConvertible {
    /// The message with its place.
    public var description: String {
        let place = (path.map { " (\($0)" } ?? "") + (offset.map { " at byte \($0)" } ?? "")
        return message + (place.isEmpty ? "" : place + ")")
    }
}
