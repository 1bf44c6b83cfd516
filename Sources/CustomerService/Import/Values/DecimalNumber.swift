import CustomerDomain

/// A decimal number exactly as it was written: `mantissa` divided by ten to the power of `decimalCount`.
struct DecimalNumber: Hashable {
    var mantissa: Int64
    var decimalCount: Int
}

extension DecimalNumber {
    /// Reads an optional minus, digits, and optionally the separator and up to nine decimals; nothing else.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8 = UInt8(ascii: ".")) {
        var position = 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { position = 1 }
        var magnitude: Int64 = 0
        var digitCount = 0
        var decimals: Int?
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == separator, decimals == nil, digitCount > 0 {
                decimals = 0
                continue
            }
            let digit = byte &- 48
            guard digit < 10, digitCount < 18 else { return nil }
            magnitude = magnitude * 10 + Int64(digit)
            digitCount += 1
            decimals = decimals.map { $0 + 1 }
        }
        guard digitCount > 0, decimals != 0, (decimals ?? 0) <= 9 else { return nil }
        mantissa = isNegative ? -magnitude : magnitude
        decimalCount = decimals ?? 0
    }

    /// The number, when it is a whole one: `6` and `6.0`, not `6.5`.
    var whole: Int64? {
        let scale = powersOfTen[decimalCount]
        return mantissa % scale == 0 ? mantissa / scale : nil
    }

    /// The number times `quantity`, in minor units of this many digits, rounded half up (away from zero).
    ///
    /// - Returns: `nil` beyond 64 bits.
    func minorUnits(times quantity: Int64 = 1, minorDigitCount: Int) -> Int64? {
        let (product, overflows) = mantissa.multipliedReportingOverflow(by: quantity)
        guard !overflows else { return nil }
        if decimalCount > minorDigitCount {
            return product.dividedRoundingHalfUp(by: powersOfTen[decimalCount - minorDigitCount])
        }
        let (value, isTooLarge) = product.multipliedReportingOverflow(by: powersOfTen[minorDigitCount - decimalCount])
        return isTooLarge ? nil : value
    }
}

private let powersOfTen: [Int64] = {
    var powers: [Int64] = [1]
    for exponent in 1...18 { powers.append(powers[exponent - 1] * 10) }
    return powers
}()
