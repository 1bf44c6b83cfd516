import Foundation
import Testing

/// What all verbs of `patronctl` have in common: help with an example, JSON, documented exit status, completion, a page.
@Suite struct VerbCommandTests {
    /// A verb that does something, as the argument parser dumps it.
    private struct Verb {
        var path: [String]
        var options: Set<String>
        var name: String { path.joined(separator: " ") }
    }

    /// Verbs whose one output is a document or a page of its own format.
    private static let verbsWithoutJSON: Set<String> = ["export", "prove", "public-key", "manual", "generate"]

    private let patronctl = Program.patronctl

    private func dump() throws -> [String: Any] {
        let outcome = try patronctl.run(["--experimental-dump-help"])
        let dump = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        )
        return try #require(dump["command"] as? [String: Any])
    }

    private func verbs(of command: [String: Any], below path: [String] = []) throws -> [Verb] {
        let subcommands = (command["subcommands"] as? [[String: Any]] ?? [])
            .filter { $0["commandName"] as? String != "help" }
        guard subcommands.isEmpty else {
            return try subcommands.flatMap { command in
                try verbs(of: command, below: path + [try #require(command["commandName"] as? String)])
            }
        }
        let arguments = command["arguments"] as? [[String: Any]] ?? []
        let names = arguments.flatMap { $0["names"] as? [[String: Any]] ?? [] }.compactMap { $0["name"] as? String }
        return [Verb(path: path, options: Set(names))]
    }

    private func verbs() throws -> [Verb] {
        let verbs = try verbs(of: dump())
        try #require(verbs.count >= 14)
        return verbs
    }

    @Test func `every verb has help with an example that begins with it, and JSON where it tells facts`() throws {
        for verb in try verbs() {
            let help = try patronctl.run(verb.path + ["--help"])
            #expect(help.status == 0)
            let text = help.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(text.contains("Example: patronctl \(verb.name)"), "\(verb.name) has no example")
            #expect(
                verb.options.contains("json") != Self.verbsWithoutJSON.contains(verb.name),
                "\(verb.name): --json"
            )
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completion knows every verb and option`(shell: String) throws {
        let script = try patronctl.run(["--generate-completion-script", shell])
        #expect(script.status == 0)
        for verb in try verbs() {
            for word in verb.path + verb.options { #expect(script.output.contains(word), "\(shell): \(word)") }
        }
    }

    @Test func `every verb has a page, and the tool's page names every verb`() throws {
        let tool = try patronctl.run(["manual"])
        #expect(tool.status == 0)
        for verb in try verbs() {
            let first = try #require(verb.path.first).replacingOccurrences(of: "-", with: #"\-"#)
            #expect(tool.output.contains("\n.B \(first)\n"))
            let page = try patronctl.run(["manual"] + verb.path)
            #expect(page.status == 0)
            #expect(page.output.hasPrefix(#".TH "PATRONCTL\-"#))
            for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "EXAMPLE"] {
                #expect(page.output.contains("\n.SH \(section)\n"), "\(verb.name) has no \(section)")
            }
            for option in verb.options where option != "help" && option != "h" {
                #expect(page.output.contains(#"\-\-"# + option.replacingOccurrences(of: "-", with: #"\-"#)))
            }
        }
        #expect(try patronctl.run(["manual", "frobnicate"]).status == 2)
    }

    @Test func `help, page and document tell the same exit status`() throws {
        let help = try patronctl.run(["--help"]).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let sentence = try #require(help.firstMatch(of: /Exit status: ([^.]*)\./)).1
        let told = sentence.split(separator: "; ").map { String($0) }
        #expect(told.count == 6)
        let page = try patronctl.run(["manual"]).output
        let url = Program.packageRoot.appendingPathComponent("docs/OPERATIONS.md")
        let document = try String(contentsOf: url, encoding: .utf8)
        let section = try
            #require(document.components(separatedBy: "\n## Exit codes\n").last)
            .components(separatedBy: "\n## ")[0]
        let rows = section.split(separator: "\n").filter { $0.contains(/^\| [0-9]/) }
        #expect(rows.count == told.count)
        for (row, status) in zip(rows, told) {
            let parts = status.split(separator: " ", maxSplits: 1)
            #expect(row.hasPrefix("| \(parts[0]) | \(parts[1])"), "\(row) | \(status)")
            #expect(page.contains(".B \(parts[0])\n\(parts[1])\n"))
        }
    }
}
