import Glibc

/// How long `body` takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return inSeconds(clock.now - start)
}

/// How much processor time of this thread `body` takes, whatever else the machine does meanwhile.
func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    let start = time(of: CLOCK_THREAD_CPUTIME_ID)
    try body()
    return time(of: CLOCK_THREAD_CPUTIME_ID) - start
}

/// How much processor time this process used so far, on all of its threads.
func processTime() -> Double { time(of: CLOCK_PROCESS_CPUTIME_ID) }

private func time(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// A duration as seconds.
func inSeconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

/// The middle of some measurements.
func median(_ values: [Double]) -> Double {
    percentile(values, 0.5)
}

/// The value that this share of the measurements does not exceed.
func percentile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}

/// A number with so many digits after the point.
func rounded(_ value: Double, _ digits: Int = 1) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (value * scale).rounded() / scale
    return digits == 0 ? String(Int(scaled)) : String(scaled)
}

/// Prints one row of a Markdown table.
func row(_ cells: String...) {
    print("| " + cells.joined(separator: " | ") + " |")
}
