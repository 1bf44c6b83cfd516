#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Threads outside the cooperative pool, for work that waits for the disk.
package enum Threads {
    /// How many threads can run at the same time.
    package static let processorCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on a thread of its own, which ends with it.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(LogStorageError) {
        let context = unsafe Unmanaged.passRetained(Body(body))
        #if canImport(Glibc)
        var thread = pthread_t()
        let result = unsafe pthread_create(&thread, nil, { unsafe Threads.enter($0) }, context.toOpaque())
        #else
        var thread: pthread_t?
        let result = unsafe pthread_create(&thread, nil, { unsafe Threads.enter($0) }, context.toOpaque())
        #endif
        guard result == 0 else {
            unsafe context.release()
            throw LogStorageError(FileError(operation: "pthread_create", path: "", errorNumber: result))
        }
        #if canImport(Glibc)
        pthread_detach(thread)
        #else
        unsafe thread.map { unsafe pthread_detach($0) }
        #endif
    }

    /// Runs `body` on a thread of its own that runs only where no other wants to.
    package static func startQuietly(_ body: @escaping @Sendable () -> Void) throws(LogStorageError) {
        try start {
            lowerPriority()
            body()
        }
    }

    /// Runs `body` on a thread of its own, and suspends until it is done.
    package static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            do {
                try start { continuation.resume(returning: body()) }
            } catch {
                // No thread is to be had: slow is better than never.
                continuation.resume(returning: body())
            }
        }
    }

    /// Lets the calling thread run only where no other wants to.
    static func lowerPriority() {
        // Linux counts this for the thread alone.
        #if canImport(Glibc)
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
        #else
        _ = setpriority(PRIO_DARWIN_THREAD, 0, PRIO_DARWIN_BG)
        #endif
    }

    private static func enter(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let context = unsafe context {
            unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        }
        return nil
    }
}
