import CustomerService

extension ControlResult {
    /// The values as one JSON object, in the order of their names.
    ///
    /// - Parameter isDryRun: Said first; not at all when `nil`.
    /// - Returns: The object.
    func json(isDryRun: Bool? = nil) -> String {
        var object = JSONText()
        object.add("format", 1)
        if let isDryRun { object.add("dryRun", isDryRun) }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .number(let number): object.add(name, number)
            case .text(let text): object.add(name, text)
            case .flag(let flag): object.add(name, flag)
            }
        }
        return object.closed
    }
}
