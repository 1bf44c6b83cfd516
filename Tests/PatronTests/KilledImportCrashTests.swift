import Foundation
import Testing

/// An import is killed again and again; running it once more completes it, and nothing is there twice.
@Suite(.serialized) struct KilledImportCrashTests {
    @Test func `an import that is killed goes on where it was`() throws {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let file = scratch.appending("orders.csv")
        let orderCount = 4_000
        try writeOrders(orderCount, to: file)
        for _ in 0..<max(3, killCount / 4) {
            let program = try Program.patronctl.start(arguments(data, file, scratch))
            usleep(UInt32.random(in: 20_000...400_000))
            program.signal(SIGKILL)
            _ = program.waitForEnd()
        }
        let last = try Program.patronctl.run(arguments(data, file, scratch))
        #expect(last.status == 0, "\(last.errors)")
        let again = try Program.patronctl.run(arguments(data, file, scratch))
        #expect(again.status == 0, "\(again.errors)")

        let verified = try Program.patronctl.run(["verify", "--data", data.path])
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let replayed = try Program.patronctl.run(
            ["replay", "--data", data.path, "--type", "OrderPlaced", "--json"]
        )
        #expect(replayed.output.split(separator: "\n").count == orderCount)
    }

    private func arguments(_ data: URL, _ file: URL, _ scratch: Scratch) -> [String] {
        let mapping = Program.packageRoot.appendingPathComponent("tools/mappings/online-retail.json").path
        return [
            "import", "orders", "--data", data.path, "--mapping", mapping,
            "--report", scratch.appending("report.csv").path, file.path,
        ]
    }

    private func writeOrders(_ count: Int, to file: URL) throws {
        var text = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        for index in 0..<count {
            let minute = String(index % 60).count == 1 ? "0\(index % 60)" : "\(index % 60)"
            for line in 0..<3 {
                text +=
                    "\(600_000 + index),SKU\(line),THING \(line),2,2011-05-05 10:\(minute):00,1.25,\(12_000 + index % 300).0,France\n"
            }
        }
        try Data(text.utf8).write(to: file)
    }
}
