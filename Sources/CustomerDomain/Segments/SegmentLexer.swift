/// A piece of a query's text.
struct SegmentToken: Hashable {
    enum Kind: Hashable {
        /// A name or a keyword, perhaps with points in it: `metadata.source`.
        case word(String)
        case number(SegmentNumber)
        /// In single or double quotes.
        case text(String)
        case day(SegmentDay)
        /// `=`, `!=`, `<`, `<=`, `>`, `>=`, `(`, `)`, `,`, `.`.
        case sign(String)
        case end
    }

    var kind: Kind
    var range: SegmentRange
}

/// Cuts the text of a query into tokens.
struct SegmentLexer {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    /// What cannot be read, and where.
    private(set) var errors: [(message: String, range: SegmentRange)] = []

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// All tokens, the last of them the end.
    mutating func tokens() -> [SegmentToken] {
        var tokens: [SegmentToken] = []
        while true {
            while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
            let start = position
            guard position < scalars.count else {
                tokens.append(SegmentToken(kind: .end, range: range(from: start)))
                return tokens
            }
            if let kind = next() { tokens.append(SegmentToken(kind: kind, range: range(from: start))) }
        }
    }

    private func range(from start: Int) -> SegmentRange { SegmentRange(offset: start, length: position - start) }

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        position + distance < scalars.count ? scalars[position + distance] : nil
    }

    private mutating func next() -> SegmentToken.Kind? {
        let start = position
        let scalar = scalars[position]
        switch scalar {
        case "'", "\"": return quoted(by: scalar)
        case "(", ")", ",", "=", ".":
            position += 1
            return .sign(String(scalar))
        case "<", ">", "!":
            position += 1
            if peek() == "=" { position += 1 }
            // SQL's other way to say !=.
            if scalar == "<", position == start + 1, peek() == ">" {
                position += 1
                return .sign("!=")
            }
            let sign = String(String.UnicodeScalarView(scalars[start..<position]))
            if sign != "!" { return .sign(sign) }
            errors.append(("has ! without =", range(from: start)))
            return nil
        case "-", "+": return signed()
        case "0"..."9": return digits()
        default:
            if isLetter(scalar) { return word() }
            position += 1
            errors.append(("has a character that means nothing there: \(scalar)", range(from: start)))
            return nil
        }
    }

    private mutating func quoted(by quote: Unicode.Scalar) -> SegmentToken.Kind? {
        let start = position
        position += 1
        var text = String.UnicodeScalarView()
        while let scalar = peek() {
            position += 1
            if scalar != quote {
                text.append(scalar)
            } else if peek() == quote {
                // Twice for once, as SQL has it.
                text.append(quote)
                position += 1
            } else {
                return .text(String(text))
            }
        }
        errors.append(("has a text that does not end", SegmentRange(offset: start, length: 1)))
        return nil
    }

    /// `-30d`, `+1m`, or a negative number.
    private mutating func signed() -> SegmentToken.Kind? {
        let start = position
        let sign = scalars[position] == "-" ? -1 : 1
        position += 1
        while let digit = peek(), isDigit(digit) { position += 1 }
        let count = Int(String(String.UnicodeScalarView(scalars[start + 1..<position])))
        if let count, let unit = peek(), "dwmyDWMY".unicodeScalars.contains(unit), !continuesWord(1) {
            position += 1
            guard count <= 100_000 else {
                errors.append(("has an offset of more than 100,000", range(from: start)))
                return nil
            }
            switch unit.properties.lowercaseMapping {
            case "d": return .day(.days(sign * count))
            case "w": return .day(.days(sign * count * 7))
            case "m": return .day(.months(sign * count))
            default: return .day(.months(sign * count * 12))
            }
        }
        position = start + 1
        guard count != nil else {
            errors.append(("has \(scalars[start]) without a number behind it", range(from: start)))
            return nil
        }
        return number(sign: Int64(sign), from: start)
    }

    /// A date, a number, or a word that begins with a digit: `30_days_ago`.
    private mutating func digits() -> SegmentToken.Kind? {
        let start = position
        let ten = String(String.UnicodeScalarView(scalars[start..<min(start + 10, scalars.count)]))
        if ten.utf8.count == 10, ten.utf8.dropFirst(4).first == UInt8(ascii: "-") {
            position += 10
            if let date = CalendarDate(ten), !continuesWord(0) { return .day(.date(date)) }
            while let scalar = peek(), isLetter(scalar) || isDigit(scalar) || scalar == "-" { position += 1 }
            errors.append(
                ("has a date that is none: it must be a day of the calendar as 2026-03-01", range(from: start))
            )
            return nil
        }
        while let digit = peek(), isDigit(digit) { position += 1 }
        if let scalar = peek(), isLetter(scalar) {
            position = start
            return word()
        }
        position = start
        return number(sign: 1, from: start)
    }

    private mutating func number(sign: Int64, from start: Int) -> SegmentToken.Kind? {
        var mantissa: Int64 = 0
        var digitCount = 0
        var decimals = -1
        while let scalar = peek() {
            if isDigit(scalar) {
                digitCount += 1
                if decimals >= 0 { decimals += 1 }
                if digitCount <= 15 { mantissa = mantissa * 10 + Int64(scalar.value - 0x30) }
            } else if scalar == ".", decimals < 0, let next = peek(1), isDigit(next) {
                decimals = 0
            } else {
                break
            }
            position += 1
        }
        guard digitCount <= 15, decimals <= 6 else {
            errors.append(("has a number of more than 15 digits, or 6 behind the point", range(from: start)))
            return nil
        }
        return .number(SegmentNumber(mantissa: sign * mantissa, decimalCount: max(0, decimals)))
    }

    private mutating func word() -> SegmentToken.Kind {
        let start = position
        while let scalar = peek() {
            let isPoint = scalar == "." && peek(1).map { isLetter($0) || isDigit($0) } ?? false
            guard isLetter(scalar) || isDigit(scalar) || isPoint else { break }
            position += 1
        }
        return .word(String(String.UnicodeScalarView(scalars[start..<position])))
    }

    private func continuesWord(_ distance: Int) -> Bool { peek(distance).map { isLetter($0) || isDigit($0) } ?? false }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

    private func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar == "_" || scalar.properties.isAlphabetic }
}
