import Testing

/// Holds the limits and habits that a compiler does not.
struct TidyTests {
    private static let code = Repository.files(
        under: ["Package.swift", "Sources", "Tests", "Benchmarks", "tools"],
        ending: [".swift"]
    )

    /// What must not stand in code, and what to write instead.
    struct Ban: Sendable, CustomStringConvertible {
        let text: String
        let advice: String
        /// Whether tests may use it.
        var isAllowedInTests = false

        var description: String { text }
    }

    // Written in pieces, so that this file does not contain them.
    private static let bans = [
        Ban(
            text: "@unchecked " + "Sendable",
            advice: "It switches off the check for data races; put a Mutex around one private state struct."
        ),
        Ban(
            text: "nonisolated" + "(unsafe)",
            advice: "It switches off the check for data races; put a Mutex around one private state struct."
        ),
        Ban(text: "try" + "!", advice: "Throw, or handle the error where it happens."),
        Ban(text: "as" + "! ", advice: "Use as? and say what happens otherwise."),
        Ban(text: "fatalError(\"TO" + "DO", advice: "Finish it, or throw an error that says what is not supported."),
        Ban(text: "TO" + "DO", advice: "Finish it, or write it down where work is planned; code speaks of what is."),
        Ban(text: "FIX" + "ME", advice: "Fix it, or write it down where work is planned; code speaks of what is."),
        Ban(text: "XX" + "X", advice: "Say what is meant."),
        Ban(
            text: "Oun" + "checked",
            advice: "It turns errors into memory corruption; make the hot path fast with checks on."
        ),
        Ban(
            text: "Thread.sleep",
            advice: "Wait for what you wait for; a test that sleeps is slow or wrong.",
            isAllowedInTests: true
        ),
    ]

    @Test(arguments: bans)
    func `banned constructs are nowhere`(_ ban: Ban) {
        for file in Self.code where !(ban.isAllowedInTests && file.path.hasPrefix("Tests/")) {
            for (index, line) in file.lines.enumerated() where line.contains(ban.text) {
                Issue.record("\(file.path):\(index + 1): \(ban.text): \(ban.advice)")
            }
        }
    }

    @Test func `a file stays under 500 lines`() {
        for file in Repository.files(
            under: ["Sources", "tools", "Tests"],
            ending: [".swift", ".c", ".h", ".py", ".sh"]
        ) {
            let count = file.lines.count - (file.lines.last == "" ? 1 : 0)
            #expect(
                count <= 500,
                "\(file.path) has \(count) lines: find the second idea in it and give it its own file."
            )
        }
    }

    @Test func `no two files of a target share a name`() {
        for layer in Layer.all {
            var paths: [Substring: String] = [:]
            for file in Repository.files(under: [layer.folder], ending: [".swift"]) {
                let name = file.path.split(separator: "/").last ?? ""
                if let other = paths.updateValue(file.path, forKey: name) {
                    Issue.record(
                        "\(file.path) and \(other) have the same name, which the compiler refuses or a reader mixes up."
                    )
                }
            }
        }
    }

    /// Words that name somebody's machine or workplace rather than the product.
    private static let strangers: [(text: String, reason: String)] = [
        ("/wo" + "rk/", "a path of one machine"),
        ("/ho" + "me/", "a path of one machine"),
        ("/Us" + "ers/", "a path of one machine"),
        ("proxy.golang" + ".org", "a registry host"),
        ("registry.npmjs" + ".org", "a registry host"),
        ("files.pythonhosted" + ".org", "a registry host"),
        ("pypi.org/" + "simple", "a registry host"),
        ("index.crates" + ".io", "a registry host"),
        ("artifact" + "ory", "a registry host"),
    ]

    @Test func `the repository speaks of nobody's machine`() {
        let files = Repository.files(
            under: [
                "Package.swift", "README.md", "CONTRIBUTING.md", "Sources", "Tests", "Benchmarks", "tools", "docs",
                ".ci",
            ],
            ending: [
                ".swift", ".md", ".c", ".h", ".py", ".sh", ".json", ".yaml", ".yml", ".toml", ".txt", ".proto", "/run",
            ]
        )
        for file in files {
            for (index, line) in file.lines.enumerated() {
                for stranger in Self.strangers where line.contains(stranger.text) {
                    Issue.record(
                        "\(file.path):\(index + 1): \(stranger.text) is \(stranger.reason); it has no place here."
                    )
                }
            }
        }
    }
}
