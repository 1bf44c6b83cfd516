import Foundation

/// What one case of the list took.
struct ListResult {
    var name: String
    /// In seconds.
    var times: [Double]
    /// How many customers the whole result has.
    var count: Int

    var median: Double { percentile(times, 0.5) }
    var p99: Double { percentile(times, 0.99) }

    /// Writes results as tab-separated lines.
    static func write(_ results: [ListResult], to path: String) throws {
        let lines = results.map { result in
            [result.name, milliseconds(result.median), milliseconds(result.p99), String(result.count)]
                .joined(separator: "\t") + "\n"
        }
        try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
    }
}

/// Seconds as milliseconds with five digits.
func milliseconds(_ seconds: Double) -> String { rounded(seconds * 1_000, 5) }
