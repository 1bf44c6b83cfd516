/// What jobs may cost.
public struct JobLimits: Hashable, Sendable {
    /// How many are at work at a time; others wait.
    public var runningCount: Int
    /// For how many days the files of a job are kept after it ended, and those of an import that nobody commits.
    public var keptDays: Int
    /// The largest file that is imported, in bytes.
    public var importByteCount: Int

    /// Limits of these values.
    public init(runningCount: Int = 2, keptDays: Int = 7, importByteCount: Int = 256 << 20) {
        self.runningCount = runningCount
        self.keptDays = keptDays
        self.importByteCount = importByteCount
    }
}
