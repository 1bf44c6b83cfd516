import Testing

/// Holds the page of coverage to the tests that there are.
struct CoverageTests {
    private static let page = Repository.file("docs/COVERAGE.md")?.lines ?? []

    /// The names of all tests, as `Suite/test`.
    private static let tests: Set<String> = {
        var tests: Set<String> = []
        for file in Repository.files(under: ["Tests"], ending: ["Tests.swift"]) {
            var suite = ""
            for line in file.lines {
                if let match = line.firstMatch(of: /(?:struct|class) (\w+Tests)\b/) { suite = String(match.1) }
                if let match = line.firstMatch(of: /func `([^`]+)`/) { tests.insert("\(suite)/\(match.1)") }
            }
        }
        return tests
    }()

    @Test func `every row is there once, with a test that is there or what is missing`() {
        var seen: [Int: Int] = [:]
        for line in Self.page {
            guard let match = line.firstMatch(of: /^\| R(\d{3})(?:–R(\d{3}))? \| (.+) \|$/), let first = Int(match.1)
            else {
                continue
            }
            for row in first...(match.2.flatMap { Int($0) } ?? first) { seen[row, default: 0] += 1 }
            if match.3.hasPrefix("open: ") { continue }
            let names = match.3.matches(of: /`([^`]+)`/).map { String($0.1) }
            #expect(!names.isEmpty, "\(line)")
            for name in names { #expect(Self.tests.contains(name), "there is no test \(name)") }
        }
        for row in 20...270 { #expect(seen[row] == 1, "R\(row)") }
    }
}
