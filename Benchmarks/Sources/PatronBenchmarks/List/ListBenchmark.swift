import ArgumentParser
import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import LogStorage

/// The customer list in process: every filter with every sort, first page and a deep one, always with the exact count.
struct ListBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Filters, sorts and pages of the customer list, point reads and metric cards."
    )

    @Argument(help: "A data directory, as `patronctl generate` makes it.")
    var directory: String

    @Option(help: "How often each query runs, after once to warm up.")
    var runs = 20

    @Option(help: "Write the results to this file, a line each: name, median and p99 in milliseconds, count.")
    var results: String?

    @Option(help: "Also write the customers to this file, and the queries beside it, for PostgreSQL.")
    var export: String?

    @Option(help: "Only the queries whose name has this in it.")
    var only: String?

    func run() throws {
        let organization = try Organization.openReadOnly(inDirectory: directory)
        try organization.peek { state, _ in
            var measured: [ListResult] = []
            for item in ListCase.all(activityWindowDays: state.settings.activityWindowDays)
            where only.map({ item.name.contains($0) }) ?? true {
                measured.append(try measure(item, state))
            }
            let points = PointReads.measure(state, runs: runs)
            if let results { try ListResult.write(measured + points, to: results) }
            if let export { try CustomerExport(state).write(to: export) }
            report(measured, points, state.customerCount)
        }
    }

    private func measure(_ item: ListCase, _ state: borrowing OrganizationState) throws -> ListResult {
        var times: [Double] = []
        var count = 0
        for _ in 0...runs {
            times.append(try seconds { count = try state.list(item.query, at: ListCase.time).count })
        }
        return ListResult(name: item.name, times: Array(times.dropFirst()), count: count)
    }

    private func report(_ lists: [ListResult], _ points: [ListResult], _ customers: Int) {
        let all = lists.flatMap(\.times)
        let slowest = lists.max { $0.median < $1.median }
        row("customers", "case", "queries", "median ms", "p99 ms", "bar")
        row("---", "---", "---:", "---:", "---:", "---")
        let isSearch = { (result: ListResult) in result.name.hasPrefix("search") }
        for (name, part) in [
            ("filter × sort × page", lists.filter { !isSearch($0) }), ("search × sort × page", lists.filter(isSearch)),
        ] where !part.isEmpty {
            let times = part.flatMap(\.times)
            row(
                String(customers),
                name,
                String(part.count),
                milliseconds(median(times)),
                milliseconds(percentile(times, 0.99)),
                "p99 ≤ 5 ms at 1,000,000"
            )
        }
        for point in points {
            row(String(customers), point.name, "1", milliseconds(point.median), milliseconds(point.p99), "–")
        }
        print("\nSlowest: \(slowest?.name ?? "–"), median \(milliseconds(slowest?.median ?? 0)) ms.")
        print("Over all \(all.count) runs: p99 \(milliseconds(percentile(all, 0.99))) ms.")
    }
}
