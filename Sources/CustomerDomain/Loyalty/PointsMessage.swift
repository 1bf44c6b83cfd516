/// What to tell whoever changed points: "Successfully added 50 points. New balance: 1250 points."
///
/// - Parameters:
///   - verb: What was done with them: added, deducted, redeemed, restored.
///   - points: How many.
///   - newBalance: The balance afterwards.
/// - Returns: The sentence in English.
public func pointsMessage(_ verb: String, points: Int64, newBalance: Int64) -> String {
    "Successfully \(verb) \(points) points. New balance: \(newBalance) points."
}

extension PointsAdjustment {
    /// What was done with the points, in English.
    public var verb: String {
        switch self {
        case .add: "added"
        case .deduct: "deducted"
        }
    }
}
