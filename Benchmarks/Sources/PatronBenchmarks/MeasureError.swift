/// Why a measurement could not be made.
struct MeasureError: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
}
