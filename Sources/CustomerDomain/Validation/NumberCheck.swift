/// Refuses a number outside its range.
///
/// - Parameters:
///   - number: What was given.
///   - field: Its path on the wire; made only when it is needed.
///   - range: What it may be.
/// - Throws: ``Rejection/invalid(field:reason:)``.
func check<Number: BinaryInteger>(
    _ number: Number,
    _ field: @autoclosure () -> String,
    _ range: ClosedRange<Number>
) throws(Rejection) {
    if range.contains(number) { return }
    let reason =
        number < range.lowerBound && range.lowerBound == 1
        ? "must be a positive integer"
        : "must be between \(grouped(range.lowerBound)) and \(grouped(range.upperBound))"
    throw .invalid(field: field(), reason: reason)
}

/// The number with commas between the thousands.
func grouped(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
        text.append(digit)
    }
    return text
}
