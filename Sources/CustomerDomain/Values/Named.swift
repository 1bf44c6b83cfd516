/// One of a few values, each of which has a name outside of the program: on the wire, in a file, in a filter.
///
/// The name is written out for each case, so that another name in the code changes nothing for anybody else.
public protocol Named: CaseIterable {
    /// The name, which no other value of the type has.
    var name: String { get }
}

extension Named {
    /// The value of this name; `nil` for any other text.
    public init?(name: some StringProtocol) {
        let name = String(name)
        for value in Self.allCases where value.name == name {
            self = value
            return
        }
        return nil
    }

    /// All names, in the order of the cases.
    public static var names: [String] { allCases.map { $0.name } }
}

extension Named where Self: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
