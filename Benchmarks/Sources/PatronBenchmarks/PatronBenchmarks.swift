import ArgumentParser

/// Measures parts of Patron against a limit of the same machine in the same run, and prints a table of ratios.
@main
struct PatronBenchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "PatronBenchmarks",
        abstract: "Measure Patron against the limits of this machine.",
        subcommands: [
            AppendBenchmark.self, ReplayBenchmark.self, OpenBenchmark.self, ListBenchmark.self, CompareResults.self,
            RecordsExport.self, RecordAppend.self, KeepBenchmark.self, SealingBenchmark.self, EraseBenchmark.self,
        ]
    )
}
