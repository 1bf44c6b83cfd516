import EventSourcing
public import LogStorage

/// The organizations of a data directory at work together, and those that cannot be opened.
///
/// One that cannot be opened, or is damaged, stops none of the others.
public struct OpenOrganizations: Sendable {
    /// Those that are open, in the order of their names.
    public private(set) var open: [Organization] = []
    /// Why the others are not, by name.
    public private(set) var failures: [(name: String, error: any Error)] = []

    /// Opens organizations, each as ``Organization/open(_:in:options:masterKeys:now:identifiers:)``.
    ///
    /// - Parameters:
    ///   - names: Which; all that the data directory has when there are none, and ``Organization/defaultName`` in a new one.
    ///   - data: The data directory, locked by this process.
    ///   - masterKeys: What wraps the personal keys; `nil` for the data directory's own.
    ///   - options: The limits of a log, by the organization's name.
    /// - Throws: What opening the only one, or the first where none can be opened, throws.
    public init(
        _ names: [String],
        in data: DataDirectory,
        masterKeys: [MasterKey]? = nil,
        options: (String) -> LogOptions = { _ in LogOptions() }
    ) throws {
        var names = names.isEmpty ? try DataDirectory.organizations(in: data.path) : names
        if names.isEmpty { names = [Organization.defaultName] }
        for name in names {
            do {
                open.append(try Organization.open(name, in: data, options: options(name), masterKeys: masterKeys))
            } catch {
                failures.append((name, error))
            }
        }
        if open.isEmpty, let first = failures.first { throw first.error }
    }

    /// Whether a text can be an organization's name: letters, digits, `-`, `_` and `.`, which does not begin it; 100 at most.
    public static func isName(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count) && !text.hasPrefix(".")
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || "-_.".utf8.contains($0)
            }
    }

    /// Closes all of them; blocks meanwhile.
    public func close() { for organization in open { organization.close() } }
}
