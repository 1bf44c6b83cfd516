import CustomerService

/// A measured rate beside its limit, which was measured in the same run.
struct BenchFigure {
    var name: String
    var value: Double
    var unit: String
    var limit: Double
    var limitName: String
    var note: String

    /// The rate in parts of the limit.
    var ratio: Double { value / limit }

    var text: String {
        let start = name + String(repeating: " ", count: max(1, 11 - name.count))
        let standing = "\(decimal(ratio, 2)) times \(limitName) (\(grouped(Int(limit))))"
        return start + "\(grouped(Int(value))) \(unit), \(standing); \(note)"
    }

    static func json(_ figures: [BenchFigure]) -> String {
        var object = JSONText()
        object.add("format", 1)
        let list = figures.map { figure in
            var object = JSONText()
            object.add("name", figure.name)
            object.add("value", Int(figure.value))
            object.add("unit", figure.unit)
            object.add("limit", Int(figure.limit))
            object.add("limitName", figure.limitName)
            object.addRaw("ratio", decimal(figure.ratio, 4))
            return object.closed
        }
        object.addRaw("figures", "[" + list.joined(separator: ",") + "]")
        return object.closed
    }
}
