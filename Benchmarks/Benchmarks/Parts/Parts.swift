import Benchmark
import CustomerDomain
import CustomerProjections
import CustomerRecords
import CustomerService
import EventSourcing

// Parts of a replay and of a query, by instructions and time, on the log of a sample shop in memory:
// `swift package --package-path Benchmarks benchmark`. Whole ways, and their limits and peers, are in `Benchmarks/run`.
let benchmarks: @Sendable () -> Void = {
    let configuration = Benchmark.Configuration(
        metrics: [.instructions, .wallClock, .throughput, .peakMemoryResident],
        warmupIterations: 1,
        maxDuration: .seconds(5),
        maxIterations: 50
    )
    for customerCount in [1_000, 10_000] {
        let shop = ShopInMemory(customerCount: customerCount)

        Benchmark("Record walk, \(customerCount) customers", configuration: configuration) { _ in
            try await shop.make()
            var byteCount = 0
            try shop.log.read(from: SequenceNumber(1), through: nil) { _, body in
                byteCount += body.byteCount
                return true
            }
            blackHole(byteCount)
        }
        Benchmark("Decode, \(customerCount) customers", configuration: configuration) { _ in
            try await shop.make()
            let codec = RecordCodec()
            try shop.log.read(from: SequenceNumber(1), through: nil) { sequence, body in
                blackHole(try codec.decode(body, sequence: sequence))
                return true
            }
        }
        Benchmark("Replay, \(customerCount) customers", configuration: configuration) { _ in
            try await shop.make()
            blackHole(try Organization(name: "replayed", log: shop.log, now: systemTime))
        }
        Benchmark("State hash, \(customerCount) customers", configuration: configuration) { _ in
            try await shop.make()
            blackHole(shop.organization.peek { state, _ in state.stateHash() })
        }
    }
}
