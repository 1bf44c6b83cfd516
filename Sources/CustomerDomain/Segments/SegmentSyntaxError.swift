/// One thing wrong with the text of a query.
public struct SegmentSyntaxError: Hashable, Sendable {
    /// What is wrong, as the rest of a sentence about the query: `has an unknown attribute amount_spend`.
    public var message: String
    /// Where.
    public var range: SegmentRange
    /// The line, from 1.
    public var line: Int
    /// The character of the line, from 1.
    public var column: Int
    /// What could stand there.
    public var expected: [String]
    /// What was probably meant.
    public var suggestion: String?

    /// What is wrong, and where, as the rest of a sentence about the query.
    public var text: String {
        let hint = suggestion.map { "; did you mean \($0)?" } ?? ""
        return "\(message) (line \(line), column \(column))\(hint)"
    }
}

/// Everything wrong with the text of a query that one reading can tell, in the order of the text; at least one thing.
public struct SegmentSyntaxErrors: Error, Hashable, Sendable {
    /// The errors.
    public var all: [SegmentSyntaxError]

    /// The first, as the rest of a sentence about the query, with its place.
    public var summary: String { all.first?.text ?? "cannot be read" }
}

/// The word among `words` that is most like one, when it is like it at all.
func nearest(to word: String, among words: [String]) -> String? {
    let wanted = Array(word.lowercased().utf8)
    let ranked = words.map { (word: $0, distance: distance(wanted, Array($0.lowercased().utf8))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, min(wanted.count, best.word.utf8.count) / 3) ? best.word : nil
}

/// How many characters must be put in, taken out, replaced or swapped with their neighbour (Damerau, optimal alignment).
private func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var rows = [Array(0...other.count)]
    for (index, byte) in one.enumerated() {
        var row = [index + 1]
        for (place, letter) in other.enumerated() {
            let last = rows[index]
            var best = min(last[place] + (byte == letter ? 0 : 1), last[place + 1] + 1, row[place] + 1)
            if index > 0, place > 0, byte == other[place - 1], one[index - 1] == letter {
                best = min(best, rows[index - 1][place - 1] + 1)
            }
            row.append(best)
        }
        rows.append(row)
    }
    return rows[one.count][other.count]
}
