public import EventSourcing

/// What a vault says of one slot.
public enum VaultKey: Sendable {
    /// The key.
    case live(DataKey)
    /// The key is gone for ever, because of this event.
    case destroyed(by: SequenceNumber)
    /// There never was a key in this vault.
    case missing
    /// There was one, and what is left of it cannot be read.
    case damaged
}

/// How many slots of a vault are what.
public struct VaultStatistics: Hashable, Sendable {
    /// All slots, the empty ones between others included.
    public var slots = 0
    /// Slots with a key; whether each can be unwrapped is not looked at.
    public var live = 0
    /// Slots whose key was destroyed.
    public var destroyed = 0
    /// Slots without a key, before others that have one.
    public var missing = 0
    /// Slots that are nothing of that.
    public var damaged = 0
}
