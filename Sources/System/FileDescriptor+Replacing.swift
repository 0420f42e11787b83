import Glibc

extension FileDescriptor {
    /// Makes a folder of that name in this folder.
    public func makeFolder(_ name: [UInt8]) throws(SystemError) {
        guard mkdirat(number, Self.terminated(name), 0o755) == 0 else { throw SystemError.current }
    }

    /// Puts a file of these bytes in the place of that name in this folder, with those permissions or a new file's.
    ///
    /// It is written beside its place and renamed: a stop at any point leaves the old file or the new one.
    public func replace(_ name: [UInt8], with bytes: [UInt8], permissions: UInt32?) throws(SystemError) {
        // Nothing has this name, or it is none of ours and the file is not made.
        let beside = Array(".workload-publisher.\(UInt64.random(in: 0 ... .max)).tmp".utf8)
        // By way of this descriptor, whatever the folder is called meanwhile.
        let path = "/proc/self/fd/\(number)/\(String(decoding: beside, as: UTF8.self))"
        let file = try UnfinishedFiles.add(path) { () throws(SystemError) in
            try open(beside, [.write, .create, .exclusive])
        }
        defer { UnfinishedFiles.remove(path) }
        do throws(SystemError) {
            try file.write(bytes)
            if let permissions, fchmod(file.number, mode_t(permissions)) != 0 { throw SystemError.current }
            try file.finish()
            guard renameat(number, Self.terminated(beside), number, Self.terminated(name)) == 0 else {
                throw SystemError.current
            }
        } catch {
            unlinkat(number, Self.terminated(beside), 0)
            throw error
        }
    }
}
