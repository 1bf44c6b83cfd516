/// How many customers bought in one window of time, and how many of them again in the next, for any present.
///
/// Windows are whole quarters of an hour. Let `b` be where the second window begins. A customer is counted by the last
/// order before `b`, at `q`, when the window of `w` quarters before `b` holds it: for every `b` from `q + 1` through
/// `q + w`, but not after the next order. So each order adds one interval of `b`, and both counts are sums over
/// intervals: adding an order costs the same however many there are, and so does asking.
struct RetentionCounter: Sendable {
    /// The window, in quarters of an hour.
    var window: Int
    var bought = QuarterHistogram()
    var boughtAgain = QuarterHistogram()

    init(windowDays: Int) {
        window = max(1, windowDays) * 96
    }

    /// Counts (`1`) or no longer counts (`-1`) an order and the next one of the same customer.
    mutating func add(_ delta: Int32, order: Int, next: Int?) {
        let last = min(order + window, next ?? .max)
        guard last > order else { return }
        bought.add(delta, at: order + 1)
        bought.add(-delta, at: last + 1)
        guard let next else { return }
        let first = max(order + 1, next - window + 1)
        guard last >= first else { return }
        boughtAgain.add(delta, at: first)
        boughtAgain.add(-delta, at: last + 1)
    }

    /// Counts or no longer counts all orders of one customer, given by rising quarter.
    mutating func add(_ delta: Int32, orders: [Int]) {
        for index in orders.indices {
            add(delta, order: orders[index], next: index + 1 < orders.count ? orders[index + 1] : nil)
        }
    }

    /// Who bought in the window before the last, and who of them again in the last, which ends with the quarter of `now`.
    func counts(at now: Int64) -> (base: Int, retained: Int) {
        let begin = QuarterHistogram.quarter(now) + 1 - window
        return (bought.sum(through: begin), boughtAgain.sum(through: begin))
    }
}
