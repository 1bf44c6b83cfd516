/// What to tell whoever adjusted points: "Successfully added 50 points. New balance: 1250 points."
///
/// - Parameters:
///   - adjustment: Whether they were added or deducted.
///   - points: How many.
///   - newBalance: The balance afterwards.
/// - Returns: The sentence in English.
public func pointsMessage(_ adjustment: PointsAdjustment, points: Int64, newBalance: Int64) -> String {
    let verb =
        switch adjustment {
        case .add: "added"
        case .deduct: "deducted"
        }
    return "Successfully \(verb) \(points) points. New balance: \(newBalance) points."
}
