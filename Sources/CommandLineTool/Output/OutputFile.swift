import System
import Text

/// Writes files whole or not at all.
enum OutputFile {
    /// Writes the bytes beside the file's place and renames them into it, so that half of them are never read.
    ///
    /// What is no file is written to where it stands: a pipe, a device, a stream of this process (`/dev/stdout`), behind which a
    /// log may stand that others write to. A link stays, and what it leads to is written, be it there or not. A file that is
    /// there keeps its permissions; where nothing may stand beside it, it is written in its place.
    static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
        do throws(SystemError) {
            let place = try FileSystem.followed(path)
            if let stream = FileDescriptor.inherited(by: place) { return try write(bytes, to: stream) }
            let status = FileSystem.status(of: place)
            func isBelow(_ folder: String) -> Bool { place.utf8.starts(with: folder.utf8) }
            let isStream = isBelow("/proc/") || isBelow("/dev/") && !isBelow("/dev/shm/")
            if isStream || ![.regular, .folder, nil].contains(status?.kind) {
                return try write(bytes, to: .open(place, [.write, .append]))
            }
            do throws(SystemError) {
                try replace(place, with: bytes, permissions: status?.permissions)
            } catch  where status?.kind == .regular && (error.isDenial || error.isBusy) {
                try write(bytes, to: .open(place, [.write, .truncate]))
            }
        } catch {
            throw failure(path, error)
        }
    }

    private static func replace(
        _ place: String, with bytes: [UInt8], permissions: UInt32?
    ) throws(SystemError) {
        let folder = FileSystem.folder(of: place)
        let name = Array(place.utf8.dropFirst(folder.utf8.count))
        guard !name.isEmpty else { throw SystemError.isAFolder }
        let parent = try FileDescriptor.open(folder.isEmpty ? "." : folder, [.placeOnly, .folder])
        try parent.replace(name, with: bytes, permissions: permissions)
    }

    private static func write(_ bytes: [UInt8], to file: FileDescriptor) throws(SystemError) {
        try file.write(bytes)
        try file.finish()
    }

    /// Appends the bytes to a file that others write to as well.
    static func append(_ bytes: [UInt8], to path: String) throws(OutputError) {
        do throws(SystemError) {
            try write(bytes, to: .open(path, [.write, .create, .append]))
        } catch {
            throw failure(path, error)
        }
    }

    /// Makes a folder and those above it, where they are missing.
    static func makeFolder(_ path: String) throws(OutputError) {
        var made = path.utf8.first == UInt8(ascii: "/") ? "/" : ""
        for component in path.utf8.split(separator: UInt8(ascii: "/")) {
            made += String(decoding: component, as: UTF8.self) + "/"
            do throws(SystemError) {
                try FileSystem.makeFolder(made)
            } catch {
                if error == .exists, FileSystem.status(of: made)?.kind == .folder { continue }
                let reason =
                    error == .exists ? "a file has this name; name another folder" : "\(error.text)\(advice(error))"
                throw OutputError(description: "cannot create the folder \(Quoted(made)): \(reason)")
            }
        }
    }

    private static func failure(_ path: String, _ error: SystemError) -> OutputError {
        OutputError(description: "cannot write \(Quoted(path)): \(error.text)\(advice(error))")
    }

    /// What to do about an error of the file system, where there is something; container images have a read-only root.
    private static func advice(_ error: SystemError) -> String {
        switch error {
        case .missing, .notAFolder: "; name a place in a folder that exists"
        case .isAFolder: "; name a file"
        case _ where error.isDenial: "; name a place that this user can write to"
        default: ""
        }
    }
}
