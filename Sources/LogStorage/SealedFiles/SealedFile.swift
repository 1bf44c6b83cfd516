/// One sealed file of a lot: pieces that are each sealed for their place, the last marked as such.
///
/// The form: `PTRNSEAL`, version 1 in four bytes; then pieces of four bytes of length, a nonce of 12 bytes, ciphertext and a tag of 16
/// (AES-256-GCM). The plaintext begins with 1 in the last piece and with 0 in all others; what is authenticated with it is the file's
/// name and the piece's number in eight bytes. Numbers are little-endian.
private enum SealedFormat {
    static let header = Array("PTRNSEAL".utf8) + [1, 0, 0, 0]
    static let lengthByteCount = 4
    /// The most bytes of a piece.
    static let pieceLimit = 1 << 22

    static func associatedData(_ name: String, _ number: Int) -> [UInt8] {
        var data = Array(name.utf8) + [UInt8].zeroes(8)
        data.store(UInt64(number), at: data.count - 8)
        return data
    }
}

/// A sealed file being written; nothing is durable until ``sync()``.
package struct SealedFileWriter: Sendable {
    private let file: any File
    private let key: DataKey
    private let name: String
    private var end: Int
    private var number: Int

    /// How many bytes the file has.
    package var byteCount: Int { end }

    /// Begins a file anew, whatever there was.
    package init(_ part: String, of lot: String, in files: SealedFiles, key: DataKey) throws(LogStorageError) {
        try files.remove(part, of: lot)
        let file = try withFileErrors { () throws(FileError) in
            let file = try files.system.open(files.path(lot, part), .create)
            try file.write(SealedFormat.header, at: 0)
            try files.system.syncDirectory(files.directory)
            return file
        }
        self.init(file: file, key: key, name: "\(lot).\(part)", end: SealedFormat.header.count, number: 0)
    }

    /// Goes on with a file after the pieces that `keeps` says yes to, cutting off the others; begins it when there is none.
    package init(
        continuing part: String,
        of lot: String,
        in files: SealedFiles,
        key: DataKey,
        keeps: (ArraySlice<UInt8>) -> Bool
    ) throws(LogStorageError) {
        guard var reader = try SealedFileReader(part, of: lot, in: files, key: key) else {
            try self.init(part, of: lot, in: files, key: key)
            return
        }
        var kept = (end: reader.position, number: 0)
        while let piece = try? reader.next(), keeps(piece[...]) {
            kept = (reader.position, kept.number + 1)
        }
        reader.close()
        let file = try withFileErrors { () throws(FileError) in
            let file = try files.system.open(files.path(lot, part), .readWrite)
            try file.truncate(to: kept.end)
            return file
        }
        self.init(file: file, key: key, name: "\(lot).\(part)", end: kept.end, number: kept.number)
    }

    private init(file: any File, key: DataKey, name: String, end: Int, number: Int) {
        (self.file, self.key, self.name, self.end, self.number) = (file, key, name, end, number)
    }

    /// Appends a piece.
    package mutating func append(_ bytes: [UInt8], isLast: Bool = false) throws(LogStorageError) {
        precondition(bytes.count < SealedFormat.pieceLimit, "A piece is too long")
        var sealed = [UInt8].zeroes(SealedFormat.lengthByteCount)
        let plain = [isLast ? 1 : 0] + bytes
        key.seal(
            unsafe plain.span.bytes,
            authenticating: SealedFormat.associatedData(name, number),
            into: &sealed
        )
        sealed.store(UInt32(sealed.count - SealedFormat.lengthByteCount), at: 0)
        try withFileErrors { [file, end] () throws(FileError) in try file.write(sealed, at: end) }
        end += sealed.count
        number += 1
    }

    /// Returns once all that was appended is durable.
    package func sync() throws(LogStorageError) {
        try withFileErrors { [file] () throws(FileError) in try file.sync() }
    }

    /// Lets the file go.
    package func close() { file.close() }
}

/// A sealed file being read, piece after piece.
package struct SealedFileReader: Sendable {
    private let file: any File
    private let key: DataKey
    private let name: String
    private let byteCount: Int
    private(set) var position: Int
    private var number = 0
    /// Whether the piece that ends the file was read.
    package private(set) var isAtEnd = false

    /// The file; `nil` when there is none.
    ///
    /// - Throws: `damaged` when it is not a sealed file.
    package init?(_ part: String, of lot: String, in files: SealedFiles, key: DataKey) throws(LogStorageError) {
        let header: [UInt8]
        do throws(FileError) {
            file = try files.system.open(files.path(lot, part), .read)
            byteCount = try file.size()
            header = try file.read(SealedFormat.header.count, at: 0)
        } catch  where error.isNotFound {
            return nil
        } catch {
            throw LogStorageError(error)
        }
        guard header == SealedFormat.header else {
            file.close()
            throw LogStorageError(.damaged, "This is not a sealed file", path: files.path(lot, part))
        }
        (self.key, name, position) = (key, "\(lot).\(part)", SealedFormat.header.count)
    }

    /// The next piece; `nil` at the end of the file.
    ///
    /// - Throws: `damaged` when it is not what was written there.
    package mutating func next() throws(LogStorageError) -> [UInt8]? {
        guard !isAtEnd, position < byteCount else { return nil }
        let start = position
        let sealed = try withFileErrors { [file] () throws(FileError) in
            let length = try file.read(SealedFormat.lengthByteCount, at: start)
            guard length.count == SealedFormat.lengthByteCount else { return [UInt8]() }
            let count = Int(length.number(at: 0, as: UInt32.self))
            guard count <= SealedFormat.pieceLimit + DataKey.overhead else { return [UInt8]() }
            let sealed = try file.read(count, at: start + SealedFormat.lengthByteCount)
            return sealed.count == count ? sealed : []
        }
        var plain: [UInt8] = []
        let isRight = key.open(
            unsafe sealed.span.bytes,
            authenticating: SealedFormat.associatedData(name, number),
            into: &plain
        )
        guard isRight, let mark = plain.first else {
            throw LogStorageError(.damaged, "A piece of a sealed file is not what was written", offset: position)
        }
        isAtEnd = mark == 1
        position += SealedFormat.lengthByteCount + sealed.count
        number += 1
        plain.removeFirst()
        return plain
    }

    /// Lets the file go.
    package func close() { file.close() }
}
