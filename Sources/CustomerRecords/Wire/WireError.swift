/// Why bytes could not be read, and where; ``RecordError`` is what leaves the module.
struct WireError: Error {
    var code: RecordError.Code
    /// Offset in the record's body.
    var place: Int
}
