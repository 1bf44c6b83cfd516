#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads CSV (RFC 4180) as a stream, in memory that does not grow with the file.
///
/// Rows end with LF or CR LF; fields may be quoted and then hold delimiters, line breaks and doubled quotes. A byte order
/// mark is skipped, and so are empty lines. Text is UTF-8; a row that is not may be read as ISO 8859-1. A row that is none is still visited, with its ``CSVRow/problem``, and
/// reading goes on with the line after it.
struct CSVReader: ~Copyable {
    private let source: ByteSource
    private let limits: CSVLimits
    private let delimiter: UInt8
    /// By byte: whether it may end an unquoted field.
    private let isSpecial: [Bool]
    private var buffer: UnsafeMutableBufferPointer<UInt8>
    private var filled = 0
    private var isAtEnd = false
    private var isSkippingLine = false
    private var row = CSVRow()
    private var nextLine = 1
    private var hasBegun = false
    private let readsLatin1: Bool
    private var transcoded = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 0)

    /// How many bytes were read from the source.
    private(set) var readByteCount = 0

    init(
        _ source: ByteSource,
        delimiter: UInt8 = UInt8(ascii: ","),
        readsLatin1: Bool = false,
        limits: CSVLimits = CSVLimits(),
        chunkByteCount: Int = 1 << 18
    ) {
        self.source = source
        self.limits = limits
        self.delimiter = delimiter
        self.readsLatin1 = readsLatin1
        var isSpecial = [Bool](repeating: false, count: 256)
        for byte in [delimiter, lineFeed, quote] { isSpecial[Int(byte)] = true }
        self.isSpecial = isSpecial
        buffer = .allocate(capacity: max(16, min(chunkByteCount, limits.rowByteCount)))
    }

    deinit {
        buffer.deallocate()
        transcoded.deallocate()
    }

    /// Reads once, and visits the rows that are complete by then.
    ///
    /// - Returns: `false` when all rows were visited.
    mutating func visitRows(_ visit: (borrowing CSVRow) throws -> Void) throws -> Bool {
        try fill()
        let bytes = UnsafeMutableBufferPointer(rebasing: buffer[..<filled])
        var position = skipByteOrderMark(bytes)
        while position < filled {
            if isSkippingLine {
                guard let next = endOfLine(bytes, from: position) else {
                    position = filled
                    break
                }
                isSkippingLine = false
                nextLine += 1
                position = next
                continue
            }
            guard let next = scanRow(bytes, from: position) else { break }
            position = next
            if row.bounds.count == 1, row.problem == nil, row.bounds[0].start == row.bounds[0].end { continue }
            halveDoubledQuotes(bytes)
            if row.problem == .invalidUTF8, readsLatin1 { transcodeLatin1() }
            try visit(row)
        }
        moveToFront(from: position)
        if filled == buffer.count { try makeRoom(visit) }
        return !isAtEnd
    }

    private mutating func fill() throws {
        guard !isAtEnd else { return }
        let count = try source.read(
            UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        )
        readByteCount += count
        filled += count
        isAtEnd = count == 0
    }

    private mutating func moveToFront(from position: Int) {
        guard position > 0 else { return }
        let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[position..<filled])
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: rest)
        filled -= position
    }

    /// Lets the buffer grow for a row that fills it; beyond the limit the row is given up.
    private mutating func makeRoom(_ visit: (borrowing CSVRow) throws -> Void) throws {
        guard buffer.count >= limits.rowByteCount else {
            let larger = UnsafeMutableBufferPointer<UInt8>
                .allocate(
                    capacity: min(buffer.count * 2, limits.rowByteCount)
                )
            UnsafeMutableRawBufferPointer(larger).copyMemory(from: UnsafeRawBufferPointer(buffer))
            buffer.deallocate()
            buffer = larger
            return
        }
        row.line = nextLine
        row.bounds.removeAll(keepingCapacity: true)
        row.problem = .rowTooLong
        try visit(row)
        // What follows the row's first line is scanned again, as rows of its own.
        guard let next = endOfLine(buffer, from: 0) else {
            isSkippingLine = true
            filled = 0
            return
        }
        nextLine += 1
        moveToFront(from: next)
    }

    private mutating func skipByteOrderMark(_ bytes: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard !hasBegun, filled >= 3 || isAtEnd else { return 0 }
        hasBegun = true
        let hasMark = filled >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        return hasMark ? 3 : 0
    }
}

extension CSVReader {
    /// Scans the row that begins at `start`, and returns where the next one does; `nil` when it is not all there.
    private mutating func scanRow(_ bytes: UnsafeMutableBufferPointer<UInt8>, from start: Int) -> Int? {
        guard hasBegun else { return nil }
        row.line = nextLine
        row.problem = nil
        row.bounds.removeAll(keepingCapacity: true)
        row.base = bytes.baseAddress.map { UnsafePointer($0) }
        var seen: UInt8 = 0
        var lineBreaks = 0
        var position = start
        while true {
            let end: Int
            if position < bytes.count, bytes[position] == quote {
                guard let closing = scanQuoted(bytes, from: position, &seen, &lineBreaks) else {
                    return isAtEnd ? abandon(bytes, .unclosedQuote, after: start) : nil
                }
                end = closing
            } else {
                var scan = position
                while scan < bytes.count, !isSpecial[Int(bytes[scan])] {
                    seen |= bytes[scan]
                    scan += 1
                }
                row.bounds.append(CSVFieldBounds(start: Int32(position), end: Int32(scan)))
                end = scan
            }
            if let field = row.bounds.last, Int(field.end - field.start) > limits.fieldByteCount {
                return abandon(bytes, .fieldTooLong, after: end)
            }
            guard end < bytes.count else {
                guard isAtEnd else { return nil }
                trimCarriageReturn(bytes)
                return finish(end, seen, lineBreaks)
            }
            switch bytes[end] {
            case delimiter:
                guard row.bounds.count < limits.fieldCount else { return abandon(bytes, .tooManyFields, after: end) }
                position = end + 1
            case lineFeed:
                trimCarriageReturn(bytes)
                return finish(end + 1, seen, lineBreaks + 1)
            case carriageReturn where end + 1 < bytes.count && bytes[end + 1] == lineFeed:
                return finish(end + 2, seen, lineBreaks + 1)
            case carriageReturn where end + 1 == bytes.count:
                guard isAtEnd else { return nil }
                return finish(end + 1, seen, lineBreaks)
            case quote: return abandon(bytes, .strayQuote, after: end)
            default: return abandon(bytes, .textAfterQuote, after: end)
            }
        }
    }

    /// Scans the quoted field that begins at `start`, and returns the index after its closing quote.
    private mutating func scanQuoted(
        _ bytes: UnsafeMutableBufferPointer<UInt8>,
        from start: Int,
        _ seen: inout UInt8,
        _ lineBreaks: inout Int
    ) -> Int? {
        var scan = start + 1
        var hasDoubledQuotes = false
        while scan < bytes.count {
            let byte = bytes[scan]
            seen |= byte
            if byte == lineFeed { lineBreaks += 1 }
            guard byte == quote else {
                scan += 1
                continue
            }
            if scan + 1 == bytes.count, !isAtEnd { return nil }
            if scan + 1 < bytes.count, bytes[scan + 1] == quote {
                hasDoubledQuotes = true
                scan += 2
                continue
            }
            row.bounds.append(
                CSVFieldBounds(start: Int32(start + 1), end: Int32(scan), hasDoubledQuotes: hasDoubledQuotes)
            )
            return scan + 1
        }
        return nil
    }

    private mutating func finish(_ next: Int, _ seen: UInt8, _ lineBreaks: Int) -> Int {
        nextLine += lineBreaks
        row.isASCII = seen < 0x80
        if !row.isASCII, !hasValidUTF8() { row.problem = .invalidUTF8 }
        return next
    }

    private func hasValidUTF8() -> Bool {
        for index in 0..<row.count where String(validating: row[index], as: UTF8.self) == nil { return false }
        return true
    }

    /// Ends the row with a problem; the next one begins on the next line.
    private mutating func abandon(
        _ bytes: UnsafeMutableBufferPointer<UInt8>,
        _ problem: CSVProblem,
        after position: Int
    ) -> Int? {
        guard let next = endOfLine(bytes, from: position) else {
            guard isAtEnd else { return nil }
            row.problem = problem
            return bytes.count
        }
        row.problem = problem
        for index in position..<next where bytes[index] == lineFeed { nextLine += 1 }
        nextLine += lineBreaksWithin(bytes, before: position)
        return next
    }

    /// Line breaks inside the quoted fields that end before `position`.
    private func lineBreaksWithin(_ bytes: UnsafeMutableBufferPointer<UInt8>, before position: Int) -> Int {
        var count = 0
        for field in row.bounds where Int(field.end) <= position {
            for index in Int(field.start)..<Int(field.end) where bytes[index] == lineFeed { count += 1 }
        }
        return count
    }

    private mutating func trimCarriageReturn(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
        guard let last = row.bounds.indices.last else { return }
        let field = row.bounds[last]
        guard field.end > field.start, bytes[Int(field.end) - 1] == carriageReturn else { return }
        // A quoted field ends with its quote, so a carriage return at its end is its own.
        guard Int(field.end) == bytes.count || bytes[Int(field.end)] != quote else { return }
        row.bounds[last].end -= 1
    }

    private mutating func halveDoubledQuotes(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
        for index in row.bounds.indices where row.bounds[index].hasDoubledQuotes {
            let field = row.bounds[index]
            var target = Int(field.start)
            var scan = target
            while scan < Int(field.end) {
                bytes[target] = bytes[scan]
                scan += bytes[scan] == quote ? 2 : 1
                target += 1
            }
            row.bounds[index].end = Int32(target)
        }
    }

    /// Takes every byte of the row for the ISO 8859-1 character that it is.
    private mutating func transcodeLatin1() {
        let byteCount = row.bounds.reduce(0) { $0 + Int($1.end - $1.start) }
        if transcoded.count < byteCount * 2 {
            transcoded.deallocate()
            transcoded = .allocate(capacity: byteCount * 2)
        }
        var target = 0
        for index in row.bounds.indices {
            let start = target
            for byte in row[index] {
                if byte < 0x80 {
                    transcoded[target] = byte
                    target += 1
                } else {
                    transcoded[target] = 0xC0 | byte >> 6
                    transcoded[target + 1] = 0x80 | byte & 0x3F
                    target += 2
                }
            }
            row.bounds[index] = CSVFieldBounds(start: Int32(start), end: Int32(target))
        }
        row.base = UnsafePointer(transcoded.baseAddress)
        row.problem = nil
    }

    private func endOfLine(_ bytes: UnsafeMutableBufferPointer<UInt8>, from position: Int) -> Int? {
        guard position < bytes.count, let start = bytes.baseAddress,
            let found = memchr(start + position, Int32(lineFeed), bytes.count - position)
        else { return nil }
        return UnsafeMutableRawPointer(start).distance(to: found) + 1
    }
}

private let quote = UInt8(ascii: "\"")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
