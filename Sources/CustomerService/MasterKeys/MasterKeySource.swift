public import LogStorage

/// Where the master key comes from: the data directory, or elsewhere.
public struct MasterKeySource: Sendable {
    private enum Kind: Sendable {
        case dataDirectory
        case file(String)
        case command(String)
        case given([MasterKey])
    }

    private let kind: Kind

    /// The one source that is chosen: an option before the environment, and the data directory where there is neither.
    ///
    /// - Parameters:
    ///   - file: A file with keys, which nobody else may read.
    ///   - command: A command for `/bin/sh` that prints keys.
    ///   - environment: Keys, in base 64.
    /// - Throws: `LogStorageError`: `invalidArgument` for two options, or an environment that holds no key.
    public init(file: String? = nil, command: String? = nil, environment: String? = nil) throws(LogStorageError) {
        switch (file, command, environment ?? "") {
        case (nil, nil, ""): kind = .dataDirectory
        case (let file?, nil, _): kind = .file(file)
        case (nil, let command?, _): kind = .command(command)
        case (nil, nil, let text):
            guard let keys = MasterKeyFile.keys(in: text) else {
                throw LogStorageError(.invalidArgument, "PATRON_MASTER_KEY must be the base 64 of 32 bytes")
            }
            kind = .given(keys)
        default:
            throw LogStorageError(.invalidArgument, "Give the master key by a file or by a command, not both")
        }
    }

    /// The keys, the one for new vaults first; `nil` for those that the data directory has.
    ///
    /// Reads the file, or runs the command, at each call.
    public func keys() throws(LogStorageError) -> [MasterKey]? {
        switch kind {
        case .dataDirectory: nil
        case .given(let keys): keys
        case .file(let path): try MasterKeyFile.read(path)
        case .command(let command): try MasterKeyCommand(command).keys()
        }
    }

    /// The keys, also where the data directory has them.
    ///
    /// - Parameter data: The data directory.
    /// - Returns: The one for new vaults first.
    /// - Throws: `LogStorageError`: `notFound` when the data directory has none.
    public func keys(in data: String) throws(LogStorageError) -> [MasterKey] {
        if let keys = try keys() { return keys }
        return try MasterKeyFile.read(MasterKeyFile.path(in: data))
    }
}
