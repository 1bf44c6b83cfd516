import CustomerService

/// One line on a terminal that is written over and over; nothing where nobody watches.
struct ProgressLine {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastShown: ContinuousClock.Instant?
    private let isShown: Bool

    init(isShown: Bool = standardError.isTerminal) {
        self.isShown = isShown
        start = clock.now
    }

    /// Seconds since the work began.
    var elapsedSeconds: Double {
        let elapsed = start.duration(to: clock.now).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }

    /// Shows a line, ten times a second at most.
    mutating func show(_ line: (Double) -> String) {
        guard isShown else { return }
        let now = clock.now
        if let lastShown, lastShown.duration(to: now) < .milliseconds(100) { return }
        lastShown = now
        standardError.write("\r\u{1B}[K" + line(elapsedSeconds))
    }

    /// Shows how much is done, and how long the rest will take.
    mutating func show(done: UInt64, total: UInt64, unit: String) {
        show { seconds in
            guard done > 0 else { return "0 of \(grouped(total)) \(unit)" }
            let left = seconds * Double(total - min(done, total)) / Double(done)
            return "\(grouped(done)) of \(grouped(total)) \(unit), \(Int(left.rounded(.up))) s left"
        }
    }

    /// Shows how far a verb has come, here or in the server.
    mutating func show(_ progress: ControlProgress) {
        guard let total = progress.total else {
            return show { _ in "\(grouped(progress.done)) \(progress.unit)" }
        }
        show(done: progress.done, total: total, unit: progress.unit)
    }

    /// Takes the line away.
    func clear() {
        if lastShown != nil { standardError.write("\r\u{1B}[K") }
    }
}
