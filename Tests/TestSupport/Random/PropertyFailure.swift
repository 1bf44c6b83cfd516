/// A seed for which a property does not hold, and the command that tries it again.
package struct PropertyFailure: Error, CustomStringConvertible {
    package let seed: UInt64
    package let reason: any Error
    private let file: String

    init(seed: UInt64, file: String, reason: any Error) {
        self.seed = seed
        self.file = file
        self.reason = reason
    }

    /// `PROPERTY_SEED=17 swift test --filter 'LogStorageTests.SegmentedLogCrashTests'`.
    package var repeatCommand: String {
        let parts = file.split(separator: "/")
        let target = parts.first ?? ""
        let suite = (parts.last ?? "").split(separator: ".").first ?? ""
        return "PROPERTY_SEED=\(seed) swift test --filter '\(target).\(suite)'"
    }

    package var description: String {
        "seed \(seed): \(reason)\nrepeat with: \(repeatCommand)"
    }
}

/// A claim of a test that does not hold.
package struct Violation: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Throws a ``Violation`` saying `claim` unless `condition` holds.
///
/// For code that must report a failure to its caller, such as a property or a conformance check; tests proper use `#expect`.
package func require(_ condition: Bool, _ claim: @autoclosure () -> String) throws(Violation) {
    guard condition else { throw Violation(claim()) }
}

/// Throws a ``Violation`` unless both values are equal.
package func requireEqual<Value: Equatable>(
    _ actual: Value,
    _ expected: Value,
    _ what: @autoclosure () -> String
) throws(Violation) {
    guard actual == expected else { throw Violation("\(what()): expected \(expected), found \(actual)") }
}
