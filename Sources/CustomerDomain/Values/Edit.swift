/// What a partial update does with one field.
public enum Edit<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Leaves it as it is.
    case keep
    /// Gives it this value.
    case set(Value)
    /// Leaves it without a value.
    case remove

    /// The field's value after the edit.
    public func applied(to current: Value?) -> Value? {
        switch self {
        case .keep: current
        case .set(let value): value
        case .remove: nil
        }
    }

    /// The edit that turns `current` into what this one gives: ``keep`` when nothing would change.
    public func reduced(against current: Value?) -> Edit {
        applied(to: current) == current ? .keep : self
    }
}
