import ArgumentParser
import Foundation

/// What the argument parser knows of a command, as its dump says it.
struct CommandHelp: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String

            /// As it is typed.
            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        var kind: String
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var valueName: String?
        var defaultValue: String?
        var abstract: String?

        /// How it is typed, such as `--data <data>`.
        var usage: String {
            let value = "<\(valueName ?? "value")>" + (isRepeating ? " …" : "")
            let names = (names ?? []).map(\.text).joined(separator: ", ")
            switch kind {
            case "positional": return value
            case "flag": return names
            default: return names + " " + value
            }
        }
    }

    var commandName: String
    var abstract: String?
    var discussion: String?
    var subcommands: [CommandHelp]?
    var arguments: [Argument]?

    /// Those that people shall know, without the ones that every command has.
    var shownArguments: [Argument] {
        (arguments ?? []).filter { $0.shouldDisplay && $0.names?.contains { $0.name == "help" } != true }
    }

    /// The commands below, without the one that only explains others.
    var verbs: [CommandHelp] { (subcommands ?? []).filter { $0.commandName != "help" } }

    /// The discussion's paragraphs but for the example, and the example.
    var paragraphs: (texts: [String], example: String?) {
        let all = (discussion ?? "").split(separator: "\n\n").map { String($0) }
        let mark = "Example: "
        return (
            all.filter { !$0.hasPrefix(mark) },
            all.first { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
        )
    }

    /// The help of the whole tool.
    static func tool() throws -> CommandHelp {
        struct Dump: Decodable { var command: CommandHelp }
        return try JSONDecoder().decode(Dump.self, from: Data(Patronctl._dumpHelp().utf8)).command
    }
}
