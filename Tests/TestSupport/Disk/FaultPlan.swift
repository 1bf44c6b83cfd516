/// What goes wrong on a simulated disk, and when.
///
/// Calls are counted from 1 since the disk was made (``DiskCounts``).
package struct FaultPlan: Sendable {
    /// The power fails during this change (``DiskCounts/changes``): it may have happened in part, and every later call fails.
    package var crashAtChange: Int?

    /// How many bytes of files the disk holds, counted in pages of 4 KiB that were written; `nil` for no limit.
    ///
    /// Raise it to give space back.
    package var capacity: Int?

    /// Every write meets a full disk, even into room that was written before: a file system that copies on write.
    package var refusesEveryWrite = false

    /// Writes that stop at some sector, with an I/O error.
    package var failingWrites: Set<Int> = []

    /// Syncs that fail.
    ///
    /// A part of the unsynced bytes is lost, and later syncs of the file succeed all the same, as on Linux.
    package var failingSyncs: Set<Int> = []

    /// Reads that fail with an I/O error.
    package var failingReads: Set<Int> = []

    /// With which error every change of names, and every opening to write, is refused: a disk gone read-only, or a
    /// permission lost; files that are open stay writable.
    package var refusedChanges: Int32?

    /// Syncs of files return at once and make nothing durable: the disk that lies, or a log that forgets to sync.
    package var syncsLie = false

    /// Syncs of directories return at once and make no name durable.
    package var directorySyncsLie = false

    package init() {}
}

/// How many calls a simulated disk has seen.
package struct DiskCounts: Hashable, Sendable {
    /// Everything that changes the disk or makes a change durable.
    package var changes = 0
    package var writes = 0
    package var syncs = 0
    package var reads = 0
}
