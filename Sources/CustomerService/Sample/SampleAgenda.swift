import EventSourcing

/// What will happen in a sample, earliest first; a binary heap.
struct SampleAgenda {
    /// What happens.
    enum Action: UInt8 {
        case order, ship, deliver, cancel, refund, login, note, adjust, redeem, claim, disable, merge
    }

    struct Entry {
        var time: Timestamp
        /// Tells entries of one time apart, in the order in which they were added.
        var number: UInt32
        var action: Action
        var customer: UInt32
        /// The number of the order, or of the other customer.
        var other: UInt32

        func precedes(_ entry: Entry) -> Bool {
            time != entry.time ? time < entry.time : number < entry.number
        }
    }

    private var heap: [Entry] = []
    private var count: UInt32 = 0

    /// When the next thing happens.
    var nextTime: Timestamp? { heap.first?.time }

    mutating func add(_ action: Action, at time: Timestamp, customer: Int, other: Int = 0) {
        count &+= 1
        heap.append(
            Entry(time: time, number: count, action: action, customer: UInt32(customer), other: UInt32(other))
        )
        var index = heap.count - 1
        while index > 0, heap[index].precedes(heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func removeFirst() -> Entry? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[child].precedes(heap[least]) {
                least = child
            }
            guard least != index else { return first }
            heap.swapAt(index, least)
            index = least
        }
    }
}
