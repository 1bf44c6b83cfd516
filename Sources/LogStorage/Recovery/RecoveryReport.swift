/// What opening a log found in its files, and what it did about it.
public struct RecoveryReport: Hashable, Sendable {
    /// A torn tail that was cut off and kept.
    public struct TornTail: Hashable, Sendable {
        /// The segment's file name.
        public var segment: String
        /// Where the tail began in the segment, in bytes.
        public var offset: Int
        /// How many bytes were set aside.
        public var byteCount: Int
        /// The path of the file that keeps them; `nil` when the log was opened read-only, which cuts nothing.
        public var quarantineFile: String?
    }

    /// The torn tail, if there was one.
    public var tornTail: TornTail?

    /// Damage; the log is open read-only when there is any.
    public var damage: [LogFinding] = []

    /// Whether the log was new.
    public var created = false

    /// Whether everything was as a closed log leaves it, or as a kill between two writes does.
    public var isClean: Bool { tornTail == nil && damage.isEmpty }
}
