import ArgumentParser
import Foundation

/// The list in Patron and in PostgreSQL, side by side.
struct CompareResults: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Put two result files side by side: `list --results` and that of Benchmarks/postgres."
    )

    @Argument(help: "Patron's results.")
    var patron: String

    @Argument(help: "PostgreSQL's results.")
    var postgres: String

    @Flag(help: "Print a row for each case, not only for each filter.")
    var detailed = false

    private struct Result {
        var median: Double
        var p99: Double
        var count: Int
    }

    func run() throws {
        let (order, ours) = try read(patron)
        let (_, theirs) = try read(postgres)
        var ratios: [Double] = []
        var groups: [(name: String, ours: [Result], theirs: [Result])] = []
        for name in order {
            guard let our = ours[name], let their = theirs[name] else { continue }
            if their.count != our.count { print("The counts differ: \(name): \(our.count) and \(their.count).\n") }
            let group = detailed ? name : groupName(name)
            if groups.last?.name != group { groups.append((group, [], [])) }
            groups[groups.count - 1].ours.append(our)
            groups[groups.count - 1].theirs.append(their)
            if name.contains(", by ") { ratios.append(their.median / our.median) }
        }
        row(
            "filter, over all sorts and pages",
            "count",
            "Patron median ms",
            "p99",
            "PostgreSQL median ms",
            "p99",
            "median ratio"
        )
        row("---", "---:", "---:", "---:", "---:", "---:", "---:")
        for group in groups {
            let ourMedian = median(group.ours.map(\.median))
            let theirMedian = median(group.theirs.map(\.median))
            row(
                group.name,
                String(group.ours[0].count),
                short(ourMedian),
                short(group.ours.map(\.p99).max() ?? 0),
                short(theirMedian),
                short(group.theirs.map(\.p99).max() ?? 0),
                "\(rounded(theirMedian / ourMedian, 1))×"
            )
        }
        let below = ratios.filter { $0 < 50 }.count
        print(
            "\nMedian ratio over \(ratios.count) queries: \(rounded(median(ratios), 1))×; below 50×: \(below) of them;"
        )
        print("least \(rounded(ratios.min() ?? 0, 2))×, most \(rounded(ratios.max() ?? 0, 0))×.")
    }

    private func groupName(_ name: String) -> String {
        name.range(of: ", by ").map { String(name[..<$0.lowerBound]) } ?? name
    }

    private func short(_ milliseconds: Double) -> String { rounded(milliseconds, milliseconds < 0.1 ? 5 : 3) }

    private func read(_ path: String) throws -> (order: [String], results: [String: Result]) {
        var order: [String] = []
        var results: [String: Result] = [:]
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let fields = line.split(separator: "\t")
            guard fields.count >= 4, let median = Double(fields[1]), let p99 = Double(fields[2]),
                let count = Int(fields[3])
            else { continue }
            order.append(String(fields[0]))
            results[String(fields[0])] = Result(median: median, p99: p99, count: count)
        }
        return (order, results)
    }
}
