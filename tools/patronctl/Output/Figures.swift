import EventSourcing

/// A whole number with its thousands apart.
func grouped(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { result += "," }
        result.append(digit)
    }
    return number < 0 ? "-" + result : result
}

/// A number with this many decimals, cut off.
func decimal(_ number: Double, _ decimalCount: Int = 1) -> String {
    guard number.isFinite else { return "-" }
    var scale = 1.0
    for _ in 0..<decimalCount { scale *= 10 }
    let scaled = Int((number * scale).rounded())
    let fraction = String(scaled.magnitude % UInt(scale))
    let padding = String(repeating: "0", count: decimalCount - fraction.count)
    return "\(scaled < 0 ? "-" : "")\(scaled.magnitude / UInt(scale)).\(padding)\(fraction)"
}
