import Foundation
import LogStorage
import TestSupport
import Testing

@testable import CustomerService

@Suite struct MasterKeySourceTests {
    private static let text = Data(repeating: 5, count: 32).base64EncodedString()
    private static let otherText = Data(repeating: 6, count: 32).base64EncodedString()
    private static let id = (MasterKey(base64: text) ?? .random()).id
    private static let otherID = (MasterKey(base64: otherText) ?? .random()).id

    /// Why no key came of it.
    private func refusal(_ work: () throws -> Void) -> LogStorageError? {
        do {
            try work()
            return nil
        } catch {
            return error as? LogStorageError
        }
    }

    @Test func `an option counts before the environment, which counts before the data directory`() throws {
        #expect(try MasterKeySource().keys() == nil)
        #expect(try MasterKeySource(environment: "").keys() == nil)
        #expect(try MasterKeySource(environment: Self.text).keys()?.map(\.id) == [Self.id])
        let source = try MasterKeySource(command: "echo \(Self.text)", environment: Self.otherText)
        #expect(try source.keys()?.map(\.id) == [Self.id])
        #expect(refusal { _ = try MasterKeySource(file: "a", command: "b") }?.code == .invalidArgument)
        let bad = refusal { _ = try MasterKeySource(environment: "secret") }
        #expect(bad?.code == .invalidArgument && bad?.message.contains("secret") == false)
        #expect(!"\(try MasterKeySource(environment: Self.text))".contains(Self.text))
    }

    @Test func `a file that only its owner may read gives keys, and the data directory's is the last resort`() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/my.key"
            try Data("\(Self.text)\n\(Self.otherText)\n".utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            let source = try MasterKeySource(file: path)
            #expect(refusal { _ = try source.keys() }?.message.contains("chmod 600 \(path)") == true)
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
            #expect(try source.keys()?.first?.id == Self.id)
            #expect(try source.keys(in: directory).count == 2)
            #expect(refusal { _ = try MasterKeySource(file: path + "x").keys() }?.code == .notFound)
            #expect(refusal { _ = try MasterKeySource().keys(in: directory) }?.code == .notFound)
        }
    }

    @Test func `a command's lines are keys, unless it fails, says something else, or says it too late`() throws {
        let both = try MasterKeyCommand("echo \(Self.text); echo \(Self.otherText)").keys()
        #expect(both.map(\.id) == [Self.id, Self.otherID])
        for (command, what) in [
            ("echo \(Self.text); exit 3", "status 3"), ("echo no key", "printed no master key"),
            (": nothing", "no master key"),
            ("kill -9 $$", "status 9"), ("exec head -c 100000 /dev/zero", "more than 65536 bytes"),
            ("no-such-command-anywhere", "status 127"),
        ] {
            let error = refusal { _ = try MasterKeyCommand(command).keys() }
            #expect(error?.code == .wrongKey && error?.message.contains(what) == true, "\(command): \(error as Any)")
            // Neither what it printed nor the command itself, which may hold a password.
            #expect(error?.message.contains("no key\n") == false && error?.message.contains(command) == false)
        }
        for command in ["sleep 60", "echo \(Self.text); exec >&-; sleep 60", "while true; do echo x; sleep 1; done"] {
            let error = refusal { _ = try MasterKeyCommand(command, timeLimit: .milliseconds(300)).keys() }
            #expect(error?.message.contains("did not end within") == true, "\(command)")
        }
    }
}
