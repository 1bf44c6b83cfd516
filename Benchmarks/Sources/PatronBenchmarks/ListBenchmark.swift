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
        abstract: "Filters, sorts and pages of the customer list."
    )

    @Argument(help: "Data directories, as `patronctl generate` makes them.")
    var directories: [String]

    @Option(help: "How often each query runs.")
    var runs = 20

    @Flag(help: "Print a row for each query, not only the summary.")
    var detailed = false

    func run() throws {
        row("customers", "queries", "median ms", "p99 ms", "slowest", "slowest ms", "bar")
        row("---", "---", "---", "---", "---", "---", "---")
        for directory in directories {
            let log = try SegmentedLog.openReadOnly(directory: directory + "/organizations/default")
            let organization = try Organization(name: "default", log: log, now: { systemTime() })
            log.close()
            try organization.peek { state, time in try measure(state, time) }
        }
    }

    private func measure(_ state: borrowing OrganizationState, _ time: QueryTime) throws {
        var all: [Double] = []
        var slowest = (name: "", time: 0.0)
        for (name, query) in queries() {
            var times: [Double] = []
            for _ in 0..<runs {
                var count = 0
                times.append(try seconds { count = try state.list(query, at: time).count })
                precondition(count >= 0)
            }
            all += times
            let typical = median(times)
            if typical > slowest.time { slowest = (name, typical) }
            if detailed { row("", name, rounded(typical * 1_000, 3), rounded(percentile(times, 0.99) * 1_000, 3)) }
        }
        row(
            String(state.customerCount),
            String(all.count / runs),
            rounded(median(all) * 1_000, 3),
            rounded(percentile(all, 0.99) * 1_000, 3),
            slowest.name,
            rounded(slowest.time * 1_000, 3),
            "p99 ≤ 5 ms at 1,000,000"
        )
    }

    private func queries() -> [(String, CustomerQuery)] {
        let filters: [(String, (inout CustomerQuery) -> Void)] = [
            ("all", { _ in }),
            ("status", { $0.status = .disabled }),
            ("type", { $0.accountType = .guest }),
            ("activity", { $0.activity = .active }),
            ("tag", { $0.tags = ["newsletter-subscriber"] }),
            ("group", { $0.groups = [.name("VIP")] }),
            ("spent", { $0.totalSpent = Bounds(minimum: 50_000) }),
            ("orders and country", { $0.orderCount = Bounds(minimum: 3); $0.country = CountryCode(code: "DE") }),
            ("search", { $0.search = "ann" }),
            ("search two words", { $0.search = "ma son" }),
        ]
        let sorts = ["-createdAt", "name", "-totalSpent", "-orderCount", "-lastOrderAt"]
        var queries: [(String, CustomerQuery)] = []
        for (filterName, filter) in filters {
            for sort in sorts {
                for offset in [0, 2_000] {
                    var query = CustomerQuery()
                    filter(&query)
                    query.sort = (try? SortKey.parse(sort)) ?? []
                    query.page = .offset(limit: 20, offset: offset)
                    queries.append(("\(filterName), \(sort), from \(offset)", query))
                }
            }
        }
        return queries
    }
}
