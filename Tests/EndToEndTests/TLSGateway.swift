import Foundation
import Glibc

/// A program that ends TLS in front of a plain server on loopback, as a gateway does in front of a control plane.
final class TLSGateway {
    /// What it speaks to clients.
    enum HTTPVersion: String {
        case http1 = "http/1.1"
        case http2 = "h2"
    }

    /// Why it could not be started.
    struct StartError: Error {
        let program: String
        let errors: String
    }

    /// Where clients find it.
    let baseURL: String
    /// The certificate to trust.
    var certificate: String { "\(folder)/certificate.pem" }

    private let folder: String
    private let process: ChildProcess

    /// Starts one in front of that URL and waits until it listens.
    init(of server: String, speaking version: HTTPVersion) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gateway-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let key = "\(folder)/key.pem"
        let certificate = "\(folder)/certificate.pem"
        let openssl = try ChildProcess(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
                "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
            ], environment: [:]
        ).finish()
        guard openssl.status == 0 else { throw StartError(program: "openssl", errors: openssl.errors) }
        let port = try Self.freePort()
        baseURL = "https://127.0.0.1:\(port)"
        let backend = server.split(separator: ":").last.map(String.init) ?? ""
        process = try ChildProcess(
            "/usr/sbin/nghttpx",
            [
                "--conf=/dev/null", "--single-process", "--workers=1", "--no-ocsp", "--log-level=ERROR",
                "--accesslog-file=/dev/null", "--npn-list=\(version.rawValue)", "--frontend=127.0.0.1,\(port)",
                "--backend=127.0.0.1,\(backend)", key, certificate,
            ], environment: [:])
        guard Self.isListening(port) else {
            kill(process.identifier, SIGKILL)
            throw StartError(program: "nghttpx", errors: process.finish().errors)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard isBound else { throw StartError(program: "bind", errors: String(cString: strerror(errno))) }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func isListening(_ port: UInt16) -> Bool {
        for _ in 0..<1000 {
            let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(socket) }
            var address = loopback(port: port)
            let isOpen = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            if isOpen { return true }
            usleep(10_000)
        }
        return false
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        return address
    }
}
