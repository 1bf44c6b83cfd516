/// The rows that were not taken, as CSV: line, column, reason, detail.
///
/// One record for each thing wrong with a row.
public struct ImportReport {
    private let write: ([UInt8]) throws -> Void
    private var buffer: [UInt8] = []
    private var counts = [Int](repeating: 0, count: ImportReason.allCases.count)
    private var lastLine = 0

    /// How many rows were not taken.
    public private(set) var rowCount = 0

    /// How many findings there are.
    public var findingCount: Int { counts.reduce(0, +) }

    /// How many findings there are of each reason, the most frequent first.
    public var countsByReason: [(reason: ImportReason, count: Int)] {
        zip(ImportReason.allCases, counts).filter { $0.1 > 0 }.map { (reason: $0.0, count: $0.1) }
            .sorted { $0.count > $1.count }
    }

    /// A report whose bytes go to `write`, about 64 KiB at a time.
    public init(_ write: @escaping ([UInt8]) throws -> Void) {
        self.write = write
    }

    /// Adds a finding.
    ///
    /// Those of one row come one after another.
    mutating func add(_ finding: ImportFinding) throws {
        if findingCount == 0 { buffer += "line,column,reason,detail\r\n".utf8 }
        if finding.line != lastLine {
            rowCount += 1
            lastLine = finding.line
        }
        counts[finding.reason.index] += 1
        buffer += String(finding.line).utf8
        for text in [finding.column, finding.reason.rawValue, finding.detail] {
            buffer.append(UInt8(ascii: ","))
            appendField(text)
        }
        buffer += "\r\n".utf8
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Hands over what is left.
    public mutating func flush() throws {
        guard !buffer.isEmpty else { return }
        try write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func appendField(_ text: String) {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 0x20 }) else {
            buffer += text.utf8
            return
        }
        buffer.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "\""))
    }
}

extension ImportReason {
    /// The place of the reason among all.
    fileprivate var index: Int { indices[self] ?? 0 }
}

private let indices = Dictionary(uniqueKeysWithValues: ImportReason.allCases.enumerated().map { ($1, $0) })
