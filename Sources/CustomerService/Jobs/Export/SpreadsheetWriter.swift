import CXlsx
import CustomerDomain
import Glibc

/// An Excel workbook of one sheet.
///
/// The library works in files, which lie in `/dev/shm`: in memory, without a name, so that nothing personal comes to a disk.
final class SpreadsheetWriter: ExportWriter {
    /// Why there is no workbook.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let directory = "/dev/shm"
    /// The most characters of a cell.
    private static let cellLimit = 32_767

    private let file: Int32
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private var row: lxw_row_t = 1

    init(_ names: [String], sheet name: String) throws(Failure) {
        var template = Array((Self.directory + "/patron-" + String(repeating: "X", count: 6)).utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw Failure(description: "\(Self.directory) takes no file: error \(errno)") }
        unlink(template)
        let workbook = Self.directory.withCString { directory in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: directory)
            return workbook_new_opt("/proc/self/fd/\(file)", &options)
        }
        guard let workbook else {
            close(file)
            throw Failure(description: "there is no memory for a workbook")
        }
        guard let sheet = workbook_add_worksheet(workbook, name) else {
            lxw_workbook_free(workbook)
            close(file)
            throw Failure(description: "the workbook takes no sheet")
        }
        (self.file, self.workbook, self.sheet) = (file, workbook, sheet)
        worksheet_freeze_panes(sheet, 1, 0)
        for (column, name) in names.enumerated() {
            worksheet_write_string(sheet, 0, lxw_col_t(column), name, nil)
        }
    }

    deinit {
        if let workbook { lxw_workbook_free(workbook) }
        close(file)
    }

    func add(_ values: [ExportValue]) throws {
        guard row <= Limits.spreadsheetRows else {
            throw Failure(description: "a workbook takes at most \(Limits.spreadsheetRows) rows")
        }
        for (index, value) in values.enumerated() {
            let column = lxw_col_t(index)
            let result: lxw_error
            switch value {
            // Beyond that a spreadsheet's numbers are not exact.
            case .number(let number) where number.magnitude < 1 << 53:
                result = worksheet_write_number(sheet, row, column, Double(number), nil)
            case .flag(let flag): result = worksheet_write_boolean(sheet, row, column, flag ? 1 : 0, nil)
            default:
                guard let text = value.cell else { continue }
                result = worksheet_write_string(sheet, row, column, String(text.prefix(Self.cellLimit)), nil)
            }
            guard result == LXW_NO_ERROR else { throw Failure(description: String(cString: lxw_strerror(result))) }
        }
        row += 1
    }

    func take() -> [UInt8] { [] }

    func finish() throws -> [UInt8] {
        guard let workbook else { return [] }
        self.workbook = nil
        let result = workbook_close(workbook)
        guard result == LXW_NO_ERROR else { throw Failure(description: String(cString: lxw_strerror(result))) }
        let byteCount = Int(lseek(file, 0, SEEK_END))
        guard byteCount > 0 else { throw Failure(description: "the workbook came out empty") }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        var done = 0
        while done < byteCount {
            let count = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { pread(file, $0 + done, byteCount - done, off_t(done)) } ?? -1
            }
            guard count > 0 else { throw Failure(description: "the workbook cannot be read back") }
            done += count
        }
        return bytes
    }
}
