import Glibc
internal import Text

/// A PEM file of authorities, judged before anything is sent.
enum CertificateFile {
    private static let maximumSize = 16 * 1024 * 1024

    /// What is wrong with the file, nil where it holds certificates and nothing broken.
    static func problem(at path: String) -> CAFileProblem? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .unreadable(systemErrorText(errno)) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return .unreadable(systemErrorText(errno)) }
            if count == 0 { break }
            bytes += chunk[..<count]
            guard bytes.count <= maximumSize else { return .unreadable("it is larger than 16 MiB") }
        }
        return problem(in: bytes)
    }

    /// What is wrong with the text of such a file.
    static func problem(in bytes: [UInt8]) -> CAFileProblem? {
        var certificates = 0
        var block: [UInt8]?
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let text = line.filter { $0 != 0x20 && $0 != 0x09 }
            // "TRUSTED CERTIFICATE" is OpenSSL's own form of it; the white space is gone from both here.
            if text.elementsEqual("-----BEGINCERTIFICATE-----".utf8)
                || text.elementsEqual("-----BEGINTRUSTEDCERTIFICATE-----".utf8)
                || text.elementsEqual("-----BEGINX509CERTIFICATE-----".utf8)
            {
                if block != nil { return .brokenCertificate(certificates) }
                block = []
                certificates += 1
            } else if text.starts(with: "-----END".utf8) {
                if let block, !isCertificate(Base64.decode(block)) { return .brokenCertificate(certificates) }
                block = nil
            } else {
                block?.append(contentsOf: text)
            }
        }
        if block != nil { return .brokenCertificate(certificates) }
        return certificates == 0 ? .noCertificate : nil
    }

    /// Whether the bytes begin as a DER certificate does: a sequence, the length of which is within them.
    private static func isCertificate(_ bytes: [UInt8]?) -> Bool {
        guard let bytes, bytes.count > 4, bytes[0] == 0x30 else { return false }
        if bytes[1] < 0x80 { return Int(bytes[1]) <= bytes.count - 2 }
        let lengthBytes = Int(bytes[1] & 0x7F)
        guard 1...3 ~= lengthBytes, bytes.count > 2 + lengthBytes else { return false }
        let length = bytes[2..<2 + lengthBytes].reduce(0) { $0 << 8 | Int($1) }
        return length <= bytes.count - 2 - lengthBytes
    }
}

/// The system's words for an error number.
func systemErrorText(_ number: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
        guard let start = buffer.baseAddress else { return "error \(number)" }
        buffer.initialize(repeating: 0)
        return strerror_r(number, start, buffer.count) == 0 ? String(cString: start) : "error \(number)"
    }
}
