import EventSourcing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The wall clock, read only where a log is opened without one.
enum SystemClock {
    static var now: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
