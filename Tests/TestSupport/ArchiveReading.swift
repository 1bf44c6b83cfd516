import CZip

/// Opens an encrypted archive with the library that others open it with.
package enum ArchiveReading {
    /// The files by name; `nil` where the archive, or a file with this passphrase, does not open.
    package static func files(_ bytes: [UInt8], passphrase: String?) -> [String: [UInt8]]? {
        bytes.withUnsafeBytes { buffer in
            var error = zip_error_t()
            zip_error_init(&error)
            defer { zip_error_fini(&error) }
            guard let source = zip_source_buffer_create(buffer.baseAddress, zip_uint64_t(buffer.count), 0, &error),
                let archive = zip_open_from_source(source, ZIP_RDONLY, &error)
            else { return nil }
            defer { zip_discard(archive) }
            var files: [String: [UInt8]] = [:]
            for index in 0..<zip_uint64_t(zip_get_num_entries(archive, 0)) {
                var stat = zip_stat_t()
                zip_stat_init(&stat)
                guard zip_stat_index(archive, index, 0, &stat) == 0, let name = stat.name,
                    stat.encryption_method == zip_uint16_t(ZIP_EM_AES_256),
                    let file = zip_fopen_index_encrypted(archive, index, 0, passphrase)
                else { return nil }
                defer { zip_fclose(file) }
                var content = [UInt8](repeating: 0, count: Int(stat.size))
                let count = content.withUnsafeMutableBytes { room in
                    room.baseAddress.map { zip_fread(file, $0, zip_uint64_t(room.count)) } ?? 0
                }
                guard count == zip_int64_t(content.count) else { return nil }
                files[String(cString: name)] = content
            }
            return files
        }
    }
}
