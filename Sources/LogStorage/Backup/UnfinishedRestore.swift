/// The mark of a restore that did not finish, or of one that did.
///
/// The first thing that a restore writes is a file that says what it does; the last is that file's renaming.
enum UnfinishedRestore {
    static let startedName = "restoring.json"
    static let finishedName = "restored.json"

    /// Throws when an organization's directory is half a restored one.
    static func refuse(_ directory: String, _ fileSystem: any FileSystem) throws(LogStorageError) {
        guard try StorageFiles(system: fileSystem).list(directory).contains(startedName) else { return }
        throw LogStorageError(
            .unfinishedRestore,
            "A restore was interrupted here, so this is not the whole log; remove the directory and restore again",
            path: directory
        )
    }
}
