#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import CustomerService
import LogStorage

extension VaultInspection {
    /// One JSON object.
    func json(isDryRun: Bool? = nil) -> String {
        var object = JSONText()
        object.add("format", 1)
        if let isDryRun { object.add("dryRun", isDryRun) }
        object.add("path", path)
        object.add("vault", id)
        object.add("log", logID)
        object.add("masterKey", masterKeyID.description)
        object.add("hasMasterKey", hasMasterKey)
        object.add("slots", statistics.slots)
        object.add("live", statistics.live)
        object.add("destroyed", statistics.destroyed)
        object.add("missing", statistics.missing)
        object.add("damaged", statistics.damaged)
        object.addRaw("damagedSlots", "[" + damagedSlots.map(String.init).joined(separator: ",") + "]")
        return object.closed
    }

    /// A line for each fact.
    var text: String {
        """
        vault         \(path)
        name          \(id)
        log           \(logID)
        master key    \(masterKeyID), \(hasMasterKey ? "which is at hand" : "which is not at hand")
        slots         \(grouped(statistics.slots))
        live          \(grouped(statistics.live))\(hasMasterKey ? ", each unwrapped" : ", none looked into")
        destroyed     \(grouped(statistics.destroyed))
        missing       \(grouped(statistics.missing))
        damaged       \(grouped(statistics.damaged))
        """
    }

    /// Ends the tool with a finding when a slot is damaged.
    func requireWhole() throws {
        guard !damagedSlots.isEmpty else { return }
        let some = damagedSlots.prefix(20).map(String.init).joined(separator: ", ")
        let rest = damagedSlots.count > 20 ? " and \(damagedSlots.count - 20) more" : ""
        throw ToolFailure(
            .findings,
            "the keys of these customers are damaged: \(some)\(rest); put back a copy: patronctl vault restore"
        )
    }
}

/// A path that means the same to a process in another directory.
func absolutePath(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return String(cString: here) + "/" + path
}
