/// A file that forgets what is written to it, to find out how large it would be.
final class DiscardingFile: File {
    func size() throws(FileError) -> Int { 0 }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) -> Int { 0 }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {}

    func truncate(to size: Int) throws(FileError) {}

    func sync() throws(FileError) {}

    func lock() throws(FileError) -> Bool { true }

    func close() {}
}
